"""Whether two products fit: the rules of their categories, applied to their specifications."""

from backend.domain.catalogue import Fit, FitOp, FitRule, Product, Spec
from backend.graph.rulebook import RuleBook
from backend.graph.text import squeezed

_NUMERIC = (FitOp.AT_MOST, FitOp.AT_LEAST)


def spec_of(rule: FitRule, product: Product, side: str) -> Spec | None:
    """The specification a rule reads: the first of its names ("length_mm|length") that the product has."""
    names = (rule.from_spec if side == "left" else rule.to_spec).split("|")
    return next((spec for name in names if (spec := product.spec(name)) is not None), None)


def standards(rule: FitRule, product: Product, side: str) -> frozenset[str]:
    """The standards a product brings to a rule: "left" offers them, "right" accepts them."""
    spec = spec_of(rule, product, side)
    if spec is None:
        return frozenset()
    values = [value for value in _listed(spec) if value]
    if side == "right":
        wider = {squeezed(key): more for key, more in rule.accepts.items()}
        values += [extra for value in list(values) for extra in wider.get(squeezed(value), ())]
    return frozenset(_standard(rule, value) for value in values)


def amount(rule: FitRule, product: Product, side: str) -> float | None:
    """The number a product brings to an at_most or at_least rule, or None."""
    spec = spec_of(rule, product, side)
    if spec is None or isinstance(spec.value, bool | str | tuple):
        return None
    return float(spec.value) + (rule.margin if side == "left" else 0)


def is_numeric(rule: FitRule) -> bool:
    """Whether the rule compares numbers."""
    return rule.op in _NUMERIC


def judge(rule: FitRule, left: Product, right: Product) -> tuple[Fit, str]:
    """One rule for two products in the rule's order: the answer and the reason with both values."""
    fit = _numbers(rule, left, right) if is_numeric(rule) else _sets(rule, left, right)
    return fit, _reason(rule, left, right)


def verdict(book: RuleBook, a: Product, b: Product) -> tuple[Fit, tuple[str, ...]]:
    """All rules for two products in any order. One broken rule is a No; a missing value leaves it unknown.

    UNKNOWN without a reason means that no rule speaks of these two categories.
    """
    found = [(rule, *judge(rule, a, b)) for rule in book.between(a.category, b.category)]
    if a.category != b.category:
        found += [(rule, *judge(rule, b, a)) for rule in book.between(b.category, a.category)]
    broken = tuple(reason for _, fit, reason in found if fit is Fit.NO)
    if broken:
        return Fit.NO, broken
    missing = tuple(reason for rule, fit, reason in found if fit is Fit.UNKNOWN and not rule.optional)
    if missing:
        return Fit.UNKNOWN, missing
    held = tuple(reason for _, fit, reason in found if fit is Fit.YES)
    return (Fit.YES, held) if held else (Fit.UNKNOWN, ())


def _sets(rule: FitRule, left: Product, right: Product) -> Fit:
    offered, accepted = standards(rule, left, "left"), standards(rule, right, "right")
    if not offered or not accepted:
        return Fit.UNKNOWN
    return Fit.YES if offered & accepted else Fit.NO


def _numbers(rule: FitRule, left: Product, right: Product) -> Fit:
    one, other = amount(rule, left, "left"), amount(rule, right, "right")
    # a zero length, height or wattage is how catalogues write "not stated"
    if one is None or other is None or other <= 0 or one <= rule.margin:
        return Fit.UNKNOWN
    holds = one <= other if rule.op is FitOp.AT_MOST else one >= other
    return Fit.YES if holds else Fit.NO


def _reason(rule: FitRule, left: Product, right: Product) -> str:
    one, other = _text(spec_of(rule, left, "left")), _text(spec_of(rule, right, "right"))
    if "{from}" in rule.reason or "{to}" in rule.reason:
        return rule.reason.replace("{from}", one).replace("{to}", other)
    return f"{rule.reason} ({left.name}: {one}; {right.name}: {other})"


def _text(spec: Spec | None) -> str:
    if spec is None:
        return "not stated"
    return ", ".join(spec.value) if isinstance(spec.value, tuple) else spec.text


def _listed(spec: Spec) -> list[str]:
    if isinstance(spec.value, tuple):
        return list(spec.value)
    return [spec.text if isinstance(spec.value, bool) else str(spec.value)]


def _standard(rule: FitRule, value: str) -> str:
    plain_value = squeezed(value)
    for group in rule.same:
        if plain_value in {squeezed(word) for word in group}:
            return squeezed(group[0])
    return plain_value
