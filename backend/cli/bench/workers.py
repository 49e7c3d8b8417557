"""One of four supervised workers is killed with -9 again and again during writes, on SQLite and on PostgreSQL.

KILL_SECONDS sets how often (20), KILL_MINUTES for how long on each (1). The clients repeat under their own keys.
"""

import asyncio
import contextlib
import os
import random
import signal
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.traffic import Phase, Reckoning, Traffic, reckoned

_A_SECOND = 20.0


def measure(data: Path) -> Report:
    """Writes that were promised, lost and doubled, by engine."""
    table = titled("Workers are killed", "records", "killed", "acknowledged", "lost", "doubled", "given up", "500")
    figures: dict[str, Any] = {}
    with engines.redis(data) as redis, engines.postgres(data) as postgres:
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{data / 'support.db'}",
            "postgresql": f"postgresql://support@127.0.0.1:{postgres.inner}/support",
        }
        for name, url in urls.items():
            settings = {"WORKERS": "4", "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0", "DATABASE_URL": url}
            with server.shop(data, settings=settings) as shop:
                killed, traffic, found = asyncio.run(_killed(shop, url))
            errors = traffic.phase.statuses[500]
            table.add_row(name, *map(str, (killed, *found.figures().values(), errors)))
            figures[name] = {"killed": killed, **found.figures(), "responses_500": errors}
    return Report(table, figures)


async def _killed(shop: server.Server, url: str) -> tuple[int, Traffic, Reckoning]:
    every, minutes = (
        float(os.environ.get(name, usual)) for name, usual in (("KILL_SECONDS", "20"), ("KILL_MINUTES", "1"))
    )
    times = max(1, int(minutes * 60 / every))
    traffic = Traffic(shop.port, Phase("worker", "killed"), writes=1)
    async with traffic.flowing(_A_SECOND):
        for _ in range(times):
            await asyncio.sleep(every)
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(shop.workers()), signal.SIGKILL)  # noqa: S311  no secret
        await asyncio.sleep(5)
    return times, traffic, await reckoned(traffic, url)
