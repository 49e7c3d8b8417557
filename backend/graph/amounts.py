"""Numbers with a bound in a shopper's words: "under $1,500", "between 24 and 27 inches", "8 cores or more"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backend.domain.catalogue import Comparator
from backend.domain.measures import Unit, unit_of, unit_pattern

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SIGN = r"(?:us\$|[$€£₹]|usd\s?|eur\s?|gbp\s?)"
CURRENCY = r"(?:dollars?|bucks?|usd|euros?|eur|pounds?(?=\s*(?:$|[?.!,]))|gbp|quid|[$€£₹])"


def _amount(tag: str) -> str:
    return (
        rf"(?P<minus{tag}>[-−–])?(?P<sign{tag}>{_SIGN}\s?)?(?P<number{tag}>{_NUMBER})(?P<thousand{tag}>\s?k(?![^\W_]))?(?P<plus{tag}>\+)?"
        rf"(?:[\s-]?(?P<unit{tag}>{unit_pattern()})|\s?(?P<currency{tag}>{CURRENCY})(?![^\W_]))?"
    )


_MORE = "more|bigger|larger|longer|higher|heavier|taller|greater|over|above"
_LESS = "less|smaller|lower|shorter|fewer|lighter|cheaper|under|below"
#: Between a not and the bound: "I don't want to pay more than".
_HAVING = r"(?:(?:want|need|like|have|cost|spend|pay|go|be|to|it|going|costing|anything|one|ones|any) ){0,4}?"
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        Comparator.LTE,
        rf"at (?:the )?most|up ?to|max(?:imum)?(?: of)?|(?:no|not|nothing|none|never) (?:{_MORE})(?: than)?"
        r"|not exceeding|within|<=|≤",
    ),
    (
        Comparator.LTE,
        rf"(?:does ?n['o]?t|do ?n['o]?t|is ?n['o]?t|are ?n['o]?t|can ?n['o]?t|won'?t|not|never) {_HAVING}"
        rf"(?:exceed(?:ing)?|(?:{_MORE})(?: than)?)|(?:a |my )?budget(?: is| of|:)?",
    ),
    (Comparator.GTE, rf"(?:does ?n['o]?t|do ?n['o]?t|not|never) {_HAVING}(?:{_LESS})(?: than)?"),
    (
        Comparator.GTE,
        r"at (?:the )?least|starting (?:at|from)|min(?:imum)?(?: of)?"
        rf"|(?:no|not|nothing|none|never) (?:{_LESS})(?: than)?|from|>=|≥",
    ),
    (Comparator.LT, rf"under(?:neath)?|below|beneath|(?:{_LESS}|thinner|slimmer|quieter|slower|less expensive) than|<"),
    (Comparator.GT, r"over|above|beyond|exceed(?:ing|s)?|upwards of|north of|>"),
    (Comparator.GT, rf"(?:{_MORE}|faster|pricier|better|wider|brighter|more expensive) than"),
)
#: "4 TB at most $300": the bound is of the next amount
_NO_OTHER = r"(?!\s*(?:of\s*)?[$€£]?\d)"
_AFTER: tuple[tuple[Comparator, str], ...] = (
    (
        Comparator.LTE,
        rf"or (?:{_LESS}|slower|thinner|slimmer|quieter)|(?:max(?:imum)?|at most){_NO_OTHER}|tops"
        rf"|and (?:under|below){_NO_OTHER}",
    ),
    (
        Comparator.GTE,
        rf"(?:or|and) (?:{_MORE}|better|faster|wider|brighter|quicker|up|upwards?){_NO_OTHER}"
        rf"|upwards|(?:min(?:imum)?|at least){_NO_OTHER}|\+|plus",
    ),
)
_LINK = r"\s+(?:(?:priced|price|cost|costs|costing|is|are|of|for|a|an|the|only|about|size|rated)\s+){0,2}?|\s*"
_COMPARED = "|".join(f"(?P<before_{op.value}_{place}>{words})" for place, (op, words) in enumerate(_BEFORE))
_AFTERWARDS = "|".join(f"(?P<after_{op.value}>{words})" for op, words in _AFTER)
_RANGE = re.compile(
    rf"(?:(?:between|from|in the range(?: of)?)\s+{_amount('1')}\s*(?:and|to|-|–|—)\s*{_amount('2')}"
    rf"|(?<![\w.]){_amount('3')}\s*(?:to|-|–|—)\s*{_amount('4')})(?![\w.]\d)"
)
_SINGLE = re.compile(
    rf"(?:(?:(?<![^\W_])(?:{_COMPARED}))(?:{_LINK}))?(?<![\w.,]){_amount('')}(?!\.\d|[^\W_])(?:\s?(?:{_AFTERWARDS})(?![^\W_]))?"
)


_AHEAD = re.compile(rf"(?<![^\W_])(?:{_COMPARED})\s+(?:an?\s+|the\s+)?$")
_BEHIND = re.compile(rf"\s*(?:{_AFTERWARDS})(?![^\W_])")


@dataclass(frozen=True)
class Amount:
    """A number in the text. `op` is EQ where no bound was said; `money` where a currency was."""

    start: int
    end: int
    value: float
    op: Comparator
    unit: Unit | None
    money: bool
    #: end of the number itself, where the words that name it may follow
    stop: int
    #: "2 to 4" without a unit: only the words beside it can tell what it counts, and it is no price
    bare: bool = False


def find_amounts(text: str) -> list[Amount]:
    """Every number of a text in plain lower case, ranges as two amounts with one span."""
    found: list[Amount] = []
    for match in _RANGE.finditer(text):
        found.extend(_range(match))
    taken = [(amount.start, amount.end) for amount in found]
    for match in _SINGLE.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            found.append(_single(match))
    return sorted(found, key=lambda amount: amount.start)


def bound_ahead(text: str, place: int) -> tuple[Comparator, int] | None:
    """A bound before the words of an amount ("at least a length of 30 cm"), and where it begins."""
    match = _AHEAD.search(text[:place])
    return (_said(match), match.start()) if match else None


def bound_behind(text: str, place: int) -> tuple[Comparator, int] | None:
    """A bound that follows the words of an amount ("8 cores or more"), and where it ends."""
    match = _BEHIND.match(text, place)
    return (_said(match), match.end()) if match else None


def _said(match: re.Match[str]) -> Comparator:
    return next(Comparator(name.split("_")[1]) for name, said in match.groupdict().items() if said)


#: Before two numbers without a unit: "priced 500-600".
_PRICED = re.compile(
    r"\b(?:priced?|prices|costs?|costing|budget|spend(?:ing)?|pay(?:ing)?)\W+(?:(?:is|of|at|range|around)\W+)?$"
)


def _range(match: re.Match[str]) -> Iterator[Amount]:
    tags = ("1", "2") if match["number1"] else ("3", "4")
    money = any(match[f"sign{tag}"] or match[f"currency{tag}"] for tag in tags)
    money = money or _PRICED.search(match.string[: match.start()]) is not None
    unit = _unit(match, tags[1]) or _unit(match, tags[0])
    bare = tags == ("3", "4") and not money and unit is None and not match["thousand4"]
    thousands = bool(match[f"thousand{tags[1]}"])
    values = [_value(match, tag, unit, thousands) for tag in tags]
    low, high = sorted(values)
    for value, op in ((low, Comparator.GTE), (high, Comparator.LTE)):
        yield Amount(match.start(), match.end(), value, op, unit, money, match.end(), bare)


def _single(match: re.Match[str]) -> Amount:
    groups = match.groupdict()
    said = (
        Comparator(name.split("_")[1]) for name in groups if name.startswith(("after_", "before_")) and groups[name]
    )
    op = next(said, Comparator.GTE if match["plus"] else Comparator.EQ)
    money = bool(match["sign"] or match["currency"])
    stop = max(match.end(group) for group in ("number", "thousand", "plus", "unit", "currency"))
    unit = None if money else _unit(match, "")
    return Amount(match.start(), match.end(), _value(match, "", unit), op, unit, money, stop)


def _unit(match: re.Match[str], tag: str) -> Unit | None:
    word = match[f"unit{tag}"]
    return unit_of(word) if word else None


#: What may lie below zero; a hyphen before anything else is none of the number.
_BELOW_ZERO = ("angle", "fahrenheit")
#: More than anything is or costs: digits without end must not become infinity.
_MOST = 1e12


def _value(match: re.Match[str], tag: str, unit: Unit | None, thousands: bool = False) -> float:
    number = min(_MOST, float(match[f"number{tag}"].replace(",", "")))
    if match[f"minus{tag}"] and unit is not None and unit.dimension in _BELOW_ZERO:
        return -number
    return number * 1000 if match[f"thousand{tag}"] or (thousands and number < 1000) else number
