"""Units of measure: which belong together and how they convert, read from `words/units.json`."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from backend.graph.kinds import WORDS
from backend.graph.text import plain, stems


@dataclass(frozen=True)
class Unit:
    """A unit: `factor` of the dimension's base unit."""

    dimension: str
    factor: float


@lru_cache
def _table() -> tuple[dict[str, Unit], dict[tuple[str, ...], str]]:
    data = json.loads((WORDS / "units.json").read_text(encoding="utf-8"))
    units = {word: Unit(row["dimension"], row["factor"]) for row in data["units"] for word in row["words"]}
    return units, {stems(name): unit for name, unit in data["implied"].items()}


def unit_of(word: str) -> Unit | None:
    """The unit that a word or sign means, or None."""
    return _table()[0].get(plain(word).strip(". "))


@lru_cache
def unit_pattern() -> str:
    """A regular expression of all unit words, the longest first."""
    words = sorted(_table()[0], key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![^\W_])" if word[-1].isalnum() else "") for word in words)


@lru_cache(maxsize=8192)
def spec_unit(name: str, stated: str | None) -> Unit | None:
    """The unit of a specification: as stated, else as its name ends ("weight_kg"), else as it is usual."""
    if stated and (found := unit_of(stated)) is not None:
        return found
    parts = name.lower().split("_")
    if len(parts) > 1 and (found := unit_of(parts[-1])) is not None:
        return found
    words, implied = stems(" ".join(parts)), _table()[1]
    for length in range(len(words), 0, -1):
        if (usual := implied.get(words[-length:])) is not None:
            return unit_of(usual)
    return None
