"""What a clause names comes out typed and validated, or not at all."""

from datetime import date, timedelta

import pytest

from backend.agents.understanding.contacts import (
    find_code,
    find_complaint_ids,
    find_email,
    find_phone,
    find_refund_ids,
    find_zip,
)
from backend.agents.understanding.dates import find_dates
from backend.agents.understanding.entities import read_entities, with_conditions
from backend.agents.understanding.mentions import find_named
from backend.agents.understanding.money import find_amount
from backend.agents.understanding.options import find_options, find_quantity
from backend.agents.understanding.salience import Salience
from backend.domain.conversation import DateSpan, Entities, ProductRef
from tests.understanding.shop import Shop

SHOP = Shop()
FRIDAY = date(2026, 11, 20)
VALUES = {
    "color": frozenset({"black", "dark blue", "blue", "gray"}),
    "size": frozenset({"S", "M", "XL", "10"}),
    "storage": frozenset({"512 GB", "1 TB"}),
    "capacity": frozenset({"1000ml"}),
}


def entities(text: str) -> Entities:
    return read_entities(text, text, (), SHOP, FRIDAY)


def names(text: str, salience: Salience | None = None) -> list[str]:
    return [p.name for p in find_named(text, salience or Salience(), SHOP).products]


def test_email_is_validated() -> None:
    assert find_email("it is John.Smith@Example.com.") == "john.smith@example.com"
    assert find_email("mail me at john@@example") is None
    assert find_email("john.smith at example.com") is None


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("my email is jo dot miles at example dot com", "jo.miles@example.com"),
        ("it's sarah underscore k at mail dot example dot org", "sarah_k@mail.example.org"),
        ("jo.miles (at) example (dot) com", "jo.miles@example.com"),
        ("look at example dot com", None),
        ("the price is lower at example dot com", None),
    ],
)
def test_a_dictated_email_is_written(text: str, email: str | None) -> None:
    assert find_email(text) == email


def test_phone_is_validated() -> None:
    assert find_phone("call +1 (415) 555-2671") == "+14155552671"
    assert find_phone("call +44 20 7946 0958 please") == "+442079460958"
    assert find_phone("order 1002 for $1,299.99") is None
    assert find_phone("ORD-10021001") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("482913", "482913"),
        ("the code is 482 913.", "482913"),
        ("ORD-482913", None),
        ("$482913", None),
        ("4829134", None),
        ("1,482,913", None),
    ],
)
def test_code(text: str, code: str | None) -> None:
    assert find_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("zip code 60614", "60614"),
        ("Chicago, IL 60614-1234", "60614-1234"),
        ("60614", "60614"),
        ("order 60614 is late", None),
    ],
)
def test_zip(text: str, code: str | None) -> None:
    assert find_zip(text) == code


def test_numbers_of_complaints_and_refunds() -> None:
    assert find_complaint_ids("cmp-101 and complaint number 102") == ("CMP-101", "CMP-102")
    assert find_refund_ids("what about REF 103?") == ("REF-103",)
    assert find_refund_ids("CMP-101") == ()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("it cost $1,299.99", 129999),
        ("I paid 47.84 dollars", 4784),
        ("about $1.5k", 150000),
        ("€20", 2000),
        ("order 1002", None),
        ("12 hours", None),
    ],
)
def test_amounts(text: str, cents: int | None) -> None:
    assert find_amount(text) == cents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("it came last Tuesday", date(2026, 11, 17)),
        ("on Friday", date(2026, 11, 13)),
        ("yesterday", date(2026, 11, 19)),
        ("two weeks ago", date(2026, 11, 6)),
        ("a month ago", date(2026, 10, 20)),
        ("on the 5th of May", date(2026, 5, 5)),
        ("December 24", date(2025, 12, 24)),
        ("on 11/03/2026", date(2026, 11, 3)),
        ("2026-10-31", date(2026, 10, 31)),
        ("31/10/2026", date(2026, 10, 31)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert find_dates(text, FRIDAY) == DateSpan(start=day, end=day)


def test_spans_of_days() -> None:
    assert find_dates("last week", FRIDAY) == DateSpan(start=date(2026, 11, 9), end=date(2026, 11, 15))
    assert find_dates("in the last 3 days", FRIDAY) == DateSpan(start=FRIDAY - timedelta(days=3), end=FRIDAY)
    assert find_dates("last month", FRIDAY) == DateSpan(start=date(2026, 10, 1), end=date(2026, 10, 31))


@pytest.mark.parametrize(
    "text", ["the 4K webcam", "it may be broken", "ORD-1002", "on 31/31/2026", "12 months warranty"]
)
def test_no_days(text: str) -> None:
    assert find_dates(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("do you have it in Dark Blue?", {"color": "dark blue"}),
        ("the grey one", {"color": "gray"}),
        ("not black, blue", {"color": "blue"}),
        ("size M in black", {"size": "M", "color": "black"}),
        ("size 10", {"size": "10"}),
        ("do you have it in XL?", {"size": "XL"}),
        ("a gray size XL shirt", {"color": "gray", "size": "XL"}),
        ("black storage 1 TB", {"color": "black", "storage": "1 TB"}),
        ("the 512GB model", {"storage": "512 GB"}),
        ("with 1 TB", {"storage": "1 TB"}),
        ("the 1000 ml bottle", {"capacity": "1000ml"}),
        ("I'm sure it is blackened, m?", {}),
    ],
)
def test_options(text: str, options: dict[str, str]) -> None:
    assert find_options(text, VALUES) == options


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I need 3 units", 3),
        ("two of them", 2),
        ("quantity: 12", 12),
        ("I want to buy five mice", 5),
        ("a 15 inch laptop", None),
        ("order 1002", None),
        ("I want 2 TB", None),
    ],
)
def test_quantities(text: str, count: int | None) -> None:
    assert find_quantity(text) == count


def test_products_by_name_alias_and_model() -> None:
    assert names("Compare the X1 and the gaming laptop") == ["X1 Laptop", "Gaming Laptop G1"]
    assert names("what is TP-X2-16?") == ["X2 Laptop"]


def test_a_ruled_out_product_is_not_meant() -> None:
    found = find_named("not the X1, the G1", Salience(), SHOP)
    assert [p.name for p in found.products] == ["Gaming Laptop G1"]
    assert [p.name for _, _, p in found.ruled_out] == ["X1 Laptop"]


def test_an_ambiguous_name_gives_candidates_unless_the_talk_settles_it() -> None:
    found = find_named("how long do the earbuds last?", Salience(), SHOP)
    assert {p.name for p in found.candidates} == {"Wireless Earbuds Pro", "Wireless Earbuds Lite"}
    lite = ProductRef(id="P-1011", name="Wireless Earbuds Lite")
    assert names("how long do the earbuds last?", Salience(products=(lite,))) == ["Wireless Earbuds Lite"]


@pytest.mark.parametrize(
    "text", ["Tell me about the ZenPhone", "do you have the ZenPhone?", "I want a ZenPhone", "tell me about zenphone"]
)
def test_unknown_goods(text: str) -> None:
    assert [u.lower() for u in find_named(text, Salience(), SHOP).unknown] == ["zenphone"]


@pytest.mark.parametrize(
    "text",
    [
        "Do you ship to Canada?",
        "Does it have HDMI?",
        "Can I pay with PayPal?",
        "Is there a USB-C port?",
        "Where is my Order",
        "Tell me about the warranty",
        "Hi there",
        "I need it by Friday",
        "Show me TechPro laptops",
        "a laptop with Windows",
        "does it have an i7?",
        "what is your return policy",
    ],
)
def test_capitals_that_name_no_goods(text: str) -> None:
    assert find_named(text, Salience(), SHOP).unknown == ()


def test_a_code_is_no_order_number() -> None:
    assert entities("482913").order_ids == ()
    assert entities("482913").code == "482913"
    assert entities("order 482913").order_ids == ("482913",)


def test_digits_of_an_address_are_no_order_number() -> None:
    found = entities("sarah.10021@example.com")
    assert found.email == "sarah.10021@example.com"
    assert found.order_ids == ()


def test_everything_at_once() -> None:
    found = entities("I ordered 2 units in black last Tuesday, ORD-1002, zip 60614, for $399.98")
    assert found.order_ids == ("ORD-1002",)
    assert found.quantity == 2
    assert found.options == {"color": "black"}
    assert found.dates == DateSpan(start=date(2026, 11, 17), end=date(2026, 11, 17))
    assert found.zip == "60614"
    assert found.amount_cents == 39998


def test_bounds_become_a_filter() -> None:
    found = with_conditions(entities("laptops under $1.5k"), "laptops under $1.5k", SHOP)
    assert found.filter is not None
    assert (found.filter.category, found.filter.max_price_cents) == ("Laptops", 150000)
