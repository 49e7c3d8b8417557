"""From a fresh clone to the first answered message: everything is downloaded, built, seeded and indexed."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

from backend.cli.bench import server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.settings import ROOT


def measure(scratch: Path) -> Report:
    """Minutes, most of them the package registries'. What is not committed is not part of it."""
    checkout = scratch / "checkout"
    begun = time.perf_counter()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)  # noqa: S603, S607  what newcomers type
    with server.fresh(checkout, [sys.executable, "-m", "backend.setup", "run"]) as shop:
        asyncio.run(_ask(shop.port))
        took = time.perf_counter() - begun
    table = titled("A fresh clone, `make run`", "figure", "value")
    table.add_row("clone to first answer, min", f"{took / 60:.1f}")
    return Report(table, {"seconds_clone_to_first_answer": round(took)})


async def _ask(port: int) -> None:
    async with Connection(port) as connection:
        await connection.post("/api/chat", {"message": "What's the battery life of the X1?"})
