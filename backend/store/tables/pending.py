"""The table of writes that wait for the shopper's consent."""

from sqlalchemy import JSON, Column, Index

from backend.store.tables.base import UtcTime, key, shop_table, text

# `session_id` and the action's own customer say who alone may confirm; a confirmed action stays until it is swept.
pending_actions = shop_table(
    "pending_actions",
    key(),
    text("session_id"),
    text("customer_id"),
    Column("action", JSON, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Index(None, "tenant", "expires_at"),
)
