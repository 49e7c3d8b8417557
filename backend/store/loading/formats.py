"""Recognises what a path holds."""

import re
import zlib
from pathlib import Path

from backend.domain.errors import InvalidInput
from backend.store.loading.json_rows import JsonRows
from backend.store.loading.mapped import MappedCatalogue, find_mapping, usual_mapping
from backend.store.loading.merchant import MerchantFeed, XmlFeed, is_merchant
from backend.store.loading.seed import SeedFolder
from backend.store.loading.shopify import ShopifyCsv, is_shopify
from backend.store.loading.source import Source
from backend.store.loading.store_json import StoreJson, is_store
from backend.store.loading.tables import TABLES, Table
from backend.store.loading.woocommerce import MAPPING as WOOCOMMERCE
from backend.store.loading.woocommerce import WooRows, is_woocommerce

#: files or columns that an error names
_NAMED = 12
_EXAMPLE = 'put a mapping.json beside it, {"id": "<column>", "name": "<column>", "price": "<column>", …}.'
_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


def open_source(path: Path, tenant: str) -> Source:
    """The source for a file or a folder. Raises InvalidInput when nothing in it is known or can be read."""
    try:
        return _open(path, tenant)
    except (ValueError, LookupError, TypeError, OSError, EOFError, zlib.error) as broken:
        raise InvalidInput(f"{path.name} cannot be read: {broken}", field="STORE") from broken


def _open(path: Path, tenant: str) -> Source:
    if path.is_dir():
        if (path / "meta.json").is_file() and (path / "shop.json").is_file():
            return SeedFolder(path)
        if (path / "store.json").is_file():
            return StoreJson(path / "store.json", tenant)
        known = (*_LINES, *TABLES, ".xml", ".json")
        catalogues = sorted(
            file for file in path.iterdir() if file.name.lower().endswith(known) and not _is_aside(file)
        )
        if len(catalogues) > 1:
            names = ", ".join(file.name for file in catalogues[:_NAMED])
            raise InvalidInput(f"{path} holds several catalogues ({names}): name the file to load.", field="STORE")
        if catalogues:
            return _catalogue(catalogues[0], tenant)
    elif path.is_file():
        return _catalogue(path, tenant)
    raise _nothing(path)


def _nothing(path: Path) -> InvalidInput:
    known = (
        "store.json, a catalogue as .csv, .tsv, .jsonl or .xml (save a spreadsheet as CSV), or meta.json and shop.json"
    )
    return InvalidInput(f"{path} holds no store that can be loaded: {known}.", field="STORE")


def _catalogue(path: Path, tenant: str) -> Source:
    """A file of products: by its ending, its columns and the mapping beside it."""
    name, mapping = path.name.lower(), find_mapping(path)
    if name.endswith(".json") and is_store(path):
        return StoreJson(path, tenant)
    if name.endswith((*_LINES, ".json")):
        rows = JsonRows(path)
        if (mapping := mapping or usual_mapping(rows.columns())) is not None:
            return MappedCatalogue(rows, mapping, tenant)
        raise InvalidInput(f"{path.name}: its products have no id or no name; {_EXAMPLE}", field="STORE")
    if name.endswith(".xml"):
        return MerchantFeed(XmlFeed(path), tenant)
    if name.endswith(TABLES):
        table = Table(path)
        if mapping is not None:
            if absent := [column for column in mapping.columns if column not in table.columns]:
                raise InvalidInput(
                    f"The mapping names columns that {_shown(table)} lacks: {', '.join(absent)}.", field="STORE"
                )
            return MappedCatalogue(table, mapping, tenant)
        if is_woocommerce(table.columns):
            return MappedCatalogue(WooRows(table), WOOCOMMERCE, tenant)
        if is_shopify(table.columns):
            return ShopifyCsv(table, tenant)
        if is_merchant(table.columns):
            return MerchantFeed(table, tenant)
        if (usual := usual_mapping(table.columns)) is not None:
            return MappedCatalogue(table, usual, tenant)
        raise InvalidInput(f"The columns of {_shown(table)} are not known: {_EXAMPLE}", field="STORE")
    raise _nothing(path)


def _shown(table: Table) -> str:
    return f"{table.path.name} ({', '.join(table.columns[:_NAMED])})"


def _is_aside(file: Path) -> bool:
    """A mapping, a licence or a read-me beside the catalogue."""
    about = file.suffix == ".txt" and re.match(r"(?i)(licen[cs]e|readme|notice|robots)", file.name) is not None
    return about or file.name.endswith("mapping.json")
