"""Tables of the work at the desk: notes, saved views, canned replies, what shoppers thought of answers, files."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, Text

from backend.store.tables.base import UtcTime, belongs_to, key, shop_table, text

# What staff say among themselves about a conversation; no shopper ever reads it.
notes = shop_table(
    "notes",
    key(),
    text("conversation_id"),
    text("kind"),
    text("author"),
    text("author_name"),
    text("text"),
    Column("at", UtcTime, nullable=False),
    belongs_to("conversations", "conversation_id"),
    Index(None, "tenant", "conversation_id", "at"),
)

# `owner` is a member of staff; a shared view is everybody's to use and its owner's to change.
saved_views = shop_table(
    "saved_views",
    key(),
    text("owner"),
    text("name"),
    Column("shared", Boolean, nullable=False),
    Column("query", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "tenant", "owner"),
)

canned_replies = shop_table(
    "canned_replies",
    key(),
    text("shortcut"),
    text("title"),
    text("text"),
    Column("language", Text),
    text("author"),
    Column("updated_at", UtcTime, nullable=False),
    Index(None, "tenant", "shortcut", unique=True),
)

# One thumb per answer; the last one counts.
feedback = shop_table(
    "feedback",
    key("message_id"),
    text("conversation_id"),
    text("score"),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text),
    Column("at", UtcTime, nullable=False),
    Index(None, "tenant", "at"),
    Index(None, "tenant", "conversation_id"),
)

satisfaction = shop_table(
    "satisfaction",
    key("conversation_id"),
    Column("score", Integer, nullable=False),
    Column("comment", Text),
    Column("at", UtcTime, nullable=False),
    Index(None, "tenant", "at"),
)

# The bytes lie with the files; `id` is their key there.
attachments = shop_table(
    "attachments",
    key(),
    text("complaint_id"),
    text("name"),
    text("media_type"),
    Column("size", BigInteger, nullable=False),
    text("content_hash"),
    text("author"),
    Column("created_at", UtcTime, nullable=False),
    belongs_to("complaints", "complaint_id"),
    Index(None, "tenant", "complaint_id"),
)

# Every set of rules that was ever in force, so that a refusal of last month can be explained.
policy_versions = shop_table(
    "policy_versions",
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("policy", JSON, nullable=False),
    text("author"),
    Column("at", UtcTime, nullable=False),
)
