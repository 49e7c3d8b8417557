"""Commands beside a running server: the worker process, and the shop's secret."""

import secrets
from contextlib import AsyncExitStack

from backend.cli.progress import console
from backend.container import background
from backend.domain.errors import NotFound
from backend.memory.opening import open_live
from backend.settings import Settings
from backend.store.database import Database
from backend.tools.queue import run_worker


async def work_on(settings: Settings) -> None:
    """Work until stopped: through the queue in Redis where there is one, else on rows claimed from the records."""
    async with AsyncExitStack() as closing:
        database = await Database.open(settings.records_url)
        closing.push_async_callback(database.close)
        if settings.redis_url:  # screens of the desk hear of this process's work too
            live = open_live(settings.redis_url)
            closing.push_async_callback(live.close)
            database.on_commit = live.tell
        chores = await background(settings, database, closing)
        console.print(f"Working: {', '.join(chore.name for chore in chores.chores)}  (Ctrl+C stops it)")
        await (run_worker(chores, settings.redis_url) if settings.redis_url else chores.run())


async def tenant_secret(settings: Settings, tenant: str, *, rotate: bool = False) -> str:
    """The shop's secret, made when there is none yet. Raises NotFound for an unknown shop."""
    database = await Database.open(settings.records_url)
    try:
        async with database.records(tenant, write=True) as records:
            shop = await records.tenants.lock()
            if shop is None:
                raise NotFound(f"There is no shop {tenant!r}.")
            if shop.secret and not rotate:
                return shop.secret
            secret = secrets.token_urlsafe(32)
            await records.tenants.change(secret=secret)
            await records.audit.add("operator", "rotate_secret", f"tenant:{tenant}")
            return secret
    finally:
        await database.close()
