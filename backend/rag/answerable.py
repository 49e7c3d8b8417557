"""The chance that the passages found answer the question: how alike they are, and how much of it they speak of."""

import math
from collections.abc import Sequence

from backend.domain.knowledge import FoundPassage
from backend.rag.generation import titled_text
from backend.rag.lexical import Lexicon
from backend.rag.question import Question
from backend.rag.synonyms import synonyms
from backend.rag.words import terms

#: Logistic weights on (best score, coverage by the best passage, coverage by the first three together).
SCORE, COVERED, TOGETHER, BIAS = 3.0, 1.5, 1.0, -2.2


def chance(question: Question, found: Sequence[FoundPassage], lexicon: Lexicon) -> float:
    """0 to 1; 0 when nothing was found."""
    if not found:
        return 0.0
    best = max(coverage(question, [hit], lexicon) for hit in found[:3])
    together = coverage(question, found[:3], lexicon)
    total = SCORE * found[0].score + COVERED * best + TOGETHER * together + BIAS
    return round(1 / (1 + math.exp(-total)), 4)


def coverage(question: Question, found: Sequence[FoundPassage], lexicon: Lexicon) -> float:
    """The share, weighted by rarity, of the asked words that the passages speak of."""
    spoken = {term for hit in found for term in terms(titled_text(hit.passage))}
    total = covered = 0.0
    for term in question.asked:
        weight = lexicon.weight(term)
        total += weight
        if term in spoken:
            covered += weight
        elif not spoken.isdisjoint(synonyms(term)):
            covered += 0.8 * weight
    return covered / total if total else 0.0
