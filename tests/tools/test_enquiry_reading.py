"""What an enquiry says is read with a confidence that tells sure from unsure."""

import pytest

from backend.tools.enquiry_reading import (
    SURE,
    kind_of_enquiry,
    read_budget,
    read_company,
    read_email,
    read_name,
    read_phone,
)


@pytest.mark.parametrize(
    ("text", "cents", "sure"),
    [
        ("We have a budget of $12,500 for this.", 1_250_000, True),
        ("budget: 8k", 800_000, True),
        ("We could spend up to €2.5 million.", 250_000_000, True),
        ("around 900 dollars", 90_000, True),
        ("The old ones were $400.", 40_000, False),
    ],
)
def test_budgets(text: str, cents: int, sure: bool) -> None:
    found = read_budget(text)
    assert found is not None and found[0] == cents
    assert (found[1] >= SURE) is sure


@pytest.mark.parametrize("text", ["no money is named", "we pay $30 each", "£20 per seat"])
def test_no_budget(text: str) -> None:
    assert read_budget(text) is None


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("call +44 20 7946 0958", "+442079460958", True),
        ("phone (212) 555-0134", "+12125550134", True),
        ("our VAT number is 2125550134", "+12125550134", False),
    ],
)
def test_phones(text: str, value: str, sure: bool) -> None:
    found = read_phone(text)
    assert found is not None and found.value == value
    assert (found.confidence >= SURE) is sure


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, I'm Nora Quist from Northwind", "Nora Quist"),
        ("my name is ed woods and i need chairs", "Ed Woods"),
        ("Please send an offer.\n\nKind regards,\nIvo", "Ivo"),
        ("Name: Ana de Souza", "Ana de Souza"),
        ("I'm interested in keyboards", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    found = read_name(text)
    assert (found.value if found else None) == name


def test_addresses_and_companies() -> None:
    email = read_email("write to Nora@Northwind-Parts.com, please")
    assert email is not None and email.value == "Nora@northwind-parts.com" and email.confidence >= SURE
    company = read_company("we need parts", email)
    assert company is not None and company.value == "northwind-parts.com" and company.confidence < SURE
    assert read_company("we need parts", read_email("nora@gmail.com")) is None
    broken = read_email("nora@-northwind.com")
    assert broken is None or broken.confidence < SURE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could we become a reseller?", "partnership"),
        ("A quote for 45 webcams", "bulk"),
        ("Do you give discounts on bulk orders?", "bulk"),
        ("We need it within 30 days of these tests", "sales"),
        ("About ORD-1002 as it was", "sales"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind_of_enquiry(text) == kind
