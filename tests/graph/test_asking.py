# ruff: noqa: E501  a phrase and its conditions read as one line
"""What plain words set as conditions, in the vocabulary of a small shop."""

import pytest

from backend.domain.catalogue import Comparator, SpecFilter
from backend.graph.asking import Asked
from backend.graph.shop_words import ShopWords
from backend.graph.snapshot import Snapshot
from tests.graph.shop import PRODUCTS

WORDS = ShopWords(Snapshot(PRODUCTS, 1))


def spec(name: str, op: str, value: float | str | bool) -> SpecFilter:
    return SpecFilter(name=name, op=Comparator(op), value=value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("laptops under $1500", {"category": "Laptops", "max_price_cents": 150000, "max_price_exclusive": True}),
        ("notebooks below 1.5k", {"category": "Laptops", "max_price_cents": 150000, "max_price_exclusive": True}),
        ("phones for at most 700 dollars", {"category": "Smartphones", "max_price_cents": 70000}),
        ("a phone between $500 and $700", {"category": "Smartphones", "min_price_cents": 50000, "max_price_cents": 70000}),
        ("phones from 500 to 700 usd", {"category": "Smartphones", "min_price_cents": 50000, "max_price_cents": 70000}),
        ("$100-$200 headphones", {"category": "Audio", "text": "headphone", "min_price_cents": 10000, "max_price_cents": 20000}),
        ("tvs over 500", {"category": "TVs", "min_price_cents": 50000, "min_price_exclusive": True}),
        ("laptops of $1,100 or more", {"category": "Laptops", "min_price_cents": 110000}),
        ("televisions", {"category": "TVs"}),
        ("labtops", {"category": "Laptops"}),
        ("do you have any Lumen laptops in stock?", {"category": "Laptops", "brand": "Lumen", "in_stock": True}),
        ("laptops for less than twelve hundred dollars", {"category": "Laptops", "max_price_cents": 120000, "max_price_exclusive": True}),
        ("laptops, nothing over $900", {"category": "Laptops", "max_price_cents": 90000}),
        ("I don't want to pay more than 900 bucks for a laptop", {"category": "Laptops", "max_price_cents": 90000}),
        ("laptops priced 500-900", {"category": "Laptops", "min_price_cents": 50000, "max_price_cents": 90000}),
        ("laptops that are not 16 GB", {"category": "Laptops", "specs": (spec("memory_gb", "ne", 16),)}),
        ("laptops, not Lumen", {"category": "Laptops", "excluded_brands": ("Lumen",)}),
        ("laptops not from Lumen or Northwind", {"category": "Laptops", "excluded_brands": ("Lumen", "Northwind")}),
        ("32 GB laptops", {"category": "Laptops", "specs": (spec("memory_gb", "eq", 32),)}),
        ("laptops with at least 16 gigs of RAM", {"category": "Laptops", "specs": (spec("memory_gb", "gte", 16),)}),
        ("laptops with a 1 TB SSD", {"category": "Laptops", "specs": (spec("storage_gb", "eq", 1000),)}),
        ("laptops lighter than 1500 g", {"category": "Laptops", "specs": (spec("weight_kg", "lt", 1.5),)}),
        ("laptops with a screen of 40 cm or more", {"category": "Laptops", "specs": (spec("screen_in", "gte", 15.748031),)}),
        ("a laptop with 10+ hours of battery", {"category": "Laptops", "specs": (spec("battery_h", "gte", 10),)}),
        ("laptops with Thunderbolt 4", {"category": "Laptops", "specs": (spec("ports", "eq", "Thunderbolt 4"),)}),
        ("tvs with 120 Hz", {"category": "TVs", "specs": (spec("refresh_hz", "eq", 120),)}),
        ("AM5 boards", {"category": "Motherboard", "specs": (spec("socket", "eq", "AM5"),)}),
        ("motherboards without DDR5", {"category": "Motherboard", "specs": (spec("ram_type", "ne", "DDR5"),)}),
        ("boards with 4 memory slots", {"category": "Motherboard", "specs": (spec("memory_slots", "eq", 4),)}),
        ("laptops rated 4.5 or better", {"category": "Laptops", "min_rating": 4.5}),
        ("laptops with at least 4 stars under 1000", {"category": "Laptops", "min_rating": 4.0, "max_price_cents": 100000, "max_price_exclusive": True}),
        ("wireless headphones", {"category": "Audio", "text": "headphone", "specs": (spec("wireless", "eq", True),)}),
        ("cheapest laptop", {"category": "Laptops", "sort": "price"}),
        ("the most expensive phone", {"category": "Smartphones", "sort": "-price"}),
        ("the lightest laptop", {"category": "Laptops", "sort": "weight_kg"}),
        ("which laptop has the longest battery life?", {"category": "Laptops", "sort": "-battery_h"}),
        ("laptop with the most memory", {"category": "Laptops", "sort": "-memory_gb"}),
        ("best rated laptop under $1,200", {"category": "Laptops", "sort": "-rating", "max_price_cents": 120000, "max_price_exclusive": True}),
        ("show me your cheapest three laptops", {"category": "Laptops", "sort": "price", "page_size": 3}),
        ("laptops up to $900 and under 4 lbs", {"category": "Laptops", "max_price_cents": 90000, "specs": (spec("weight_kg", "lt", 1.814369),)}),
        ("laptops that cost less than the Falcon 9", {"category": "Laptops", "max_price_cents": 170000, "max_price_exclusive": True}),
        ("laptops no more expensive than the Falcon 7", {"category": "Laptops", "max_price_cents": 110000}),
        ("the cheapest laptop that is lighter than the Falcon 9 Laptop", {"category": "Laptops", "sort": "price", "specs": (spec("weight_kg", "lt", 2.1),)}),
        ("a laptop with at least as much memory as the Falcon 7 Laptop", {"category": "Laptops", "specs": (spec("memory_gb", "gte", 16),)}),
        ("which laptops have a longer battery than the Falcon 9 Laptop?", {"category": "Laptops", "specs": (spec("battery_h", "gt", 9),)}),
        ("laptops as light as the SwiftBook Air", {"category": "Laptops", "specs": (spec("weight_kg", "lte", 1.1),)}),
        ("anything cheaper than the Vista TV 50", {"category": "TVs", "max_price_cents": 79900, "max_price_exclusive": True}),
        ("laptops sorted by weight, heaviest first", {"category": "Laptops", "sort": "-weight_kg"}),
        ("sort laptops by memory from low to high", {"category": "Laptops", "sort": "memory_gb"}),
        ("laptops with the same memory as the Falcon 7 Laptop", {"category": "Laptops", "specs": (spec("memory_gb", "eq", 16),)}),
        ("laptops lighter than 2 kg and over $900", {"category": "Laptops", "min_price_cents": 90000, "min_price_exclusive": True, "specs": (spec("weight_kg", "lt", 2),)}),
        ("top 2 laptops", {"category": "Laptops", "sort": "-rating", "page_size": 2}),
        ("3 cheapest accessories", {"category": "Accessories", "sort": "price", "page_size": 3}),
        ("gaming laptops", {"category": "Laptops", "text": "gaming laptop"}),
        ("show me docks", {"category": "Accessories", "text": "dock"}),
        ("a cable for my laptop", {"category": "Accessories", "text": "cable"}),
        ("pink laptops", {"category": "Laptops", "text": "pink"}),
        ("laptops by any brand but Lumen", {"category": "Laptops", "excluded_brands": ("Lumen",)}),
        ("laptops that are neither Lumen nor Northwind", {"category": "Laptops", "excluded_brands": ("Lumen", "Northwind")}),
        ("a phone from Lumen for 700 dollars or less", {"category": "Smartphones", "brand": "Lumen", "max_price_cents": 70000}),
        ("laptops over $74 cheapest first", {"category": "Laptops", "min_price_cents": 7400, "min_price_exclusive": True, "sort": "price"}),
        ("laptops sorted by price from high to low", {"category": "Laptops", "sort": "-price"}),
        ("laptops with 16 GB at most $1,200", {"category": "Laptops", "max_price_cents": 120000, "specs": (spec("memory_gb", "eq", 16),)}),
        ("cases with a maximum video card length of over 300 mm", {"category": "PCCase", "specs": (spec("max_video_card_length", "gt", 300),)}),
        ("cases for Micro-ATX boards", {"category": "PCCase", "specs": (spec("supported_motherboard_form_factors", "eq", "Micro-ATX"),)}),
    ],
)  # fmt: skip
def test_conditions(text: str, expected: dict[str, object]) -> None:
    assert WORDS.parse(text).filter.model_dump(exclude_defaults=True) == _plain(expected)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many laptops do you have?", "count"),
        ("what is the number of phones under $700?", "count"),
        ("cheapest laptop", "superlative"),
        ("show me laptops", "list"),
    ],
)
def test_kinds_of_question(text: str, kind: str) -> None:
    assert WORDS.parse(text).kind == kind


def test_a_bound_that_nothing_is_stated_for_is_kept_as_it_was_said() -> None:
    assert WORDS.parse("laptops with more than 5 litres").unmet == ("more than 5 litres",)
    assert WORDS.parse("laptops under $900 with at least 16 GB").unmet == ()


def test_goods_that_are_not_sold_set_no_condition() -> None:
    asked = WORDS.parse("Do you sell aprons?")
    assert not asked.any and asked.unknown == ("apron",)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("do you have gaming chairs?", "gaming chairs"),
        ("any waffle irons under $50?", "waffle irons"),
        ("something under $50 for grandma", ""),
        ("laptops for grandma", ""),
    ],
)
def test_goods_of_a_strange_kind_are_named(text: str, strange: str) -> None:
    assert WORDS.parse(text).strange == strange


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("only those with 32 GB", {"specs": (spec("memory_gb", "eq", 32),)}),
        ("just the Lumen ones", {"brand": "Lumen"}),
        ("drop the Lumen ones", {"excluded_brands": ("Lumen",)}),
        ("no Lumen please", {"excluded_brands": ("Lumen",)}),
        ("and the cheapest?", {"sort": "price"}),
        ("does it fit my desk?", None),
        ("thanks a lot", None),
    ],
)
def test_what_narrows_a_list(text: str, found: dict[str, object] | None) -> None:
    narrowed = WORDS.narrowing(text, "Laptops")
    told = narrowed and narrowed.model_dump(exclude_defaults=True, exclude={"category"})
    assert told == (found and _plain(found))


def test_small_talk_sets_no_condition() -> None:
    for text in ("hello", "what do you sell?", "thank you very much", "can you help me find something?"):
        assert WORDS.parse(text) == Asked(WORDS.parse("").filter, unknown=WORDS.parse(text).unknown), text
        assert WORDS.parse_filter(text) is None


def _plain(expected: dict[str, object]) -> dict[str, object]:
    specs = expected.get("specs")
    return {**expected, "specs": tuple(s.model_dump() for s in specs)} if isinstance(specs, tuple) else expected
