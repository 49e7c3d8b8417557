"""Table of the questions that nothing written answers."""

from sqlalchemy import Column, Index, Integer, Text

from backend.store.tables.base import UtcTime, key, shop_table, text

# One row per wording and product; asked again it counts up.
unanswered = shop_table(
    "unanswered",
    key(),
    text("question"),
    Column("product_id", Text),
    Column("times", Integer, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Index(None, "tenant", "last_at"),
)
