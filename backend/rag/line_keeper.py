"""Sees to it that the lines of each shop that is asked here lie beside its index, made while shoppers leave time."""

import asyncio
import threading
import time
from contextlib import suppress

import structlog

from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import Embedder, EndpointEmbedder
from backend.rag.generation import Generation
from backend.rag.index import PassageIndex
from backend.rag.line_vectors import ALL, WAIT, LineVectors, make

log = structlog.get_logger()

#: Seconds that an index is in force before its lines are read: while a load goes on the next one follows soon.
SETTLED = 5.0


class LineKeeper:
    """One per process. Of all processes one makes the lines, the others take them up when they are there."""

    def __init__(self, index: PassageIndex, embedder: Embedder) -> None:
        self._index, self._embedder = index, embedder
        #: what is asked of an endpoint is paid for, so it is asked when a shopper does
        self._ahead = not isinstance(embedder, EndpointEmbedder)
        self._seen: dict[str, tuple[int, float]] = {}
        self._making: threading.Thread | None = None
        self._stop = threading.Event()

    async def keep(self, tenant: str, settled: float = SETTLED) -> None:
        """Take up what is there, else begin to make it. Nobody waits for that."""
        known = self._index.held(tenant)
        if known is None or known.lines.every or not self._ahead:
            return
        folder = self._index.folder(tenant).generation(known.number)
        there = await asyncio.to_thread(LineVectors.load, folder)
        if there.every:
            known.lines.take(there)
            return
        number, since = self._seen.get(tenant, (0, 0.0))
        if number != known.number:
            self._seen[tenant] = known.number, (since := time.monotonic())
        idle = self._making is None or not self._making.is_alive()
        if idle and time.monotonic() - since >= settled and not self._stop.is_set():
            self._making = threading.Thread(target=self._make, args=(tenant, known), name="lines", daemon=True)
            self._making.start()

    async def read_all(self, tenant: str) -> None:
        """Make them now, for a start that nobody waits behind. Raises EngineUnavailable."""
        known = await self._index.newest(tenant)
        if known.number and self._ahead and not known.lines.every:
            await asyncio.to_thread(self._make, tenant, known, 0.0)

    def is_read(self, tenant: str) -> bool:
        """Whether nothing is left to `read_all`; cheap enough for each start."""
        current = self._index.folder(tenant).current()
        return not self._ahead or current is None or (current / ALL).exists()

    def stop(self) -> None:
        """What is being made is given up; the next process goes on with what was kept of it."""
        self._stop.set()

    def _make(self, tenant: str, known: Generation, wait: float = WAIT) -> None:
        folder = self._index.folder(tenant)
        stamp, path = folder.stamp(), folder.generation(known.number)

        def goes_on() -> bool:
            return not self._stop.is_set() and folder.stamp() == stamp

        with folder.alone("LINES") as mine, suppress(OSError):  # its folder is gone: a newer one is in force
            with folder.busy(alone=True) as quiet:
                begins = mine and quiet and folder.current() == path
            try:
                if begins and make(known.passages, known.lines, path, self._embedder, goes_on, wait=wait):
                    known.lines.take(LineVectors.load(path))
            except EngineUnavailable as away:
                log.warning("lines_not_read", tenant=tenant, reason=away.detail)
