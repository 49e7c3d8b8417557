"""Numbers in words as figures: "under three hundred dollars"."""

import re

from backend.domain.measures import unit_pattern
from backend.graph.amounts import CURRENCY

_UNITS = {word: n for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split())}  # fmt: skip
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_WORD = "|".join((*_UNITS, *_TENS, "hundred", "thousand"))
_SPELT = re.compile(rf"\b(?:(?:a|{_WORD})[\s-]+(?:and[\s-]+)?)*?(?:{_WORD})\b(?:[\s-]+(?:and[\s-]+)?(?:{_WORD})\b)*")
#: Small numbers in words are numbers only before what is counted or measured: "two monitors" may be two named ones.
_MEASURED = re.compile(
    rf"[\s-]+(?:{unit_pattern()}|{CURRENCY}|cores?|threads?|slots?|dimms?|fans?|modules?|sticks?|channels?|bays?|ports?"
    r"|buttons?|pins?)(?![^\W_])"
)


def figures(text: str) -> str:
    """Numbers in words as figures, every other place kept: "under three hundred dollars"."""
    return _SPELT.sub(_figure, text)


def _figure(match: re.Match[str]) -> str:
    total = part = 0
    words = re.split(r"[\s-]+", match.group())
    for word in words:
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        else:
            part += _UNITS.get(word, 0) + _TENS.get(word, 0)
    small = not {*_TENS, "hundred", "thousand"} & set(words)
    if small and (words[-1] == "one" or not _MEASURED.match(match.string, match.end())):
        return match.group()
    return str(total + part).rjust(len(match.group()))
