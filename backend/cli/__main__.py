"""`python -m backend.cli COMMAND`: what each make target runs."""

import asyncio
import atexit
import contextlib
import ctypes
import gc
import importlib
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from backend.cli.progress import console
from backend.domain.base import SLUG
from backend.domain.errors import ShopError
from backend.domain.identity import StaffRole
from backend.secrets import SHORTEST_KEY, unfit_secrets
from backend.settings import Settings, load_settings

#: Enough where the system names no limit.
_MOST_FILES = 1 << 20
#: Heaps that threads share, and the name by which glibc knows their number.
_HEAPS, _M_ARENA_MAX = 2, -8

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def _slug(said: str) -> str:
    if not re.fullmatch(SLUG, said):
        sys.exit(f"Name the shop, in small letters, digits, - and _: TENANT=slug, not TENANT={said}.")
    return said


#: A shop that there need not be yet.
AnyShop = Annotated[str, typer.Option(callback=_slug)]


def _settings() -> Settings:
    try:
        settings = load_settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = str(first["loc"][0])
        told = Settings.model_fields[name].description if first["type"] == "string_pattern_mismatch" else first["msg"]
        sys.exit(f"The setting {name.upper()} is not valid ({told}): mend it in .env.")
    except (OSError, UnicodeDecodeError) as unreadable:
        sys.exit(f".env cannot be read ({unreadable}): mend it, or remove it and run `make run` once.")
    if len(settings.secret_key.get_secret_value()) < SHORTEST_KEY:
        sys.exit("SECRET_KEY is missing or short: run `make run` once, or put 32 random characters into .env.")
    if settings.environment == "production" and (unfit := unfit_secrets(settings)):
        sys.exit(f"ENVIRONMENT=production does not start like this: {'; '.join(unfit)}.")
    return settings


@app.command()
def serve(reload: bool = False) -> None:
    """Prepare what changed, then serve the shop."""
    settings = _settings()
    if settings.workers > 1 and not settings.redis_url:
        sys.exit("WORKERS above 1 needs REDIS_URL: without Redis a session lives in one process only.")
    _keep_memory_together()
    if settings.workers > 1:  # who only watches over workers keeps nothing of what a preparation needs: 100 MB
        done = subprocess.run([sys.executable, "-m", "backend.cli", "prepare"], check=False)
        if done.returncode:
            sys.exit(done.returncode)
        _count_together()
    else:
        with _loading():
            from backend.cli.prepare import prepare

            prepare(settings)
            importlib.import_module("backend.main")
    _allow_files(settings.open_files)
    console.print(f"Open [bold]{settings.address}[/bold]  (Ctrl+C stops it)")
    from backend.cli import serving

    serving.serve(settings, reload=reload)


@contextlib.contextmanager
def _loading() -> Iterator[None]:
    """Without garbage collections: of a million lasting objects they find nothing, and take a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _keep_memory_together() -> None:
    """Threads share few heaps: one of its own for each keeps what a large file or a new index once took there.

    Workers inherit it. Elsewhere than on glibc there is nothing to set.
    """
    os.environ.setdefault("MALLOC_ARENA_MAX", str(_HEAPS))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, int(os.environ["MALLOC_ARENA_MAX"]))


def _allow_files(most: int) -> None:
    """A stream is two descriptors, and a system's usual limit a thousand of them; workers inherit what is set here."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _MOST_FILES if hard == resource.RLIM_INFINITY else hard
    if most > allowed:
        sys.exit(f"OPEN_FILES={most} is more than the system lets a process open ({allowed}): raise `ulimit -Hn`.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most or allowed, hard))


def _count_together() -> None:
    """Workers keep their counters in files of one folder, so that /metrics of any of them tells of all."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


@app.command()
def work() -> None:
    """Send webhooks and mails in a process of its own: BACKGROUND=worker tells the server to leave them."""
    from backend.cli.working import work_on

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work_on(_settings()))


@app.command("prepare")
def prepare_only() -> None:
    """Prepare without serving."""
    from backend.cli.prepare import prepare

    prepare(_settings())


@app.command("export-model")
def export_model_command() -> None:
    """Export the embedding model for serving."""
    from backend.rag.export import export_model

    settings = load_settings()
    export_model(settings.embedding_model, settings.data_dir / "models")


@app.command()
def train() -> None:
    """Train the intent classifier on seed_data/utterances."""
    from backend.agents.understanding.training import open_classifier
    from backend.cli.prepare import UTTERANCES
    from backend.rag.embedder import open_embedder

    settings = load_settings()
    models = settings.data_dir / "models"
    open_classifier(models, UTTERANCES, open_embedder(settings.embedding_model, models, *settings.embedding_endpoint))


@app.command()
def load(
    tenant: AnyShop,
    store: Annotated[Path | None, typer.Option(exists=True)] = None,
    docs: Annotated[Path | None, typer.Option(exists=True)] = None,
) -> None:
    """Fill a shop with a store's records, with documents, or both, beside a running server."""
    from backend.cli.loading import load_documents, load_records

    if store is None and docs is None:
        sys.exit("Name what to load: make load STORE=folder TENANT=slug, or DOCS=file TENANT=slug.")
    settings = _settings()
    if store is not None:
        asyncio.run(load_records(settings, tenant, store))
    if docs is not None:
        asyncio.run(load_documents(settings, tenant, docs))


@app.command()
def erase(
    tenant: AnyShop,
    yes: Annotated[bool, typer.Option(help="nothing of it can be brought back, and that is meant")] = False,
) -> None:
    """Take a whole shop away: records, files, passages and vectors."""
    from backend.cli.erasing import erase_shop

    if not yes:
        sys.exit(f"This removes all of {tenant} for good. Say it again with --yes.")
    asyncio.run(erase_shop(_settings(), tenant))


@app.command()
def index(tenant: Annotated[str | None, typer.Option()] = None) -> None:
    """Rebuild the passage index."""
    from backend.cli.loading import rebuild

    asyncio.run(rebuild(_settings(), tenant))


@app.command()
def token(role: Annotated[StaffRole, typer.Option()], tenant: Annotated[str, typer.Option()]) -> None:
    """Print a short-lived staff token."""
    from backend.cli.checking import check_shop
    from backend.tools.tokens import Bearer, TokenKind, Tokens

    settings = _settings()
    asyncio.run(check_shop(settings, tenant, "TENANT"))
    tokens = Tokens(settings.secret_key.get_secret_value())
    bearer = Bearer(kind=TokenKind.STAFF, tenant=tenant, subject=f"script-{role.value}", role=role)
    typer.echo(tokens.issue(bearer, datetime.now(UTC)))


@app.command()
def secret(
    tenant: Annotated[str, typer.Option()],
    rotate: Annotated[bool, typer.Option(help="make a new one; tokens signed with the old one end at once")] = False,
) -> None:
    """Print the secret with which the shop's own server signs customer tokens and inbound calls."""
    from backend.cli.working import tenant_secret

    typer.echo(asyncio.run(tenant_secret(_settings(), tenant, rotate=rotate)))


@app.command()
def replay(
    tasks: Annotated[Path, typer.Option(exists=True)], store: Annotated[Path, typer.Option(exists=True)]
) -> None:
    """Run recorded tasks against a store through the tools; exit status 1 unless all end right."""
    from backend.tools.replay.run import replay_files

    sys.exit(replay_files(tasks, store))


@app.command()
def evaluate(
    only: Annotated[list[str] | None, typer.Option(help="a part; may be given more than once")] = None,
    data: Annotated[Path | None, typer.Option(help="folder that holds dev/ and retail_store/")] = None,
) -> None:
    """Score every part on the evaluation data; exit status 1 below a floor."""
    from backend.cli.evaluate import DATA, evaluate

    sys.exit(evaluate(data or DATA, only or [], load_settings().data_dir / "evaluation.json"))


@app.command()
def bench(
    only: Annotated[list[str] | None, typer.Option(help="a part; may be given more than once")] = None,
    data: Annotated[Path | None, typer.Option(help="folder that holds retail_store/ and electronics/")] = None,
) -> None:
    """Measure speed and memory, each figure beside its ruler."""
    from backend.cli.bench.run import bench
    from backend.cli.evaluate import DATA

    settings = _settings()
    sys.exit(bench(settings, data or DATA, only or [], settings.data_dir / "bench.json"))


def main() -> None:
    """Run a command; what an operator can mend is one sentence."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        app()
    except ShopError as error:
        sys.exit(error.detail)


if __name__ == "__main__":
    main()
