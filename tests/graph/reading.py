"""Reads a nested catalogue of parts into products, as a loader does, for tests on large data."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.domain.catalogue import Product, Spec, SpecValue, Variant

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def read_products(path: Path) -> tuple[Product, ...]:
    """Every row of a JSON-lines file, zipped or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return tuple(_product(json.loads(line)) for line in content.splitlines())


def _product(row: dict[str, Any]) -> Product:
    specs = tuple(_spec(path, value) for path, value in _leaves(row["specs"]))
    cents = None if row.get("price_usd") is None else round(row["price_usd"] * 100)
    variants = () if cents is None else (Variant(id=row["id"], product_id=row["id"], price_cents=cents),)
    return Product(
        id=row["id"], name=row["name"], brand=row["brand"], category=row["category"], specs=specs, variants=variants
    )


def _leaves(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        elif value not in (None, "", []) and not (isinstance(value, list) and isinstance(value[0], dict)):
            yield (*path, key), value


def _spec(path: tuple[str, ...], value: Any) -> Spec:
    name = "_".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part).lower() for part in path)
    typed: SpecValue = tuple(map(str, value)) if isinstance(value, list) else value
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Spec(name=name, label=name.replace("_", " ").capitalize(), value=typed, text=text)
