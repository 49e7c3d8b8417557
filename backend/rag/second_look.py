"""A second look at what a shop has written: whether the very line that would be said answers the question.

Whole passages that sound like a question may not hold one line that answers it, and others hold the one that does. A
yes or no wants nearly every asked word in the passage: what it does not name it does not tell.
"""

import math

from backend.rag.answerable import weights_of
from backend.rag.headings import titled_text
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.search import Hit
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: What the best passage has to have at least before its lines are read.
LEAST = 0.2
#: Where a passage seems to answer, its line is not said below this chance.
VETO = 0.05
#: Where none seems to, a line is said from this chance on, of a shop that has written few passages and of one that has
#: written many, where more comes near by accident. Measured on our own shops (tests/evaluation/answers), each apart by
#: a fit on the others, and all of them as one shop among 1,300 passages.
OF_FEW, OF_MANY = 0.25, 0.75
FEW, MANY = 50, 400
#: A yes or no about a product is none where its line is less alike, and its passage leaves so much unsaid. On our own
#: products that stops six wrong yeses in eight, and one right one in forty.
FOREIGN, UNSAID = 0.38, 0.45
#: Words that say that something is there, done or had, and nothing of what: a passage need not say them.
_GENERIC = term_set(
    "accept allow offer provide sell stock make take give go come bring keep put set help find look see mean try happen"
    " use stand stay become ok okay possible able right wrong real really actual actually always ever forever again"
    " already later soon now today away back together straight directly own another other same different new old good"
    " bad best better fine safe normal people person somebody someone anyone time kind sort type bit lot reason case"
)


def worth_it(best: Hit) -> bool:
    """Whether to look at the lines at all."""
    return best.total >= LEAST


def needed(passages: int, *, enough: bool) -> float:
    """The chance from which on a line is said in a shop of so many passages; `enough`: its passage seems to answer."""
    if enough:
        return VETO
    grown = min(max(math.log(max(passages, 1) / FEW) / math.log(MANY / FEW), 0.0), 1.0)
    return OF_FEW + (OF_MANY - OF_FEW) * grown**2


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
    """`unsaid`: the share, weighted by rarity, of the asked matter that the passage does not say."""
    spoken = term_set(titled_text(hit.passage))
    matter = [term for term in question.asked if term not in _GENERIC]
    unsaid = [term for term in matter if term not in spoken and spoken.isdisjoint(synonyms(term))]
    share = sum(map(lexicon.weight, unsaid)) / (sum(map(lexicon.weight, matter)) or 1.0)
    decides = question.shape is Shape.YES_NO
    return {
        "alike": alike,
        "total": hit.total,
        "unsaid_yes_no": share if decides else 0.0,
        "unsaid": 0.0 if decides else share,
    }
