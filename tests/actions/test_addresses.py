"""Addresses are read as people write them, and pointed at as people point."""

import pytest

from backend.agents.actions.addresses import address_in
from backend.agents.actions.places import Place, places_meant
from backend.domain.customers import Address

DOVER = Address(line1="4 Quay Row", city="Dover", state="DE", zip="19901")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 Quay Row, Dover, DE 19901", DOVER),
        ("ship order #55120 to 4 Quay Row, Dover, DE 19901, USA from now on", DOVER),
        ("4 Quay Row, Dover, Delaware, United States, 19901", DOVER),
        ("street: 4 Quay Row, city: Dover, state: DE, zip: 19901", DOVER),
        ("{'address1': '4 Quay Row', 'address2': '', 'city': 'Dover', 'state': 'DE', 'zip': '19901'}", DOVER),
        ("4 Quay Row Dover DE 19901", DOVER),
        ("4 Quay Row\nUnit 7\nDover, DE 19901", DOVER.model_copy(update={"line2": "Unit 7"})),
        ("change it to 4 Quay Row, Apt 3B, Dover, DE 19901 please", DOVER.model_copy(update={"line2": "Apt 3B"})),
        ("PO Box 88, Dover, DE 19901", DOVER.model_copy(update={"line1": "PO Box 88"})),
        (
            "31 Mill Lane, Bath, BA1 2QR, UK",
            Address(line1="31 Mill Lane", city="Bath", zip="BA1 2QR", country="UK"),
        ),
    ],
)
def test_addresses_are_read(text: str, expected: Address) -> None:
    found = address_in(text)
    assert found is not None
    if "{" in text:  # an empty second line leaves no trace
        found = found.model_copy(update={"line2": ""})
    assert found == expected


@pytest.mark.parametrize("text", ["to my sister in Dover", "order 55120", "4 Quay Row", "it weighs 5 pounds, ok"])
def test_incomplete_addresses_are_not_guessed(text: str) -> None:
    assert address_in(text) is None


def test_a_long_text_is_read_fast() -> None:
    assert address_in("7 a, " * 800) is None


HOME = Place(Address(line1="1 Hill St", city="Tulsa", state="OK", zip="74101"))
WORK = Place(Address(line1="9 Bay St", city="New York", state="NY", zip="10001"), "#B7712")
KNOWN = (HOME, WORK, Place(DOVER, "#B7713"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use my default address", [HOME.address]),
        ("the same address as order B7712", [WORK.address]),
        ("send it to my NYC address", [WORK.address]),
        ("to the place in Oklahoma", [HOME.address]),
        ("my other address", [HOME.address, WORK.address]),
        ("somewhere warmer", []),
    ],
)
def test_known_addresses_are_pointed_at(text: str, expected: list[Address]) -> None:
    assert list(places_meant(text, KNOWN, DOVER)) == expected
