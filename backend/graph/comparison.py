"""A comparison table: aligned rows, differences marked, the better value named where there is one."""

from collections.abc import Sequence

from backend.domain.catalogue import Comparison, ComparisonRow, Product, Spec
from backend.domain.money import format_money
from backend.graph.base import Row
from backend.graph.goodness import Direction, direction


def comparison(products: Sequence[Product], rows: Sequence[Row]) -> Comparison:
    """The table of products (columns) from the graph's specification rows. A missing value is None."""
    labels: dict[str, str] = {}
    texts: dict[tuple[str, str], str] = {}
    for row in rows:
        labels.setdefault(row["name"], row["label"])
        texts[row["name"], row["id"]] = row["text"]
    table = [_price(products), _rating(products), _stock(products), _brand(products)]
    for name, label in labels.items():
        shown = tuple(texts.get((name, p.id)) for p in products)
        table.append(_row(name, label, shown, [_number(p.spec(name)) for p in products], direction(name)))
    return Comparison(products=tuple(products), rows=tuple(row for row in table if any(row.values)))


def _row(
    name: str,
    label: str,
    shown: tuple[str | None, ...],
    numbers: Sequence[float | None],
    way: Direction | None,
) -> ComparisonRow:
    differs = len({text.casefold() if text else None for text in shown}) > 1
    return ComparisonRow(name=name, label=label, values=shown, differs=differs, best=_best(numbers, way))


def _best(numbers: Sequence[float | None], way: Direction | None) -> int | None:
    """The column that wins alone; nobody wins where a value is missing or two share the lead."""
    known = [number for number in numbers if number is not None]
    if way is None or len(known) < len(numbers):
        return None
    top = max(known) if way == "higher" else min(known)
    return known.index(top) if known.count(top) == 1 else None


def _price(products: Sequence[Product]) -> ComparisonRow:
    cents = [p.price_cents if p.variants else None for p in products]
    shown = tuple(None if c is None else format_money(c, p.currency) for c, p in zip(cents, products, strict=True))
    return _row("price", "Price", shown, [None if c is None else float(c) for c in cents], "lower")


def _rating(products: Sequence[Product]) -> ComparisonRow:
    shown = tuple(None if p.rating is None else f"{p.rating:.1f} of 5" for p in products)
    return _row("rating", "Rating", shown, [p.rating for p in products], "higher")


def _stock(products: Sequence[Product]) -> ComparisonRow:
    words = {True: "in stock", False: "out of stock", None: None}
    shown = tuple(words[p.in_stock if p.variants else None] for p in products)
    return _row("stock", "Availability", shown, [None] * len(products), None)


def _brand(products: Sequence[Product]) -> ComparisonRow:
    return _row("brand", "Brand", tuple(p.brand for p in products), [None] * len(products), None)


def _number(spec: Spec | None) -> float | None:
    if spec is None or isinstance(spec.value, bool | str | tuple) or " to " in spec.text:
        return None  # "1.5 to 10 kg" leads nobody
    return float(spec.value)
