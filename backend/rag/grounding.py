"""Whether a sentence says nothing that its passage does not: numbers, units, names and most words must occur there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from backend.rag.words import FILLER, raw_words, stem

T = TypeVar("T")

_NUMBER = re.compile(r"(?<![\w.])[$€£₹]?\d+(?:[.,]\d+)*")
_UNIT = re.compile(r"(?<!\d)(\d++(?:[.,]\d++)*+)\s*(%|°\s?[CF]|[A-Za-zµΩ]{1,12}\b|[\"”″])")
#: A mix of letters and digits ("USB4", "i7-13700H", "X1") or a word with a capital inside or in front.
_NAME = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b|\b[A-Z][\w-]*\b")
_MODEL_NAME = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b")
_CITATION = re.compile(r"\s*\[\d+\]")
#: A sentence that denies needs a passage that denies something.
_NOT = re.compile(r"\b(?:not|no|never|cannot|without|none|neither|nor)\b|n['’]t\b", re.IGNORECASE)

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "sixty": "60", "ninety": "90", "hundred": "100"}

#: Units written in several ways.
_UNITS = {
    "hours": "h", "hour": "h", "hrs": "h", "hr": "h", "h": "h", "minutes": "min", "minute": "min", "mins": "min",
    "min": "min", "seconds": "s", "second": "s", "secs": "s", "sec": "s", "s": "s", "days": "day", "day": "day",
    "weeks": "week", "week": "week", "months": "month", "month": "month", "years": "year", "year": "year",
    "inches": "in", "inch": "in", '"': "in", "”": "in", "″": "in", "pounds": "lb", "pound": "lb",
    "lbs": "lb", "lb": "lb", "kilograms": "kg", "kilogram": "kg", "kg": "kg", "kgs": "kg", "grams": "g", "gram": "g",
    "g": "g", "watts": "w", "watt": "w", "w": "w", "volts": "v", "volt": "v", "v": "v", "amps": "a", "amp": "a",
    "A": "a", "gigabytes": "gb", "gb": "gb", "terabytes": "tb", "tb": "tb", "mb": "mb", "millimeters": "mm",
    "millimetres": "mm", "mm": "mm", "centimeters": "cm", "centimetres": "cm", "cm": "cm", "meters": "m",
    "metres": "m", "meter": "m", "m": "m", "feet": "ft", "foot": "ft", "ft": "ft", "ounces": "oz", "ounce": "oz",
    "oz": "oz", "percent": "%", "%": "%", "mah": "mah", "hz": "hz", "khz": "khz", "mhz": "mhz", "ghz": "ghz",
    "nits": "nit", "nit": "nit", "dollars": "usd", "dollar": "usd", "usd": "usd", "°c": "°c", "°f": "°f",
}  # fmt: skip
#: Share of a sentence's own words that must stand in the passage.
WORDS_SHARED = 0.5


def check_grounding(sentence: str, *passages: str) -> bool:
    """Whether every number, unit and name of the sentence, and at least half of its words, occur in the passages.

    A passage should include the title path. Citation marks in the sentence are not part of it.
    """
    said, ground = _CITATION.sub("", sentence), [_ground(passage) for passage in passages]
    words = _any_of(g.words for g in ground)
    return (
        _values_occur(said, ground)
        and _names(said) <= words
        and (not _NOT.search(said) or any(g.denies for g in ground))
        and _shared(said, words) >= WORDS_SHARED
    )


def check_values(sentence: str, *passages: str, names: bool = False) -> bool:
    """Whether every number, known unit and model name of the sentence occurs in the passages: what can be held against
    them across languages. With `names` every capital inside it counts too, as a language has them that writes nothing
    else with one.
    """
    said, ground = _CITATION.sub("", sentence), [_ground(passage) for passage in passages]
    named = not names or _names(said.lstrip("¿¡«“\"' ")) <= _any_of(g.words for g in ground)
    return named and _values_occur(said, ground) and _models(said) <= _any_of(g.models for g in ground)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a passage says."""

    numbers: frozenset[str]
    measures: frozenset[tuple[str, str]]
    models: frozenset[str]
    words: frozenset[str]
    denies: bool


@lru_cache(maxsize=300)
def _ground(text: str) -> _Ground:
    """Remembered: every sentence of an answer is held against the same passages, and so is the next answer."""
    return _Ground(numbers(text), measures(text), _models(text), _spoken(text), bool(_NOT.search(text)))


def _values_occur(said: str, ground: Sequence[_Ground]) -> bool:
    return numbers(said) <= _any_of(g.numbers for g in ground) and measures(said) <= _any_of(g.measures for g in ground)


def _any_of(parts: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*parts)


def _models(text: str) -> frozenset[str]:
    return frozenset(m[0].lower() for m in _MODEL_NAME.finditer(text))


def numbers(text: str) -> frozenset[str]:
    """Every number in one writing: "1,299.00", "$1299" and, for small ones, the word."""
    found = {_canonical(match) for match in _NUMBER.findall(text)}
    found |= {
        _canonical(digits)
        for name in re.findall(r"\b(?=\w*[A-Za-z])\w*\d[\w.]*", text)
        for digits in re.findall(r"\d+(?:\.\d+)?", name)
    }
    words = set(raw_words(text))
    return frozenset(found | {value for word, value in _NUMBER_WORDS.items() if word in words and word != "one"})


def _canonical(number: str) -> str:
    bare = number.strip("$€£₹")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"


def measures(text: str) -> frozenset[tuple[str, str]]:
    """Numbers with the unit that follows, for units that are known: ("45", "day")."""
    spelled = re.sub(r"(?<=\d)-(?=[A-Za-z])", " ", text)
    found = ((_canonical(number), _unit(unit)) for number, unit in _UNIT.findall(spelled))
    return frozenset((number, unit) for number, unit in found if unit)


def _unit(written: str) -> str | None:
    """ "A" is ampere and "a" an article, whatever stands before it; "in" is no inch either."""
    return _UNITS.get(written) or (None if written.lower() == "a" else _UNITS.get(written.lower().replace(" ", "")))


def _names(sentence: str) -> frozenset[str]:
    """Names, lower case; a capital that only opens a sentence makes none."""
    found: set[str] = set()
    for match in _NAME.finditer(sentence):
        word = match[0]
        opens = not sentence[: match.start()].strip() or re.search(r"[.!?:\n]\s*$", sentence[: match.start()])
        plain = word[1:].islower() and word.isalpha()
        if (opens and plain) or word == "I" or word.lower() in FILLER:
            continue
        found.update(part for part in re.split(r"[-_]", word.lower()) if part)
    return frozenset(stem(part) for part in found)


def _spoken(text: str) -> frozenset[str]:
    words = {part for word in re.findall(r"[\w-]+", text.lower()) for part in (word, *re.split(r"[-_]", word))}
    return frozenset(stem(word) for word in words) | frozenset(stem(word) for word in raw_words(text))


def _shared(sentence: str, words: frozenset[str]) -> float:
    said = {stem(word) for word in raw_words(sentence) if word not in FILLER}
    return len(said & words) / len(said) if said else 1.0
