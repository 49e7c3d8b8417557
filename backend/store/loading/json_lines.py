"""Reads a catalogue in JSON lines, plain or gzipped: one product a line with nested specifications."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from backend.domain.catalogue import Product, Variant
from backend.domain.money import to_cents
from backend.store.loading.alike import placed_alike
from backend.store.loading.offers import NO_CATEGORY
from backend.store.loading.source import BadRow, Placed, placed, undated_policy
from backend.store.loading.specs import flat_specs

#: Fields in which a catalogue may name the price, with the currency that the name implies.
_PRICES = (("price_usd", "USD"), ("price_eur", "EUR"), ("price_gbp", "GBP"), ("price", None))


class JsonLines:
    """Stock and rating stay unknown unless a row states them; a product without a price is not for sale yet."""

    name: str | None = None
    as_of: date | None = None

    def __init__(self, path: Path, tenant: str) -> None:
        self._path = path
        self._tenant = tenant
        with self._open() as lines:
            self.total = 1 + sum(1 for line in lines if line.strip())

    def read(self) -> Iterator[Placed | BadRow]:
        """The shop's rules, then a product for each line."""
        yield placed(self._path.name, undated_policy(self._tenant))
        yield from placed_alike(self._lines())

    def _lines(self) -> Iterator[tuple[str, Callable[[], Product]]]:
        with self._open() as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    place = f"{self._path.name} line {number}"
                    yield place, partial(_read, line)

    def _open(self) -> Any:
        if self._path.suffix == ".gz":
            return gzip.open(self._path, "rt", encoding="utf-8-sig")
        return self._path.open(encoding="utf-8-sig")


def _read(line: str) -> Product:
    return _product(json.loads(line))


def _product(row: Mapping[str, Any]) -> Product:
    product_id, brand, category = str(row["id"]), row.get("brand"), row.get("category") or NO_CATEGORY
    price, currency = _price(row)
    short = " ".join((row.get("price_name") or "").split())
    return Product(
        id=product_id,
        name=row["name"],
        brand=brand,
        model=_without_brand(short, brand) or row.get("model"),
        category=category,
        description=row.get("description") or "",
        aliases=(short,) if short and short != row["name"] else (),
        specs=flat_specs(category, row.get("specs") or {}),
        variants=() if price is None else (_variant(product_id, price, row),),
        rating=row.get("rating"),
        review_count=row.get("review_count"),
        currency=currency,
        image=row.get("image"),
    )


def _price(row: Mapping[str, Any]) -> tuple[int | None, str]:
    for field, currency in _PRICES:
        if row.get(field) is not None:
            cents = to_cents(row[field])
            if cents < 0:
                raise ValueError("the price is below zero")
            return cents, currency or row.get("currency") or "USD"
    return None, row.get("currency") or "USD"


def _variant(product_id: str, price_cents: int, row: Mapping[str, Any]) -> Variant:
    stock = row.get("stock")
    return Variant(id=product_id, product_id=product_id, price_cents=price_cents, stock=stock)


def _without_brand(name: str, brand: str | None) -> str | None:
    if brand and name.lower().startswith(f"{brand.lower()} "):
        name = name[len(brand) + 1 :]
    return name.strip() or None
