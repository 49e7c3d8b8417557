"""Settings that would fail only once something uses them: each fault is one sentence with the way out."""

import errno
import ipaddress
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from backend.agents.response.variants import Variants, read_variants
from backend.llm.plans import Plans
from backend.llm.prices import read_prices
from backend.memory.rates import read_rates
from backend.settings import Settings
from backend.store.database import Database
from backend.tools.mailing import MailServer

_HOSTS = re.compile(r"\s*(?:[^\s=,]+=[a-z0-9][a-z0-9_-]*\s*(?:,\s*|$))*")
_SQLITE = b"SQLite format 3\0"
_SHOPS_SHOWN = 5
#: What is written in DATA_DIR while the shop is open, a folder of each shop's files and classifiers among it.
_OUR_DATA = ("support.db*", "stamps.json", "files", "files/*", "classifiers", "classifiers/*")
_WEB = re.compile(r"https?://[^/\s]+")


def check(settings: Settings) -> None:
    """Ends the process with the first fault; returns when there is none."""
    fault = next(faults(settings), None)
    if fault:
        sys.exit(f"{fault} The settings are in .env.")


def no_shop(name: str, slug: str, known: Sequence[str]) -> str:
    """What is wrong with a setting or argument that names a shop; empty when there is such a shop."""
    if slug in known:
        return ""
    there = ", ".join(sorted(known)[:_SHOPS_SHOWN]) + (", …" if len(known) > _SHOPS_SHOWN else "") or "none yet"
    return f"{name}={slug} names no shop (there are: {there}): fill it first, `make load STORE=… TENANT={slug}`."


async def check_shop(settings: Settings, slug: str, name: str) -> None:
    """Ends the process when there is no such shop. Raises EngineUnavailable when the records cannot be reached."""
    database = await Database.open(settings.records_url)
    try:
        if fault := no_shop(name, slug, await database.tenants()):
            sys.exit(fault)
    finally:
        await database.close()


def faults(settings: Settings) -> Iterator[str]:
    """What is wrong, as sentences."""
    yield from _told("RATE_LIMITS", lambda: read_rates(settings.rate_limits))
    yield from _told("LLM_PLANS", lambda: Plans("unlimited", settings.plans))
    yield from _told("LLM_PLAN", lambda: Plans(settings.llm_plan))
    yield from _told("LLM_PRICES", lambda: read_prices(settings.llm_prices))
    yield from _told("PROMPT_VARIANTS", lambda: Variants(read_variants(settings.prompt_variants)))
    if settings.smtp_url:
        yield from _told("SMTP_URL", lambda: MailServer(settings.smtp_url, settings.mail_from))
    if not _HOSTS.fullmatch(settings.tenant_hosts):
        yield "TENANT_HOSTS reads shop.example=slug,other.example=slug2."
    for name in ("openai_base_url", "embedding_base_url", "public_url"):
        if (url := getattr(settings, name)) and not _WEB.match(url):
            yield f"{name.upper()} is no address that begins with http:// or https://."
    yield from _proxies(settings.trusted_proxies)
    yield from _unwritable("DATA_DIR", settings.data_dir, _OUR_DATA)
    yield from _unwritable("VECTOR_DIR", settings.vector_dir, ("*",))
    yield from _no_database(settings.records_url)


def _told(name: str, read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except ValueError as wrong:
        said = str(wrong)
        yield f"{said if name in said else f'{name}: {said}'}."


def _proxies(trusted: str) -> Iterator[str]:
    for one in filter(None, map(str.strip, trusted.split(","))):
        try:
            if one != "*":
                ipaddress.ip_network(one, strict=False)
        except ValueError:
            yield f"TRUSTED_PROXIES: {one} is neither an address nor a network like 10.0.0.0/8."


def _no_database(url: str) -> Iterator[str]:
    file = Path(url.partition(":///")[2])
    if not url.startswith("sqlite") or not file.is_file():
        return
    try:
        with file.open("rb") as records:
            begins = records.read(len(_SQLITE))
    except OSError as refused:
        yield f"The records in {file} cannot be read ({refused.strerror or refused}): let {_who()} read them."
        return
    if not os.access(file, os.W_OK):
        yield f"The records in {file} cannot be written: let {_who()} write them."
    if begins and begins != _SQLITE:
        yield f"{file} holds no SQLite database: put a backup in its place, or move it away to begin anew."


def _unwritable(name: str, folder: Path, inside: Sequence[str]) -> Iterator[str]:
    """Of a folder and of what an earlier start left in it, perhaps as another user."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as refused:
        why = "it is a file" if isinstance(refused, FileExistsError) else refused.strerror or refused
        way_out = "free it" if refused.errno in (errno.ENOSPC, errno.EDQUOT) else f"let {_who()} write there"
        yield f"{name}: nothing can be written to {folder} ({why}): {way_out}, or choose another folder."
        return
    kept = (path for pattern in inside for path in folder.glob(pattern))
    if foreign := next((path for path in kept if not os.access(path, os.W_OK)), None):
        yield f"{name}: {foreign} cannot be written: let {_who()} write everything in {folder} (chown -R)."


def _who() -> str:
    return f"user {os.getuid()}"
