"""A process that confirms an action and is killed at one step: `python -m tests.tools.killed URL ACTION STEP`."""

import asyncio
import os
import signal
import sys

from backend.store.database import Database
from backend.tools.toolbox import build_toolbox
from tests.tools.shop import signed_in


async def main(url: str, action_id: str, fatal: str) -> None:
    async def reached(step: str) -> None:
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    database = await Database.open(url)
    await build_toolbox(database, reached).desk.confirm(signed_in(), action_id)


asyncio.run(main(*sys.argv[1:]))
