"""Where documents come from: a folder of files, or a corpus in JSON lines."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from backend.domain.base import Value
from backend.domain.errors import InvalidInput
from backend.rag.documents import LoadedDocument, load_file, make_document


class BadRow(Value):
    """What could not be taken, where it stands and why; the rest loads."""

    place: str
    reason: str


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
            row = json.loads(line)
            if not isinstance(row, dict) or row.get("id") in (None, ""):
                raise InvalidInput("A row needs an id.", field="id")
            if not str(row.get("text") or "").strip():
                raise InvalidInput("The row has no text.", field="text")
            if str(row["id"]) in seen:
                raise InvalidInput(f"The id {row['id']} stands in an earlier line.", field="id")
            loaded = make_document(row, str(row["text"]).encode())
        except (InvalidInput, ValueError) as wrong:
            yield BadRow(place=f"line {number}", reason=str(wrong))
        else:
            seen.add(loaded.document.id)
            yield loaded
