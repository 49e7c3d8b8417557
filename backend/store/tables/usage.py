"""Tables of the calls to the language model, and of what was counted of days that are over."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Index, Integer, Text

from backend.store.tables.base import UtcTime, key, shop_table, text

# One row per call, failed ones too: they may have cost as well. `id` is given here; turns are named, never quoted.
model_calls = shop_table(
    "model_calls",
    key(),
    Column("at", UtcTime, nullable=False),
    Column("conversation_id", Text),
    Column("message_id", Text),
    text("purpose"),
    text("model"),
    text("variant"),
    text("outcome"),
    Column("seconds", Float, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("microdollars", BigInteger),
    Column("estimated", Boolean, nullable=False),
    Index(None, "tenant", "at"),
)

# A day (UTC) as the numbers of the desk count it: derived from the records, thrown away when one of them changes.
counted_days = shop_table(
    "counted_days",
    Column("day", Date, primary_key=True),
    Column("counted", JSON, nullable=False),
)
