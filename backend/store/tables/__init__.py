"""Every table of the records, by noun."""

from backend.store.tables import (
    cases,
    catalogue,
    conversations,
    corrections,
    customers,
    desk,
    documents,
    orders,
    pending,
    shop,
    unanswered,
)
from backend.store.tables.base import metadata

__all__ = [
    "cases",
    "catalogue",
    "conversations",
    "corrections",
    "customers",
    "desk",
    "documents",
    "metadata",
    "orders",
    "pending",
    "shop",
    "unanswered",
]
