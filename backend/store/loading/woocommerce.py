"""Reads the product CSV that WooCommerce exports: a row for each product or variation, attributes in pairs."""

import re
from collections.abc import Iterator
from typing import Any

from backend.store.loading.mapped import ColumnMapping
from backend.store.loading.source import BadRow
from backend.store.loading.tables import Table

_ATTRIBUTE = re.compile(r"^attribute (\d+) name$", re.IGNORECASE)
_MEASURE = re.compile(r"^(weight|length|width|height) \((\w+)\)$", re.IGNORECASE)
MAPPING = ColumnMapping(
    id="id", name="Name", group="group", category="category", brand="brand", description="description",
    price="Regular price", sale_price="Sale price", stock="Stock", available="In stock?", image="Images",
    weight="weight", tags="Tags", options={"options": "options"}, specs={"specs": "specs"},
)  # fmt: skip


def is_woocommerce(columns: list[str]) -> bool:
    """Whether a table's columns are those of the export."""
    return {"Type", "SKU", "Name", "Regular price"} <= set(columns)


class WooRows:
    """The rows under the names of `MAPPING`. What is not published is left aside."""

    def __init__(self, table: Table) -> None:
        self.path, self._table = table.path, table
        self._pairs = [
            (name, value)
            for name in table.columns
            if (match := _ATTRIBUTE.match(name))
            for value in table.columns
            if value.lower() == f"attribute {match[1]} value(s)"
        ]
        self._measures = {name: m for name in table.columns if (m := _MEASURE.match(name))}

    def count(self) -> int:
        """How many rows there are."""
        return self._table.count()

    def rows(self) -> Iterator[tuple[str, dict[str, Any] | BadRow]]:
        """(place, row); a variation has the name and the group of its parent, which stands before it."""
        parents: dict[str, dict[str, Any]] = {}
        for place, row in self._table.rows():
            if isinstance(row, BadRow):
                yield place, row
            elif row.get("Published", "1") in ("1", ""):
                own = self._row(row)
                if row["Type"].lower() == "variation":
                    yield place, self._variation(own, parents.get(row.get("Parent", "").removeprefix("id:"), {}))
                    continue
                parents |= dict.fromkeys((row["SKU"], row.get("ID", "")), own)
                yield place, own

    def _row(self, row: dict[str, str]) -> dict[str, Any]:
        stated = {row[name]: row[value] for name, value in self._pairs if row.get(name) and row.get(value)}
        measures = {m[1]: f"{row[n]} {m[2]}" for n, m in self._measures.items() if row.get(n) not in ("", "0", None)}
        weight = measures.pop("Weight", None)
        own_id = row["SKU"] or row.get("ID", "")
        return row | {
            "id": own_id,
            "group": own_id,
            "category": row.get("Categories", "").split(",")[0],
            "brand": row.get("Brands", ""),
            "description": " ".join(filter(None, (row.get("Short description"), row.get("Description")))),
            "Images": row.get("Images", "").split(",")[0],
            "specs": {**stated, **measures},
            "weight": weight,
        }

    def _variation(self, row: dict[str, Any], parent: dict[str, Any]) -> dict[str, Any]:
        options = {name.lower(): value for name, value in row["specs"].items() if name in parent.get("specs", {})}
        return row | {
            "options": options,
            "specs": {},
            **{k: parent[k] for k in ("group", "category", "Name") if parent},
        }
