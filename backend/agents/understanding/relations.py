"""Words that pick one product of several by what it measures: "cheaper", "lighter", "with the better battery"."""

import re

from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.catalogue import Product
from backend.domain.conversation import ProductRef

#: Relation word → (what is measured, whether the largest wins). The measures are names of specifications.
_RELATIONS: tuple[tuple[str, str, bool], ...] = (
    (r"cheap(?:er|est)|less expensive|least expensive|more affordable|most affordable|lower[- ]priced"
    r"|lowest[- ]priced", "price", False),
    (r"more expensive|most expensive|price?y?ier|priciest|dearer|costlier|higher[- ]priced", "price", True),
    (r"light(?:er|est)|more portable|most portable", "weight", False),
    (r"heav(?:ier|iest)", "weight", True),
    (r"big(?:ger|gest)|larg(?:er|est)", "screen", True),
    (r"small(?:er|est)", "screen", False),
    (r"longe(?:r|st)[- ]lasting|lasts? (?:the )?longe(?:r|st)|with (?:the )?(?:better|best|longer|longest|bigger"
    r"|biggest) battery(?: life)?", "battery", True),
    (r"with (?:the )?(?:more|most) (?:ram|memory)", "memory", True),
    (r"with (?:the )?(?:more|most|larger|largest|bigger|biggest) storage", "storage", True),
    (r"(?:better|best|higher|highest|top)[- ]rated", "rating", True),
)  # fmt: skip
RELATION_WORDS = "|".join(words for words, _, _ in _RELATIONS)
_SYNONYMS = {
    "weight": ("weight",),
    "screen": ("screen", "display", "diagonal"),
    "battery": ("battery",),
    "memory": ("memory", "ram"),
    "storage": ("storage", "capacity", "ssd"),
}


def by_relation(words: str, group: tuple[ProductRef, ...], vocabulary: Vocabulary) -> ProductRef | None:
    """The one of the group that a relation word ("cheaper") picks; None when it is not known or a tie."""
    for pattern, measure, largest in _RELATIONS:
        if re.search(pattern, words, re.IGNORECASE):
            measured = [(_measure(vocabulary.product(r.id), measure), r) for r in group]
            known = [(value, r) for value, r in measured if value is not None]
            if len(known) < 2 or len(known) < len(group):
                return None
            best = (max if largest else min)(value for value, _ in known)
            winners = [r for value, r in known if value == best]
            return winners[0] if len(winners) == 1 else None
    return _by_spec(words, group, vocabulary)


def _by_spec(words: str, group: tuple[ProductRef, ...], vocabulary: Vocabulary) -> ProductRef | None:
    """The one with most of what the words call ("which covers more?" → coverage); None where no number tells."""
    if _LESS.search(words) or not _MORE.search(words):
        return None
    said = {w[:_STEM] for w in re.findall(r"[a-z]{5,}", words.lower())}
    known = [p for r in group if (p := vocabulary.product(r.id)) is not None]
    for spec in known[0].specs if len(known) == len(group) > 1 else ():
        named = {w[:_STEM] for w in re.findall(r"[a-z]{5,}", f"{spec.label.lower()} {spec.name}")}
        values = [_number(p, spec.name) for p in known] if said & named else []
        if values and None not in values and values.count(max(v for v in values if v is not None)) == 1:
            return group[values.index(max(v for v in values if v is not None))]
    return None


_STEM = 5
_MORE = re.compile(
    r"\b(?:more|most|better|best|longe[rs]\w*|bigge\w+|large\w+|highe\w+|faste\w+|brighte\w+|stronge\w+)\b", re.I
)
_LESS = re.compile(r"\b(?:less|least|fewer|worse|lower|shorter|slower)\b", re.I)


def _number(product: Product, name: str) -> float | None:
    spec = product.spec(name)
    numeric = spec is not None and isinstance(spec.value, int | float) and not isinstance(spec.value, bool)
    return float(spec.value) if spec is not None and numeric else None  # type: ignore[arg-type]  # numeric was checked


def _measure(product: Product | None, measure: str) -> float | None:
    if product is None:
        return None
    if measure == "price":
        return product.price_cents
    if measure == "rating":
        return product.rating
    for spec in product.specs:
        numeric = isinstance(spec.value, int | float) and not isinstance(spec.value, bool)
        if numeric and any(word in spec.name for word in _SYNONYMS[measure]):
            return float(spec.value)  # type: ignore[arg-type]  # numeric was checked
    return None
