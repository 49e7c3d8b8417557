"""What /metrics says: the counters of all processes of this server, and what is looked up when it is asked.

With several workers each keeps its counters in files of PROMETHEUS_MULTIPROC_DIR (`serve` sets it), and whichever is
asked adds them up; a worker that was killed leaves its counts behind and takes its gauges along.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Gauge, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric

from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.store.database import Database

_AWAY = Gauge(
    "engine_away", "1 from an engine's failure until it answers again", ("engine",), multiprocess_mode="livemax"
)


def watch_engines(outages: Iterable[Outage]) -> None:
    """Tell /metrics of engines that go and come back."""
    for outage in outages:
        outage.on_change = _changed
        _changed(outage.engine, outage.is_on)


async def exposition(database: Database) -> bytes:
    """Prometheus' text format. While the records are away the queues are left out, and engine_away says why."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    counted: CollectorRegistry = REGISTRY
    if folder:
        _forget_the_dead(Path(folder))
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    looked_up = CollectorRegistry()
    with suppress(EngineUnavailable):
        looked_up.register(_Queues(await database.waiting()))
    return generate_latest(counted) + generate_latest(looked_up)


class _Queues:
    """What waits to be sent, as it stands in the records."""

    def __init__(self, waiting: dict[str, int]) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("queue_waiting", "What waits to be sent, and what was given up", labels=["kind"])
        for kind, number in self._waiting.items():
            family.add_metric([kind], number)
        yield family


def _changed(engine: str, away: bool) -> None:
    _AWAY.labels(engine).set(away)


def _forget_the_dead(folder: Path) -> None:
    for file in folder.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if not Path(f"/proc/{pid}").exists() and Path("/proc").exists():
            file.unlink(missing_ok=True)
