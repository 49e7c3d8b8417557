"""Whether two products fit: the rules of their categories, applied to their specifications."""

from functools import cached_property

from backend.domain.catalogue import Fit, FitOp, FitRule, Product, Spec
from backend.graph.text import squeezed

_NUMERIC = (FitOp.AT_MOST, FitOp.AT_LEAST)
LEFT, RIGHT = "left", "right"


class Condition:
    """One rule made ready, with what each product brings to it read once.

    A rule may name a specification in several ways ("length_mm|length"): the first that a product has counts.
    """

    def __init__(self, rule: FitRule) -> None:
        self.rule, self.numeric = rule, rule.op in _NUMERIC
        self._names = {LEFT: rule.from_spec.split("|"), RIGHT: rule.to_spec.split("|")}
        self._standards: dict[tuple[str, str], tuple[Product, frozenset[str]]] = {}
        self._amounts: dict[tuple[str, str], tuple[Product, float | None]] = {}
        self._shown: dict[tuple[str, str], tuple[Product, str]] = {}

    def standards(self, product: Product, side: str) -> frozenset[str]:
        """The standards a product brings: the left side offers them, the right side accepts them."""
        held = self._standards.get((product.id, side))
        if held is None or held[0] is not product:
            held = self._standards[product.id, side] = product, self._read_standards(product, side)
        return held[1]

    def amount(self, product: Product, side: str) -> float | None:
        """The number a product brings, or None. A zero length or wattage is how catalogues write "not stated"."""
        held = self._amounts.get((product.id, side))
        if held is None or held[0] is not product:
            held = self._amounts[product.id, side] = product, self._read_amount(product, side)
        return held[1]

    def speaks_of(self, left: Product) -> bool:
        """Whether the rule is meant for goods like this one."""
        names = self.rule.only_with.split("|") if self.rule.only_with else ()
        return not names or any(left.spec(name) is not None for name in names)

    def judge(self, left: Product, right: Product) -> Fit:
        """The rule's answer for two products in its order."""
        if self.numeric:
            one, other = self.amount(left, LEFT), self.amount(right, RIGHT)
            if one is None or other is None:
                return Fit.UNKNOWN
            return Fit.YES if (one <= other if self.rule.op is FitOp.AT_MOST else one >= other) else Fit.NO
        offered, accepted = self.standards(left, LEFT), self.standards(right, RIGHT)
        if not offered or not accepted:
            return Fit.UNKNOWN
        return Fit.YES if offered & accepted else Fit.NO

    def reason(self, left: Product, right: Product) -> str:
        """The reason with both values."""
        one, other = self.shown(left, LEFT), self.shown(right, RIGHT)
        if "{from}" in self.rule.reason or "{to}" in self.rule.reason:
            return self.rule.reason.replace("{from}", one).replace("{to}", other)
        return f"{self.rule.reason} ({left.name}: {one}; {right.name}: {other})"

    def shown(self, product: Product, side: str) -> str:
        """The value a product brings, as it is written, or "not stated"."""
        held = self._shown.get((product.id, side))
        if held is None or held[0] is not product:
            held = self._shown[product.id, side] = product, _text(self._spec(product, side))
        return held[1]

    def written(self, product: Product, side: str, standard: str) -> str:
        """A standard as this product's specification writes it."""
        spec = self._spec(product, side)
        return next((v for v in (_listed(spec) if spec else []) if self._canonical(v) == standard), standard.upper())

    def _spec(self, product: Product, side: str) -> Spec | None:
        return next((spec for name in self._names[side] if (spec := product.spec(name)) is not None), None)

    def _read_standards(self, product: Product, side: str) -> frozenset[str]:
        spec = self._spec(product, side) if side == RIGHT or self.speaks_of(product) else None
        values = [value for value in _listed(spec) if value] if spec is not None else []
        if side == RIGHT:
            values += [extra for value in list(values) for extra in self._wider.get(squeezed(value), ())]
        return frozenset(map(self._canonical, values))

    def _read_amount(self, product: Product, side: str) -> float | None:
        spec = self._spec(product, side) if side == RIGHT or self.speaks_of(product) else None
        if spec is None or isinstance(spec.value, bool | str | tuple) or spec.value <= 0:
            return None
        return float(spec.value) + (self.rule.margin if side == LEFT else 0)

    def _canonical(self, value: str) -> str:
        return self._same.get(squeezed(value), squeezed(value))

    @cached_property
    def _same(self) -> dict[str, str]:
        return {squeezed(word): squeezed(group[0]) for group in self.rule.same for word in group}

    @cached_property
    def _wider(self) -> dict[str, tuple[str, ...]]:
        return {squeezed(value): more for value, more in self.rule.accepts.items()}


def _text(spec: Spec | None) -> str:
    if spec is None:
        return "not stated"
    return ", ".join(spec.value) if isinstance(spec.value, tuple) else spec.text


def _listed(spec: Spec) -> list[str]:
    if isinstance(spec.value, tuple):
        return list(spec.value)
    return [spec.text if isinstance(spec.value, bool) else str(spec.value)]
