"""Tables of what staff work on: complaints, handoffs, enquiries."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Text, literal_column
from sqlalchemy import text as sql

from backend.store.tables.base import UtcTime, key, of_some, shop_table, tagged, text

_DUE = (
    "(CASE WHEN status IN ('resolved', 'closed') THEN NULL"
    " WHEN status = 'open' THEN coalesce(first_response_due, resolution_due) ELSE resolution_due END)"
)
#: When somebody has to do something about a complaint: NULL of those that are done. No value in it is bound: an index
#: is found by its words.
COMPLAINT_DUE = literal_column(_DUE, UtcTime)

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
    Index(None, "tenant", "created_at"),
    Index(None, "tenant", "priority", "updated_at"),
    of_some("ix_complaints_assigned", "assignee IS NOT NULL", "assignee", "updated_at"),
    of_some("ix_complaints_breached", "breached", "created_at"),
    of_some("ix_complaints_due", f"{_DUE} IS NOT NULL", sql(_DUE)),
    tagged("complaints"),
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
    Index(None, "tenant", "created_at"),
    Index(None, "tenant", "customer_id"),
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
    Index(None, "tenant", "created_at"),
    tagged("enquiries"),
)
