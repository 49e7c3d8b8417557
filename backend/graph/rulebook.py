"""The fit rules a shop lives by: its own, and those that hold for parts in every shop."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from backend.domain.catalogue import FitRule
from backend.graph.kinds import kind_of

_SHIPPED = Path(__file__).with_name("rules")


@lru_cache
def shipped_rules() -> tuple[FitRule, ...]:
    """The rules of `rules/*.json`, true of the parts themselves whatever shop sells them."""
    found = []
    for file in sorted(_SHIPPED.glob("*.json")):
        found += [FitRule.model_validate(row) for row in json.loads(file.read_text(encoding="utf-8"))]
    return tuple(found)


class RuleBook:
    """Rules by the pair of categories they speak of. A shop's own rule replaces a shipped one of its name."""

    def __init__(self, own: Sequence[FitRule] = ()) -> None:
        named = {rule.name: rule for rule in shipped_rules()} | {rule.name: rule for rule in own}
        self.rules = tuple(named.values())
        self._by_pair: dict[tuple[str, str], list[FitRule]] = {}
        for rule in self.rules:
            pair = (kind_of(rule.from_category), kind_of(rule.to_category))
            self._by_pair.setdefault(pair, []).append(rule)

    def between(self, from_category: str, to_category: str) -> Sequence[FitRule]:
        """The rules whose left side is the first category and whose right side is the second."""
        return self._by_pair.get((kind_of(from_category), kind_of(to_category)), ())

    def of_left(self, category: str) -> list[FitRule]:
        """The rules in which a product of this category stands on the left side."""
        wanted = kind_of(category)
        return [rule for (left, _), rules in self._by_pair.items() if left == wanted for rule in rules]

    def of_right(self, category: str) -> list[FitRule]:
        """The rules in which a product of this category stands on the right side."""
        wanted = kind_of(category)
        return [rule for (_, right), rules in self._by_pair.items() if right == wanted for rule in rules]
