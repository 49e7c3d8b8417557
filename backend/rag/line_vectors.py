"""Vectors of the lines of a shop's passages: made once and kept beside its index, so that no shopper waits for them."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.domain.knowledge import Passage
from backend.rag.embedder import Embedder
from backend.rag.quotable import may_be_said
from backend.rag.statements import statements

#: A shop with more lines than this has them read when they are first met: these weigh 15 MB and take eight minutes
#: of a fifth of a core.
UP_TO = 20_000
#: Texts a run, and how long is waited after it, in times of what it took: shoppers have the rest of the core.
TOGETHER, WAIT = 8, 4.0
#: So many are kept at a time while more are made.
_PORTION = 1_000
#: Every line of the generation that they lie in, and those taken over from the one before it.
ALL, SOME = "lines.npy", "lines-before.npy"

Half = NDArray[np.float16]


class LineVectors:
    """Found by a line's content. `take` brings better ones while others read."""

    def __init__(self, table: NDArray[np.void] | None = None, *, every: bool = False) -> None:
        table = _sorted([], np.empty((0, 0), np.float16)) if table is None else table
        self._held = np.ascontiguousarray(table["key"]), table
        #: whether none is missing that shall be there
        self.every = every

    def __len__(self) -> int:
        return len(self._held[0])

    @classmethod
    def load(cls, folder: Path) -> "LineVectors":
        """What lies in a generation's folder; none where there is nothing."""
        for name in (ALL, SOME):
            try:
                return cls(np.asarray(np.load(folder / name, mmap_mode="r")), every=name == ALL)
            except (OSError, ValueError):
                continue
        return cls()

    def take(self, other: "LineVectors") -> None:
        """Become `other`. Who is looking something up goes on with what it began with."""
        self._held, self.every = other._held, other.every

    def find(self, texts: Iterable[str]) -> Mapping[str, Half]:
        """The vectors of those texts that are known."""
        keys, table = self._held
        if not len(keys):
            return {}
        asked = {text: _key(text) for text in texts}
        at = {text: min(int(np.searchsorted(keys, np.uint64(key))), len(keys) - 1) for text, key in asked.items()}
        return {text: table["vector"][place] for text, place in at.items() if keys[place] == asked[text]}

    def without(self, texts: Iterable[str]) -> "LineVectors":
        """The same, less what is known of these."""
        gone = np.array([_key(text) for text in texts], dtype=np.uint64)
        keys, table = self._held
        return LineVectors(table[~np.isin(keys, gone)]) if len(gone) and len(keys) else self

    def save(self, folder: Path, name: str = SOME) -> None:
        """Beside the index, replaced at once. Raises OSError where its folder is gone."""
        part = folder / f"{name}.{os.getpid()}.part"
        with part.open("wb") as file:
            np.save(file, self._held[1])
        part.replace(folder / name)


def lines_of(passages: Iterable[Passage]) -> Sequence[str]:
    """What may be weighed for its meaning: each statement that is not a whole passage, whose vector is known."""
    found = (
        (passage, line) for passage in passages for line in statements(passage.text) if may_be_said(line, passage.url)
    )
    return tuple(dict.fromkeys(line for passage, line in found if len(line) > 2 and line != passage.text))


def make(
    passages: Sequence[Passage],
    known: LineVectors,
    folder: Path,
    embedder: Embedder,
    go_on: Callable[[], bool],
    *,
    wait: float = WAIT,
    up_to: int = UP_TO,
) -> bool:
    """Puts ALL into a generation's folder; False when told to stop before. Blocks: call it in a thread.

    Raises OSError when the folder is gone, EngineUnavailable when the embedder is.
    """
    texts = lines_of(passages)
    if len(texts) > up_to:
        texts = ()
    found = dict(known.find(texts))
    missing = sorted((text for text in texts if text not in found), key=len)
    for start in range(0, len(missing), TOGETHER):
        if not go_on():
            return False
        began = time.monotonic()
        batch = missing[start : start + TOGETHER]
        found.update(zip(batch, embedder.embed(batch).astype(np.float16), strict=True))
        if start // _PORTION != (start + TOGETHER) // _PORTION:
            _table(found, embedder.width).save(folder)
        time.sleep(wait * (time.monotonic() - began))
    _table(found, embedder.width).save(folder, ALL)
    (folder / SOME).unlink(missing_ok=True)
    return True


def _table(found: Mapping[str, Half], width: int) -> LineVectors:
    vectors = np.stack(list(found.values())) if found else np.empty((0, width), np.float16)
    return LineVectors(_sorted([_key(text) for text in found], vectors))


def _sorted(keys: Sequence[int], vectors: Half) -> NDArray[np.void]:
    table = np.empty(len(keys), dtype=[("key", np.uint64), ("vector", np.float16, (vectors.shape[1],))])
    table["key"], table["vector"] = keys, vectors
    table.sort(order="key")
    return table


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
