"""Products of the public catalogues that lie beside the checkout, read as `make load` reads them."""

from pathlib import Path

from backend.domain.catalogue import Product
from backend.store.loading.formats import open_source
from backend.store.loading.source import Placed

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def read_products(path: Path) -> tuple[Product, ...]:
    """Every product of a store in any known format."""
    rows = open_source(path, "measured").read()
    return tuple(row.record for row in rows if isinstance(row, Placed) and isinstance(row.record, Product))
