"""The order a shopper asks for: "cheapest", "with the longest battery", "top 3 by rating"."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from backend.graph.kinds import WORDS
from backend.graph.said_values import stop_words
from backend.graph.text import singular, stems, tokens
from backend.graph.vocabulary import Vocabulary

_HIGHEST = "most|highest|largest|biggest|longest|greatest|maximum|max|widest|fastest|strongest|deepest"
_LOWEST = "least|lowest|smallest|shortest|fewest|minimum|min|tightest|slowest"
#: an adjective, then the words that name a specification
OF_SPEC = re.compile(rf"(?<!at )(?<!at the )\b(?:(?P<up>{_HIGHEST})|(?P<down>{_LOWEST}))\s+(?=\w)")
_BOUNDED = re.compile(r"\b(?:an?|over|above|under|below|than|least|most|exactly)\s+$")
_SORTED = re.compile(r"\b(?:sort|order|rank|arrange)(?:ed|d)?\b[^.?!]{0,60}?\bby\s+(?=[a-z])")
_WAY = re.compile(
    rf"\W{{0,3}}(?:\bfrom\s+)?\b(?:(?P<down>{_HIGHEST}|heaviest|high|descending|decreasing)"
    rf"|{_LOWEST}|lightest|low|ascending|increasing)\b(?: to [a-z]+| first| order)?"
)
_STATED = re.compile(r"(?:[\w.-]+\s+){1,5}?(?:of|is|=|:)\s*\d")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_LIMIT = re.compile(
    rf"\b(?:(?:top|first|best|the)\s+)(\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?!\s?(?:gb|tb|inch|in|w|hz|mm|star|\$))"
)
#: "the cheapest three tents", the goods read and blanked; "cheapest 2 person tent" counts something else
_LIMIT_BEHIND = re.compile(
    rf"\b(?:cheapest|lightest|best|dearest|priciest|biggest|largest|smallest|expensive|rated)\s+"
    rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})(?=\s{{0,3}}[,.;:!?)]|\s*$|\s{{3}}|\s+of\b|\s+(?:ones?|products?|items?|options?)\b)"
)
_ADJACENT_LIMIT = re.compile(
    rf"(?:^\W*|\b(?:the|your|our|me|list|show|find|give|see|which|what|top)\s+)(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+"
    r"(?=(?:cheapest|lightest|best|most|highest|lowest|largest|top)\b)"
)


@dataclass(frozen=True)
class Order:
    """A sort key of ProductFilter, how many are wanted (0: all), and the places of the words that said so."""

    sort: str | None = None
    limit: int = 0
    places: tuple[tuple[int, int], ...] = ()
    #: what the catalogue states nothing for ("the lightest")
    unmet: str = ""


@lru_cache
def _table() -> list[tuple[re.Pattern[str], dict[str, str | list[str]]]]:
    rows = json.loads((WORDS / "superlatives.json").read_text(encoding="utf-8"))
    said = [(words, row) for row in rows for words in row["words"]]
    said.sort(key=lambda item: ("weak" in item[1], -len(item[0])))
    return [(re.compile(rf"\b{words.replace(' ', '[ -]')}\b"), row) for words, row in said]


def read_order(text: str, category: str | None, words: Vocabulary) -> Order:
    """The order in a text of plain lower case; a price or rating phrase first, then a named specification."""
    limit, limit_place = _limit(text)
    if (found := _sorted_by(text, category, words)) is not None:
        return Order(found[0], limit, (*limit_place, found[1]))
    said = _said(text)
    for match, row in (orders := [one for one in said if "sort" in one[1]]):
        if not (str(row["sort"]) == "-rating" and match.group() == "best" and OF_SPEC.search(text)):
            also = [other.span() for other, weak in orders if "weak" in weak]  # "sorted by price from high to low"
            return Order(str(row["sort"]), limit, (*limit_place, match.span(), *also))
    if (found := _by_specification(text, category, words)) is not None:
        return Order(found[0], limit, (*limit_place, found[1]))
    for match, row in said:
        for name in row.get("specs", ()):
            if columns := words.named(stems(name), category):
                return Order(("-" if row["way"] == "highest" else "") + columns[0], limit, (*limit_place, match.span()))
    if limit and re.search(r"\btop\b", text):
        return Order("-rating", limit, limit_place)
    if (unknown := next((match for match, row in said if "specs" in row), None)) is not None:
        return Order(None, limit, (*limit_place, unknown.span()), unknown.group())
    return Order()


def _said(text: str) -> list[tuple[re.Match[str], dict[str, str | list[str]]]]:
    return [(match, row) for pattern, row in _table() if (match := pattern.search(text)) is not None]


def _sorted_by(text: str, category: str | None, words: Vocabulary) -> tuple[str, tuple[int, int]] | None:
    """ "sorted by weight, heaviest first": upwards where no direction is said."""
    for match in _SORTED.finditer(text):
        said = text[match.end() : match.end() + 60]
        behind = tokens(said[: way.start()] if (way := _WAY.search(said)) is not None else said)[:3]
        for length in range(len(behind), 0, -1):
            if columns := words.named([singular(token.text) for token in behind[:length]], category):
                end = match.end() + behind[length - 1].end
                way = _WAY.match(text, end)
                sign = "-" if way is not None and way["down"] else ""
                return sign + columns[0], (match.start(), way.end() if way is not None else end)
    return None


def _by_specification(text: str, category: str | None, words: Vocabulary) -> tuple[str, tuple[int, int]] | None:
    """ "the most memory", "lowest CAS latency": the adjective and the specification named right behind it."""
    for match in OF_SPEC.finditer(text):
        if _BOUNDED.search(text[: match.start()]) or _STATED.match(text[match.end() :]):
            continue  # "a maximum card length of 320 mm" is a condition
        behind = tokens(text[match.end() : match.end() + 60])[:3]
        for length in range(len(behind), 0, -1):
            said = behind[:length]
            if said[0].text in stop_words() and singular(said[0].text) not in ("max", "min"):
                continue
            if columns := words.named([singular(t.text) for t in said], category):
                sign = "-" if match["up"] else ""
                return sign + columns[0], (match.start(), match.end() + said[-1].end)
    return None


def _limit(text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    match = _ADJACENT_LIMIT.search(text) or _LIMIT_BEHIND.search(text) or _LIMIT.search(text)
    if match is None:
        return 0, ()
    return (_NUMBERS.get(match[1]) or int(match[1])), (match.span(1),)
