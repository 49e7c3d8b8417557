"""Every table of the records, by noun."""

from backend.store.tables import (
    cases,
    catalogue,
    conversations,
    corrections,
    customers,
    desk,
    desk_work,
    documents,
    orders,
    pending,
    shop,
    unanswered,
    usage,
)
from backend.store.tables.base import metadata

__all__ = [
    "cases",
    "catalogue",
    "conversations",
    "corrections",
    "customers",
    "desk",
    "desk_work",
    "documents",
    "metadata",
    "orders",
    "pending",
    "shop",
    "unanswered",
    "usage",
]
