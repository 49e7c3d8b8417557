"""Tables of what was said."""

from sqlalchemy import JSON, Column, Index, Integer, Text

from backend.store.tables.base import UtcTime, belongs_to, key, of_some, shop_table, tagged, text

conversations = shop_table(
    "conversations",
    key(),
    text("session_id"),
    Column("customer_id", Text),
    Column("started_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    # how the desk keeps it: its first words, whose turn it is, and until when
    text("title", ""),
    text("channel", "chat"),
    text("status", "assistant"),
    text("priority", "normal"),
    Column("assignee", Text),
    Column("tags", JSON, nullable=False, default=[]),
    Column("due_at", UtcTime),
    Index(None, "tenant", "started_at"),
    Index(None, "tenant", "updated_at"),
    Index(None, "tenant", "status", "updated_at"),
    Index(None, "tenant", "customer_id", "updated_at"),
    Index(None, "tenant", "session_id"),
    Index(None, "tenant", "status", "assignee", "due_at", "id"),
    Index(None, "tenant", "priority", "updated_at"),
    Index(None, "tenant", "channel", "updated_at"),
    of_some("ix_conversations_assigned", "assignee IS NOT NULL", "assignee", "updated_at"),
    of_some("ix_conversations_due", "due_at IS NOT NULL", "due_at"),
    tagged("conversations"),
)

messages = shop_table(
    "messages",
    key(),
    text("conversation_id"),
    # place among the messages of one turn, which share a time
    Column("position", Integer, nullable=False),
    text("role"),
    text("text"),
    Column("at", UtcTime, nullable=False),
    Column("meta", JSON(none_as_null=True)),
    # the message that the shopper wrote in its place
    Column("replaced_by", Text),
    belongs_to("conversations", "conversation_id"),
    Index(None, "tenant", "conversation_id", "at"),
)
