"""Fills shops from files: records first, usable at once, then the passages behind them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backend.cli.first_admin import print_admin_link
from backend.cli.progress import console, step
from backend.rag.documents import LoadedDocument, load_file
from backend.rag.embedder import open_embedder
from backend.rag.knowledge import Knowledge
from backend.rag.sources import read_folder, read_json_lines
from backend.settings import Settings
from backend.store.database import Database
from backend.store.files import open_files
from backend.store.loading.load import LoadReport, load_store
from backend.store.loading.source import BadRow

_BAD_ROWS_SHOWN = 50
_DOCUMENTS = (".md", ".txt", ".html", ".htm", ".pdf")


async def load_records(settings: Settings, tenant: str, path: Path) -> None:
    """Records and documents of a store. Bad rows are printed with their place and reason."""
    database = await Database.open(settings.records_url)
    try:
        with step(f"Records of {tenant}") as report:
            done = await load_store(database, tenant, path, report)
        _print(done)
        knowledge = open_knowledge(settings, database)
        found = list(_store_documents(path))
        with step(f"Passages of {tenant}") as report:
            if found:
                await knowledge.put(tenant, found, report)
            await knowledge.sync(tenant, report)
        await print_admin_link(settings, database, tenant)
    finally:
        await database.close()


async def load_documents(settings: Settings, tenant: str, path: Path) -> None:
    """A folder of documents, one document, or a corpus in JSON lines: {id, title, text, product?}."""
    database = await Database.open(settings.records_url)
    try:
        async with database.records(tenant, write=True) as records:
            await records.tenants.ensure(tenant)
        with step(f"Documents of {tenant}") as report:
            put = await open_knowledge(settings, database).put(tenant, read_documents(path), report)
        console.print(f"{put.documents} documents, {put.passages} passages, searchable: {put.searchable}")
    finally:
        await database.close()


async def rebuild(settings: Settings, tenant: str | None) -> None:
    """Split and index everything again."""
    database = await Database.open(settings.records_url)
    try:
        for slug in [tenant] if tenant else await database.tenants():
            with step(f"Index of {slug}") as report:
                await open_knowledge(settings, database).rebuild(slug, report)
    finally:
        await database.close()


def read_documents(path: Path) -> list[LoadedDocument]:
    """What a folder, a corpus in JSON lines or a single file holds; what cannot be read is printed with its reason."""
    if path.is_dir():
        return _good(read_folder(path))
    if path.suffix in (".jsonl", ".ndjson"):
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
            return _good(read_json_lines(lines))
    return [load_file(path.name, path.read_bytes())]


def _good(rows: Iterable[LoadedDocument | BadRow]) -> list[LoadedDocument]:
    found: list[LoadedDocument] = []
    bad: list[BadRow] = []
    for row in rows:
        bad.append(row) if isinstance(row, BadRow) else found.append(row)
    _print_bad(bad)
    return found


def _store_documents(folder: Path) -> Iterator[LoadedDocument]:
    """The texts that lie beside a store's records: policies and manuals. Licences are no knowledge."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _DOCUMENTS and "license" not in path.name.lower():
            kind = {"kind": "policy"} if "polic" in path.name.lower() else {}
            yield load_file(path.name, path.read_bytes(), kind)


def _print(done: LoadReport) -> None:
    for kind, count in done.counts.items():
        console.print(f"  {kind}: {count.added} added, {count.changed} changed, {count.unchanged} unchanged")
    _print_bad(done.bad_rows)
    _print_bad(done.odd_rows, "remarked")
    console.print(f"  usable after {done.seconds:.1f} s")


def _print_bad(rows: Sequence[BadRow], what: str = "left out") -> None:
    for row in rows[:_BAD_ROWS_SHOWN]:
        console.print(f"  {what} {row.place}: {row.reason}", style="yellow", markup=False)
    if len(rows) > _BAD_ROWS_SHOWN:
        console.print(f"  and {len(rows) - _BAD_ROWS_SHOWN} more rows {what}", style="yellow")


def open_knowledge(settings: Settings, database: Database) -> Knowledge:
    """What the server opens, for a command."""
    models = settings.data_dir / "models"
    embedder = open_embedder(settings.embedding_model, models, *settings.embedding_endpoint)
    return Knowledge(database, embedder, settings.vector_dir, open_files(settings.data_dir / "files", settings.bucket))
