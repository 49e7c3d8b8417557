"""The chance that the passages found answer the question: how alike they are, and how much of it they speak of."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from backend.rag.lexical import Lexicon
from backend.rag.question import Question
from backend.rag.quotable import says_something
from backend.rag.search import Hit
from backend.rag.splitting import sentences
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set, terms

#: Logistic weights with where they come from, by what was asked: a product's
#: `snippets`, its specifications and sections (`product`), or all that the `shop` has written.
WEIGHTS = Path(__file__).parent / "weights" / "answerable.json"
#: Passages looked at, those that make up a page's breadth, those whose agreement counts, and those whose sentences
#: are read one by one.
LOOKED_AT, BROAD, AGREEING, READ = 12, 6, 2, 4
#: So many passages of a short page are taken to speak of something else.
SHORT = 4


def chance(question: Question, found: Sequence[Hit], lexicon: Lexicon, *, within: bool = False) -> float:
    """0 to 1; 0 when nothing was found. `within`: only one product's pages were asked.

    A passage whose writer only says not to know, or that commands instead of telling, is no evidence.
    """
    found = [hit for hit in found if says_something(hit.passage)]
    if not found:
        return 0.0
    if within and _snippets(found):
        weights, seen = _weights()["snippets"], snippet_features(question, found)
    elif within:
        weights, seen = _weights()["product"], product_features(question, found[:BROAD], lexicon)
    else:
        weights, seen = _weights()["shop"], shop_features(question, found[:BROAD], lexicon)
    total = weights["bias"] + sum(weights[name] * value for name, value in seen.items())
    return round(1 / (1 + math.exp(-total)), 4)


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

    A product's name in the question makes everything about it alike: `named`, how much of the name it says, takes
    that off again. `said` is the share of the asked words in the best sentence and its heading.
    """
    subject = question.subject
    return {
        "apart": max(hit.apart for hit in found),
        "alike": max(hit.alike for hit in found),
        "said": _said(question, found, lexicon, headed=True),
        "named": len(subject & set(terms(question.text))) / len(subject) if subject else 0.0,
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


def _snippets(found: Sequence[Hit]) -> bool:
    """Whether these are statements about one thing under its name, as on a product page, and no headings part them."""
    titles = {hit.passage.title for hit in found}
    return len(found) > 1 and len(titles) == 1 and not any(hit.passage.path for hit in found)


def coverage(question: Question, text: str, lexicon: Lexicon) -> float:
    """The share, weighted by rarity, of the asked words that a text speaks of."""
    spoken = term_set(text)
    total = covered = 0.0
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


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    stated: dict[str, dict[str, dict[str, float]]] = json.loads(WEIGHTS.read_text("utf-8"))
    return {name: model["weights"] for name, model in stated.items()}
