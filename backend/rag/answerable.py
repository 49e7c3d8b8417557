"""The chance that the passages found answer the question: how alike they are, and how much of it a sentence says."""

import math
from collections.abc import Sequence

from backend.rag.lexical import Lexicon
from backend.rag.question import Question
from backend.rag.search import Hit
from backend.rag.splitting import sentences
from backend.rag.synonyms import synonyms
from backend.rag.words import terms

#: Logistic weights, fitted on product-page and FAQ questions against the same questions with the answering
#: passages taken away, put to another product, and questions from other fields: the best cosine, the mean
#: weighted sum of the first three, the share of the asked words in the best sentence.
ALIKE, FIRST_THREE, SAID, BIAS = 8.1, 4.7, 2.0, -6.8


def chance(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> float:
    """0 to 1; 0 when nothing was found."""
    if not found:
        return 0.0
    first = found[:3]
    alike = max(hit.alike for hit in found)
    together = sum(hit.total for hit in first) / len(first)
    said = max(
        (coverage(question, line, lexicon) for hit in found[:4] for line in sentences(hit.passage.text)), default=0.0
    )
    total = ALIKE * alike + FIRST_THREE * together + SAID * said + BIAS
    return round(1 / (1 + math.exp(-total)), 4)


def coverage(question: Question, text: str, lexicon: Lexicon) -> float:
    """The share, weighted by rarity, of the asked words that a text speaks of."""
    spoken = frozenset(terms(text))
    total = covered = 0.0
    for term in question.asked:
        weight = lexicon.weight(term)
        total += weight
        if term in spoken:
            covered += weight
        elif not spoken.isdisjoint(synonyms(term)):
            covered += 0.8 * weight
    return covered / total if total else 0.0
