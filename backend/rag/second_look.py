"""A second look at what a small shop has written: whether the very line that would be said answers the question.

Whole passages that are little alike to a question may hold the one line that answers it; of a small shop few lines
come near by accident. A yes or no wants nearly every asked word in the passage: what it does not name it does not tell.
"""

import math

from backend.rag.answerable import weights_of
from backend.rag.generation import titled_text
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.search import Hit
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: Passages of a small shop, and what the best of them has to have at least before its lines are read.
SMALL, LEAST = 200, 0.2
#: From this chance on a line is said: on our own shops (tests/evaluation/answers) seven right lines in eight are, one
#: in six to questions that nothing answers, and one in twenty-five to questions from other fields.
NEEDED = 0.4
#: A yes or no about a product is none where its line is less alike, and its passage leaves so much unsaid. On our own
#: products that stops six wrong yeses in eight, and one right one in forty.
FOREIGN, UNSAID = 0.38, 0.45


def worth_it(best: Hit, lexicon: Lexicon) -> bool:
    """Whether to look at the lines at all."""
    return lexicon.size <= SMALL and best.total >= LEAST


def chance(question: Question, alike: float, hit: Hit, lexicon: Lexicon) -> float:
    """0 to 1: that a line of the passage answers which is so `alike` to the question."""
    weights, seen = weights_of("line"), line_features(question, alike, hit, lexicon)
    total = weights["bias"] + sum(weights[name] * value for name, value in seen.items())
    return round(1 / (1 + math.exp(-total)), 4)


def is_foreign(question: Question, alike: float, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a line decides nothing: little alike to what is asked about a product, in a passage that leaves most of
    the matter unsaid.
    """
    return alike < FOREIGN and line_features(question, alike, hit, lexicon)["unsaid_yes_no"] >= UNSAID


def line_features(question: Question, alike: float, hit: Hit, lexicon: Lexicon) -> dict[str, float]:
    """`unsaid`: the share, weighted by rarity, of the asked words that the passage does not say."""
    spoken = term_set(titled_text(hit.passage))
    unsaid = [term for term in question.asked if term not in spoken and spoken.isdisjoint(synonyms(term))]
    share = sum(map(lexicon.weight, unsaid)) / (sum(map(lexicon.weight, question.asked)) or 1.0)
    decides = question.shape is Shape.YES_NO
    return {
        "alike": alike,
        "total": hit.total,
        "unsaid_yes_no": share if decides else 0.0,
        "unsaid": 0.0 if decides else share,
    }
