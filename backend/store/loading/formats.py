"""Recognises what a path holds."""

import zlib
from pathlib import Path

from backend.domain.errors import InvalidInput
from backend.store.loading.json_lines import JsonLines
from backend.store.loading.seed import SeedFolder
from backend.store.loading.source import Source
from backend.store.loading.store_json import StoreJson

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
        lines = sorted(file for file in path.iterdir() if file.name.endswith(_LINES))
        if len(lines) == 1:
            return JsonLines(lines[0], tenant)
    elif path.is_file():
        if path.name.endswith(_LINES):
            return JsonLines(path, tenant)
        if path.suffix == ".json":
            return StoreJson(path, tenant)
    raise InvalidInput(f"{path} holds no store that can be loaded.", field="STORE")
