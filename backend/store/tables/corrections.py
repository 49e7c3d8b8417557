"""The table of corrected messages."""

from sqlalchemy import Column, Text

from backend.store.tables.base import UtcTime, key, shop_table, text

corrections = shop_table(
    "corrections",
    key(),
    text("text"),
    text("act"),
    Column("message_id", Text),
    text("author"),
    Column("created_at", UtcTime, nullable=False),
)
