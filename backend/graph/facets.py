"""Facets of a search: how many products there would be with another category, brand, price or specification."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from backend.domain.catalogue import Facet, FacetValue, ProductFilter
from backend.graph.search import matches, relevant
from backend.graph.snapshot import Codes, Mask, Numbers, Snapshot, SpecColumn

_VALUES: Final = 12  # of one facet, the most frequent
_SPECS: Final = 10
#: a specification that fewer of the matches state is no facet
_STATED_BY: Final = 0.25
_STEPS: Final = (1, 2, 5)
_BUCKETS: Final = 6
#: from this ratio of the greatest to the least on, buckets grow
_WIDE: Final = 12


def facets(snapshot: Snapshot, wanted: ProductFilter) -> tuple[Facet, ...]:
    """Category, brand and price, each counted without its own condition, then the specifications most stated.

    Counts are of products. Prices are in cents; a bucket holds `low` ≤ value < `high`.
    """
    words = relevant(snapshot, wanted.text)
    found = matches(snapshot, wanted) & words
    without_price = {"min_price_cents": None, "max_price_cents": None}
    kinds = matches(snapshot, wanted.model_copy(update={"category": None})) & words if wanted.category else found
    made = matches(snapshot, wanted.model_copy(update={"brand": None})) & words if wanted.brand else found
    bound = wanted.min_price_cents is not None or wanted.max_price_cents is not None
    priced = matches(snapshot, wanted.model_copy(update=without_price)) & words if bound else found
    return tuple(
        facet
        for facet in (
            Facet(name="category", label="Category", values=_counted(*snapshot.categories, kinds)),
            Facet(name="brand", label="Brand", values=_counted(*snapshot.brands, made)),
            _ranges("price", "Price", None, snapshot.price[priced]),
            *_specs(snapshot, wanted, found, words),
        )
        if facet.values
    )


def _specs(snapshot: Snapshot, wanted: ProductFilter, found: Mask, words: Mask) -> Iterator[Facet]:
    """Those asked for first, each without its own condition, then those that most of the matches state."""
    asked = {condition.name for condition in wanted.specs}
    total = int(found.sum())
    least = max(1.0, total * _STATED_BY)
    stated = {name: _rows(c, found) for name, c in snapshot.spec_columns.items() if len(c.indexes) >= least}
    often = sorted((name for name, count in stated.items() if count >= least), key=lambda name: -stated[name])
    left = _SPECS
    for name in dict.fromkeys((*(name for name in asked if name in snapshot.spec_columns), *often)):
        column, mask = snapshot.spec_columns[name], found
        if name in asked:
            others = tuple(condition for condition in wanted.specs if condition.name != name)
            mask = matches(snapshot, wanted.model_copy(update={"specs": others})) & words
        if not left:
            return
        facet = _spec(name, column, mask)
        if len(facet.values) > 1 or name in asked:
            left -= 1
            yield facet


def _rows(column: SpecColumn, found: Mask) -> int:
    """How many of the products found state it; an option is stated once for each value."""
    rows = column.indexes[found[column.indexes]]
    return len(np.unique(rows)) if column.optional else len(rows)


def _spec(name: str, column: SpecColumn, mask: Mask) -> Facet:
    """Values where they are few, ranges where they are many numbers."""
    if column.numeric:
        return _numbers(name, column, mask)
    texts = column.stated
    counts = np.bincount(texts.codes[mask[texts.rows]], minlength=len(texts.keys))
    top = np.argsort(-counts, kind="stable")[: _VALUES + 1]
    shown = [(texts.shown[i], int(counts[i])) for i in top if counts[i]]
    if len(shown) > _VALUES and shown[0][1] == 1:
        return Facet(name=name, label=column.label)  # every product has its own: nothing to choose
    values = tuple(FacetValue(value=text, count=count) for text, count in shown[:_VALUES])
    return Facet(name=name, label=column.label, unit=column.unit, values=values)


def _numbers(name: str, column: SpecColumn, mask: Mask) -> Facet:
    """A product that comes with a number in two ways ("16 GB", "16 GB DDR5") counts once."""
    known = mask[column.indexes] & ~np.isnan(column.amounts)
    rows, amounts = column.indexes[known], column.amounts[known]
    if column.optional:
        rows, amounts = np.unique(np.stack((rows.astype(np.float64), amounts)), axis=1)
    different, counts = np.unique(amounts, return_counts=True)
    if len(different) > _VALUES:
        return _ranges(name, column.label, column.unit, amounts)
    values = tuple(FacetValue(value=f"{n:g}", count=int(c)) for n, c in zip(different, counts, strict=True))
    return Facet(name=name, label=column.label, unit=column.unit, values=values)


def _counted(names: tuple[str, ...], codes: Codes, mask: Mask) -> tuple[FacetValue, ...]:
    counts = np.bincount(codes[mask], minlength=len(names))
    found = [(names[i], int(counts[i])) for i in np.argsort(-counts, kind="stable") if counts[i] and names[i]]
    return tuple(FacetValue(value=name, count=count) for name, count in found)


def _ranges(name: str, label: str, unit: str | None, numbers: Numbers) -> Facet:
    """Buckets between round figures (1, 2, 5, 10, 20, …) from the least to the greatest."""
    known = np.sort(numbers[~np.isnan(numbers)])
    if not len(known):
        return Facet(name=name, label=label, unit=unit)
    edges = _round_edges(float(known[0]), float(known[-1]))
    places = np.searchsorted(known, edges)
    values = tuple(
        FacetValue(value=f"{low:g}-{high:g}", count=int(count), low=low, high=high)
        for low, high, count in zip(edges, edges[1:], np.diff(places), strict=False)
        if count
    )
    return Facet(name=name, label=label, unit=unit, values=values)


def _round_edges(low: float, high: float) -> list[float]:
    """Steps of one round width where the numbers lie close, else a ladder of 1, 2, 5, 10, 20, 50."""
    if low <= 0 or high / low < _WIDE:
        width = _round_up((high - low) / _BUCKETS) or 1.0
        first = np.floor(low / width) * width
        return [float(first + width * place) for place in range(int((high - first) // width) + 2)]
    ladder, power = [0.0], 10.0 ** np.floor(np.log10(low))
    while ladder[-1] <= high:
        ladder += [float(step * power) for step in _STEPS]
        power *= 10
    first = max(edge for edge in ladder if edge <= low)
    last = next(edge for edge in ladder if edge > high)
    return [edge for edge in ladder if first <= edge <= last]


def _round_up(width: float) -> float:
    if width <= 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(step * power for step in (*_STEPS, 10) if step * power >= width))
