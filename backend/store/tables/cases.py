"""Tables of what staff work on: complaints, handoffs, enquiries."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Text

from backend.store.tables.base import UtcTime, key, shop_table, text

complaints = shop_table(
    "complaints",
    key(),
    text("customer_id"),
    Column("order_id", Text),
    Column("line_ids", JSON, nullable=False),
    text("category"),
    text("severity"),
    text("priority"),
    text("status"),
    text("description"),
    Column("created_at", UtcTime, nullable=False),
    Column("first_response_due", UtcTime),
    Column("resolution_due", UtcTime),
    Column("breached", Boolean, nullable=False),
    Column("assignee", Text),
    Column("notes", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Column("tags", JSON, nullable=False, default=[]),
    Column("updated_at", UtcTime),
    Index(None, "tenant", "customer_id"),
    Index(None, "tenant", "order_id"),
    Index(None, "tenant", "status", "created_at"),
    Index(None, "tenant", "updated_at"),
)

handoffs = shop_table(
    "handoffs",
    key(),
    text("conversation_id"),
    text("session_id"),
    Column("customer_id", Text),
    text("state"),
    text("reason"),
    Column("staff_id", Text),
    Column("staff_name", Text),
    Column("expected_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Index(None, "tenant", "state", "created_at"),
    Index(None, "tenant", "conversation_id"),
    Index(None, "tenant", "session_id"),
)

enquiries = shop_table(
    "enquiries",
    key(),
    text("text"),
    text("kind"),
    Column("name", JSON(none_as_null=True)),
    Column("email", JSON(none_as_null=True)),
    Column("phone", JSON(none_as_null=True)),
    Column("company", JSON(none_as_null=True)),
    Column("budget_cents", BigInteger),
    Column("budget_confidence", Float),
    Column("score", Float, nullable=False),
    Column("score_reasons", JSON, nullable=False),
    text("draft_reply"),
    text("status"),
    Column("created_at", UtcTime, nullable=False),
    text("priority", "normal"),
    Column("assignee", Text),
    Column("tags", JSON, nullable=False, default=[]),
    Column("due_at", UtcTime),
    Column("updated_at", UtcTime),
    Index(None, "tenant", "status", "created_at"),
    Index(None, "tenant", "updated_at"),
)
