"""Loading real stores beside a running server: when their records and graph answer, and when all is searchable."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from backend.cli.bench import server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.settings import ROOT

STORES = ("retail_store", "electronics")
#: Passages fill in behind; waiting for all of them is left to `make load`.
_PATIENCE = 45.0


def measure(data: Path, public: Path) -> Report:
    """Seconds from `make load` to the first answers of the server."""
    table = titled(
        "Loading a store beside the server: seconds", "store", "products", "records", "graph", "all passages"
    )
    figures: dict[str, Any] = {}
    with server.shop(data) as shop:
        for name in STORES:
            if not (public / name).is_dir():
                table.add_row(name, "not there", "", "", "")
                continue
            found = figures[name] = _load(shop, public / name, name.replace("_", "-"))
            passages = found["passages_seconds"] or f"more than {_PATIENCE:.0f}"
            table.add_row(
                *(name, f"{found['products']:,}", str(found["records_seconds"]), str(found["graph_seconds"])),
                str(passages),
            )
    return Report(table, figures)


def _load(shop: server.Server, store: Path, tenant: str) -> dict[str, Any]:
    """The command says when the records are usable; the server is then asked for the catalogue and the graph."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "backend.cli", "load", "--store", str(store), "--tenant", tenant]
    with subprocess.Popen(  # noqa: S603  our own command
        command, env=shop.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            if not any("usable after" in line for line in process.stdout):
                raise server.Failed(f"loading {tenant} failed")
            products = asyncio.run(_ask(shop.port, tenant, "/api/products?page_size=1"))
            records = time.perf_counter() - begun
            asyncio.run(_ask(shop.port, tenant, f"/api/products/{products['results'][0]['id']}/similar"))
            graph = time.perf_counter() - begun
            process.communicate(timeout=max(1.0, begun + _PATIENCE - time.perf_counter()))
            passages: float | None = round(time.perf_counter() - begun, 1)
        except subprocess.TimeoutExpired:
            passages = None
        finally:
            process.terminate()
    return {
        "products": products["total"],
        "records_seconds": round(records, 1),
        "graph_seconds": round(graph, 1),
        "passages_seconds": passages,
    }


async def _ask(port: int, tenant: str, path: str) -> Any:
    async with Connection(port) as connection:
        return await connection.get(path, {"X-Tenant": tenant})
