"""Options asked for by comparison: "one size smaller", "a bigger one", "more storage"."""

import re
from collections.abc import Sequence

from backend.domain.catalogue import Variant
from backend.domain.orders import OrderLine

_LETTERS = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_WORDS = ("mini", "small", "medium", "large", "extra large")
_SMALLER = re.compile(r"\b(?:smaller|size down|lower|shorter|less (?=\w))", re.IGNORECASE)
_BIGGER = re.compile(r"\b(?:bigger|larger|size up|taller|longer|higher|(?<!any )(?<!no )more (?=\w))", re.IGNORECASE)
#: These need the name of what there is to be more of.
_DEGREE = re.compile(r"\b(?:less|more|higher|lower)\b", re.IGNORECASE)
_OF_OPTION = re.compile(
    r"\b(?:smaller|bigger|larger|lower|higher|less|more|shorter|longer|taller)\s+(\w+)", re.IGNORECASE
)


def relative_options(text: str, line: OrderLine, variants: Sequence[Variant]) -> dict[str, str]:
    """Option → the next value down or up from the line's; empty when nothing is compared.

    Without a name of an option it is the size.
    """
    step = -1 if _SMALLER.search(text) else 1 if _BIGGER.search(text) else 0
    if not step:
        return {}
    said = [word.lower() for word in _OF_OPTION.findall(text)]
    for name, value in line.options.items():
        asked = name.lower() in said or name.lower().split()[-1] in said
        if asked or (name.lower() == "size" and not _DEGREE.search(text)):
            ladder = sorted({v.options[name] for v in variants if name in v.options}, key=_rank)
            place = ladder.index(value) + step if value in ladder else -1
            if 0 <= place < len(ladder) and _rank(ladder[place]) < float("inf"):
                return {name: ladder[place]}
    return {}


def _rank(value: str) -> float:
    """Where a size stands: by its letters, its word or its number; unknown ones last."""
    folded = value.lower()
    for scale in (_LETTERS, _WORDS):
        if folded in scale:
            return scale.index(folded)
    number = re.search(r"\d+(?:\.\d+)?", folded)
    return float(number.group()) if number else float("inf")
