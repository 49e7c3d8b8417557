"""In what two products are alike, and which of them is ahead."""

from backend.domain.catalogue import Product
from backend.graph.goodness import direction
from backend.graph.text import squeezed

_NAMED = 3  # shared values that a reason names


def shared_values(a: Product, b: Product) -> str:
    """The reason for a likeness in words: the first specifications on which both agree."""
    other = {spec.name: spec for spec in b.specs}
    same = [
        f"{spec.label.lower()} {spec.text}"
        for spec in a.specs
        if not isinstance(spec.value, bool)
        and spec.value not in (0, "")
        and spec.name in other
        and squeezed(other[spec.name].text) == squeezed(spec.text)
    ]
    if same:
        return "same " + ", ".join(same[:_NAMED])
    return f"also in {a.category}"


def worth(a: Product, b: Product) -> int:
    """In how many specifications with a good direction `a` is ahead of `b`, less those in which it is behind."""
    other = {spec.name: spec.value for spec in b.specs}
    score = 0
    for spec in a.specs:
        way, mine, theirs = direction(spec.name), spec.value, other.get(spec.name)
        if way is None or not isinstance(mine, int | float) or not isinstance(theirs, int | float) or mine == theirs:
            continue
        score += 1 if (mine > theirs) == (way == "higher") else -1
    return score
