"""Slips are put right before a message is judged; words and names are left alone."""

from pathlib import Path

import pytest

from backend.agents.understanding.spelling import Spelling, distance, open_spelling
from backend.settings import ROOT

WORDS = frozenset(
    "over heat them the and gasket basket order fleece freeze wrench french sand send status refund wait".split()
)


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    utterances = ROOT / "seed_data" / "utterances"
    ours = {word for path in utterances.glob("*.txt") for word in path.read_text().lower().split() if word.isalpha()}
    return open_spelling(utterances, WORDS | ours - {"stauts", "packge", "refnd"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wen wil my packge arive", "when will my package arrive"),
        ("i wnt a refnd", "i want a refund"),
        ("stauts of my ordr pls", "status of my order please"),
        ("canecl my oder 4412", "cancel my order 4412"),
    ],
)
def test_slips_and_shorthand(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "does the gasket fit",
        "a fleece and a wrench",
        "will it overheat",
        "a chem set",
        "sand it",
        "tell me about the Zenphnoe",
        "ann@packge.test",
        "X1-wen",
        "dónde está mi pedido",
        "wo ist meine bestellung geblieben",
    ],
)
def test_words_names_and_addresses_stay(spelling: Spelling, text: str) -> None:
    assert spelling.mend(text) == text


def test_without_a_list_of_words_only_shorthand_is_touched(tmp_path: Path) -> None:
    (tmp_path / "general.txt").write_text("## greeting\n" + "package refund\n" * 9)
    assert open_spelling(tmp_path, frozenset()).mend("wen packge") == "when packge"


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("order", "ordr", 1), ("stauts", "status", 1), ("abc", "abcdef", 3)]
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips
