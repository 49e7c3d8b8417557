"""Products of the public catalogues that lie beside the checkout, read as `make load` reads them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from backend.domain.catalogue import Product
from backend.store.loading.formats import open_source
from backend.store.loading.source import Placed

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def read_products(path: Path) -> tuple[Product, ...]:
    """Every product of a store in any known format."""
    rows = open_source(path, "measured").read()
    return tuple(row.record for row in rows if isinstance(row, Placed) and isinstance(row.record, Product))


def raw_rows(catalogue: Path) -> list[dict[str, Any]]:
    """The rows of a gzipped file of JSON lines as they stand."""
    return [json.loads(line) for line in gzip.decompress(catalogue.read_bytes()).splitlines()]


def raw_table(catalogue: Path) -> pd.DataFrame:
    """The same past loader, snapshot and search: nested specifications by their dotted paths."""
    rows = raw_rows(catalogue)
    return pd.DataFrame(
        [{**{k: v for k, v in row.items() if k != "specs"}, **dict(_flat(row["specs"]))} for row in rows]
    )


def _flat(specs: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in (specs or {}).items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
