"""Lexical search: BM25 over stems in flat arrays, scored against the best score a query could reach."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.rag.synonyms import synonyms

Scores = NDArray[np.float32]

#: BM25's saturation and length normalisation. Snippets and sections differ in length for no fault of
#: theirs, so length counts for less than the usual .75.
K1, B = 1.2, 0.4
#: What a synonym is worth beside the word itself.
SYNONYM = 0.6


class Lexicon:
    """Postings of every stem: `starts[t]:starts[t+1]` in `rows` and `impacts`. Immutable."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        impacts: NDArray[np.float32],
        size: int,
    ) -> None:
        self._vocabulary = vocabulary
        self._starts = starts
        self._rows = rows
        self._impacts = impacts
        self.size = size
        counts = np.diff(starts)
        self._idf = np.log1p((size - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        self._rarest = math.log1p((size + 0.5) / 0.5)

    @classmethod
    def build(cls, bags: Sequence[Sequence[str]]) -> "Lexicon":
        """From the stems of each passage, in the passages' order."""
        vocabulary: dict[str, int] = {}
        term_ids: list[int] = []
        rows: list[int] = []
        counts: list[int] = []
        for row, bag in enumerate(bags):
            for term, count in Counter(bag).items():
                term_ids.append(vocabulary.setdefault(term, len(vocabulary)))
                rows.append(row)
                counts.append(count)
        terms_of = np.array(term_ids, dtype=np.int64)
        rows_of = np.array(rows, dtype=np.int32)
        often = np.array(counts, dtype=np.float32)
        lengths = np.array([len(bag) for bag in bags], dtype=np.float32)
        relative = lengths / max(float(lengths.mean()) if len(bags) else 1.0, 1.0)
        impacts = often * (K1 + 1) / (often + K1 * (1 - B + B * relative[rows_of])) if len(rows) else often
        order = np.argsort(terms_of, kind="stable")
        starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
        np.cumsum(np.bincount(terms_of, minlength=len(vocabulary)), out=starts[1:])
        return cls(vocabulary, starts, rows_of[order], impacts[order].astype(np.float32), len(bags))

    def scores(self, query: Sequence[str]) -> Scores:
        """Each passage's share, 0 to 1, of the score of a passage full of every word of the query."""
        total = np.zeros(self.size, dtype=np.float32)
        ideal = 0.0
        for term in dict.fromkeys(query):
            weight = self.weight(term)
            ideal += weight * (K1 + 1)
            self._add(total, term, weight)
        return total / np.float32(ideal) if ideal else total

    def weight(self, term: str) -> float:
        """The inverse document frequency of a stem; a word never seen counts like the rarest."""
        at = self._vocabulary.get(term)
        if at is not None:
            return float(self._idf[at])
        known = [float(self._idf[self._vocabulary[s]]) for s in synonyms(term) if s in self._vocabulary]
        return max(known, default=self._rarest)

    def rows(self, term: str) -> NDArray[np.int32]:
        """The passages with a stem."""
        at = self._vocabulary.get(term)
        return self._postings(at)[0] if at is not None else np.empty(0, dtype=np.int32)

    def _add(self, total: Scores, term: str, weight: float) -> None:
        found = [(1.0, self._vocabulary[term])] if term in self._vocabulary else []
        found += [(SYNONYM, self._vocabulary[s]) for s in synonyms(term) if s in self._vocabulary]
        if len(found) == 1:
            rows, impacts = self._postings(found[0][1])
            total[rows] += np.float32(weight * found[0][0]) * impacts
        elif found:
            best = np.zeros(self.size, dtype=np.float32)
            for worth, at in found:
                rows, impacts = self._postings(at)
                best[rows] = np.maximum(best[rows], np.float32(worth * min(weight, float(self._idf[at]))) * impacts)
            total += best

    def _postings(self, at: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        span = slice(self._starts[at], self._starts[at + 1])
        return self._rows[span], self._impacts[span]

    def save(self, folder: Path) -> None:
        """Two files: the arrays and the vocabulary."""
        with (folder / "lexicon.npz").open("wb") as file:
            np.savez(file, starts=self._starts, rows=self._rows, impacts=self._impacts, size=np.array(self.size))
        (folder / "vocabulary.json").write_text(json.dumps(list(self._vocabulary), ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        with np.load(folder / "lexicon.npz") as arrays:
            vocabulary = {term: at for at, term in enumerate(json.loads((folder / "vocabulary.json").read_text()))}
            return cls(vocabulary, arrays["starts"], arrays["rows"], arrays["impacts"], int(arrays["size"]))
