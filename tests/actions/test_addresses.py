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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lindenstraße 7a, 10969 Berlin, Germany",
            Address(line1="Lindenstraße 7a", city="Berlin", zip="10969", country="Germany"),
        ),
        (
            "please send it to Am Alten Weg 3, 80331 München",
            Address(line1="Am Alten Weg 3", city="München", zip="80331", country="Germany"),
        ),
        (
            "8 rue des Lilas, 69003 Lyon instead",
            Address(line1="8 rue des Lilas", city="Lyon", zip="69003", country="France"),
        ),
        (
            "Calle Mayor 12, 2º A, 28013 Madrid, España",
            Address(line1="Calle Mayor 12", line2="2º A", city="Madrid", zip="28013", country="Spain"),
        ),
        (
            "Keizersgracht 5, 1015 CN Amsterdam, the Netherlands",
            Address(line1="Keizersgracht 5", city="Amsterdam", zip="1015 CN", country="Netherlands"),
        ),
        ("31b Mill Lane, Bath BA1 2QR", Address(line1="31b Mill Lane", city="Bath", zip="BA1 2QR", country="UK")),
        (
            "my new address is Flat 2, 9 Castle Road, Leeds LS2 8AB, UK please",
            Address(line1="9 Castle Road", line2="Flat 2", city="Leeds", zip="LS2 8AB", country="UK"),
        ),
        (
            "14-B, Rose Villa, Park Road, Pune, Maharashtra 411001, India",
            Address(
                line1="14-B", line2="Rose Villa, Park Road", city="Pune", state="Maharashtra", zip="411001",
                country="India",
            ),
        ),
        (
            "22 Temple Street, Chennai - 600 004, India",
            Address(line1="22 Temple Street", city="Chennai", zip="600 004", country="India"),
        ),
        (
            "40 King St, Toronto, ON M5V 2T6",
            Address(line1="40 King St", city="Toronto", state="ON", zip="M5V 2T6", country="Canada"),
        ),
    ],
)  # fmt: skip
def test_addresses_of_other_countries_are_read(text: str, expected: Address) -> None:
    assert address_in(text) == expected


@pytest.mark.parametrize("text", ["Lindenstraße 7a", "10969 Berlin", "order 10969, Berlin", "12 mugs, 10969 pieces"])
def test_half_an_address_of_another_country_is_not_guessed(text: str) -> None:
    assert address_in(text) is None


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
