"""Filters, sorts, counts and facets over a snapshot: a bound always holds, unknown is never zero."""

from bisect import bisect_left
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from backend.domain.catalogue import Comparator, ProductFilter, ProductPage, SpecFilter
from backend.domain.errors import InvalidInput
from backend.graph.snapshot import Codes, Mask, Numbers, Snapshot
from backend.graph.text import squeezed, stems

_LARGEST_PAGE: Final = 200
_REMEMBERED: Final = 20_000
_SAME_WORD: Final = 86  # rapidfuzz ratio from which a misspelt word counts as a word of the catalogue


def search(snapshot: Snapshot, wanted: ProductFilter) -> ProductPage:
    """One page of what matches, the exact total, and the counts by category and brand.

    An unknown stock or rating passes its filter and stands after the known ones. A specification that is
    not stated does not pass. Raises InvalidInput for a sort that no product knows.
    """
    relevance = _relevance(snapshot, wanted.text)
    matching = matches(snapshot, wanted) & (relevance > 0)
    indexes = np.flatnonzero(matching)
    ordered = indexes[_order(snapshot, wanted, indexes, relevance)]
    size = max(1, min(wanted.page_size, _LARGEST_PAGE))
    start = (max(wanted.page, 1) - 1) * size
    return ProductPage(
        products=tuple(snapshot.products[i] for i in ordered[start : start + size]),
        total=len(indexes),
        filter=wanted,
        categories=_facet(*snapshot.categories, indexes),
        brands=_facet(*snapshot.brands, indexes),
    )


def matches(snapshot: Snapshot, wanted: ProductFilter) -> Mask:
    """Which products satisfy every typed bound; the free text is not looked at."""
    mask = np.ones(len(snapshot.products), dtype=np.bool_)
    if wanted.category is not None:
        mask &= _is_one(*snapshot.categories, {squeezed(wanted.category)})
    if wanted.brand is not None:
        mask &= _is_one(*snapshot.brands, {squeezed(wanted.brand)})
    if wanted.excluded_brands:
        mask &= ~_is_one(*snapshot.brands, {squeezed(brand) for brand in wanted.excluded_brands})
    mask &= _prices(snapshot.price, wanted)
    if wanted.min_rating is not None:
        mask &= np.isnan(snapshot.rating) | (snapshot.rating >= wanted.min_rating)
    if wanted.in_stock is not None:
        mask &= np.isnan(snapshot.stock) | (snapshot.stock == 1) if wanted.in_stock else snapshot.stock == 0
    for condition in wanted.specs:
        mask &= _spec(snapshot, condition)
    return mask


def _prices(price: Numbers, wanted: ProductFilter) -> Mask:
    mask = np.ones(len(price), dtype=np.bool_)
    if (low := wanted.min_price_cents) is not None:
        mask &= price > low if wanted.min_price_exclusive else price >= low
    if (high := wanted.max_price_cents) is not None:
        mask &= price < high if wanted.max_price_exclusive else price <= high
    return mask


def _spec(snapshot: Snapshot, condition: SpecFilter) -> Mask:
    column = snapshot.spec_columns.get(condition.name)
    if column is None:
        return np.full(len(snapshot.products), condition.op is Comparator.NE)
    value = condition.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _compared(column.numbers, condition.op, float(value))
    wanted = [("yes" if value else "no")] if isinstance(value, bool) else [value] if isinstance(value, str) else value
    found = np.zeros(len(snapshot.products), dtype=np.bool_)
    for text in map(squeezed, wanted):
        for stated, mask in column.texts.items():
            if stated == text or (condition.op in (Comparator.CONTAINS, Comparator.NE) and text in stated):
                found |= mask
    return ~found if condition.op is Comparator.NE else found


def _compared(numbers: Numbers, op: Comparator, value: float) -> Mask:
    near = np.abs(numbers - value) <= 1e-6 * max(1.0, abs(value))
    match op:
        case Comparator.GT:
            return (numbers > value) & ~near
        case Comparator.GTE:
            return (numbers >= value) | near
        case Comparator.LT:
            return (numbers < value) & ~near
        case Comparator.LTE:
            return (numbers <= value) | near
        case Comparator.NE:
            return ~near
    return near


def _relevance(snapshot: Snapshot, text: str) -> Numbers:
    """How well each product answers the free text; 0 where one of its words is missing."""
    total = np.zeros(len(snapshot.products))
    for position, word in enumerate(dict.fromkeys(stems(text))):
        weights = np.zeros(len(snapshot.products))
        for known in known_words(snapshot, word):
            for index, weight in snapshot.postings[known].items():
                weights[index] = max(weights[index], weight)
        rarity = np.log1p(len(weights) / (1 + np.count_nonzero(weights)))
        total = np.where((weights > 0) & ((position == 0) | (total > 0)), total + weights * rarity, 0)
    return total if stems(text) else np.ones(len(snapshot.products))


def known_words(snapshot: Snapshot, word: str) -> list[str]:
    """The catalogue's words that a word means: itself, itself with a number behind, else the nearest spelling."""
    cache = snapshot.spellings
    if word not in cache:
        if len(cache) > _REMEMBERED:
            cache.clear()
        cache[word] = _beginning_alike(snapshot, word) or _spelt_alike(snapshot, word)
    return cache[word]


def _beginning_alike(snapshot: Snapshot, word: str) -> list[str]:
    found = [word] if word in snapshot.postings else []
    if word.isalpha() and len(word) > 2:
        found += [known for known in _starting(snapshot, word) if known[len(word) : len(word) + 1].isdigit()]
    return found


def _spelt_alike(snapshot: Snapshot, word: str) -> list[str]:
    """One misspelt letter or two in a long word; the first letter is taken as right."""
    if len(word) < 6 or not word.isalpha():
        return []
    best = process.extractOne(word, _starting(snapshot, word[0]), scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
    return [best[0]] if best else []


def _starting(snapshot: Snapshot, beginning: str) -> list[str]:
    words = snapshot.sorted_words
    return words[bisect_left(words, beginning) : bisect_left(words, beginning + "\uffff")]


def _order(snapshot: Snapshot, wanted: ProductFilter, indexes: Codes, relevance: Numbers) -> Codes:
    key = wanted.sort.removeprefix("-")
    downwards = wanted.sort.startswith("-") or key in ("rating", "relevance")
    if key == "name":
        names = np.argsort(np.argsort([p.name.lower() for p in snapshot.products], kind="stable"))
        first = names.astype(np.float64)
    elif key in ("price", "rating", "relevance"):
        first = {"price": snapshot.price, "rating": snapshot.rating, "relevance": np.round(relevance, 6)}[key]
    elif key in snapshot.spec_columns:
        first = snapshot.spec_columns[key].numbers
    else:
        raise InvalidInput(f'Products cannot be sorted by "{key}".', field="sort")
    chosen = first[indexes]
    first = np.where(np.isnan(chosen), np.inf, -chosen if downwards else chosen)
    unavailable = snapshot.stock[indexes] == 0
    rating = np.nan_to_num(snapshot.rating[indexes], nan=0.0)
    price = np.nan_to_num(snapshot.price[indexes], nan=np.inf)
    order: Codes = np.lexsort((indexes, price, -rating, unavailable, first))
    return order


def _is_one(names: tuple[str, ...], codes: Codes, wanted: set[str]) -> Mask:
    found: Mask = np.array([squeezed(name) in wanted for name in names], dtype=np.bool_)[codes]
    return found


def _facet(names: tuple[str, ...], codes: Codes, indexes: Codes) -> dict[str, int]:
    counts = np.bincount(codes[indexes], minlength=len(names))
    found = [(names[i], int(n)) for i, n in enumerate(counts) if n and names[i]]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
