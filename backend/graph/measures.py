"""The unit in which a specification is given; what is usual where none is stated: `words/implied_units.json`."""

import json
from functools import lru_cache

from backend.domain.measures import Unit, unit_of
from backend.graph.kinds import WORDS
from backend.graph.text import stems


@lru_cache
def _implied() -> dict[tuple[str, ...], str]:
    usual: dict[str, str] = json.loads((WORDS / "implied_units.json").read_text(encoding="utf-8"))
    return {stems(name): unit for name, unit in usual.items()}


@lru_cache(maxsize=8192)
def spec_unit(name: str, stated: str | None) -> Unit | None:
    """The unit of a specification: as stated, else as its name ends ("weight_kg"), else as it is usual."""
    if stated and (found := unit_of(stated)) is not None:
        return found
    parts = name.lower().split("_")
    if len(parts) > 1 and (found := unit_of(parts[-1])) is not None:
        return found
    words, implied = stems(" ".join(parts)), _implied()
    for length in range(len(words), 0, -1):
        if (usual := implied.get(words[-length:])) is not None:
            return unit_of(usual)
    return None
