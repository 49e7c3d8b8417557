"""Search over the snapshot: bounds hold, totals are right, unknown is not zero, changes are seen."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.catalogue import Comparator, Product, ProductFilter, SpecFilter, Variant
from backend.domain.errors import InvalidInput, NotFound
from backend.graph.catalogue import Catalogue
from backend.graph.search import search
from backend.graph.snapshot import Snapshot
from tests.graph.shop import PRODUCTS, Shelf, catalogue, product

SNAPSHOT = Snapshot(PRODUCTS, 1)
CENTS = st.none() | st.integers(0, 200_000) | st.sampled_from(sorted({p.price_cents for p in PRODUCTS}))
NUMBERS = {"memory_gb": (8, 12, 16, 32), "screen_in": (6.1, 13.3, 15.6, 50), "weight_kg": (0.1, 1.1, 2.0)}

spec_filters = st.sampled_from(sorted(NUMBERS)).flatmap(
    lambda name: st.builds(
        SpecFilter,
        name=st.just(name),
        op=st.sampled_from([Comparator.EQ, Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE]),
        value=st.sampled_from(NUMBERS[name]),
    )
)
filters = st.builds(
    ProductFilter,
    category=st.none() | st.sampled_from(sorted({p.category for p in PRODUCTS})),
    brand=st.none() | st.sampled_from(["Lumen", "Vista", "lumen"]),
    excluded_brands=st.sampled_from([(), ("Northwind",), ("Lumen", "Vista")]),
    min_price_cents=CENTS,
    max_price_cents=CENTS,
    min_price_exclusive=st.booleans(),
    max_price_exclusive=st.booleans(),
    min_rating=st.none() | st.floats(1, 5),
    in_stock=st.none() | st.booleans(),
    specs=st.lists(spec_filters, max_size=2).map(tuple),
    sort=st.sampled_from(["relevance", "price", "-price", "rating", "name", "weight_kg", "-memory_gb"]),
    page=st.integers(1, 4),
    page_size=st.integers(1, 7),
)


@given(filters)
def test_bounds_hold_and_the_total_is_an_independent_count(wanted: ProductFilter) -> None:
    page = search(SNAPSHOT, wanted)
    allowed = [p for p in PRODUCTS if _holds(p, wanted)]
    assert page.total == len(allowed)
    assert all(p in allowed for p in page.products)
    start = (wanted.page - 1) * wanted.page_size
    assert len(page.products) == max(0, min(wanted.page_size, len(allowed) - start))
    assert sum(page.categories.values()) == page.total


@given(filters)
def test_pages_join_to_all_matches_without_repeats(wanted: ProductFilter) -> None:
    total = search(SNAPSHOT, wanted).total
    pages = -(-total // wanted.page_size)
    found = [
        p.id for n in range(1, pages + 1) for p in search(SNAPSHOT, wanted.model_copy(update={"page": n})).products
    ]
    assert len(found) == len(set(found)) == total


def test_unknown_stock_and_rating_are_not_zero() -> None:
    gaming = next(p for p in PRODUCTS if p.name == "Gaming Laptop R5")
    assert gaming.in_stock is None and gaming.rating is None
    wanted = ProductFilter(category="Laptops", in_stock=True, min_rating=4.5, sort="rating")
    assert [p.id for p in search(SNAPSHOT, wanted).products] == ["2", "1", "4"], "unknown last"
    assert [p.id for p in search(SNAPSHOT, ProductFilter(category="Laptops", in_stock=False)).products] == ["3"]


def test_sorts_put_missing_values_last() -> None:
    for sort in ("weight_kg", "-weight_kg"):
        found = search(SNAPSHOT, ProductFilter(sort=sort, page_size=50)).products
        weights = [None if (s := p.spec("weight_kg")) is None else s.value for p in found]
        known = [w for w in weights if w is not None]
        assert known == sorted(known, reverse=sort.startswith("-"))  # type: ignore[type-var]
        assert weights[: len(known)] == known


@pytest.mark.parametrize(
    ("text", "ids"),
    [("falcon", {"1", "2"}), ("lumen laptop", {"3", "4"}), ("smart phone", {"5", "6"}), ("mice", {"11"}),
     ("wi-fi", {"16"}),
     ("headphnes", {"12"}), ("falcon headphones", set()), ("DDR5", {"16"})],
)  # fmt: skip
def test_free_text_needs_every_word(text: str, ids: set[str]) -> None:
    assert {p.id for p in search(SNAPSHOT, ProductFilter(text=text)).products} == ids


def test_an_unknown_sort_is_refused() -> None:
    with pytest.raises(InvalidInput):
        search(SNAPSHOT, ProductFilter(sort="colour of the box"))


async def test_a_changed_catalogue_is_seen_and_an_unchanged_one_is_not_read_again() -> None:
    shelf = Shelf()
    shop = catalogue(shelf)
    assert (await shop.search("small", ProductFilter(text="kettle"))).total == 0
    shelf.change((*PRODUCTS, product(40, "Steel Kettle", "Kitchen", 35)))
    await shop.refresh("small")
    assert (await shop.search("small", ProductFilter(text="kettle"))).total == 1
    await shop.refresh("small")
    assert shelf.loads == 2


async def test_stock_and_price_are_of_this_moment() -> None:
    sold: dict[str, tuple[Variant, ...]] = {}

    async def live(tenant: str, ids: Sequence[str]) -> Mapping[str, tuple[Variant, ...]]:
        return {i: sold[i] for i in ids if i in sold}

    shelf = Shelf()
    shop = Catalogue(shelf.load, shelf.version, live)
    wanted = ProductFilter(category="Laptops", in_stock=True)
    assert (await shop.search("small", wanted)).total == 3
    sold["1"] = (Variant(id="1-v", product_id="1", price_cents=99_900, stock=0),)
    assert (await shop.product("small", "1")).price_cents == 99_900
    page = await shop.search("small", wanted)
    assert page.total == 2 and "1" not in {p.id for p in page.products}
    await shop.refresh("small")
    assert (await shop.search("small", ProductFilter(category="Laptops", max_price_cents=99_900))).total == 2
    assert shelf.loads == 1


async def test_an_empty_shop_answers() -> None:
    shop = catalogue()
    assert (await shop.search("nobody", ProductFilter(text="laptop", category="Laptops"))).total == 0
    words = await shop.words("nobody")
    assert words.find_mentions("the Falcon 7") == () and words.categories() == ()
    assert not words.parse("laptops under $500").filter.category
    with pytest.raises(NotFound):
        await shop.product("nobody", "1")


def _holds(p: Product, wanted: ProductFilter) -> bool:
    low, high = wanted.min_price_cents, wanted.max_price_cents
    brand = (p.brand or "").lower()
    return all(
        (
            wanted.category in (None, p.category),
            wanted.brand is None or brand == wanted.brand.lower(),
            brand not in {b.lower() for b in wanted.excluded_brands},
            low is None or (p.price_cents > low if wanted.min_price_exclusive else p.price_cents >= low),
            high is None or (p.price_cents < high if wanted.max_price_exclusive else p.price_cents <= high),
            wanted.min_rating is None or p.rating is None or p.rating >= wanted.min_rating,
            wanted.in_stock is None or p.in_stock is wanted.in_stock or (p.in_stock is None and wanted.in_stock),
            *(_meets(p, s) for s in wanted.specs),
        )
    )


def _meets(p: Product, condition: SpecFilter) -> bool:
    found = p.spec(condition.name)
    if found is None:
        return False
    value: Any = found.value
    return bool(
        {
            Comparator.EQ: value == condition.value,
            Comparator.GT: value > condition.value,
            Comparator.GTE: value >= condition.value,
            Comparator.LT: value < condition.value,
            Comparator.LTE: value <= condition.value,
        }[condition.op]
    )
