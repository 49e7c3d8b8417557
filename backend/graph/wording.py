"""Sentences about products, filters, tables and fit: plain English that says only what the catalogue says."""

from collections.abc import Sequence

from backend.domain.catalogue import (
    ON_SALE,
    Comparator,
    Comparison,
    Fit,
    FitVerdict,
    Product,
    ProductFilter,
    Spec,
    SpecFilter,
)
from backend.domain.money import format_money
from backend.graph.kinds import spaced
from backend.graph.said_values import stop_words
from backend.graph.snapshot import Snapshot
from backend.graph.text import singular, stems

_UNCOUNTED = ("audio", "storage", "memory", "ram", "power", "software", "networking", "footwear", "luggage", "gaming")
#: what is one thing although its name is a plural
_PAIRS = (
    "headphones", "earphones", "earbuds", "glasses", "sunglasses", "shoes", "boots", "sneakers", "sandals", "socks",
    "gloves", "jeans", "trousers", "pants", "shorts", "leggings", "pajamas", "scissors", "binoculars", "goggles",
)  # fmt: skip
_SIGNS = {
    Comparator.GT: "more than ",
    Comparator.GTE: "at least ",
    Comparator.LT: "less than ",
    Comparator.LTE: "at most ",
    Comparator.NE: "not ",
}


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}" if parts else ""


def price(product: Product) -> str:
    """ "$12.00", or that no price is stated."""
    return format_money(product.price_cents, product.currency) if product.variants else "price unknown"


def priced(product: Product) -> str:
    """ "X1 Laptop ($1,299.99)", with a word when it is sold out."""
    sold_out = ", out of stock" if product.variants and product.in_stock is False else ""
    return f"{product.name} ({price(product)}{sold_out})"


def goods(category: str | None, count: int = 2) -> str:
    """What a category's products are called in a sentence: "laptops", "CPU", "audio products", "kind of headphones"."""
    if category is None:
        return "product" if count == 1 else "products"
    words = [word if word.isupper() or word[:-1].isupper() else word.lower() for word in spaced(category).split()]
    name, last = " ".join(words), words[-1].lower()
    if "and" in words or "&" in words:
        return name
    if last in _UNCOUNTED:
        return f"{name} product" if count == 1 else f"{name} products"
    if last in _PAIRS:
        return f"kind of {name}" if count == 1 else name
    if count == 1:
        return singular_of(name)
    return name if is_plural(last) else plural_of(name)


def singular_of(name: str) -> str:
    """ "batteries" → "battery", "boxes" → "box", "laptops" → "laptop"."""
    if not name.islower():
        return name[:-1] if name.endswith("s") and not name.isupper() else name
    head, _, last = name.rpartition(" ")
    return f"{head} {singular(last)}".strip()


def with_article(name: str) -> str:
    """What is not sold, in a sentence: "a sundial", "the ZenPhone", "aprons"."""
    if not name[:1].islower():
        return f"the {name}"
    if is_plural(name.rpartition(" ")[2]) or name.rpartition(" ")[2] in _UNCOUNTED:
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def plural_of(name: str) -> str:
    """ "bookshelf" → "bookshelves", "box" → "boxes", "battery" → "batteries"."""
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    if name.endswith("mouse"):
        return name[:-5] + "mice"
    if name.endswith(("elf", "alf", "oaf")):
        return name[:-1] + "ves"
    if name.endswith(("knife", "life", "wife")):
        return name[:-2] + "ves"
    return name + ("es" if name.endswith(("s", "x", "z", "ch", "sh")) else "s")


def is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in ("lens", "gas", "canvas")


def described(wanted: ProductFilter, snapshot: Snapshot, count: int = 2) -> str:
    """A filter in words: "laptops by Lumen under $1,500.00 with memory at least 32 GB, in stock"."""
    parts = [goods(wanted.category, count)]
    if wanted.brand:
        parts.append(f"by {wanted.brand}")
    if wanted.excluded_brands:
        parts.append(f"not by {listed(wanted.excluded_brands, 'or')}")
    if wanted.text:
        parts.append(f"matching “{wanted.text}”")
    parts += _bounds(wanted, snapshot.currency)
    if specs := [spec for spec in wanted.specs if spec.name != ON_SALE]:
        parts.append("with " + listed([_condition(s, snapshot) for s in specs]))
    if sale := next((spec for spec in wanted.specs if spec.name == ON_SALE), None):
        parts.append("on sale" if sale.op is Comparator.EQ else "not on sale")
    if wanted.min_rating is not None:
        parts.append(f"rated {wanted.min_rating:g} or better")
    if wanted.in_stock is not None:
        parts.append("in stock" if wanted.in_stock else "out of stock")
    return " ".join(parts)


def availability(product: Product) -> str:
    """ "It is in stock.", or that the shop does not say."""
    known = product.in_stock if product.variants else None
    if known is None:
        return "The shop does not state how many are in stock."
    return "It is in stock." if known else "It is out of stock at the moment."


def named_spec(product: Product, said: str) -> Spec | None:
    """The specification of the product that a text names by its whole label, name of the product aside."""
    words = set(stems(said)) - set(stems(product.name))
    return next((spec for spec in product.specs if set(stems(spec.label)) <= words), None)


def states_all(product: Product, said: str) -> bool:
    """Whether the telling words of a text are nothing but labels of what a product states: "flow rate?"."""
    telling = {word for word in stems(said) if word not in stop_words()}
    return bool(telling) and telling <= {word for spec in product.specs for word in stems(spec.label)}


def compared(table: Comparison) -> tuple[str, tuple[str, ...]]:
    """Who wins where, as a text and as facts; every word of it is in the table."""
    names = [product.name for product in table.products]
    facts = []
    for row in table.rows:
        values = listed([f"{n}: {v or 'not stated'}" for n, v in zip(names, row.values, strict=True)], ",")
        facts.append(f"{row.label}: {values.replace(' , ', ', ')}")
    sentences = [f"Here is how {listed([_the(name) for name in names])} compare."]
    for place, name in enumerate(names):
        won = [f"{row.label.lower()} ({inside(row.values[place] or '')})" for row in table.rows if row.best == place]
        if won:
            sentences.append(f"{_capital(_the(name))} is ahead in {listed(won[:5])}.")
    other = [row for row in table.rows if row.differs and row.best is None and all(row.values)][:3]
    for row in other:
        values = listed([f"{v} ({n})" for n, v in zip(names, row.values, strict=True)])
        sentences.append(f"{row.label}: {values}.")
    missing = [row.label.lower() for row in table.rows if row.differs and not all(row.values)][:4]
    if missing:
        sentences.append(f"Not stated for all of them: {listed(missing)}.")
    sentences += _advice(table, names)
    return " ".join(sentences), tuple(facts)


def inside(value: str) -> str:
    """A value as it stands inside a sentence: "up to 12 hours"."""
    return value[:1].lower() + value[1:] if value.startswith(("Up to ", "At least ", "From ")) else value


def _the(name: str) -> str:
    return name if name.lower().startswith("the ") else f"the {name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def verdict_text(found: FitVerdict) -> str:
    """Begins with "Yes", "No" or "I can't tell", then the reason with both values."""
    reason = listed(list(found.reasons))
    match found.fit:
        case Fit.YES:
            return f"Yes, {_the(found.a.name)} works with {_the(found.b.name)}: {reason.rstrip('.')}."
        case Fit.NO:
            return f"No, {_the(found.a.name)} does not work with {_the(found.b.name)}: {reason.rstrip('.')}."
    if reason:
        return f"I can't tell whether {found.a.name} works with {found.b.name}: {reason.rstrip('.')}."
    return (
        f"I can't tell whether {found.a.name} ({goods(found.a.category, 1)}) works with {found.b.name} "
        f"({goods(found.b.category, 1)}): our catalogue has nothing on how these two go together."
    )


def _advice(table: Comparison, names: Sequence[str]) -> list[str]:
    wins = [[row.label.lower() for row in table.rows if row.best == place] for place in range(len(names))]
    told = [
        f"{_the(name)} if {listed(won[:2])} {'matter' if len(won) > 1 else 'matters'} most to you"
        for name, won in zip(names, wins, strict=True)
        if won
    ]
    return [f"Choose {listed(told, 'or')}."] if len(told) > 1 else []


def _bounds(wanted: ProductFilter, currency: str) -> list[str]:
    low, high = wanted.min_price_cents, wanted.max_price_cents
    if low is not None and high is not None:
        return [f"between {_round(low, currency)} and {_round(high, currency)}"]
    if high is not None:
        return [f"{'under' if wanted.max_price_exclusive else 'up to'} {_round(high, currency)}"]
    if low is not None:
        return [f"{'over' if wanted.min_price_exclusive else 'from'} {_round(low, currency)}"]
    return []


def _round(cents: int, currency: str) -> str:
    return format_money(cents, currency).replace(".00", "")


def _condition(condition: SpecFilter, snapshot: Snapshot) -> str:
    column = snapshot.spec_columns.get(condition.name)
    label = (column.label if column else condition.name.replace("_", " ")).lower()
    unit = f" {column.unit}" if column and column.unit else ""
    if isinstance(condition.value, bool):
        return label if condition.op is Comparator.EQ else f"no {label}"
    value = listed(condition.value, "or") if isinstance(condition.value, tuple) else f"{condition.value}"
    shown = value if isinstance(condition.value, str | tuple) else f"{condition.value:g}{unit}"
    return f"{label} {_SIGNS.get(condition.op, '')}{shown}"
