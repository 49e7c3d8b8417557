"""Products named in texts, and names resolved."""

import pytest

from backend.graph.shop_words import ShopWords
from backend.graph.snapshot import Snapshot
from tests.graph.shop import PRODUCTS, product

WORDS = ShopWords(
    Snapshot((*PRODUCTS, product(30, "X1 Tablet", "Tablets", 300), product(31, "X10 Tablet", "Tablets", 400)), 1)
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tell me about the Falcon 7", [["Falcon 7 Laptop"]]),
        ("compare falcon 7 with FALCON 9, please", [["Falcon 7 Laptop"], ["Falcon 9 Laptop"]]),
        ("is the F7-2024 in stock?", [["Falcon 7 Laptop"]]),
        ("what about the X1?", [["X1 Tablet"]]),
        ("and the X10", [["X10 Tablet"]]),
        ("the X100", []),
        ("the X1 Pro", []),
        ("SmartPhone One Max or SmartPhone One?", [["SmartPhone One Max"], ["SmartPhone One"]]),
        ("my smart phone one max is hot", [["SmartPhone One Max"]]),
        ("swiftbok air", [["SwiftBook Air"]]),
        ("the gaming laptop", [["Gaming Laptop R5"]]),
        ("show me gaming laptops", []),
        ("do you have a gaming laptop?", []),
        ("the dock station", [["Dock Station Mini", "Dock Station Max"]]),
        ("I want a laptop", []),
        ("does Board Pro WiFi work with the Ryzo 5 CPU?", [["Board Pro WIFI"], ["Ryzo 5 CPU"]]),
        ("the Board Pro Wi-Fi", [["Board Pro WIFI"]]),
    ],
)
def test_mentions(text: str, named: list[list[str]]) -> None:
    assert [[p.name for p in m.products] for m in WORDS.find_mentions(text)] == named


def test_a_mention_knows_its_place() -> None:
    text = "Is the Wave Headphones better?"
    (mention,) = WORDS.find_mentions(text)
    assert text[mention.start : mention.end] == "Wave Headphones"


def test_resolve() -> None:
    assert [p.id for p in WORDS.resolve("12").products] == ["12"]
    assert [p.id for p in WORDS.resolve("falcon 9 laptop").products] == ["2"]
    assert {p.id for p in WORDS.resolve("dock station").candidates} == {"8", "9"}
    nothing = WORDS.resolve("ZenPhone")
    assert not nothing.products and not nothing.candidates


@pytest.mark.parametrize(
    ("word", "category"),
    [("laptops", "Laptops"), ("notebook", "Laptops"), ("tvs", "TVs"), ("phone", "Smartphones"), ("earbuds", "Audio"),
     ("boards", "Motherboard"), ("video card", "GPU"), ("computer cases", "PCCase"), ("processors", "CPU"),
     ("apron", None)],
)  # fmt: skip
def test_category_of(word: str, category: str | None) -> None:
    assert WORDS.category_of(word) == category


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Classc VGA Cable", "10"), ("Dok Station Mini", "8"), ("Falcon 8 Laptop", None), ("Garden Gnome", None)],
)
def test_a_name_that_is_nearly_spelt_so_is_meant_but_not_with_another_number(said: str, meant: str | None) -> None:
    found = ShopWords(Snapshot(PRODUCTS, 1)).spelt_like(said)
    assert (found.id if found else None) == meant
