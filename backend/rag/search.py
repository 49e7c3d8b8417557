"""Hybrid search of one generation: a weighted sum of vector and word scores, mapped to a 0-to-1 score."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.domain.knowledge import DocumentKind, FoundPassage, Passage
from backend.rag.embedder import Vector
from backend.rag.generation import Generation
from backend.rag.words import terms

#: Candidates that each side may name; the other side's score is then computed exactly for all of them.
DENSE_CANDIDATES, LEXICAL_CANDIDATES = 192, 96
#: Up to so many passages all of them are scored: one product with the matrix of their texts, in which no text stands
#: twice, is quicker than finding candidates first.
SCORE_ALL_UP_TO = 20_000
#: Passages sorted at first; more only where too few documents are among them.
SORTED = 96
#: The words' share of the sum. Short snippets say one thing, which a vector holds; long sections of a
#: manual say many, and the term a shopper uses stands in them.
SHORT_SHARE, LONG_SHARE = 0.3, 0.45
SHORT_WORDS, LONG_WORDS = 30, 100
#: The words' share where one passage says the question's words and hardly another does: they are the text's own.
TOLD_SHARE, NEXT, AHEAD = 0.6, 5, (0.1, 0.3)
#: What a passage loses where the question names another product, and the share that it loses of what its product's
#: best passages are behind those of the product that says most of the matter.
OTHER_NAMED, BEHIND, SPEAKING = 0.4, 0.25, 2
#: Logistic map from the sum to the chance that the passage is about the question.
MIDDLE, STEEPNESS = 0.42, 14.0


@dataclass(frozen=True)
class Filter:
    """What a passage must be. Everything given must hold; None means any."""

    product_id: str | None = None
    category: str | None = None
    kinds: frozenset[DocumentKind] | None = None
    #: only what belongs to no single product
    shop_wide: bool = False

    @classmethod
    def of(
        cls,
        product_id: str | None,
        category: str | None,
        kinds: Iterable[DocumentKind] | None,
        *,
        shop_wide: bool = False,
    ) -> "Filter":
        return cls(product_id, category, frozenset(kinds) if kinds is not None else None, shop_wide)


#: Leaves nothing out.
EVERYTHING = Filter()


@dataclass(frozen=True)
class Hit:
    """A passage found, and why: `total` is the weighted sum, `alike` the cosine in it.

    `text` is the cosine of its bare text, `apart` the same without what question and text share with the title,
    `heading` the cosine of its heading alone.
    """

    passage: Passage
    total: float
    alike: float
    text: float = 1.0
    apart: float = 1.0
    heading: float = 0.0

    @property
    def score(self) -> float:
        return calibrated(self.total)

    @property
    def found(self) -> FoundPassage:
        return FoundPassage(passage=self.passage, score=self.score)


def search(
    generation: Generation,
    query: str,
    vector: Vector,
    k: int,
    where: Filter,
    *,
    named: frozenset[str] = frozenset(),
    wider: str | None = None,
    by_document: bool = False,
) -> tuple[Hit, ...]:
    """The `k` best passages, best first; with `by_document` the best passage of each of `k` documents.

    `query` and `vector` are of the question without the name of a product, `named` the products that it names.
    `wider` is another wording, whose words count as much.
    """
    if not generation.passages or k < 1:
        return ()
    words = generation.lexicon.scores(terms(query))
    if wider:
        words = np.float32(0.5) * (words + generation.lexicon.scores(terms(wider)))
    rows = _candidates(generation, words, vector, _allowed(generation, where))
    if not len(rows):
        return ()
    alike = generation.embedded.alike(rows, vector)
    totals = _totals(generation, rows, words, alike)
    if where.product_id is None:
        totals -= _doubt(generation, rows, totals, named)
    best = _best(generation, rows, totals, k, by_document=by_document)
    plain = np.stack(generation.embedded.plain(rows[best], vector), axis=1).tolist()
    return tuple(
        Hit(generation.passages[rows[at]], float(totals[at]), float(alike[at]), *plain[n]) for n, at in enumerate(best)
    )


def _best(
    generation: Generation, rows: NDArray[np.int64], totals: NDArray[np.float32], k: int, *, by_document: bool
) -> list[int]:
    """Places in `rows`, best first; with `by_document` the first of each document."""
    best: list[int] = []
    seen: set[str] = set()
    for at in _descending(totals, max(SORTED, 8 * k)):
        document_id = generation.passages[rows[at]].document_id
        if by_document and document_id in seen:
            continue
        seen.add(document_id)
        best.append(int(at))
        if len(best) == k:
            break
    return best


def _descending(totals: NDArray[np.float32], first: int) -> Iterator[int]:
    """Places by falling total; all are sorted only for who asks beyond the `first`."""
    if len(totals) > 4 * first:
        top = np.sort(np.argpartition(-totals, first)[:first])
        top = top[np.argsort(-totals[top], kind="stable")]
        yield from top
        left = np.setdiff1d(np.arange(len(totals)), top)
    else:
        left = np.arange(len(totals))
    yield from left[np.argsort(-totals[left], kind="stable")]


def calibrated(total: float) -> float:
    """The score of a weighted sum: 0.5 is where a passage is as likely right as wrong."""
    return round(1 / (1 + math.exp(-STEEPNESS * (total - MIDDLE))), 4)


def _allowed(generation: Generation, where: Filter) -> NDArray[np.bool_] | None:
    """A mask over passages, or None when everything is allowed."""
    masks = [
        generation.mask(name, value)
        for name, value in (("product_id", where.product_id), ("category", where.category))
        if value is not None
    ]
    if where.shop_wide:
        masks.append(generation.mask("product_id", None))
    if where.kinds is not None:
        of_kind = [generation.mask("kind", kind) for kind in where.kinds]
        masks.append(np.logical_or.reduce(of_kind) if of_kind else np.zeros(len(generation.passages), dtype=bool))
    return np.logical_and.reduce(masks) if masks else None


def _outstanding(words: NDArray[np.float32]) -> float:
    """0 to 1: how far the passage that says most of the question's words is ahead of those that come next."""
    if len(words) <= NEXT:
        return 0.0
    best = np.sort(np.partition(words, len(words) - NEXT - 1)[-NEXT - 1 :])
    return float(np.clip((best[-1] - best[:-1].mean() - AHEAD[0]) / (AHEAD[1] - AHEAD[0]), 0, 1))


def _doubt(
    generation: Generation, rows: NDArray[np.int64], totals: NDArray[np.float32], named: frozenset[str]
) -> NDArray[np.float32]:
    """What each passage loses for being of a product that the question is hardly about; 0 for what is of no product."""
    numbers, product_of = generation.products
    mine = product_of[rows]
    support = _support(mine, totals, len(numbers) + 1)
    lost = BEHIND * (support[1:].max(initial=0) - support)
    if named:
        lost[[n for product, n in numbers.items() if product not in named]] += OTHER_NAMED
    lost[0] = 0
    doubt: NDArray[np.float32] = lost[mine]
    return doubt


def _support(mine: NDArray[np.int32], totals: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The mean total of each product's best passages, as far as they are among the first of all."""
    left = np.fromiter(itertools.islice(_descending(totals, SORTED), SORTED), dtype=np.int64)
    support = np.zeros(count, dtype=np.float32)
    for _ in range(SPEAKING):
        products, first = np.unique(mine[left], return_index=True)
        support[products] += totals[left[first]] / SPEAKING
        left = np.delete(left, first)
    return support


def _candidates(
    generation: Generation, words: NDArray[np.float32], vector: Vector, allowed: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """Rows worth scoring: everything when little is allowed, else the best of either side."""
    rows = np.arange(len(words)) if allowed is None else np.flatnonzero(allowed)
    if len(rows) <= SCORE_ALL_UP_TO:
        return rows
    near = generation.index.nearest(vector, DENSE_CANDIDATES) // 2
    count = min(LEXICAL_CANDIDATES, len(words))
    spoken = np.argpartition(-words, count - 1)[:count]
    both = np.union1d(near, spoken)
    return both if allowed is None else both[allowed[both]]


def _totals(
    generation: Generation, rows: NDArray[np.int64], words: NDArray[np.float32], alike: NDArray[np.float32]
) -> NDArray[np.float32]:
    length = np.clip((generation.words[rows] - SHORT_WORDS) / (LONG_WORDS - SHORT_WORDS), 0, 1)
    share = SHORT_SHARE + (LONG_SHARE - SHORT_SHARE) * length
    share += (TOLD_SHARE - share) * _outstanding(words[rows])
    return ((1 - share) * np.maximum(alike, 0) + share * words[rows]).astype(np.float32)
