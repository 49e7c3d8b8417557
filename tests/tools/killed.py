"""Carries out writes in processes that end themselves at a chosen step: `python -m tests.tools.killed URL`.

A job is a line of JSON on stdin; the answer is the exit status of the process that did it. The steps are not
listed anywhere: before every statement, before every commit and after the last one is one each.
"""

import asyncio
import dataclasses
import gc
import json
import os
import signal
import sys
import traceback
from itertools import count
from typing import Any

from sqlalchemy import event

from backend.store.database import Database
from backend.tools.exchanges_desk import ExchangesDesk
from backend.tools.returns_desk import ReturnsDesk
from backend.tools.toolbox import build_toolbox
from tests.tools.shop import NOW, signed_in


async def carry_out(database: Database, job: dict[str, Any]) -> dict[str, str]:
    """The write of the job; returns what its outcome names."""
    tenant, desk = job["tenant"], build_toolbox(database).desk
    context, key = dataclasses.replace(signed_in(), tenant=tenant), job["key"]
    match job["kind"]:
        case "confirm":
            return (await desk.confirm(context, job["id"], key)).ids
        case "perform":
            return (await desk.perform(context, job["id"], job["arguments"], key)).ids
        case "receive":
            return {"refund": (await ReturnsDesk(database).receive(tenant, job["id"], "staff:ida", NOW)).refund.id}
        case "reject":
            return {"refund": (await ReturnsDesk(database).reject(tenant, job["id"], "Empty.", "staff:ida")).refund.id}
        case "paid":
            return {"refund": (await ReturnsDesk(database).paid(tenant, job["id"], "staff:ida")).id}
        case "fulfil":
            return {"order": (await ExchangesDesk(database).fulfil(tenant, job["id"], "staff:ida", NOW)).id}
    raise ValueError(job["kind"])


async def _until_the_end(url: str, job: dict[str, Any]) -> None:
    database, passed = await Database.open(url), count(1)

    def step(*_: object) -> None:
        if next(passed) == job["fatal"]:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(database._writer.sync_engine, name, step)
    await carry_out(database, job)
    step()  # committed, and nobody was told
    await database.close()


async def _once_before(url: str) -> None:
    """Opening loads much for the first time; done here the children need not do it each."""
    await (await Database.open(url)).close()


def _serve(url: str) -> None:
    asyncio.run(_once_before(url))
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(_until_the_end(url, json.loads(line)))
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
