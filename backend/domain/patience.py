"""How long something that may hang is waited for: what holds this process up itself is not held against the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

#: How often is looked.
BEAT_SECONDS = 0.05
#: A beat that took longer was kept waiting by this process or its machine. An answer takes several rounds of the loop:
#: where those are long, in a crowd, that is no delay of the other's.
LATE_SECONDS = BEAT_SECONDS + 0.02
#: Where few beats are in time the clock ends the wait, after so many times as long.
AT_MOST = 10


@asynccontextmanager
async def patience(seconds: float) -> AsyncIterator[None]:
    """Around the wait for an answer, ended after `seconds` of beats in time.

    An answer that is here counts, however late this process comes to read it. Raises TimeoutError.
    """
    loop = asyncio.get_running_loop()
    left, begun = seconds, time.monotonic()
    next_beat: asyncio.TimerHandle
    async with asyncio.timeout(AT_MOST * seconds) as limit:

        def beat() -> None:
            nonlocal left, begun, next_beat
            took, due = time.monotonic() - begun, min(BEAT_SECONDS, left)
            left -= due if took - due < LATE_SECONDS - BEAT_SECONDS else 0.0
            if left <= 0:
                limit.reschedule(loop.time())
                return
            begun += took
            next_beat = loop.call_later(min(BEAT_SECONDS, left), beat)

        next_beat = loop.call_later(min(BEAT_SECONDS, left), beat)
        try:
            yield
        finally:
            next_beat.cancel()
