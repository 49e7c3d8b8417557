"""`make evaluate`: how well the shop reads, finds, fits and acts, each check beside the floor that was kept for it."""

import asyncio
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from backend.agents.understanding.evaluation import FALSE_REJECTIONS, Score, shortfalls
from backend.cli.progress import console, step
from backend.settings import ROOT

DATA = ROOT.parent / "shared" / "data"
FLOORS = ROOT / "tests" / "evaluation" / "floors.json"
#: every module of tests/evaluation that measures, in the order of the table
PARTS = ("understanding", "knowledge", "catalogue", "tasks", "customers", "conversations", "adversary")

Floors = Mapping[str, Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True)
class Measured:
    """One part: its scores and how long they took."""

    part: str
    seconds: float
    scores: tuple[Score, ...]


def evaluate(data: Path, only: Sequence[str], out: Path) -> int:
    """Measure, print the table, write it as JSON to `out`. Returns the exit status: 1 when a floor is missed.

    Exits with a sentence for an unknown part, and where the data do not lie.
    """
    parts = _chosen(only)
    _data_is_there(data)
    measured = [_measure(part, data) for part in parts]
    return conclude(measured, json.loads(FLOORS.read_text(encoding="utf-8")), out)


def conclude(measured: Sequence[Measured], floors: Floors, out: Path) -> int:
    """Hold what was measured against the floors of those parts, print it, write it. Returns the exit status."""
    missed = [f"{m.part}: {line}" for m in measured for line in shortfalls(m.scores, floors.get(m.part, {}))]
    console.print(_table(measured, floors))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(_as_json(measured, missed), indent=1) + "\n", encoding="utf-8")
    for line in missed:
        console.print(f"below its floor: {line}", style="red", soft_wrap=True)
    console.print(f"Written to {out}.", soft_wrap=True)
    return 1 if missed else 0


def _chosen(only: Sequence[str]) -> Sequence[str]:
    unknown = [name for name in only if name not in PARTS]
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}. Choose among {', '.join(PARTS)}.")
    return [part for part in PARTS if part in only] if only else PARTS


def _data_is_there(data: Path) -> None:
    if not (data / "dev").is_dir():
        sys.exit(
            f"The evaluation data are not in {data}. Name the folder that holds dev/ and retail_store/: "
            "make evaluate DATA=path."
        )


def _measure(part: str, data: Path) -> Measured:
    """The module of that part measures. It lives beside the tests, for it uses their shops and customers."""
    measure: Callable[..., Any] = importlib.import_module(f"tests.evaluation.{part}").measure
    started = time.perf_counter()
    with step(part.capitalize()) as report:
        scores = asyncio.run(measure(data, report))
    return Measured(part, time.perf_counter() - started, tuple(scores))


def _table(measured: Sequence[Measured], floors: Floors) -> Table:
    table = Table("part", "path", "check", box=None, header_style="bold", pad_edge=False)
    table.columns[2].no_wrap = True
    for name in ("n", "score", "95 % interval", "floor", ""):
        table.add_column(name, justify="right")
    for m in measured:
        for score in m.scores:
            floor = floors.get(m.part, {}).get(score.tier, {}).get(score.check)
            mark = "" if floor is None else "[green]✓[/]" if _holds(score, floor) else "[red]✗[/]"
            table.add_row(
                *(m.part, score.tier, score.check, f"{score.n:,}", f"{score.score:.3f}"),
                *(f"{score.low:.3f} to {score.high:.3f}", "" if floor is None else f"{floor:.3f}", mark),
            )
    return table


def _holds(score: Score, floor: float) -> bool:
    return not shortfalls([score], {score.tier: {score.check: floor}})


def _as_json(measured: Sequence[Measured], missed: Sequence[str]) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}",
        "lower_is_better": [FALSE_REJECTIONS],
        "below_floor": list(missed),
        "parts": [
            {"part": m.part, "seconds": round(m.seconds, 1), "scores": [asdict(s) for s in m.scores]} for m in measured
        ],
    }
