"""Recognises what a path holds."""

import re
import zlib
from pathlib import Path

from backend.domain.errors import InvalidInput
from backend.store.loading.json_lines import JsonLines
from backend.store.loading.mapped import ColumnMapping, JsonRows, MappedCatalogue, find_mapping, usual_mapping
from backend.store.loading.merchant import MerchantFeed, XmlFeed, is_merchant
from backend.store.loading.seed import SeedFolder
from backend.store.loading.shopify import ShopifyCsv, is_shopify
from backend.store.loading.source import Source
from backend.store.loading.store_json import StoreJson
from backend.store.loading.tables import TABLES, Table

#: files or columns that an error names
_NAMED = 12
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
        known = (*_LINES, *TABLES, ".xml")
        catalogues = sorted(file for file in path.iterdir() if file.name.lower().endswith(known) and not _is_text(file))
        if len(catalogues) > 1:
            names = ", ".join(file.name for file in catalogues[:_NAMED])
            raise InvalidInput(f"{path} holds several catalogues ({names}): name the file to load.", field="STORE")
        if catalogues:
            return _catalogue(catalogues[0], tenant)
    elif path.is_file():
        if path.suffix == ".json":
            return StoreJson(path, tenant)
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
    if name.endswith(_LINES):
        rows = JsonRows(path)
        mapping = mapping or _by_usual_names(rows)
        return JsonLines(path, tenant) if mapping is None else MappedCatalogue(rows, mapping, tenant)
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
        if is_shopify(table.columns):
            return ShopifyCsv(table, tenant)
        if is_merchant(table.columns):
            return MerchantFeed(table, tenant)
        if (usual := usual_mapping(table.columns)) is not None:
            return MappedCatalogue(table, usual, tenant)
        example = '{"id": "<column>", "name": "<column>", "price": "<column>", …}'
        raise InvalidInput(
            f"The columns of {_shown(table)} are not known: put a mapping.json beside it, {example}.", field="STORE"
        )
    raise _nothing(path)


def _shown(table: Table) -> str:
    return f"{table.path.name} ({', '.join(table.columns[:_NAMED])})"


def _by_usual_names(rows: JsonRows) -> ColumnMapping | None:
    """The mapping of lines that call their fields otherwise than id and name; None where they call them so."""
    first = next((row for _, row in rows.rows() if isinstance(row, dict)), {})
    return None if {"id", "name"} <= first.keys() else usual_mapping(list(first))


def _is_text(file: Path) -> bool:
    """A licence or a read-me beside the catalogue."""
    return file.suffix == ".txt" and re.match(r"(?i)(licen[cs]e|readme|notice|robots)", file.name) is not None
