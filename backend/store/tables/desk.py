"""Tables of the desk: staff and their keys, audit rows, mails, events and the webhooks that carry them."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Text

from backend.store.tables.base import UtcTime, belongs_to, key, shop_table, text

staff = shop_table(
    "staff",
    key(),
    text("name"),
    text("email"),
    text("email_key"),
    text("role"),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Index(None, "tenant", "email_key", unique=True),
)

login_links = shop_table(
    "login_links",
    key("token_hash"),
    text("staff_id"),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    belongs_to("staff", "staff_id"),
)

api_keys = shop_table(
    "api_keys",
    key(),
    text("name"),
    text("key_hash"),
    text("hint"),
    Column("scopes", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Index(None, "tenant", "key_hash", unique=True),
)

audit = shop_table(
    "audit",
    key(),
    Column("at", UtcTime, nullable=False),
    text("actor"),
    text("action"),
    text("object"),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Index(None, "tenant", "at"),
    Index(None, "tenant", "object", "at"),
    Index(None, "tenant", "actor", "at"),
    Index(None, "tenant", "action", "at"),
)

mails = shop_table(
    "mails",
    key(),
    text("to"),
    text("subject"),
    text("text"),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sent_at", UtcTime),
    Index(None, "tenant", "created_at"),
    Index(None, "tenant", "sent_at", "due_at"),
)

webhooks = shop_table(
    "webhooks",
    key(),
    text("url"),
    text("secret"),
    Column("kinds", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    text("format", "events"),
    Column("created_at", UtcTime, nullable=False),
)

events = shop_table(
    "events",
    key(),
    text("kind"),
    Column("payload", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "tenant", "created_at"),
)

# One row per event and subscription. States: waiting, delivered, dead.
webhook_deliveries = shop_table(
    "webhook_deliveries",
    key(),
    text("event_id"),
    text("webhook_id"),
    text("state"),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", Text),
    Column("delivered_at", UtcTime),
    belongs_to("events", "event_id"),
    Index(None, "tenant", "state", "due_at"),
    Index(None, "tenant", "event_id"),
)
