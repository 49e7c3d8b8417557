"""The fit rules a shop lives by: its own, and those that hold for parts in every shop."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from backend.domain.catalogue import Fit, FitRule, Product
from backend.graph.fit import LEFT, RIGHT, Condition
from backend.graph.kinds import kind_of
from backend.graph.stated_fit import stated_fit

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
        self._found: dict[tuple[str, str], tuple[Sequence[Condition], Sequence[Condition]]] = {}
        for rule in named.values():
            pair = kind_of(rule.from_category), kind_of(rule.to_category)
            self._by_pair.setdefault(pair, []).append(Condition(rule))

    def of_left(self, category: str) -> list[Condition]:
        """The rules in which a product of this category stands on the left side."""
        return [c for (left, _), conditions in self._by_pair.items() if left == kind_of(category) for c in conditions]

    def of_right(self, category: str) -> list[Condition]:
        """The rules in which a product of this category stands on the right side."""
        return [c for (_, right), conditions in self._by_pair.items() if right == kind_of(category) for c in conditions]

    def read(self, products: Iterable[Product]) -> None:
        """Take in what every product brings to its rules, so that the first question does not wait for it."""
        sides: dict[str, list[tuple[Condition, str]]] = {}
        for product in products:
            if product.category not in sides:
                sides[product.category] = [(c, LEFT) for c in self.of_left(product.category)]
                sides[product.category] += [(c, RIGHT) for c in self.of_right(product.category)]
            for condition, side in sides[product.category]:
                if condition.numeric:
                    condition.amount(product, side)
                else:
                    condition.standards(product, side)
                condition.shown(product, side)

    def verdict(self, a: Product, b: Product) -> tuple[Fit, tuple[str, ...]]:
        """All rules for two products in any order. One broken rule is a No; a missing value leaves it unknown.

        Where no rule speaks of their categories, what they state themselves counts; UNKNOWN without a reason: nothing.
        """
        between = ((c, left, right) for c, left, right in self._between(a, b) if c.speaks_of(left))
        judged = [(c.judge(left, right), c, left, right) for c, left, right in between]
        for answer in (Fit.NO, Fit.UNKNOWN, Fit.YES):
            told = tuple(
                condition.reason(left, right)
                for fit, condition, left, right in judged
                if fit is answer and not (fit is Fit.UNKNOWN and condition.rule.optional)
            )
            if told:
                return answer, told
        return stated_fit(a, b)

    def rules(self, first: str, second: str) -> bool:
        """Whether there is a rule on how goods of two categories go together."""
        return any(self._conditions(first, second))

    def speaks_of(self, a: Product, b: Product) -> bool:
        """Whether there is a rule on how goods of their categories go together, or they state it themselves."""
        return self.rules(a.category, b.category) or bool(stated_fit(a, b)[1])

    def _between(self, a: Product, b: Product) -> list[tuple[Condition, Product, Product]]:
        ahead, back = self._conditions(a.category, b.category)
        found = [(condition, a, b) for condition in ahead]
        return found + [(condition, b, a) for condition in back] if back else found

    def _conditions(self, first: str, second: str) -> tuple[Sequence[Condition], Sequence[Condition]]:
        """The rules from the first category to the second, and those from the second to the first."""
        pair = first, second
        if pair not in self._found:
            one, other = kind_of(first), kind_of(second)
            back = self._by_pair.get((other, one), ()) if one != other else ()
            self._found[pair] = self._by_pair.get((one, other), ()), back
        return self._found[pair]
