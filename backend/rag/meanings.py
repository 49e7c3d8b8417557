"""How alike lines are to a question, by the vectors kept beside the index; others are made when first weighed."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import Embedder, Vector
from backend.rag.line_vectors import LineVectors

log = structlog.get_logger()

#: Lines remembered: 770 bytes each at 384 dimensions.
REMEMBERED = 20_000


class Meanings:
    """One per process; safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    async def alike(self, texts: Sequence[str], vector: Vector, kept: LineVectors) -> Mapping[str, float]:
        """The cosine of each text with the vector; empty while the embedder is away."""
        rows = dict(kept.find(texts))
        others = [text for text in texts if text not in rows]
        if others:
            made = await self._made(others)
            if made is None:
                return {}
            rows |= made
        return {text: float(row.astype(np.float32) @ vector) for text, row in rows.items()}

    async def _made(self, texts: Sequence[str]) -> Mapping[str, NDArray[np.float16]] | None:
        missing = [text for text in texts if text not in self._known]
        try:
            fresh = await asyncio.to_thread(self._embedder.embed, missing) if missing else ()
        except EngineUnavailable as away:
            log.warning("answered_by_words_alone", reason=away.detail)
            return None
        rows = {text: row.astype(np.float16) for text, row in zip(missing, fresh, strict=True)}
        with self._lock:
            rows |= {text: self._known[text] for text in texts if text in self._known}
            self._known.update(rows)
            for text in rows:
                self._known.move_to_end(text)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return rows
