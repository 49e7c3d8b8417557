"""Tables of the people who buy."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Text

from backend.store.tables.base import UtcTime, belongs_to, key, shop_table, text

customers = shop_table(
    "customers",
    key(),
    text("name"),
    text("email"),
    # the e-mail as it is compared: the same on both engines, whatever their lower() makes of it
    text("email_key"),
    Column("phone", Text),
    Column("address", JSON(none_as_null=True)),
    Column("password_hash", Text),
    Index(None, "tenant", "email_key"),
)

payment_methods = shop_table(
    "payment_methods",
    key(),
    text("customer_id"),
    text("kind"),
    Column("brand", Text),
    Column("last_four", Text),
    Column("balance_cents", BigInteger),
    belongs_to("customers", "customer_id"),
    Index(None, "tenant", "customer_id"),
)

identity_codes = shop_table(
    "identity_codes",
    key("session_id"),
    key("email_key"),
    text("code_hash"),
    Column("tries_left", Integer, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)
