"""Tables of what the shop has written down."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, Text

from backend.store.tables.base import UtcTime, belongs_to, key, shop_table, text

documents = shop_table(
    "documents",
    key(),
    text("title"),
    text("kind"),
    Column("product_id", Text),
    Column("product_name", Text),
    Column("category", Text),
    text("language"),
    Column("url", Text),
    text("content_hash"),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    text("status"),
    text("media_type"),
    Column("owner", Text),
    Column("tags", JSON, nullable=False),
    # the shop's knowledge version at which this document last changed
    Column("changed_in", BigInteger, nullable=False),
    Index(None, "tenant", "changed_in"),
)

document_versions = shop_table(
    "document_versions",
    key("document_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    text("content_hash"),
    text("media_type"),
    Column("author", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
    belongs_to("documents", "document_id"),
)

# A deleted document leaves nothing but its id, so that every index learns to forget it.
deleted_documents = shop_table(
    "deleted_documents",
    key(),
    Column("changed_in", BigInteger, nullable=False),
    Index(None, "tenant", "changed_in"),
)
