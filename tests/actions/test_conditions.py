"""Wishes that hang on an amount, goods picked by their price or left out by a list, and a word put right."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.agents.actions.changing import changed_arguments
from backend.agents.actions.conditions import conditional_in
from backend.agents.actions.fallback import split_fallback
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.options import variant_meant
from backend.agents.actions.priced import by_price
from backend.domain.catalogue import Variant
from backend.domain.conversation import PendingAction
from backend.domain.customers import Address
from backend.domain.orders import Order, OrderLine, OrderStatus


def line(number: int, name: str, cents: int, **options: str) -> OrderLine:
    return OrderLine(
        id=f"L{number}",
        product_id=name,
        variant_id=f"70000{number}",
        name=name,
        options=options,
        unit_price_cents=cents,
    )


def waiting(tool: str, **arguments: Any) -> PendingAction:
    return PendingAction(
        id="p", tool=tool, arguments=arguments, customer_id="c", order_id="#K551", title="t", summary="s",
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
    )  # fmt: skip


ORDER = Order(
    id="#K551",
    customer_id="c",
    status=OrderStatus.DELIVERED,
    address=Address(line1="1 Hill St", city="Tulsa", zip="74101"),
    lines=(
        line(1, "Wool Blanket", 8900, color="grey", size="large"),
        line(2, "Electric Kettle", 4500),
        line(3, "Tea Kettle", 3100),
        line(4, "Floor Lamp", 12900),
        line(5, "Mirror", 12900),
    ),
)


@pytest.mark.parametrize(
    ("said", "wish", "bound", "cents", "otherwise"),
    [
        ("Return the lamp if I get at least $120 back", "Return the lamp", "at least", 12000, ""),
        ("if the refund is below $20 exchange it, otherwise return it", "exchange it", "less than", 2000, "return it"),
        ("cancel it unless the total is under 300 dollars", "cancel it", "at least", 30000, ""),
        ("swap the mug for the cheapest one, but only if it costs no more than 30 bucks. If not, send it back",
         "swap the mug for the cheapest one", "at most", 3000, "send it back"),
    ],
)  # fmt: skip
def test_a_wish_and_the_amount_it_hangs_on(said: str, wish: str, bound: str, cents: int, otherwise: str) -> None:
    found = conditional_in(said)
    assert found is not None
    assert (found.wish, found.bound, found.cents, found.otherwise) == (wish, bound, cents, otherwise)
    again = conditional_in(f"return x{found.said}")
    assert again is not None
    assert (again.bound, again.cents, again.otherwise) == (bound, cents, otherwise)


@pytest.mark.parametrize(
    "said", ["show me lamps if they are under $50", "how much is it if I buy more than 3", "return it"]
)
def test_no_amount_or_no_wish_is_no_condition(said: str) -> None:
    assert conditional_in(said) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the cheapest item", ["L3"]),
        ("my two cheapest things", ["L2", "L3"]),
        ("the most expensive one", []),  # two cost the same
        ("I found it cheaper elsewhere", []),
    ],
)
def test_a_price_picks(said: str, expected: list[str]) -> None:
    assert sorted(found.id for found in by_price(said, ORDER.lines)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("everything except the lamp and the mirror", ["L1", "L2", "L3"]),
        ("everything except the cheapest item", ["L1", "L2", "L4", "L5"]),
        ("I'm keeping the blanket, the mirror and the lamp, the rest goes back", ["L2", "L3"]),
        ("everything except the one from my aunt", []),
        ("the electric kettle", ["L2"]),
        ("the electric kettel", ["L2"]),
        ("the kettle", []),
        ("both kettles", ["L2", "L3"]),
        ("I keep the lamp and the mirror, return the blanket", ["L1"]),
    ],
)
def test_what_stays_is_left_out(said: str, expected: list[str]) -> None:
    assert sorted(found.id for found in lines_meant(said, ORDER).lines) == expected


def test_what_must_stay_the_same_and_colours_nobody_has() -> None:
    variants = [
        Variant(id="b1", product_id="b", options={"color": "red", "size": "small"}, price_cents=8000),
        Variant(id="b2", product_id="b", options={"color": "blue", "size": "large"}, price_cents=9000),
    ]
    blanket = ORDER.lines[0]
    assert variant_meant("in another colour, same size", blanket, variants).variant == variants[1]
    assert variant_meant("a small one in the same color", blanket, variants).sold_out
    assert variant_meant("a purple one", blanket, variants).sold_out


@pytest.mark.parametrize(
    ("said", "line1", "city"),
    [("wait, 21 not 12", "21 Elm Road", "Dover"), ("not Dover but Denver", "12 Elm Road", "Denver")],
)
def test_one_word_of_an_address_is_put_right(said: str, line1: str, city: str) -> None:
    old = {"line1": "12 Elm Road", "line2": "", "city": "Dover", "state": "", "zip": "19901", "country": "USA"}
    changed = changed_arguments(said, waiting("change_address", address=old), None, None)
    assert changed == {"address": {**old, "line1": line1, "city": city}}


def test_a_return_grows_by_what_is_told_later() -> None:
    pending: PendingAction = waiting("return_items", lines=[{"line_id": "L1"}])
    assert changed_arguments("also the mirror", pending, ORDER, None) == {
        "lines": [{"line_id": "L1"}, {"line_id": "L5"}]
    }
    assert changed_arguments("what about the mirror?", pending, ORDER, None) is None


def test_a_fallback_behind_a_comma() -> None:
    wish, other = split_fallback("make it purple, if you dont have that cancel the whole order")
    assert (wish, other) == ("make it purple", "if you dont have that cancel the whole order")
