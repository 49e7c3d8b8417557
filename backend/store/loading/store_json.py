"""Reads a store in one JSON file: products with variants, users with payment methods, orders with fulfilments."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from backend.domain.customers import Customer
from backend.store.loading.source import BadRow, Placed, attempt, placed, rows_of, undated_policy
from backend.store.loading.store_rows import customer_of, order_of, product_of

_PARTS = ("products", "users", "orders")


def is_store(path: Path) -> bool:
    """Whether a JSON file is a store: with users or orders, or with products by id that have variants."""
    found = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(found, dict) or not set(found) & {"users", "orders"}:
        products = found.get("products") if isinstance(found, dict) else None
        return bool(products) and all("product_id" in row for _, row in rows_of(products, "products"))
    return True


class StoreJson:
    """The file keeps no dates, no stock figures and no categories: none are invented."""

    name: str | None = None
    as_of: date | None = None

    def __init__(self, path: Path, tenant: str) -> None:
        store = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(store, dict) or not set(store) & set(_PARTS):
            raise ValueError(f"it holds none of {', '.join(_PARTS)}")
        self._tenant = tenant
        self._rows = {part: list(rows_of(store.get(part) or {}, part)) for part in _PARTS}
        self.total = 1 + sum(len(rows) for rows in self._rows.values())
        self._labels: dict[str, str] = {}

    def read(self) -> Iterator[Placed | BadRow]:
        """Rules, customers, products with a row for each bad variant, orders."""
        yield placed("store", undated_policy(self._tenant))
        for place, row in self._rows["users"]:
            yield self._remembered(attempt(place, lambda row=row: customer_of(row)))  # type: ignore[misc]
        for place, row in self._rows["products"]:
            yield from product_of(place, row)
        for place, row in self._rows["orders"]:
            yield attempt(place, lambda row=row: order_of(row, self._labels))  # type: ignore[misc]

    def _remembered(self, read: Placed | BadRow) -> Placed | BadRow:
        """Keep how each payment method is named: orders show it."""
        if isinstance(read, Placed) and isinstance(read.record, Customer):
            self._labels.update({method.id: method.label() for method in read.record.payment_methods})
        return read
