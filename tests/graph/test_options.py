# ruff: noqa: E501  one product a line reads as the table it is
"""Goods in variants: options of one item together, its price and stock, in what goods come, facets."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.acts import Act
from backend.domain.cards import ProductsCard
from backend.domain.catalogue import Comparator, Product, ProductFilter, SpecFilter, Variant
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, SessionState, Turn
from backend.graph.agent import GraphAgent
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.facets import facets
from backend.graph.offers import offer
from backend.graph.products import ProductGraph
from backend.graph.shop_words import ShopWords
from backend.graph.snapshot import Snapshot
from backend.graph.wording import described
from tests.graph.shop import product, relations, rules


def made(number: int, name: str, *rows: tuple[dict[str, str], int, int | None, bool], **specs: Any) -> Product:
    """A product whose category is its name, as small shops have it."""
    bare = product(number, name, name, 1, **specs)
    variants = tuple(
        Variant(
            id=f"{number}-{at}",
            product_id=str(number),
            options=options,
            price_cents=cents,
            stock=stock,
            available=there,
        )
        for at, (options, cents, stock, there) in enumerate(rows)
    )
    return bare.model_copy(update={"variants": variants})


GOODS = (
    made(1, "Linen Shirt", ({"color": "teal", "size": "M"}, 4100, None, True), ({"color": "teal", "size": "L"}, 3900, None, True),
         ({"color": "grey", "size": "M"}, 3500, None, True), ({"color": "grey", "size": "S"}, 3300, None, False)),
    made(2, "Thermos", ({"capacity": "500ml", "color": "red"}, 2000, 3, True), ({"capacity": "1 liter", "color": "red"}, 2600, 0, True),
         ({"capacity": "1 liter", "color": "teal"}, 2700, 9, True)),
    made(3, "Typewriter", ({"backlight": "none", "waterproof": "yes"}, 9000, 2, True), ({"backlight": "white", "waterproof": "no"}, 9500, 2, True)),
    made(4, "Bookshelf", ({"height": "4 ft"}, 8000, 2, True)),
    product(5, "Loft Desk", "Desks", 1, stock=1).model_copy(update={"variants": ()}),
    product(6, "Oak Desk", "Desks", 300, stock=1),
    made(7, "Travel Laptop", ({"memory": "16 GB"}, 100_000, 1, True), ({"memory": "32 GB"}, 130_000, 1, True), memory_gb=16),
)  # fmt: skip


async def gather(text: str, act: Act = Act.PRODUCT_SEARCH, *named: int, view: tuple[int, ...] = ()) -> Evidence:
    async def load(tenant: str) -> tuple[Product, ...]:
        return GOODS

    async def version(tenant: str) -> int:
        return 1

    graph = ProductGraph(Catalogue(load, version), EmbeddedGraph(), relations, rules)
    refs = tuple(ProductRef(id=p.id, name=p.name) for p in GOODS if int(p.id) in named)
    request = Request(text=text, standalone=text, act=act, confidence=1, entities=Entities(products=refs))
    state = SessionState(session_id="s")
    seen = tuple(ProductRef(id=p.id, name=p.name) for p in GOODS if int(p.id) in view)
    state = state.model_copy(update={"focus": state.focus.model_copy(update={"products": seen, "shown": seen})})
    turn = Turn(tenant="small", message_id="1", text=text, at=datetime.now(UTC), state=state)
    try:
        return await GraphAgent(graph).gather(turn, request)
    finally:
        await graph.close()


def card(evidence: Evidence) -> ProductsCard:
    return next(c for c in evidence.cards if isinstance(c, ProductsCard))


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("do you have teal linen shirts in size M?", [4100]),
        ("linen shirts, colour grey, size M", [3500]),
        ("linen shirts in size S", [3300]),  # sold out, but it is what was asked for
        ("teal linen shirts in size S", []),
        ("pink linen shirts", []),
        ("a 500 ml thermos", [2000]),
        ("thermos flasks of at least 0.75 liters in red", [2600]),
        ("thermos over 600 ml under $26.50", [2600]),
        ("a typewriter without backlight", [9000]),
        ("waterproof typewriter with backlight", []),
        ("typewriters that are not waterproof", [9500]),
        ("32 GB travel laptops", [130_000]),
        ("travel laptops with 32 GB under $1200", []),
        ("linen shirts that are not teal in stock", [3500]),
    ],
)
async def test_options_hold_for_one_variant_with_its_price(text: str, prices: list[int]) -> None:
    found = card(await gather(text))
    assert [item.price_cents for item in found.items] == prices
    assert found.total == len(prices)


async def test_price_and_stock_of_the_variants_are_told() -> None:
    assert (await gather("teal linen shirts in size M")).text == (
        "Yes, we have the Linen Shirt in teal with size M: teal, M: $41.00, available."
    )
    assert "out of stock" in (await gather("a red thermos of 1 liter")).text
    gone = await gather("do you have pink linen shirts?")
    assert gone.text.startswith("No, we do not have the Linen Shirt in pink. It comes in teal and grey.")
    dear = await gather("linen shirts in teal under $30")
    assert "$39.00" in dear.text and not dear.found


def test_several_conditions_are_said_in_one_breath() -> None:
    flask = made(9, "Flask", ({"lid": "steel", "size": "7", "colour": "red"}, 900, 1, True))
    wanted = [SpecFilter(name=name, op=Comparator.EQ, value=value) for name, value in flask.variants[0].options.items()]
    said, _ = offer(flask, "", wanted, flask.variants)
    assert said.startswith("Yes, we have the Flask in red with lid steel and size 7:")


async def test_what_is_told_of_a_product_names_the_range_of_its_prices() -> None:
    told = await gather("tell me about the linen shirt", Act.PRODUCT_QUESTION, 1)
    assert told.text.startswith("The Linen Shirt costs from $")


def test_a_bound_is_in_the_shops_own_money() -> None:
    euros = Snapshot([product.model_copy(update={"currency": "EUR"}) for product in GOODS], 1)
    assert "under €30" in described(ProductFilter(max_price_cents=3000, max_price_exclusive=True), euros)


async def test_everything_is_no_kind_of_goods() -> None:
    assert "do not sell" not in (await gather("show me everything under $30")).text


async def test_one_product_is_asked_for_what_it_comes_in() -> None:
    colours = await gather("which colours does the linen shirt come in?", Act.PRODUCT_QUESTION, 1)
    assert colours.text == "The Linen Shirt comes in teal and grey."
    sizes = await gather("what sizes does the linen shirt come in?", Act.PRODUCT_QUESTION, 1)
    assert sizes.text == "The Linen Shirt comes in size M and L. Out of stock at the moment: S."
    red = await gather("how much is the 500ml thermos in red?", Act.PRODUCT_QUESTION)
    assert "$20.00, in stock (3)" in red.text


async def test_a_compared_product_that_is_not_sold_is_said_so() -> None:
    said = await gather("compare the thermos and the sundial", Act.COMPARE, 2, view=(1,))
    assert "We do not sell a sundial" in said.text and "Thermos" in said.text
    assert [ref.name for ref in said.focus_products] == ["Thermos"] and not any(
        c.type == "comparison" for c in said.cards
    )
    both = await gather("compare it and the thermos", Act.COMPARE, 2, view=(1,))
    assert any(c.type == "comparison" for c in both.cards)


async def test_a_price_that_nobody_stated_is_unknown() -> None:
    desks = await gather("desks")
    assert [item.price_cents for item in card(desks).items if item.name == "Loft Desk"] == [None]
    assert "Loft Desk (price unknown)" in desks.text and "$0.00" not in desks.text
    bound = await gather("desks under $1000")
    assert [item.name for item in card(bound).items] == ["Oak Desk"]
    assert bound.text.endswith("Of 1 more the price is unknown.")
    cheapest = await gather("the cheapest desk")
    assert card(cheapest).items[0].name == "Oak Desk"


async def test_goods_are_called_as_people_call_them() -> None:
    assert "bookshelves" in (await gather("what do you sell?")).text
    assert (await gather("do you have any bookshelves?")).text.startswith("We have one bookshelf")
    assert card(await gather("any shirts?")).total == 1


def test_facets_count_each_without_its_own_condition() -> None:
    snapshot = Snapshot(GOODS, 1)
    found = {facet.name: facet for facet in facets(snapshot, ProductFilter(category="Linen Shirt"))}
    assert {v.value: v.count for v in found["category"].values}["Thermos"] == 1
    assert {v.value: v.count for v in found["color"].values} == {"teal": 1, "grey": 1}
    every = {facet.name: facet for facet in facets(snapshot, ProductFilter())}
    assert sum(v.count for v in every["price"].values) == 6  # one price is unknown
    assert all(v.low is not None and v.high is not None and v.low < v.high for v in every["price"].values)


async def test_a_colour_that_goods_do_not_come_in_is_no_and_one_that_nothing_states_is_said_so() -> None:
    stool = product(8, "Bar Stool", "Stools", 90, color="Black")
    lamp = product(9, "Moon Lamp", "Lamps", 40)
    sun = product(10, "Sun Lamp", "Lamps", 41, color="Red")
    words = ShopWords(Snapshot((*GOODS, stool, lamp, sun), 1))
    told = []
    for one, said in (
        (stool, "the Bar Stool in red"),
        (stool, "the Bar Stool in black"),
        (lamp, "the Moon Lamp in red"),
    ):
        wanted = words.options_asked(one, said)
        told.append(offer(one, said, wanted, words.chosen(one, wanted))[0])
    assert told[0] == "No, we do not have the Bar Stool in Red. It comes in Black."
    assert told[1].startswith("Yes, we have the Bar Stool in Black")
    assert told[2].startswith("Our catalogue does not state the color of the Moon Lamp.")
