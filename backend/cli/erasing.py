"""Takes a whole shop away: its files, its records, and what was made of them."""

import shutil
from pathlib import Path

from backend.cli.progress import console
from backend.domain.errors import NotFound
from backend.settings import Settings
from backend.store.database import Database
from backend.store.files import open_files


async def erase_shop(settings: Settings, tenant: str) -> None:
    """Files before the rows that name them, and the index last: what fails in between is done by asking again.

    Raises NotFound for a shop that nothing is left of, EngineUnavailable.
    """
    database = await Database.open(settings.records_url)
    try:
        known = tenant in await database.tenants()
        files = await open_files(settings.data_dir / "files", settings.bucket).erase(tenant)
        await database.erase_shop(tenant)
    finally:
        await database.close()
    derived = [folder for folder in _derived(settings, tenant) if folder.exists()]
    for folder in derived:
        shutil.rmtree(folder)
    if not (known or files or derived):
        raise NotFound(f"There is no shop {tenant!r}.")
    console.print(f"{tenant}: its records, {files} files and {len(derived)} folders made of them are gone")


def _derived(settings: Settings, tenant: str) -> tuple[Path, ...]:
    """The shop's passages and vectors, and its own classifier."""
    return settings.vector_dir / tenant, settings.data_dir / "classifiers" / tenant
