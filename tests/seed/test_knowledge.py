"""What the seed shop has written down: complete, in agreement with the catalogue and with the shop's rules."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from backend.domain.knowledge import DocumentKind
from backend.domain.money import format_money
from tests.seed.reading import SEED, SHOP, Text, shop, texts
from tests.seed.test_shop import MAIN

MANUALS = [pytest.param(text, id=text.name) for text in texts() if text.fields["kind"] == "manual"]
OTHERS = [text for text in texts() if text.fields["kind"] in ("faq", "policy")]
POLICIES = ("returns", "refunds", "shipping", "warranty", "privacy", "payment", "price-match", "terms")
#: specifications that no manual has to repeat
UNSAID = {"os_family", "charging_watts", "case_fit", "connector", "max_load_kg", "length_m", "type"}


def test_metadata() -> None:
    ids = [text.fields["id"] for text in texts()]
    assert len(set(ids)) == len(ids)
    for text in texts():
        assert DocumentKind(text.fields["kind"]) and text.fields["title"] and text.fields["language"] == "en"
        assert ("product" in text.fields) == (text.fields["kind"] == "manual"), text.name


def test_every_main_product_has_a_manual() -> None:
    written = [text.fields["product"] for text in texts() if text.fields["kind"] == "manual"]
    assert len(set(written)) == len(written) >= 14
    assert {shop().product(name).id for name in MAIN} <= set(written)


@pytest.mark.parametrize("text", MANUALS)
def test_a_manual_has_its_sections(text: Text) -> None:
    product = shop().products[text.fields["product"]]
    assert text.fields["title"] == f"{product.name} manual" == text.headings[0]
    assert {"In the box", "Set-up", "Care", "Troubleshooting", "Specifications", "Safety"} <= set(text.headings)
    assert len(text.headings) >= 10


@pytest.mark.parametrize("text", MANUALS)
def test_a_manual_states_the_figures_of_the_catalogue(text: Text) -> None:
    product = shop().products[text.fields["product"]]
    # a heading too: PDF text has no line breaks
    specified = " ".join(text.body.split("Specifications")[-1].split("Safety")[0].split())
    missing = [
        (spec.name, number)
        for spec in product.specs
        if spec.name not in UNSAID
        for number in re.findall(r"\d[\d,.]*\d|\d", spec.text)
        if not re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", specified)
    ]
    assert missing == []


@pytest.mark.parametrize("text", MANUALS)
def test_each_specification_stands_alone(text: Text) -> None:
    if text.name.endswith(".pdf"):
        lines = [line for line in _source(text).split("## Specifications")[1].splitlines() if line.startswith("- ")]
    else:
        part = text.body.split("Specifications\n")[1].split("Safety")[0]
        lines = [line.removeprefix("- ") for line in part.splitlines() if line.strip("# ")]
    name = shop().products[text.fields["product"]].name
    assert lines and [line for line in lines if name not in line] == []


@pytest.mark.parametrize("name", ["x2-laptop", "oled-tv-55"])
def test_a_pdf_is_set_from_its_source(name: str) -> None:
    (text,) = [found for found in texts() if found.name == f"{name}.pdf"]
    pages = PdfReader(SHOP / "knowledge" / "manuals" / f"{name}.pdf").pages
    assert len(pages) >= 3
    # spaces are dropped: a PDF knows lines, not words
    body = re.sub(r"\s|Page \d+\b|[\x95•]", "", text.body)
    source = _source(text)
    for line in filter(str.strip, source.splitlines()):
        assert re.sub(r"^(#+|-) |\s", "", line) in body, line
    assert [h for h in re.findall(r"^#+ (.+)$", source, re.MULTILINE) if h not in text.headings] == []


def test_there_are_formats_of_every_kind() -> None:
    endings = [Path(text.name).suffix for text in texts()]
    assert endings.count(".pdf") >= 2 and endings.count(".html") == 1


def test_questions_for_every_theme() -> None:
    asked = [h for text in texts() if text.fields["kind"] == "faq" for h in text.headings if h.endswith("?")]
    assert len(set(asked)) == len(asked) >= 80
    assert {text.fields["id"] for text in texts() if text.fields["kind"] == "policy"} == {
        f"policy-{p}" for p in POLICIES
    }


def test_the_return_window_is_the_same_everywhere() -> None:
    days = re.findall(r"(\d+) days (?:from|after|of) delivery", _all())
    assert len(days) > 10 and set(days) == {str(shop().policy.return_window_days)}


def test_the_restocking_fee_is_the_same_everywhere() -> None:
    (fee,) = shop().policy.restocking_fees
    shares = [n for s in _sentences() if "restocking" in s for n in re.findall(r"(\d+(?:\.\d+)?) ?%", s)]
    assert len(shares) > 5 and {float(share) for share in shares} == {fee.basis_points / 100}
    price = shop().product("OLED TV 55").price_cents
    kept = price * fee.basis_points // 10_000
    returns = next(text for text in OTHERS if text.fields["id"] == "policy-returns").body
    assert format_money(kept) in returns and format_money(price - kept) in returns


def test_the_time_of_a_refund_is_the_same_everywhere() -> None:
    low, high = shop().policy.refund_business_days
    about = "\n".join(text.body for text in OTHERS if text.fields["id"].endswith(("refunds", "returns")))
    spans = re.findall(r"(\d+) to (\d+) business days", about)
    assert len(spans) > 5 and set(spans) == {(str(low), str(high))}


def test_what_cannot_come_back() -> None:
    kinds = {category for rule in shop().policy.exclusions for category in rule.categories}
    assert kinds == {"Earbuds", "Software"} and all(rule.when_opened for rule in shop().policy.exclusions)
    for word in ("earbuds", "software"):
        assert f"Opened {word} cannot be returned" in _all()


def test_hours_and_people() -> None:
    hours = shop().policy.business_hours
    assert (hours.weekdays, hours.timezone) == ((0, 1, 2, 3, 4), "America/New_York")
    assert f"Monday to Friday, {int(hours.opens[:2])}:00 to {hours.closes} Eastern Time" in _all()
    assert f"within {shop().policy.handoff_minutes} minutes" in _all()
    assert shop().policy.contact_email in _all()


def test_warranties_are_those_of_the_catalogue() -> None:
    warranty = next(text for text in OTHERS if text.fields["id"] == "policy-warranty").body
    for line in re.findall(r"^- (.+)$", warranty, re.MULTILINE):
        for clause in re.split(r", and the ", line):
            years = int(re.findall(r"(\d)-year", clause)[0])
            for product in shop().products.values():
                if product.name in clause:
                    assert product.spec("warranty_years").value == years, clause  # type: ignore[union-attr]


def test_shipping_costs_are_the_same_everywhere() -> None:
    standard = [
        n for s in _sentences() if "tandard shipping" in s and "|" not in s for n in re.findall(r"\$(\d+\.\d\d)", s)
    ]
    assert standard and set(standard) == {"5.99"}
    for name, cost in (("Express", "14.99"), ("Overnight", "24.99")):
        prices = re.findall(
            rf"{name} shipping (?:takes 2 business days and |arrives .*? and )?costs \$([\d.]+\d)", _all(), re.I
        )
        assert len(prices) >= 2 and set(prices) == {cost}


def _all() -> str:
    return "\n".join(text.body for text in OTHERS)


def _sentences() -> list[str]:
    return re.split(r"(?<=[.!?])\s+", _all())


def _source(text: Text) -> str:
    return (SEED / "pdf_sources" / f"{Path(text.name).stem}.md").read_text(encoding="utf-8")
