"""The vectors of a shop's passages: each text once, and each passage's text mixed with its heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from backend.domain.knowledge import Passage
from backend.rag.embedder import Matrix, Vector
from backend.rag.headings import asks

#: The heading's share in a passage's second vector, and its share where the heading is itself a question.
#: Mixing two vectors finds as well as embedding heading and text together, and costs one embedding per
#: heading instead of one more per passage.
TITLE_SHARE, QUESTION_SHARE = 0.4, 0.6


@dataclass(frozen=True)
class Embedded:
    """Every text embedded once: `text_at[i]` and `title_at[i]` are passage i's rows of `vectors`.

    `share[i]` is the heading's share in the passage's second vector.
    """

    vectors: Matrix
    hashes: tuple[str, ...]
    text_at: NDArray[np.int32]
    title_at: NDArray[np.int32]
    share: NDArray[np.float32]

    @cached_property
    def scale(self) -> NDArray[np.float32]:
        """What brings each mix of text and title to length one."""
        mixed = np.empty(len(self.text_at), dtype=np.float32)
        for start in range(0, len(mixed), 8192):
            mixed[start : start + 8192] = np.linalg.norm(self._mix(slice(start, start + 8192)), axis=1)
        return (1 / np.maximum(mixed, np.float32(1e-6))).astype(np.float32)

    def pairs(self, start: int = 0) -> Matrix:
        """Two unit rows a passage from `start` on, one its text, one its text mixed with its title path."""
        since = slice(start, None)
        rows = np.empty((2 * len(self.text_at[since]), self.vectors.shape[1]), dtype=np.float32)
        rows[::2] = self.vectors[self.text_at[since]]
        rows[1::2] = self._mix(since) * self.scale[since, None]
        return rows

    def alike(self, rows: NDArray[np.int64], vector: Vector) -> NDArray[np.float32]:
        """The better cosine of each passage's two vectors with the query."""
        if 2 * len(rows) > len(self.vectors):
            every = self.vectors @ vector
            text, title = every[self.text_at[rows]], every[self.title_at[rows]]
        else:
            text, title = self.vectors[self.text_at[rows]] @ vector, self.vectors[self.title_at[rows]] @ vector
        share = self.share[rows]
        mixed = ((1 - share) * text + share * title) * self.scale[rows]
        best: NDArray[np.float32] = np.maximum(text, mixed)
        return best

    def plain(self, rows: NDArray[np.int64], vector: Vector) -> tuple[NDArray[np.float32], ...]:
        """The cosines with the query of each passage's bare text, of it without the heading's part in both, and of
        the heading.

        Every text about a thing is like every question about it. What is left without the direction of its name
        is what is said of the thing, and what is asked of it.
        """
        text, title = self.vectors[self.text_at[rows]], self.vectors[self.title_at[rows]]
        alike, named, asked = text @ vector, np.einsum("ij,ij->i", text, title), title @ vector
        lengths = np.sqrt(np.maximum((1 - named**2) * (1 - asked**2), np.float32(1e-4)))
        return alike, ((alike - named * asked) / lengths).astype(np.float32), asked

    def _mix(self, rows: slice) -> Matrix:
        text, title = self.vectors[self.text_at[rows]], self.vectors[self.title_at[rows]]
        share = self.share[rows, None]
        return ((1 - share) * text + share * title).astype(np.float32)


def shares(passages: Sequence[Passage]) -> NDArray[np.float32]:
    """What each heading counts in its passage's second vector."""
    wanted = (QUESTION_SHARE if asks(passage) else TITLE_SHARE for passage in passages)
    return np.fromiter(wanted, dtype=np.float32, count=len(passages))
