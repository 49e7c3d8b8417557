"""The chance that the passages found answer the question: how alike they are, and how much of it they speak of."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from backend.domain.knowledge import DocumentKind
from backend.rag.actions import does, tells
from backend.rag.headings import titled_text
from backend.rag.lexical import Lexicon
from backend.rag.question import Question
from backend.rag.quotable import says_something
from backend.rag.search import Hit
from backend.rag.splitting import sentences
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: Logistic weights with where they come from, by what was asked: a product's
#: `snippets`, its specifications and sections (`product`), or all that the `shop` has written.
WEIGHTS = Path(__file__).parent / "weights" / "answerable.json"
#: Below these chances nothing is said: of a page of snippets, of a product's sections, and of a shop that has written
#: few passages or many. On development questions they refuse one answered question in eight of the first kind, one
#: in five of the second, and nineteen in twenty foreign ones of the third.
SNIPPETS, PRODUCT, SHOP_OF_FEW, SHOP_OF_MANY = 0.6, 0.38, 0.55, 0.65
#: The same where it is asked whether a product has something that its passages do not name.
UNNAMED = 0.8
#: What is to be done weighs as much as a word that is rare in a shop of some ten documents.
ACTION = 3.5
FEW, MANY = 400, 5000
#: Passages looked at, those that make up a page's breadth, those whose agreement counts, and those whose sentences
#: are read one by one.
LOOKED_AT, BROAD, AGREEING, READ = 12, 6, 2, 4
#: So many passages of a short page are taken to speak of something else.
SHORT = 4


class Judged(NamedTuple):
    """`chance` is 0 to 1; `enough` says whether so much is asked for before anything is said."""

    chance: float
    enough: bool


def judge(question: Question, found: Sequence[Hit], lexicon: Lexicon, *, within: bool = False) -> Judged:
    """Nothing found has no chance. `within`: only one product's pages were asked.

    A passage whose writer only says not to know, or that commands instead of telling, is no evidence.
    """
    found = [hit for hit in found if says_something(hit.passage)]
    if not found or not _holds_code(question, found):
        return Judged(0.0, enough=False)
    if within and of_snippets(found):
        seen, needed = snippet_features(question, found), SNIPPETS
        weights = weights_of("snippets")
    elif within:
        if not _holds_demanded(question, found):
            return Judged(0.0, enough=False)
        seen = product_features(question, found[:BROAD], lexicon)
        needed = UNNAMED if _lacks_feature(question, found) or _lacks_action(question, found) else PRODUCT
        weights = weights_of("product")
    else:
        seen, needed = shop_features(question, found[:BROAD], lexicon), shop_threshold(lexicon.size)
        weights = weights_of("shop")
    total = weights["bias"] + sum(weights[name] * value for name, value in seen.items())
    chance = round(1 / (1 + math.exp(-total)), 4)
    return Judged(chance, chance >= needed)


def shop_threshold(passages: int) -> float:
    """The more is written, the more of it sounds like any question by accident."""
    grown = math.log(max(passages, 1) / FEW) / math.log(MANY / FEW)
    return SHOP_OF_FEW + (SHOP_OF_MANY - SHOP_OF_FEW) * min(max(grown, 0.0), 1.0)


def snippet_features(question: Question, found: Sequence[Hit]) -> dict[str, float]:
    """What tells an answered question from one that only sounds like its product.

    `apart` is the cosine without what question and passage share with the title. What is asked often
    is told more than once: beside the `best` passage the next ones count (`broad`), for a page that does not answer
    has mostly one passage that only sounds like it. `spoken` are the asked words in a passage.
    """
    looked = found[:LOOKED_AT]
    apart = [hit.apart for hit in looked]
    spoken = [len(term_set(hit.passage.text).intersection(question.asked)) for hit in looked]
    return {
        "best": max(apart),
        "broad": _best(apart, min(BROAD, max(1, len(apart) - SHORT))),
        "spoken": _best(spoken, AGREEING),
    }


def product_features(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> dict[str, float]:
    """The same for specifications and sections, where one passage is enough.

    `said` is the share of the asked words in the best sentence and its heading.
    """
    return {
        "apart": max(hit.apart for hit in found),
        "alike": max(hit.alike for hit in found),
        "said": _said(question, found, lexicon, headed=True),
    }


def shop_features(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> dict[str, float]:
    """What tells a question of the shop from one of another field: the best cosine, the first three passages'
    sum, and the share of the asked words in the best sentence.
    """
    return {
        "alike": max(hit.alike for hit in found),
        "total": _best([hit.total for hit in found], 3),
        "said": _said(question, found, lexicon),
    }


def _said(question: Question, found: Sequence[Hit], lexicon: Lexicon, *, headed: bool = False) -> float:
    lines = (
        " ".join((*hit.passage.path, line)) if headed else line
        for hit in found[:READ]
        for line in sentences(hit.passage.text)
    )
    return max((coverage(question, line, lexicon) for line in lines), default=0.0)


def _holds_demanded(question: Question, found: Sequence[Hit]) -> bool:
    """Whether some passage has a figure of the unit without which there is no answer."""
    return question.demanded is None or any(question.demanded.search(hit.passage.text) for hit in found)


def _holds_code(question: Question, found: Sequence[Hit]) -> bool:
    """Whether some passage has the code that is asked about."""
    return question.code is None or any(question.code.search(hit.passage.text) for hit in found)


def _lacks_feature(question: Question, found: Sequence[Hit]) -> bool:
    """Whether it is asked if there is something, and no passage has all the words for it, or others for them."""
    if not question.of_feature:
        return False
    spoken = frozenset().union(*(term_set(titled_text(hit.passage)) for hit in found))
    return any(term not in spoken and spoken.isdisjoint(synonyms(term)) for term in question.asked)


def _lacks_action(question: Question, found: Sequence[Hit]) -> bool:
    """Whether it is asked how a thing is switched on, set up or reset as a whole, and no line tells that."""
    action = question.action
    if action is None or not question.of_itself:
        return False
    told = (
        tells(action, line, hit.passage.path, itself=True, subject=question.subject | term_set(hit.passage.title))
        for hit in found
        if hit.passage.kind is not DocumentKind.SPECS
        for line in sentences(hit.passage.text)
    )
    return not any((done > 0 and headed >= 0) or headed > 0.5 for done, headed in told)


def of_snippets(found: Sequence[Hit]) -> bool:
    """Whether these are statements about one thing under its name, as on a product page, and no headings part them."""
    titles = {hit.passage.title for hit in found}
    return len(found) > 1 and len(titles) == 1 and not any(hit.passage.path for hit in found)


def coverage(question: Question, text: str, lexicon: Lexicon) -> float:
    """The share, weighted by rarity, of the asked words that a text speaks of."""
    spoken = term_set(text)
    total = covered = 0.0
    if question.action is not None:
        total = ACTION
        covered = ACTION * does(question.action.name, text)
    for term in question.asked:
        weight = lexicon.weight(term)
        total += weight
        if term in spoken:
            covered += weight
        elif not spoken.isdisjoint(synonyms(term)):
            covered += 0.8 * weight
    return covered / total if total else 0.0


def _best(values: Sequence[float], count: int) -> float:
    """The mean of the largest `count`."""
    best = sorted(values, reverse=True)[:count]
    return sum(best) / len(best)


def weights_of(kind: str) -> Mapping[str, float]:
    """The logistic weights of a kind of evidence, by their features, and the `bias`."""
    return _weights()[kind]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    stated: dict[str, dict[str, dict[str, float]]] = json.loads(WEIGHTS.read_text("utf-8"))
    return {name: model["weights"] for name, model in stated.items()}
