"""Shops of other trades: kinds that share a word, sizes in words, names begun, what goods state of their fit."""

import pytest

from backend.domain.catalogue import Comparator, Fit, Product, ProductFilter, SpecFilter, Variant
from backend.graph.offers import offer
from backend.graph.rulebook import RuleBook
from backend.graph.seeking import seeks
from backend.graph.shop_words import ShopWords
from backend.graph.sides import compared_sides
from backend.graph.snapshot import Snapshot
from backend.graph.stated_fit import takes
from tests.graph.shop import product


def sized(goods: Product, *sizes: str) -> Product:
    variants = (
        Variant(id=f"{goods.id}{size}", product_id=goods.id, options={"size": size}, price_cents=1, stock=1)
        for size in sizes
    )
    return goods.model_copy(update={"variants": tuple(variants)})


GOODS = (
    product(1, "Rookwing Seven", "Electric Guitars", 900, strings=7, weight_kg=3.1),
    product(2, "Fenwood Parlour", "Acoustic Guitars", 400, strings=6, weight_kg=1.9),
    product(3, "Tonal Steel 12-53", "Strings", 8, instrument="acoustic guitar", material="bronze"),
    product(4, "Tonal Steel 45-105", "Strings", 20, instrument="bass", material="steel"),
    product(5, "Pilot Camp Stove", "Stoves", 40, gas_connection="EN 417", description="Comes with a bag."),
    product(6, "Duet Camp Stove", "Stoves", 90, gas_connection="CV 300"),
    product(7, "Pilot Gas 230", "Fuel", 7, gas_connection="EN 417"),
    product(8, "Sweetwater Sieve", "Water Treatment", 30, description="Light. It screws onto the Hike Bottle 600!"),
    product(9, "Hike Bottle 600", "Bottles", 12),
    product(10, "Knee Brace", "Braces", 20, compatible_with=("Duet Camp Stove",)),
    sized(product(11, "Wooldale Adult Jumper", "Jumpers", 70, material="wool"), "M", "L"),
    sized(product(12, "Hide Collar", "Collars", 25), "S (30-36 cm)", "M (37-44 cm)"),
    product(13, "Raft Cot", "Beds", 45, max_dog_weight_kg=40),
    product(14, "Down Jumper", "Jumpers", 90, material="down"),
    product(15, "Brook Filter 60", "Filters", 20),
    product(16, "Brook Filter 150", "Filters", 30),
)  # fmt: skip
WORDS = ShopWords(Snapshot(GOODS, 1))


@pytest.mark.parametrize(
    ("text", "category", "words"),
    [
        ("do you have a 7 string guitar?", None, "guitar"),
        ("guitars with 6 strings", None, "guitar"),
        ("strings for a bass", "Strings", ""),
    ],
)
def test_goods_are_what_the_last_word_says(text: str, category: str | None, words: str) -> None:
    asked = WORDS.parse(text)
    assert (asked.filter.category, asked.filter.text) == (category, words) and seeks(asked, text)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("a bed for a 35 kg dog", SpecFilter(name="max_dog_weight_kg", op=Comparator.GTE, value=35)),
        ("down jumpers", SpecFilter(name="material", op=Comparator.EQ, value="down")),
        ("jumpers in large", SpecFilter(name="size", op=Comparator.EQ, value="L")),
        ("jumpers in size M or L", SpecFilter(name="size", op=Comparator.EQ, value=("M", "L"))),
        ("collar size S", SpecFilter(name="size", op=Comparator.EQ, value="S")),
    ],
)
def test_a_value_as_shoppers_say_it(text: str, spec: SpecFilter) -> None:
    assert WORDS.parse(text).filter.specs == (spec,)


def test_a_rank_that_nothing_is_stated_for_is_kept_as_it_was_said() -> None:
    asked = WORDS.parse("your lightest stove")
    assert asked.unmet == ("lightest",) and asked.filter == ProductFilter(category="Stoves")


def test_a_name_may_be_begun_or_ended() -> None:
    assert [m.products[0].id for m in WORDS.find_mentions("how much is the Wooldale Adult?")] == ["11"]
    sides = compared_sides("Brook Filter 60 vs 150", WORDS)
    assert sides is not None and [p.id for p in sides.products] == ["15", "16"]
    either = compared_sides("sieve or the Knee Brace: which is cheaper?", WORDS)
    assert either is None, "a kind of goods that nobody sells so"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("what about L?", True), ("in medium", True), ("does it shrink in L?", False), ("a wool one", False)],
)
def test_only_options_are_chosen(text: str, chosen: bool) -> None:
    assert WORDS.chooses(GOODS[10], text) is chosen


@pytest.mark.parametrize(
    ("one", "other", "fit", "said"),
    [
        (5, 7, Fit.YES, "both have gas connection EN 417"),
        (6, 7, Fit.NO, "gas connection CV 300 (Duet Camp Stove) and EN 417 (Pilot Gas 230) differ"),
        (10, 6, Fit.YES, "the Knee Brace is made for Duet Camp Stove"),
        (9, 8, Fit.UNKNOWN, "of the Sweetwater Sieve it is written: “It screws onto the Hike Bottle 600!”"),
        (5, 9, Fit.UNKNOWN, None),
        (5, 6, Fit.UNKNOWN, None),
    ],
)
def test_fit_without_a_rule(one: int, other: int, fit: Fit, said: str | None) -> None:
    found = RuleBook().verdict(GOODS[one - 1], GOODS[other - 1])
    assert found == (fit, (said,) if said else ())


@pytest.mark.parametrize(
    ("number", "text", "fit"),
    [
        (5, "does it take EN 417?", Fit.YES),
        (6, "does the Duet Camp Stove take EN 417?", Fit.NO),
        (9, "and EN 417?", None),
    ],
)
def test_fit_with_a_standard(number: int, text: str, fit: Fit | None) -> None:
    said = WORDS.standard_said(text, GOODS[number - 1])
    assert said == ("EN 417", "connection")
    assert takes(GOODS[number - 1], *said)[0] is (fit or Fit.UNKNOWN)


def test_reductions_and_ratings_are_told() -> None:
    rated = GOODS[0].model_copy(update={"rating": 4.25, "review_count": 1200})
    assert (
        offer(rated, "what do people rate it?", (), ())[0] == "The Rookwing Seven is rated 4.2 of 5 by 1,200 reviews."
    )
    assert "states no rating" in offer(GOODS[1], "how well is it rated?", (), ())[0]
