"""Whose a figure is: in a list of goods each has its own, and "at least" is not "up to"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from backend.agents.response.vouched import roots
from backend.rag.grounding import numbers
from backend.rag.statements import statements
from backend.rag.words import FILLER

#: A name begins with a capital or holds a digit.
_NAME = re.compile(r"\b(?:[A-Z][\w-]*|\w*\d[\w-]*)\b")
#: "X1 Laptop ($1,299.99)", "Intel Iris Xe (X1 Laptop)": what stands before the bracket, and in it.
_BRACKET = re.compile(r"([^,;:.()\n]{1,80})\(([^()\n]{1,80})\)")
_FIGURE = re.compile(r"(?<![\w.-])[$€£₹]?\d[\d.,]*(?!\w|-\d)")
_CLAUSE = re.compile(r"[,;:.!?()\n–—](?=\s|$)|\b(?:and|but|while|whereas)\b")
_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|comes?|costs?|weighs?|lasts?|offers?|runs?|gets?|needs?|takes?)\b"
)
_WORD = re.compile(r"(?<![$€£₹\w.,])[\w-]+(?![.,]\d)")
_COUNT = re.compile(r"^.*?\d+ [×x] ")
_GOES_ON = re.compile(r"(?:it|its|they|their|this|these)\b", re.IGNORECASE)
#: By which one is better than another: what follows is theirs too.
_AHEAD = re.compile(r"\b(?:ahead|wins?|leads?|beats?|better|stronger)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
#: A figure with what bounds it. "from 9:00" is no bound, "from $9" is.
_LEAST = re.compile(
    r"\b(?:at least|more than|over|above|minimum(?: of)?|no less than|exceeding) (?P<a>[$€£₹]?\d[\d.,]*)"
    r"|(?<![\d.,])(?P<b>[$€£₹]?\d[\d.,]*)(?: \w{1,12})? (?:or|and) (?:more|above|longer)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:up to|at most|under|less than|below|maximum(?: of)?|no more than|within) (?P<a>[$€£₹]?\d[\d.,]*)"
    r"|(?<![\d.,])(?P<b>[$€£₹]?\d[\d.,]*)(?: \w{1,12})? (?:or|and) (?:less|below|fewer)\b",
    re.IGNORECASE,
)
#: A figure that is tied to its unit: "108-megapixel".
_TIED = re.compile(r"(?<![\w.,])(\d[\d.,]*)[ -]([a-z]{3,20})\b")


def figures_are_theirs(sentence: str, *passages: str) -> bool:
    """Whether each figure that the passages give to somebody is given to the same one, with the same bound and unit."""
    owned = [pair for passage in passages for pair in _owned(passage)]
    return _of_the_named(sentence, owned) and _bounded(sentence, passages) and _tied(sentence, passages)


def _of_the_named(sentence: str, owned: Sequence[tuple[str, frozenset[str]]]) -> bool:
    holders = {holder for _, holder in owned if holder}
    for clause in _CLAUSE.split(sentence):
        named = _mentioned(clause, holders) or _mentioned(sentence, holders)
        if not named:
            continue
        compared = roots(clause) if _AHEAD.search(clause) else frozenset[str]()
        for figure in _values(clause) | compared:
            of = [holder for value, holder in owned if value == figure]
            if of and all(of) and not any(figure in holder for holder in holders) and not named & set(of):
                return False
    return True


def _mentioned(text: str, holders: set[frozenset[str]]) -> set[frozenset[str]]:
    """Those of the holders that a text names by what the others are not called."""
    words = set(_WORD.findall(text.lower()))
    found = set()
    for holder in holders:
        own = holder - frozenset[str]().union(*(other for other in holders if other != holder)) or holder
        if own & words:
            found.add(holder)
    return found


@lru_cache(maxsize=500)
def _owned(passage: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Every figure of a passage with the names of whose it is; with none where that is not said."""
    found, subject = list[tuple[str, frozenset[str]]](), frozenset[str]()
    for line in statements(passage):
        verb = _SUBJECT.search(line)
        before_verb = re.split(r"[:;,]", line[: verb.start()])[-1] if verb else ""
        own = _names(before_verb, opens=True)
        subject = own or (subject if _GOES_ON.match(line) else frozenset())
        if verb and (ahead := _AHEAD.search(line)):
            found += [(word, subject) for word in roots(_BRACKETS.sub(" ", line[ahead.end() :]))]
        rest = line
        for match in _BRACKET.finditer(line):
            before, inside = re.split(r"\band\b", match[1])[-1], match[2]
            rest = rest.replace(match[0], " ", 1)
            outer, inner = _names(before, opens=match.start() == 0), _names(inside)
            if _values(before) and inner and not _values(inside):
                found += [(value, inner) for value in _values(before)]
            else:
                found += [(value, outer or subject) for value in _values(inside) | _values(before)]
        found += [(value, subject) for value in _values(rest)]
    return tuple(found)


def _names(text: str, *, opens: bool = False) -> frozenset[str]:
    """The parts of names in a text; the capital that opens a statement makes none."""
    text = _COUNT.sub("", text)
    found = [m[0].lower() for m in _NAME.finditer(text) if not (opens and m.start() == 0 and m[0][1:].islower())]
    return frozenset(found) if any(not name.isdigit() for name in found) else frozenset()


def _values(text: str) -> frozenset[str]:
    found = _FIGURE.findall(text)
    return numbers(" ".join(found)) if found else frozenset()


def _bounded(sentence: str, passages: Sequence[str]) -> bool:
    """Whether no figure is bounded the other way round only."""
    for said, other in ((_LEAST, _MOST), (_MOST, _LEAST)):
        same = frozenset[str]().union(*(_in(said, passage) for passage in passages))
        against = frozenset[str]().union(*(_in(other, passage) for passage in passages))
        if _in(said, sentence) & (against - same):
            return False
    return True


def _in(bound: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset[str]().union(*(numbers((m["a"] or m["b"]).rstrip(".,")) for m in bound.finditer(text)))


def _tied(sentence: str, passages: Sequence[str]) -> bool:
    """Whether a unit behind a hyphen, where the passages tie it to figures, is tied to this one."""
    known = [pair for passage in passages for pair in _TIED.findall(passage.lower())]
    for figure, unit in _TIED.findall(sentence.lower()):
        tied = [number for number, other in known if other == unit]
        if tied and unit not in FILLER and not figure.endswith(",") and figure not in tied:
            return False
    return True
