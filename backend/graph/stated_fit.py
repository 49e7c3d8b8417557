"""Fit without a rule: what two products state of what joins them, or one of them of the other."""

import re
from collections.abc import Mapping

from backend.domain.catalogue import Fit, Product, Spec
from backend.graph.kinds import Phrase
from backend.graph.snapshot import spec_texts
from backend.graph.text import squeezed, stems

#: specifications that say how a thing joins another
_JOINS = frozenset(stems("mount socket thread bayonet platform shank arbor chuck valve freehub"))
#: the same, where a word beside it says which joint is meant ("gas connection")
_JOINS_BY = frozenset(stems("connection connector interface plug fitting system"))
#: specifications that say what a thing is for
_FOR = re.compile(
    r"^(?:compatible[_ ](?:with|models?|products?|devices?)|compatibility|fits|suitable[_ ]for|works[_ ]with"
    r"|made[_ ]for|designed[_ ]for|for|for[_ ](?:model|models))$"
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")

Verdict = tuple[Fit, tuple[str, ...]]


def stated_fit(a: Product, b: Product) -> Verdict:
    """Whether one states that it is for the other, or both state the same way to be joined; unknown without a word."""
    for one, other in ((a, b), (b, a)):
        for spec in one.specs:
            if _FOR.match(spec.name) and any(_means(text, other) for text in spec_texts(spec)):
                return Fit.YES, (f"the {one.name} is made for {spec.text}",)
    if a.category == b.category:
        return Fit.UNKNOWN, ()
    shared = [(spec, twin) for spec in a.specs if _joins(spec) and (twin := b.spec(spec.name)) is not None]
    for spec, twin in shared:
        label = spec.label.lower()
        if _same(spec, twin):
            return Fit.YES, (f"both have {label} {spec.text}",)
        return Fit.NO, (f"{label} {spec.text} ({a.name}) and {twin.text} ({b.name}) differ",)
    said = [told for one, other in ((a, b), (b, a)) if (told := _sentence(one, other))]
    return Fit.UNKNOWN, tuple(said)


def standard_said(text: str, standards: Mapping[Phrase, tuple[str, str]]) -> tuple[str, str] | None:
    """A value with letters and digits that a text names ("AM5"), and what such values are called ("socket")."""
    said = stems(text)
    for length in (3, 2, 1):
        for place in range(len(said) - length + 1):
            joined = "".join(phrase := said[place : place + length])
            if any(map(str.isdigit, joined)) and any(map(str.isalpha, joined)) and phrase in standards:
                name, value = standards[phrase]
                return value[1:], stems(name.replace("_", " "))[-1]
    return None


def takes(product: Product, standard: str, called: str) -> Verdict:
    """Whether a product states a standard ("AM5"), or another one where it states what is `called` so."""
    for spec in product.specs:
        if squeezed(standard) in map(squeezed, spec_texts(spec)):
            return Fit.YES, (f"{spec.label.lower()} {spec.text}",)
    for spec in product.specs:
        if called in stems(spec.name.replace("_", " ")) and isinstance(spec.value, str | tuple):
            return Fit.NO, (f"{spec.label.lower()} {spec.text}",)
    return Fit.UNKNOWN, ()


def _joins(spec: Spec) -> bool:
    named = stems(spec.name.replace("_", " "))
    known = bool(_JOINS & set(named)) or (len(named) > 1 and named[-1] in _JOINS_BY)
    return known and isinstance(spec.value, str | tuple)


def _same(one: Spec, other: Spec) -> bool:
    return bool({squeezed(t) for t in spec_texts(one)} & {squeezed(t) for t in spec_texts(other)})


def _means(text: str, product: Product) -> bool:
    """Whether a text is a product's name, model or kind of goods."""
    names = (product.name, product.model or "", product.category, *product.aliases)
    return stems(text) in {stems(name) for name in names if name}


def _sentence(one: Product, other: Product) -> str:
    """The sentence of a description that names the other product."""
    name = squeezed(other.name)
    found = next((s.strip() for s in _SENTENCE.findall(one.description) if name in squeezed(s)), "")
    return f"of the {one.name} it is written: “{found}”" if found else ""
