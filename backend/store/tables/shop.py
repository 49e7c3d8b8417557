"""Tables of the shop itself: its settings, its rules, its counters and the ledger of actions."""

from sqlalchemy import JSON, BigInteger, Column, Date, Text

from backend.store.tables.base import UtcTime, key, shop_table, text

tenants = shop_table(
    "tenants",
    text("name"),
    Column("secret", Text),
    Column("settings", JSON, nullable=False),
    # the day which a demo shop's dates now refer to; NULL for a real shop, whose dates never move
    Column("dates_as_of", Date),
    Column("created_at", UtcTime, nullable=False),
)

policies = shop_table("policies", Column("policy", JSON, nullable=False))

# Numbers shown to people and the versions of catalogue and knowledge.
counters = shop_table("counters", key("name"), Column("value", BigInteger, nullable=False))

# One row per executed action: the idempotency key and what came of it; NULL while its transaction runs.
actions = shop_table(
    "actions",
    key("key"),
    Column("result", JSON(none_as_null=True)),
    Column("created_at", UtcTime, nullable=False),
)

# What a source file said of a record when it was last loaded: loading again skips what did not change.
loaded_rows = shop_table("loaded_rows", key("kind"), key("id"), text("fingerprint"))
