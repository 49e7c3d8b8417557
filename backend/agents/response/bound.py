"""Holds an English sentence against single statements of its evidence: what a "not" stands before, and what a figure
is said of. A bag of words would let a model deny what is affirmed, or give one thing the figure of another.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from backend.rag.grounding import numbers
from backend.rag.statements import statements
from backend.rag.words import term_set

#: Where a "not" no longer reaches.
_CLAUSE = re.compile(r"[,;:.!?()\n–—]\s|\b(?:but|so|because|although|while|until|unless|if|when)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|never|cannot|without|none|neither|nor|non(?=-)|unable|avoid(?:s|ing)?|lacks?|except|excluding)\b|n['’]t\b",
    re.IGNORECASE,
)
#: A figure and the unit behind it are not what it is said of.
_FIGURE = re.compile(r"\d[\d.,]*\s?-?[A-Za-z%°]*")
#: The share of what a sentence speaks of that a statement with its figure must speak of too.
_SAME = 1 / 3


@dataclass(frozen=True, slots=True)
class _Read:
    """Stems by whether a "not" stands before them in their clause."""

    affirmed: frozenset[str]
    denied: frozenset[str]


def bound(sentence: str, *passages: str) -> bool:
    """Whether each "not" of the sentence stands before what the passages deny, none is missing before what they only
    deny, and each figure is said of something that a passage says it of.
    """
    said, read = _read(sentence), [_read(passage) for passage in passages]
    denied = frozenset[str]().union(*(r.denied for r in read))
    affirmed = frozenset[str]().union(*(r.affirmed for r in read))
    if len(said.denied & denied) * 2 < len(said.denied) or said.affirmed & (denied - affirmed):
        return False
    about = _told(sentence)
    return all(any(_says(passage, figure, about) for passage in passages) for figure in numbers(sentence))


@lru_cache(maxsize=500)
def _read(text: str) -> _Read:
    affirmed, denied, before = set[str](), set[str](), frozenset[str]()
    for clause in _CLAUSE.split(text):
        found = _NOT.search(clause)
        affirmed |= term_set(clause[: found.start()] if found else clause)
        if found:  # "but the case is not" denies what was affirmed before
            denied |= term_set(clause[found.end() :]) or before
        before = term_set(clause) or before
    return _Read(frozenset(affirmed), frozenset(denied))


def _told(text: str) -> frozenset[str]:
    """The stems of what is spoken of, figures left out."""
    return term_set(_FIGURE.sub(" ", text))


def _says(passage: str, figure: str, about: frozenset[str]) -> bool:
    """Whether a statement that holds the figure speaks of the same, or of nothing that could be compared."""
    return any(not told or len(told & about) >= _SAME * len(about) for told in _statements_with(passage, figure))


@lru_cache(maxsize=2_000)
def _statements_with(passage: str, figure: str) -> tuple[frozenset[str], ...]:
    return tuple(_told(line) for line in (*statements(passage), passage.split("\n", 1)[0]) if figure in numbers(line))
