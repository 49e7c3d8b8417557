"""Which way a specification is good: more battery, less weight; read from `words/goodness.json`."""

import json
from functools import lru_cache
from typing import Literal

from backend.graph.kinds import WORDS
from backend.graph.text import stems

Direction = Literal["higher", "lower"]


@lru_cache
def _directions() -> dict[tuple[str, ...], Direction]:
    table = json.loads((WORDS / "goodness.json").read_text(encoding="utf-8"))
    return {stems(name): way for way in ("higher", "lower") for name in table[way]}


@lru_cache(maxsize=4096)
def direction(spec_name: str) -> Direction | None:
    """The good direction of a specification by the longest known words in its name, or None when there is none."""
    name = stems(spec_name.replace("_", " "))
    table = _directions()
    for length in range(len(name), 0, -1):
        for start in range(len(name) - length + 1):
            if (found := table.get(name[start : start + length])) is not None:
                return found
    return None
