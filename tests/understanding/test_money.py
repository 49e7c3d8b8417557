"""Amounts as shoppers write them, and digits that are none."""

import pytest

from backend.agents.understanding.money import find_amount

AMOUNTS = [
    ("$1.5k", 150_000),
    ("under $1,299.99", 129_999),
    ("20 euros", 2_000),
    ("$" + "9" * 400, None),
    ("nothing", None),
]


@pytest.mark.parametrize(("text", "cents"), AMOUNTS)
def test_an_amount(text: str, cents: int | None) -> None:
    assert find_amount(text) == cents
