"""Holds an English sentence against single statements of its evidence: what a "not" stands before, and what a figure
is said of. A bag of words would let a model deny what is affirmed, or give one thing the figure of another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from backend.agents.response.carried import NOTHING, VERB
from backend.agents.response.vouched import MONEY, courteous, roots, same_as
from backend.rag.grounding import numbers
from backend.rag.statements import statements

#: Where a "not" no longer reaches.
_CLAUSE = re.compile(r"[,;:.!?()–—]\s|\b(?:but|so|because|although|while|until|unless|if|when)\b", re.IGNORECASE)
_CASE = re.compile(r"\b(?:unless|until|without|except|otherwise)\b", re.IGNORECASE)
_ONLY_IF = re.compile(r"\b(can|may|is|are) only\b([^.;]{1,80}?)\b(?:if|when)\b", re.IGNORECASE)
_IF_NOT = re.compile(r"\b(?:if|as long as)\b[^,;:.]{1,80}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_NOT = re.compile(
    r"\b(?:not|no|never|cannot|without|none|neither|nor|non(?=-)|unable|avoid(?:s|ing)?|lacks?"
    r"|except|exclud(?:ed|es?|ing)|exceptions?|closed|out of|sold out|unavailable)\b|n['’]t\b",
    re.IGNORECASE,
)
#: A figure and the unit behind it are not what it is said of.
_FIGURE = re.compile(r"\d[\d.,]*\s?-?[A-Za-z%°]*")
#: One word before a comma is one of a list: what is said of the last is said of all.
_LISTED = re.compile(r"(?:(?<=^)|(?<=[,;:.] ))(?!(?:no|not|yes|nor)\b)([A-Za-z]{3,20}),(?= [\w ]{3,30}[, ])")
_YES = re.compile(r"\W*(?:yes|yeah|yep|sure|of course|certainly|absolutely|definitely|correct)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(?:no\b(?! (?:problem|worries))|nope\b|unfortunately not\b|i['’]m afraid not\b)", re.IGNORECASE)
#: A capital that opens no sentence.
_NAME = re.compile(r"(?<=[\w,;(] )[A-Z][\w-]*|\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+")
_DIGITS = re.compile(r"\d[\d.,]*")
#: The share of what a sentence speaks of that a statement with its figure must speak of too.
_SAME = 0.4


@dataclass(frozen=True, slots=True)
class _Read:
    """Roots by whether a "not" stands before or behind them in their clause; `plain` are those of clauses with none."""

    affirmed: frozenset[str]
    denied: frozenset[str]
    ahead: frozenset[str]
    plain: frozenset[str]


def bound(sentence: str, *passages: str, named: str = "", denied: str = "") -> bool:
    """Whether each "not" of the sentence stands before what the passages deny, none is missing before what they only
    deny, and each figure is said of something that a passage says it of. A name alone is neither affirmed nor denied;
    `denied` is a question that was answered by no.
    """
    said, read = _read(sentence), [_read(passage) for passage in passages]
    refused = roots(denied).union(*(r.denied for r in read))
    affirmed = frozenset[str]().union(*(r.affirmed for r in read))
    if denies(sentence) and not any(denies(passage) for passage in passages):
        return False
    names = roots(named).union(*(_named(passage) for passage in passages))
    free = names | courteous()
    whole = refused.union(*(r.ahead for r in read))
    if not (_mostly(said.denied - free, whole) or _mostly((said.denied | said.ahead) - free, refused)):
        return False
    if said.plain & (refused - affirmed - names):
        return False
    about = [word for word in _told(sentence) - roots(named) if word not in courteous()]
    return all(any(_says(passage, figure, about) for passage in passages) for figure in numbers(sentence))


def plainly(sentence: str, *passages: str) -> str:
    """The sentence without what only puts a condition the other way round: "can only … if" is "cannot … unless", and
    "if you do not" is a case that the passages set apart too.
    """
    if any(_CASE.search(passage) for passage in passages):
        sentence = _ONLY_IF.sub(r"\1 not\2 unless", sentence)
        sentence = _IF_NOT.sub(lambda m: " " if denies(m[0]) else m[0], sentence)
    return sentence


def denies(text: str) -> bool:
    """Whether there is a "not" in it."""
    return _NOT.search(text) is not None


def answers_no(built: str) -> bool:
    """Whether an answer begins with no."""
    return _NO.match(built) is not None


def agrees(sentence: str, built: str) -> bool:
    """Whether a yes or no at the beginning is that of the built answer; alone it must be there word for word."""
    yes, no = _YES.match(sentence), _NO.match(sentence)
    if (yes and _NO.match(built)) or (no and _YES.match(built)):
        return False
    opening = yes or no
    if opening is None or (_YES if yes else _NO).match(built):
        return True
    return bool(roots(sentence[opening.end() :]) - courteous())


@lru_cache(maxsize=500)
def _read(text: str) -> _Read:
    denied, fronts, plain, before = set[str](), set[str](), set[str](), frozenset[str]()
    listed = False
    for clause, ended in _clauses(_LISTED.sub(r"\1 and", NOTHING.sub(" free ", text))):
        found, told = _NOT.search(clause), roots(clause)
        behind = roots(clause[found.end() :]) if found else frozenset[str]()
        listed = bool(behind) if found else bool(listed and told and not VERB.search(clause))
        ahead = roots(clause[: found.start()]) if found else frozenset[str]()
        if behind and behind <= _generic():  # "instalments are not available"
            denied, ahead = denied | ahead, frozenset()
        if listed:  # "does not cover falls, liquids, lost data"
            denied |= behind or told
        elif found and found[0].lower() != "no":  # "but the case is not"; "No, we …" answers a question
            denied |= ahead or before
        elif not found:
            plain |= told
        fronts |= ahead
        before, listed = told or before, listed and not ended
    affirmed = plain | fronts
    return _Read(frozenset(affirmed), frozenset(denied), frozenset(fronts), frozenset(plain))


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Clause by clause, and whether a sentence ends with it."""
    for sentence in _SENTENCE.split(text):
        *more, last = _CLAUSE.split(sentence)
        yield from ((clause, False) for clause in more)
        yield last, True


def _mostly(told: frozenset[str], denied: frozenset[str]) -> bool:
    return sum(not same_as(word).isdisjoint(denied) for word in told) * 2 >= len(told)


@cache
def _generic() -> frozenset[str]:
    """What is said of whatever there is or is not."""
    return roots("available possible offered allowed included accepted permitted covered returnable refundable")


@lru_cache(maxsize=500)
def _named(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(roots(name) for name in _NAME.findall(text)))


def _told(text: str) -> frozenset[str]:
    """The roots of what is spoken of, figures left out."""
    return roots(_FIGURE.sub(" ", text))


def _says(passage: str, figure: str, about: Sequence[str]) -> bool:
    """Whether a statement that holds the figure speaks of the same, or of nothing that could be compared."""
    for figures, told in _counted(passage):
        if figure in figures and (
            not told or sum(not same_as(word).isdisjoint(told) for word in about) >= _SAME * len(about)
        ):
            return True
    return False


@lru_cache(maxsize=500)
def _counted(passage: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The figures of each statement that has some, with the roots of what it speaks of."""
    lines = (*statements(passage), passage.split("\n", 1)[0])
    found = ((numbers(line), line) for line in lines)
    return tuple((figures, roots(_DIGITS.sub(" ", line)) | _price(line)) for figures, line in found if figures)


def _price(line: str) -> frozenset[str]:
    return roots("price") if MONEY.search(line) else frozenset()
