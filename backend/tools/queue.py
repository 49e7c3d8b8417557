"""The same chores through a queue in Redis: worker processes share them, and one does each round."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from saq import CronJob, Queue, Worker

from backend.tools.background import Background, Chore

QUEUE = "support-desk"
#: a round may send twenty slow webhooks or mails; one that hangs longer is given to another worker
_ROUND_SECONDS = 120


async def run_worker(background: Background, redis_url: str) -> None:
    """Work until SIGINT or SIGTERM. What is to be done stands in the records: a lost queue loses nothing."""
    queue = Queue.from_url(redis_url, name=QUEUE)
    await queue.connect()
    try:
        await Worker(
            queue,
            functions=[],
            cron_jobs=[_job(background, chore) for chore in background.chores],
            concurrency=len(background.chores),
            shutdown_grace_period_s=10,
        ).start()
    finally:
        await queue.disconnect()


def _job(background: Background, chore: Chore) -> CronJob[Any]:
    # unique: while a round of this chore waits or runs anywhere, no second one is queued
    return CronJob(
        _round(background, chore),
        cron=cron(chore.every_seconds),
        unique=True,
        timeout=_ROUND_SECONDS,
        retries=1,
        ttl=60,
    )


def cron(every_seconds: float) -> str:
    """The rhythm as croniter reads it: the sixth field counts seconds."""
    seconds = max(1, round(every_seconds))
    return f"* * * * * */{seconds}" if seconds < 60 else f"*/{min(59, seconds // 60)} * * * *"


def _round(background: Background, chore: Chore) -> Callable[..., Awaitable[int]]:
    async def round_of_chore(_context: Any) -> int:
        taken = 0
        while found := await background.do(chore):
            taken += found
            await asyncio.sleep(0)
        return taken

    # saq calls functions by this name, and it must be the same in every process
    round_of_chore.__qualname__ = chore.name
    return round_of_chore
