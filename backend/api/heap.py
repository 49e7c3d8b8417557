"""What large bodies took goes back to the system: the allocator keeps what is free between what is not."""

import asyncio
import ctypes
from contextlib import suppress

#: From the first of several on: they are given back together.
_SECONDS = 2.0


def give_back() -> None:
    """Every free page of the heaps; takes some milliseconds. Elsewhere than on glibc nothing."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class Returning:
    """Gives back a little after it was asked to, in a thread."""

    def __init__(self) -> None:
        self._planned = False

    def soon(self) -> None:
        """To be called on the event loop."""
        if not self._planned:
            self._planned = True
            asyncio.get_running_loop().call_later(_SECONDS, self._now)

    def _now(self) -> None:
        self._planned = False
        asyncio.get_running_loop().run_in_executor(None, give_back)
