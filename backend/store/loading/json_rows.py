"""Reads products from JSON, in lines or as one list: a row for each thing on sale, its variants unfolded."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backend.store.loading.mapped import USUAL
from backend.store.loading.source import BadRow

#: where a file with an object at its top keeps its products
_LISTS = ("products", "items", "catalog", "catalogue", "data", "results")
_VARIANTS = ("variants", "variations", "skus")
_OF_VARIANT = frozenset(name for f in ("price", "sale_price", "regular", "stock", "available") for name in USUAL[f])
_OF_PRODUCT = frozenset(name for f in ("id", "name", "group", "image", "currency") for name in USUAL[f])
_CODES = frozenset(("barcode", "ean", "gtin", "upc", "position", "grams", "options", "attributes"))
#: a figure in an object of its own, {"rate": 4.1, "count": 12}, and what may stand beside it
_FIGURES = ("amount", "value", "current", "rate", "average", "score")
_BESIDE = {"currency": "currency", "currency_code": "currency", "count": "review_count", "reviews": "review_count"}

Row = dict[str, Any]


class JsonRows:
    """Objects in JSON lines or in a list, plain or gzipped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._in_lines = not path.name.lower().endswith((".json", ".json.gz"))

    def rows(self) -> Iterator[tuple[str, Row | BadRow]]:
        """(place, object) for each thing on sale; a variant's row has the product's fields, `parent` and `options`."""
        for place, row in self._lines() if self._in_lines else self._list():
            yield from ((place, row),) if isinstance(row, BadRow) else _unfolded(place, row)

    def count(self) -> int:
        """How many things there are."""
        return sum(1 for _ in self.rows())

    def columns(self) -> list[str]:
        """Every field of any row; an option as "options.color"."""
        found: dict[str, None] = {}
        for _, row in self.rows():
            if isinstance(row, dict):
                found |= dict.fromkeys(row) | {f"options.{name}": None for name in row.get("options") or ()}
        return [name for name in found if name != "options"]

    def _lines(self) -> Iterator[tuple[str, Row | BadRow]]:
        with self._open() as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    place = f"{self.path.name} line {number}"
                    try:
                        yield place, _row(place, json.loads(line))
                    except ValueError as wrong:
                        yield place, BadRow(place=place, reason=str(wrong))

    def _list(self) -> Iterator[tuple[str, Row | BadRow]]:
        with self._open() as file:
            found = json.load(file)
        if isinstance(found, dict):
            found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
        if not isinstance(found, list):
            raise ValueError("it holds no list of products")
        for number, row in enumerate(found, start=1):
            yield (place := f"{self.path.name} product {number}"), _row(place, row)

    def _open(self) -> Any:
        if self.path.suffix == ".gz":
            return gzip.open(self.path, "rt", encoding="utf-8-sig")
        return self.path.open(encoding="utf-8-sig")


def _row(place: str, row: Any) -> Row | BadRow:
    return _plain(row) if isinstance(row, dict) else BadRow(place=place, reason="it is no object")


def _unfolded(place: str, row: Row) -> Iterator[tuple[str, Row]]:
    """The row, or one for each of its variants: what a variant states stands before what its product does."""
    key = next((k for k in _VARIANTS if row.get(k) and all(isinstance(v, dict) for v in _listed(row[k]))), None)
    named = [one["name"] for one in _listed(row.get("options")) if isinstance(one, dict) and "name" in one]
    product = {name: value for name, value in row.items() if name not in (key, "options" if key or named else None)}
    if key is None:
        yield place, product
        return
    own_id = next((name for name in USUAL["id"] if name in row), "id")
    parent = row.get(own_id) or row.get("name") or row.get("title")
    for number, variant in enumerate(map(_plain, _listed(row[key])), start=1):
        sku = next((variant[name] for name in ("sku", *USUAL["id"]) if variant.get(name)), f"{parent}-{number}")
        stated = {name: value for name, value in variant.items() if name.lower() in _OF_VARIANT and value is not None}
        options = {"options": _options(variant, named)}
        yield f"{place} variant {number}", product | stated | {own_id: sku, "parent": parent} | options


def _options(variant: Row, named: list[str]) -> dict[str, str]:
    """What tells a variant from others; "option1" is the first that the product names."""
    inner: Mapping[str, Any] = next(
        (variant[k] for k in ("options", "attributes") if isinstance(variant.get(k), dict)), {}
    )
    known = _OF_VARIANT | _OF_PRODUCT | _CODES
    own = {k: v for k, v in variant.items() if k.lower() not in known and isinstance(v, str | int | float)}
    called = {f"option{number}": name for number, name in enumerate(named, start=1)}
    return {called.get(name, name).lower(): str(value) for name, value in {**own, **inner}.items() if value != ""}


def _plain(row: Row) -> Row:
    """The row with the figures of price and rating where they are usual, not in objects of their own."""
    found = dict(row)
    for name in ("price", "rating"):
        if isinstance(inner := row.get(name), Mapping):
            found[name] = next((inner[figure] for figure in _FIGURES if figure in inner), None)
            found |= {_BESIDE[k]: value for k, value in inner.items() if k in _BESIDE and _BESIDE[k] not in row}
    return found


def _listed(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
