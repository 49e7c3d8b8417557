"""Reads a shop in our own format: a folder of JSON files, one list of domain values in each."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from backend.domain.base import Value
from backend.domain.cases import Complaint
from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.store.loading.source import BadRow, Placed, attempt, rows_of

_LISTS: tuple[tuple[str, Any], ...] = (
    ("customers.json", Customer),
    ("products.json", Product),
    ("relations.json", Relation),
    ("compatibility.json", FitRule),
    ("orders.json", Order),
    ("complaints.json", Complaint),
)


class SeedFolder:
    """`shop.json` and `meta.json` beside the lists; a list that a shop does not need may be missing."""

    def __init__(self, folder: Path) -> None:
        meta = _json(folder / "meta.json")
        self.name: str | None = meta.get("name")
        self.as_of: date | None = date.fromisoformat(meta["as_of"]) if meta.get("as_of") else None
        self._policy = _json(folder / "shop.json")
        self._lists = [(name, model, _json(folder / name)) for name, model in _LISTS if (folder / name).is_file()]
        self.total = 1 + sum(len(rows) for _, _, rows in self._lists)

    def read(self) -> Iterator[Placed | BadRow]:
        """The rules of the shop first, then list after list."""
        yield attempt("shop.json", lambda: ShopPolicy.model_validate(self._policy))
        for name, model, rows in self._lists:
            for place, row in rows_of(rows, name):
                yield attempt(place, lambda row=row, model=model: _completed(model, row))  # type: ignore[misc]


def _completed(model: type[Value], row: Any) -> Any:
    """Children need not repeat whose they are."""
    if model is Product:
        row = {**row, "variants": [{"product_id": row["id"], **v} for v in row.get("variants", [])]}
    if model is Customer:
        methods = [{"customer_id": row["id"], **m} for m in row.get("payment_methods", [])]
        row = {**row, "payment_methods": methods}
    if model is Order:
        if isinstance(row.get("placed_at"), int | float):  # a spreadsheet's days would be taken for seconds
            raise ValueError("placed_at: a number counts seconds since 1970: write it like 2026-03-01T14:30:00Z")
        parts = ("deliveries", "returns", "exchanges", "refunds")
        row = {**row, **{part: [{"order_id": row["id"], **p} for p in row.get(part, [])] for part in parts}}
    return model.model_validate(row)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8-sig"))
