"""A small shop's vocabulary for the tests of understanding: the seeded goods, found by plain string search."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from backend.domain.catalogue import Product, ProductFilter, Spec, Variant

SEED = Path(__file__).parents[2] / "seed_data" / "techpro" / "products.json"
_CATEGORY_WORDS = {"laptop": "Laptops", "phone": "Smartphones", "smartphone": "Smartphones", "tablet": "Tablets",
                   "tv": "TVs", "monitor": "Monitors", "accessory": "Accessories", "accessorie": "Accessories",
                   "earbud": "Earbuds", "camera": "Cameras"}  # fmt: skip
_PRICE = r"\$?(\d[\d,.]*)(k?)"


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    products: tuple[Product, ...]


class Shop:
    """Fulfils `Vocabulary` over the seeded products."""

    @cached_property
    def products(self) -> dict[str, Product]:
        return {row["id"]: product_of(row) for row in json.loads(SEED.read_text(encoding="utf-8"))}

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], list[Product]]]:
        names: dict[str, list[Product]] = {}
        for product in self.products.values():
            for name in {
                product.name.lower(),
                (product.model or product.name).lower(),
                *map(str.lower, product.aliases),
            }:
                names.setdefault(name, []).append(product)
        ordered = sorted(names.items(), key=lambda item: -len(item[0]))
        return [(re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE), owners) for name, owners in ordered]

    def find_mentions(self, text: str) -> list[Found]:
        found: list[Found] = []
        for pattern, owners in self._names:
            for match in pattern.finditer(text):
                if not any(f.start < match.end() and match.start() < f.end for f in found):
                    found.append(Found(match.start(), match.end(), tuple(owners)))
        return sorted(found, key=lambda f: f.start)

    def product(self, product_id: str) -> Product | None:
        return self.products.get(product_id)

    def parse_filter(self, text: str) -> ProductFilter | None:
        low = text.lower()
        changes: dict[str, Any] = {}
        if (category := self.category_of(low)) is not None:
            changes["category"] = category
        if match := re.search(rf"(?:under|below|less than|at most|up to)\s+{_PRICE}", low):
            changes["max_price_cents"] = _cents(match)
        if match := re.search(rf"(?:over|above|more than|at least)\s+{_PRICE}(?!\d|\s*(?:gb|inch|stars))", low):
            changes["min_price_cents"] = _cents(match)
        if "in stock" in low:
            changes["in_stock"] = True
        for brand in {p.brand for p in self.products.values() if p.brand}:
            if brand.lower() in low:
                changes["brand"] = brand
        return ProductFilter(**changes) if changes else None

    def is_value(self, text: str) -> bool:
        return False

    def goods_sought(self, text: str) -> ProductFilter | None:
        return None

    def narrowing(self, text: str, category: str | None) -> ProductFilter | None:
        return None

    def category_of(self, text: str) -> str | None:
        words = [w.rstrip("s") for w in re.findall(r"[a-z]+", text.lower())]
        return next((_CATEGORY_WORDS[w] for w in words if w in _CATEGORY_WORDS), None)

    def option_values(self) -> Mapping[str, frozenset[str]]:
        return self._options

    @cached_property
    def _options(self) -> dict[str, frozenset[str]]:
        values: dict[str, set[str]] = {}
        for product in self.products.values():
            for variant in product.variants:
                for name, value in variant.options.items():
                    values.setdefault(name, set()).add(value)
        return {name: frozenset(v) for name, v in values.items()}


def product_of(row: dict[str, Any]) -> Product:
    specs = tuple(
        Spec(name=s["name"], label=s["label"], value=tuple(s["value"]) if isinstance(s["value"], list) else s["value"],
             text=s["text"], unit=s.get("unit"))
        for s in row["specs"]
    )  # fmt: skip
    variants = tuple(
        Variant(
            id=v["id"], product_id=row["id"], options=v["options"], price_cents=v["price_cents"], stock=v.get("stock")
        )
        for v in row["variants"]
    )
    return Product(
        id=row["id"], name=row["name"], brand=row.get("brand"), model=row.get("model"), category=row["category"],
        aliases=tuple(row["aliases"]), specs=specs, variants=variants, rating=row.get("rating"),
    )  # fmt: skip


def _cents(match: re.Match[str]) -> int:
    return round(float(match[1].rstrip(".").replace(",", "")) * (1000 if match[2] else 1) * 100)
