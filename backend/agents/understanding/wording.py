"""Sentences reworded so that they need no history: names for pronouns, a product added, one product for another."""

import re
from collections.abc import Iterable, Sequence

from backend.domain.catalogue import Comparator, ProductFilter, SpecFilter
from backend.domain.conversation import ProductRef
from backend.domain.money import format_money
from backend.graph.text import before

_ARTICLE = re.compile(r"\b(?:the|teh|a|an|your|my|this|that|our|new)\s+$", re.IGNORECASE)
_THING_AFTER = re.compile(
    r"^\s+(?:laptop|phone|tablet|monitor|one|model|product|device|watch|earbuds|tv)s?\b", re.IGNORECASE
)
_OF = re.compile(
    r"^(?:and |so |ok )*(?:what(?:'s|'re| is| are| was)?|how (?:long|much|big) is|tell me|show me"
    r"|give me)\b.*\b(?:the|its)\b",
    re.IGNORECASE,
)

#: (start, end, text put there)
Replacement = tuple[int, int, str]


def listed(products: Sequence[ProductRef], joint: str = "and") -> str:
    """ "the X1 Laptop", "the X1 Laptop and the Gaming Laptop G1"."""
    names = [article(product.name) for product in products]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {joint} {names[-1]}"


def article(name: str) -> str:
    """The name with "the" before it."""
    return name if name.lower().startswith("the ") else f"the {name}"


def replace_spans(text: str, replacements: Iterable[Replacement]) -> str:
    """The text with each span replaced; the spans may not overlap."""
    for start, end, put in sorted(replacements, reverse=True):
        text = text[:start] + put + text[end:]
    return text


def naming(text: str, start: int, end: int, products: Sequence[ProductRef], possessive: bool = False) -> Replacement:
    """The replacement of a span by the products' names, with an article where none stands yet."""
    names = listed(products)
    if len(products) == 1 and _ARTICLE.search(before(text, start)):
        names = products[0].name
    tail = _THING_AFTER.match(text[end:]) if not possessive else None
    if tail and tail.group().strip().lower().rstrip("s") in names.lower():
        end += tail.end()
    return start, end, names + ("'s" if possessive else "")


def attach(question: str, products: Sequence[ProductRef]) -> str:
    """The question said of the products: "What's the price?" → "What's the price of the X1 Laptop?"."""
    bare = question.rstrip(" ?.!")
    mark = "?" if question.rstrip().endswith("?") or not question.rstrip().endswith((".", "!")) else ""
    link = "of" if _OF.match(bare) and " for " not in bare else "for"
    return f"{bare[:1].upper()}{bare[1:]} {link} {listed(products)}{mark}"


def exchange(topic: str, old: ProductRef, new: Sequence[ProductRef]) -> str:
    """The topic with other products in the place of `old`, whose name it holds."""
    pattern = re.compile(rf"(?:\bthe\s+)?{re.escape(old.name)}", re.IGNORECASE)
    return pattern.sub(lambda _: listed(new), topic, count=1)


_ORDERS = {"price": "cheapest", "-price": "most expensive", "rating": "best rated", "-rating": "best rated"}


def search_sentence(found: ProductFilter) -> str:
    """A filter as the sentence that would have set it."""
    order = _ORDERS.get(found.sort, "")
    parts = [
        "Show me",
        order and f"the {order}",
        found.brand or "",
        (found.category or found.text or "products").lower(),
    ]
    if found.min_price_cents is not None:
        parts.append(f"over {_money(found.min_price_cents)}")
    if found.max_price_cents is not None:
        parts.append(f"{'and ' if found.min_price_cents is not None else ''}under {_money(found.max_price_cents)}")
    if found.min_rating is not None:
        parts.append(f"rated at least {found.min_rating:g}")
    parts.extend(_condition(s) for s in found.specs)
    if found.in_stock:
        parts.append("in stock")
    return " ".join(p for p in parts if p)


def _money(cents: int) -> str:
    return format_money(cents).removesuffix(".00")


_BOUNDS = {
    Comparator.GT: "more than",
    Comparator.GTE: "at least",
    Comparator.LT: "less than",
    Comparator.LTE: "at most",
}


def _condition(spec: SpecFilter) -> str:
    """ "with at least 32 gb memory": the unit that ends a name is said behind the number."""
    name, _, unit = spec.name.replace("_", " ").rpartition(" ")
    if isinstance(spec.value, bool):
        return f"{'with' if spec.value else 'without'} {spec.name.replace('_', ' ')}"
    if isinstance(spec.value, int | float) and name:
        return " ".join(w for w in ("with", _BOUNDS.get(spec.op, ""), f"{spec.value:g}", unit, name) if w)
    values = spec.value if isinstance(spec.value, tuple) else (spec.value,)
    return f"with {' or '.join(str(v) for v in values)} {spec.name.replace('_', ' ')}"
