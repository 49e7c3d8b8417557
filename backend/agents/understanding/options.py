"""Variant options (colour, size, storage) and quantities in a text, read against the values this shop has."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from backend.domain.catalogue import Product

_SPACE_BEFORE_UNIT = re.compile(r"(?<=\d)[\s-]+(?=[a-z]{1,3}\b)|(?<=\d)-(?=inch)")
_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
                 "ten": 10, "dozen": 12}  # fmt: skip
_COUNT = r"(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|(?:a )?dozen)"
_QUANTITY = re.compile(
    rf"(?:\b(?:quantity|qty)\W{{0,3}}(?:of\s+)?{_COUNT}\b"
    rf"|\b{_COUNT}\s*(?:x\b|×|pcs\b|pieces?\b|units?\b|copies\b|of (?:them|these|those)\b|more\b)"
    rf"|\b(?:buy|order|need|want|get|purchase|ordering|buying|take)\s+{_COUNT}\s+(?!inch|gb|tb|mm|cm|hours?|days?"
    rf"|weeks?|months?|years?|dollars?)[a-z])",
    re.IGNORECASE,
)
#: Values this short ("S", "M", "10") are only read beside their option's name.
_SHORT = 2
_NAMES = {"colour": "color", "colours": "color", "colors": "color", "sizes": "size"}


def find_quantity(text: str) -> int | None:
    """How many pieces are meant, or None. "two laptops" counts only where something is bought."""
    match = _QUANTITY.search(text)
    if match is None:
        return None
    word = next(g for g in match.groups() if g).lower().removeprefix("a ")
    count = int(word) if word.isdigit() else _NUMBER_WORDS[word]
    return count or None


def find_options(text: str, values: Mapping[str, frozenset[str]], products: Iterable[Product] = ()) -> dict[str, str]:
    """Option name → value as the shop writes it. Options of `products` are tried before all others."""
    own: dict[str, frozenset[str]] = {}
    for product in products:
        for variant in product.variants:
            for name, value in variant.options.items():
                own[name] = own.get(name, frozenset()) | {value}
    found = _match(text, own) if own else {}
    return found or _match(text, values)


def _match(text: str, values: Mapping[str, frozenset[str]]) -> dict[str, str]:
    if not values:
        return {}
    options = tuple(values.items())
    plain = _fold(text)
    if not _any_value(options).search(plain):
        return {}
    patterns = _patterns(options)
    matches = [(name, written, list(pattern.finditer(plain))) for name, pattern, written in patterns]
    # "RGB backlight" is a backlight before it is a colour: beside its option's name a value is sure
    matches.sort(key=lambda row: not any(m[1] or m[2] for m in row[2]))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, written, places in matches:
        keys = [next(g for g in match.groups() if g) for match in places]
        free = [key for key in keys if key not in taken]
        if free:
            found[name] = written[free[-1]]  # the last one named wins: "not black, white"
            taken.add(free[-1])
    return found


@lru_cache(maxsize=512)
def _any_value(options: tuple[tuple[str, frozenset[str]], ...]) -> re.Pattern[str]:
    """Any value of any option: most texts hold none, and are done with that."""
    every = {_fold(value) for _, values in options for value in values}
    return re.compile("|".join(sorted(map(re.escape, every), key=len, reverse=True)))


@lru_cache(maxsize=512)
def _patterns(
    options: tuple[tuple[str, frozenset[str]], ...],
) -> tuple[tuple[str, re.Pattern[str], dict[str, str]], ...]:
    """One alternation per option, longest value first."""
    return tuple((name, _pattern(name, values), {_fold(v): v for v in values}) for name, values in options)


def _pattern(name: str, values: frozenset[str]) -> re.Pattern[str]:
    folded = sorted({_fold(v) for v in values}, key=len, reverse=True)
    long = "|".join(re.escape(v) for v in folded if len(v) > _SHORT and not v.isdigit()) or r"(?!)"
    every = "|".join(re.escape(v) for v in folded)
    label = re.escape(name.replace("_", " "))
    return re.compile(
        rf"\b(?:{label}s?\W{{0,3}}(?:is |of |to |in )?({every})|({every})\s+{label}|in ({every})|({long}))(?!\w)"
    )


def _fold(text: str) -> str:
    plain = _SPACE_BEFORE_UNIT.sub("", text.lower().replace("grey", "gray"))
    return re.sub(r"\bcolou?rs?\b", "color", plain)
