"""Runs the parts of the bench one after another and writes what they found, with the machine and its load."""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.cli.bench import (
    assistants,
    clone,
    faults,
    fuzz,
    graph,
    growth,
    load,
    processes,
    retrieval,
    rolling,
    scale,
    server,
    start,
    stores,
    streams,
    turns,
    understanding,
    workers,
)
from backend.cli.bench.figures import Report
from backend.cli.progress import console, step
from backend.rag.embedder import open_embedder
from backend.settings import Settings

PARTS = ("turns", "understanding", "start", "stores", "retrieval", "vectors", "assistants")
#: measured only when named: they take minutes, stop engines, or download every package
UPON_REQUEST = ("graph", "load", "processes", "faults", "workers", "rolling", "growth", "streams", "fuzz", "clone")


def bench(settings: Settings, public: Path, only: Sequence[str], out: Path) -> int:
    """Measure, print, write `out`. Everything runs on loopback in a scratch folder. Returns the exit status."""
    known = (*PARTS, *UPON_REQUEST)
    unknown = [name for name in only if name not in known]
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}. Choose among {', '.join(known)}.")
    with tempfile.TemporaryDirectory(prefix="bench", ignore_cleanup_errors=True) as scratch:
        measured = _parts(settings, Path(scratch), public)
        with step("Demo shop and models"):
            server.prepare(Path(scratch))
        for part in [p for p in known if p in only] or PARTS:
            report, figures = _measure(part, measured[part])
            console.print(report.table)
            taken = f"{figures['date']}, {figures['machine']}, load {figures['load_before']} to {figures['load_after']}"
            console.print(f"{taken}\n", style="dim", soft_wrap=True)
            _write({part: figures}, out)
    console.print(f"Written to {out}.", soft_wrap=True)
    return 0


def _measure(part: str, measure: Callable[[], Report]) -> tuple[Report, dict[str, Any]]:
    """The report, and its figures with when, where and beside what they were taken."""
    before, started = busy(), time.perf_counter()
    try:
        with step(part.capitalize()):
            report = measure()
    except server.Failed as failed:
        sys.exit(f"{part} could not be measured: {failed}")
    taken = {"date": datetime.now(UTC).date().isoformat(), "machine": machine(), "load_before": before}
    seconds = round(time.perf_counter() - started, 1)
    return report, {**taken, "load_after": busy(), "seconds": seconds, **report.figures}


def _write(figures: Mapping[str, Any], out: Path) -> None:
    """Parts that were not measured this time keep what was found before."""
    known: dict[str, Any] = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({**known, **figures}, indent=1) + "\n", encoding="utf-8")


def _parts(settings: Settings, scratch: Path, public: Path) -> dict[str, Callable[[], Report]]:
    models = settings.data_dir / "models"
    models.mkdir(parents=True, exist_ok=True)
    (scratch / "models").symlink_to(models.resolve())

    def with_embedder(part: Callable[[Path, Any], Report]) -> Callable[[], Report]:
        return lambda: part(scratch, open_embedder(settings.embedding_model, models))

    return {
        "turns": with_embedder(turns.measure),
        "understanding": with_embedder(understanding.measure),
        "start": with_embedder(start.measure),
        "retrieval": lambda: retrieval.measure(
            scratch, public, lambda: open_embedder(settings.embedding_model, models)
        ),
        "vectors": lambda: scale.measure(public, open_embedder(settings.embedding_model, models)),
        "stores": lambda: stores.measure(scratch, public),
        "assistants": lambda: assistants.measure(scratch),
        "load": with_embedder(load.measure),
        "processes": with_embedder(processes.measure),
        "faults": lambda: faults.measure(scratch),
        "workers": lambda: workers.measure(scratch),
        "rolling": lambda: rolling.measure(scratch),
        "growth": lambda: growth.measure(scratch),
        "streams": lambda: streams.measure(scratch),
        "graph": lambda: graph.measure(settings, public),
        "fuzz": lambda: fuzz.measure(scratch),
        "clone": lambda: clone.measure(scratch),
    }


def machine() -> str:
    """What it was measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if sys.platform == "linux" else platform.platform()
    return f"{os.cpu_count()} cores of {model}, {system}, Python {platform.python_version()}"


def busy() -> float | None:
    """Processes that wanted a core in the last minute; None where the system does not tell."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
