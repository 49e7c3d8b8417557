"""Filters, sorts, counts and facets over a snapshot: a bound always holds, unknown is never zero."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from backend.domain.catalogue import Comparator, Product, ProductFilter, ProductPage, SpecFilter
from backend.domain.errors import InvalidInput
from backend.graph.snapshot import Codes, Mask, Numbers, Snapshot, SpecColumn
from backend.graph.text import squeezed, stems

_LARGEST_PAGE: Final = 200
_REMEMBERED: Final = 20_000
_SAME_WORD: Final = 86  # rapidfuzz ratio from which a misspelt word counts as a word of the catalogue


def search(snapshot: Snapshot, wanted: ProductFilter) -> ProductPage:
    """One page of what matches, the exact total, and the counts by category and brand.

    An unknown stock or rating passes its filter and stands after the known ones. A specification that is
    not stated does not pass, nor an unknown price a bound. Where options are asked for, a product comes with
    the variants that have all of them. Raises InvalidInput for a sort that no product knows.
    """
    relevance = _relevance(snapshot, wanted.text)
    chosen = chosen_items(snapshot, wanted)
    indexes = np.flatnonzero(matches(snapshot, wanted) & (relevance > 0))
    ordered = indexes[_order(snapshot, wanted, indexes, relevance, chosen)]
    size = max(1, min(wanted.page_size, _LARGEST_PAGE))
    start = (max(wanted.page, 1) - 1) * size
    return ProductPage(
        products=tuple(_shown(snapshot, int(i), chosen) for i in ordered[start : start + size]),
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
    if wanted.min_rating is not None:
        mask &= np.isnan(snapshot.rating) | (snapshot.rating >= wanted.min_rating)
    itself = _prices(snapshot.price, wanted) & _stocked(snapshot.stock, wanted.in_stock)
    for condition in wanted.specs:
        itself &= _spec(snapshot.spec_columns, condition, len(mask))
    chosen = chosen_items(snapshot, wanted)
    if chosen is not None:
        itself[snapshot.items.product] = False  # what has variants is judged by them
        itself[snapshot.items.product[chosen]] = True
    return mask & itself


def chosen_items(snapshot: Snapshot, wanted: ProductFilter) -> Mask | None:
    """The items that meet every condition at once; None where no condition speaks of an option."""
    if not any(condition.name in snapshot.item_columns for condition in wanted.specs):
        return None
    items = snapshot.items
    mask = _prices(items.price, wanted) & _stocked(items.stock, wanted.in_stock)
    for condition in wanted.specs:
        if condition.name in snapshot.item_columns:
            mask &= _spec(snapshot.item_columns, condition, len(mask))
        else:
            mask &= _spec(snapshot.spec_columns, condition, len(snapshot.products))[items.product]
    return mask


def _shown(snapshot: Snapshot, index: int, chosen: Mask | None) -> Product:
    """The product with the variants that were asked for, those that can be had first."""
    product = snapshot.products[index]
    if chosen is None:
        return product
    mine = np.flatnonzero(chosen & (snapshot.items.product == index))
    variants = [snapshot.items.variants[item] for item in mine]
    return product.model_copy(update={"variants": tuple(variants)}) if variants else product


def _stocked(stock: Numbers, wanted: bool | None) -> Mask:
    if wanted is None:
        return np.ones(len(stock), dtype=np.bool_)
    found: Mask = np.isnan(stock) | (stock == 1) if wanted else stock == 0
    return found


def relevant(snapshot: Snapshot, text: str) -> Mask:
    """Which products have all the words of a free text, each in some place."""
    found: Mask = _relevance(snapshot, text) > 0
    return found


def _prices(price: Numbers, wanted: ProductFilter) -> Mask:
    mask = np.ones(len(price), dtype=np.bool_)
    if (low := wanted.min_price_cents) is not None:
        mask &= price > low if wanted.min_price_exclusive else price >= low
    if (high := wanted.max_price_cents) is not None:
        mask &= price < high if wanted.max_price_exclusive else price <= high
    return mask


def _spec(columns: Mapping[str, SpecColumn], condition: SpecFilter, size: int) -> Mask:
    column = columns.get(condition.name)
    if column is None:
        return np.full(size, condition.op is Comparator.NE)
    value = condition.value
    found = np.zeros(size, dtype=np.bool_)
    if isinstance(value, int | float) and not isinstance(value, bool):
        unlike = condition.op is Comparator.NE
        op = Comparator.EQ if unlike else condition.op
        found[column.indexes[_compared(column.amounts, op, float(value))]] = True
        return ~found if unlike else found
    wanted = [("yes" if value else "no")] if isinstance(value, bool) else [value] if isinstance(value, str) else value
    texts = column.stated
    parts = condition.op in (Comparator.CONTAINS, Comparator.NE)
    for text in map(squeezed, wanted):
        # "not ATX" leaves Micro ATX
        inside = parts and not (condition.op is Comparator.NE and text in texts.keys)
        found |= texts.having(lambda key, t=text, part=inside: t in key if part else t == key, size)  # type: ignore[misc]
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
    return near


def _relevance(snapshot: Snapshot, text: str) -> Numbers:
    """How well each product answers the free text; 0 where one of its words is missing."""
    total = np.zeros(len(snapshot.products))
    for position, word in enumerate(dict.fromkeys(stems(text))):
        weights = np.zeros(len(snapshot.products))
        for known in known_words(snapshot, word):
            for index, weight in snapshot.postings[known].items():
                weights[index] = max(weights[index], weight)
        if word in snapshot.heads:  # "guitar" is no string and no amplifier for one
            weights[~np.isin(snapshot.categories[1], snapshot.heads[word])] = 0
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


def _order(snapshot: Snapshot, wanted: ProductFilter, indexes: Codes, relevance: Numbers, items: Mask | None) -> Codes:
    key = wanted.sort.removeprefix("-")
    downwards = wanted.sort.startswith("-") or key in ("rating", "relevance")
    prices, stock = _of_items(snapshot, items)
    if key == "name":
        first = snapshot.names
    elif key in ("price", "rating", "relevance"):
        first = {"price": prices, "rating": snapshot.rating, "relevance": np.round(relevance, 6)}[key]
    elif key in snapshot.spec_columns:
        column = snapshot.spec_columns[key]
        first = column.highest if downwards else column.numbers
    else:
        raise InvalidInput(f'Products cannot be sorted by "{key}".', field="sort")
    chosen = first[indexes]
    first = np.where(np.isnan(chosen), np.inf, -chosen if downwards else chosen)
    unavailable = stock[indexes] == 0
    rating = np.nan_to_num(snapshot.rating[indexes], nan=0.0)
    price = np.nan_to_num(prices[indexes], nan=np.inf)
    order: Codes = np.lexsort((indexes, price, -rating, unavailable, first))
    return order


def _of_items(snapshot: Snapshot, items: Mask | None) -> tuple[Numbers, Numbers]:
    """Price and stock of every product; of those with variants, of the variants that were chosen."""
    if items is None:
        return snapshot.price, snapshot.stock
    price, stock, owner = snapshot.price.copy(), snapshot.stock.copy(), snapshot.items.product
    price[owner[items]] = np.nan
    stock[owner[items]] = 0.0
    for having in (items & (snapshot.items.stock != 0), items):  # what can be had names the price
        open_ = having & np.isnan(price[owner])
        np.fmin.at(price, owner[open_], snapshot.items.price[open_])
        stock[owner[having & (snapshot.items.stock != 0)]] = 1.0
    return price, stock


def _is_one(names: tuple[str, ...], codes: Codes, wanted: set[str]) -> Mask:
    found: Mask = np.array([squeezed(name) in wanted for name in names], dtype=np.bool_)[codes]
    return found


def _facet(names: tuple[str, ...], codes: Codes, indexes: Codes) -> dict[str, int]:
    counts = np.bincount(codes[indexes], minlength=len(names))
    found = [(names[i], int(n)) for i, n in enumerate(counts) if n and names[i]]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
