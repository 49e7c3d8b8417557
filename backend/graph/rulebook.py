"""The fit rules a shop lives by: its own, and those that hold for parts in every shop."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from backend.domain.catalogue import Fit, FitRule, Product
from backend.graph.fit import Condition
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
        self._by_pair: dict[tuple[str, str], list[Condition]] = {}
        for rule in named.values():
            pair = kind_of(rule.from_category), kind_of(rule.to_category)
            self._by_pair.setdefault(pair, []).append(Condition(rule))

    def of_left(self, category: str) -> list[Condition]:
        """The rules in which a product of this category stands on the left side."""
        return [c for (left, _), conditions in self._by_pair.items() if left == kind_of(category) for c in conditions]

    def of_right(self, category: str) -> list[Condition]:
        """The rules in which a product of this category stands on the right side."""
        return [c for (_, right), conditions in self._by_pair.items() if right == kind_of(category) for c in conditions]

    def verdict(self, a: Product, b: Product) -> tuple[Fit, tuple[str, ...]]:
        """All rules for two products in any order. One broken rule is a No; a missing value leaves it unknown.

        UNKNOWN without a reason means that no rule speaks of these two categories.
        """
        found = [
            (condition, left, right, condition.judge(left, right)) for condition, left, right in self._between(a, b)
        ]
        for answer in (Fit.NO, Fit.UNKNOWN, Fit.YES):
            told = [
                condition.reason(left, right)
                for condition, left, right, fit in found
                if fit is answer and not (fit is Fit.UNKNOWN and condition.rule.optional)
            ]
            if told:
                return answer, tuple(told)
        return Fit.UNKNOWN, ()

    def _between(self, a: Product, b: Product) -> list[tuple[Condition, Product, Product]]:
        first, second = kind_of(a.category), kind_of(b.category)
        found = [(condition, a, b) for condition in self._by_pair.get((first, second), ())]
        if first != second:
            found += [(condition, b, a) for condition in self._by_pair.get((second, first), ())]
        return found
