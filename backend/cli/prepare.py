"""What a start needs before it can serve: model, records, classifier, index; each only when its inputs changed."""

import asyncio
import re
import subprocess
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

from backend.agents.understanding.training import model_path
from backend.cli.checking import check, no_shop
from backend.cli.first_admin import print_admin_link
from backend.cli.loading import open_knowledge, read_documents
from backend.cli.progress import console, step
from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import is_exported
from backend.settings import ROOT, Settings
from backend.setup.stamps import Stamps, digest
from backend.store.database import Database
from backend.store.loading.dates import restamp_demo
from backend.store.loading.load import load_store

SEED = ROOT / "seed_data"
UTTERANCES = SEED / "utterances"
DEMO = "techpro"
#: How the last line of a traceback begins: "OSError: …".
_REASON = re.compile(r"[\w.]+(?:Error|Exception|Exit|Invalid\w*|Unavailable): ")
_MOST_SAID = 3000


def prepare(settings: Settings) -> None:
    """Bring everything up to date, one line a step, and print the first admin's link while there is none."""
    check(settings)
    _trained(settings)
    try:
        asyncio.run(_data(settings))
    except EngineUnavailable as away:
        where, why = urlsplit(settings.records_url), away.__cause__ or away.detail
        if not where.hostname:
            file, why = where.path.removeprefix("/"), getattr(why, "orig", why)
            sys.exit(f"The records in {file} cannot be opened ({why}): free the disk, or put a backup in their place.")
        sys.exit(
            f"The records at {where.hostname}:{where.port or 5432} cannot be reached ({why}): "
            "start PostgreSQL there, mend DATABASE_URL in .env, or leave it empty for SQLite."
        )


def _trained(settings: Settings) -> None:
    """torch and scikit-learn serve only here, so they run in a process of their own and leave with it."""
    models = settings.data_dir / "models"
    if not settings.embedding_base_url and not is_exported(settings.embedding_model, models):
        _child("Embedding model", "export-model")
    if not model_path(models, UTTERANCES, settings.embedding_model).exists():
        _child("Intent classifier", "train")


def _child(label: str, command: str) -> None:
    with step(label):
        done = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-m", "backend.cli", command], capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        console.print(reason_said(done.stderr), markup=False)
        sys.exit(f"{label} could not be prepared; the lines above say why.")


def reason_said(said: str) -> str:
    """What a command gave as its reason at last, without the way there."""
    lines = said.rstrip().splitlines()
    last = next((at for at in range(len(lines) - 1, -1, -1) if _REASON.match(lines[at])), max(0, len(lines) - 20))
    return "\n".join(lines[last:])[:_MOST_SAID]


async def _data(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = await Database.open(settings.records_url)
    try:
        await _seed(settings, database)
        if fault := no_shop("DEFAULT_TENANT", settings.default_tenant, await database.tenants()):
            sys.exit(fault)
        await _index(settings, database)
        await print_admin_link(settings, database, settings.default_tenant)
    finally:
        await database.close()


async def _seed(settings: Settings, database: Database) -> None:
    stamps, stamp = Stamps(settings.data_dir / "stamps.json"), digest(SEED / DEMO)
    name = f"seed:{settings.database_url or 'embedded'}"
    today = datetime.now(UTC).date()
    if DEMO in await database.tenants() and stamps.current(name, stamp):
        await restamp_demo(database, DEMO, today)
        return
    with step("Demo shop") as report:
        await load_store(database, DEMO, SEED / DEMO, report)
        await restamp_demo(database, DEMO, today)
    knowledge = open_knowledge(settings, database)
    with step("Manuals, FAQs, policies") as report:
        await knowledge.put(DEMO, read_documents(SEED / DEMO / "knowledge"), report)
    stamps.keep(name, stamp)


async def _index(settings: Settings, database: Database) -> None:
    knowledge = open_knowledge(settings, database)
    for tenant in await database.tenants():
        if not (await knowledge.status(tenant)).level:
            with step(f"Index of {tenant}") as report:
                await knowledge.sync(tenant, report)
    if not knowledge.lines.is_read(DEMO):
        with step(f"Lines of {DEMO}"):
            await knowledge.lines.read_all(DEMO)
