"""Where documents come from: a folder of files, or a corpus in JSON lines."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from backend.domain.errors import InvalidInput
from backend.rag.documents import LoadedDocument, load_file, make_document
from backend.store.loading.source import BadRow


def read_folder(folder: Path) -> Iterator[LoadedDocument | BadRow]:
    """Every document below the folder, by path. `manual.pdf.json` beside `manual.pdf` states its title and kind."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        sidecar = path.with_name(f"{path.name}.json")
        if path.suffix == ".json" and path.with_suffix("").exists():
            continue
        try:
            stated = json.loads(sidecar.read_text("utf-8")) if sidecar.exists() else {}
            yield load_file(path.name, path.read_bytes(), stated)
        except (InvalidInput, ValueError) as wrong:
            yield BadRow(place=str(path.relative_to(folder)), reason=str(wrong))


def read_json_lines(lines: Iterable[str]) -> Iterator[LoadedDocument | BadRow]:
    """Rows {id, title, text, product?, product_name?, kind?, category?, language?, url?}; other fields are ignored."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            loaded = _row(line)
            if loaded.document.id in seen:
                raise InvalidInput(f"id is not valid: {loaded.document.id} stands in an earlier line.", field="id")
        except InvalidInput as wrong:
            yield BadRow(place=f"line {number}", reason=wrong.detail)
        else:
            seen.add(loaded.document.id)
            yield loaded


def _row(line: str) -> LoadedDocument:
    try:
        row = json.loads(line)
    except ValueError as wrong:
        raise InvalidInput(f"The row is not JSON: {wrong}.") from wrong
    if not isinstance(row, dict):
        raise InvalidInput("The row is not an object like {id, title, text}.")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InvalidInput("text is not valid: the row has none.", field="text")
    return make_document(row, text.encode(errors="replace"))
