"""Which lines and which versions are meant, in the words of shops for clothes, kitchens and electronics."""

from collections.abc import Mapping

import pytest

from backend.agents.actions.lines import lines_meant
from backend.agents.actions.methods import methods_meant
from backend.agents.actions.options import variant_meant
from backend.agents.actions.priced import by_total
from backend.agents.actions.reasons import answered_reason, takes_back
from backend.agents.actions.swaps import texts_of
from backend.domain.catalogue import Variant
from backend.domain.customers import Address, Customer, PaymentKind, PaymentMethod
from backend.domain.orders import Order, OrderLine, OrderStatus


def line(number: int, name: str, **options: str) -> OrderLine:
    return OrderLine(
        id=f"L{number}", product_id=name, variant_id=f"90000{number}", name=name, options=options, unit_price_cents=1000
    )


PARCEL = Order(
    id="#B7712",
    customer_id="c",
    status=OrderStatus.DELIVERED,
    address=Address(line1="1 Hill St", city="Tulsa", zip="74101"),
    lines=(
        line(1, "Rain Jacket", color="navy", size="M"),
        line(2, "Frying Pan", diameter="28 cm"),
        line(3, "Rain Jacket", color="olive", size="L"),
        line(4, "Oak Bookshelf", height="4 ft"),
        line(5, "Knife Set", pieces="5"),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the frying pan", ["L2"]),
        ("send back the pan and the book shelf", ["L2", "L4"]),
        ("both rain jackets", ["L1", "L3"]),
        ("the olive jacket", ["L3"]),
        ("the navy rain jacket and the olive rain jacket", ["L1", "L3"]),
        ("everything", ["L1", "L2", "L3", "L4", "L5"]),
        ("all items except the knife set and the pan", ["L1", "L3", "L4"]),
        ("Frying Pan, Oak Bookshelf, Knife Set. I would like to return only the pan.", ["L2"]),
        ("send back order B7712 except the knife set and the pan", ["L1", "L3", "L4"]),
        ("item 900002 please", ["L2"]),
        ("the second one", ["L2"]),
        ("all shelves", []),
        ("the toaster", []),
        ("swap the pan for a bigger pan", ["L2"]),
    ],
)
def test_lines_are_found(text: str, expected: list[str]) -> None:
    assert sorted(found.id for found in lines_meant(text, PARCEL).lines) == expected


def test_a_thing_is_called_by_the_end_of_its_kind() -> None:
    sold = line(6, "Aero 5").model_copy(update={"category": "Smartphones"})
    other = line(7, "Leather Case").model_copy(update={"category": "Accessories"})
    order = PARCEL.model_copy(update={"lines": (sold, other)})
    assert [found.id for found in lines_meant("all but the phone", order).lines] == ["L7"]


def test_orders_are_picked_by_their_total() -> None:
    dear = PARCEL.model_copy(update={"id": "#B1", "lines": PARCEL.lines})
    cheap = PARCEL.model_copy(update={"id": "#B2", "lines": PARCEL.lines[:1]})
    assert by_total("cancel the cheaper one of my two orders", (dear, cheap)) == (cheap,)
    assert by_total("cancel the most expensive order", (dear, cheap)) == (dear,)
    assert by_total("cancel my order", (dear, cheap)) == ()
    assert by_total("the cheaper one", (dear, dear.model_copy(update={"id": "#B3"}))) == ()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("takes far too long", "no longer needed"),
        ("no particular reason", "no longer needed"),
        ("my son clicked it by accident", "ordered by mistake"),
        ("yes and put the money on my card", None),
        ("never mind, keep it", None),
        ("why do you ask?", None),
        ("yes!!", None),
    ],
)
def test_whatever_is_told_of_why_is_a_reason(answer: str, reason: str | None) -> None:
    assert answered_reason(answer, ("no longer needed", "ordered by mistake")) == reason
    assert takes_back(answer) == answer.startswith("never")


def test_lines_of_one_name_are_asked_apart() -> None:
    meant = lines_meant("return the jacket", PARCEL)
    assert meant.lines == ()
    assert [found.id for found in meant.unclear] == ["L1", "L3"]


def test_the_same_item_twice_means_two_lines() -> None:
    mug = line(1, "Mug", color="red")
    twins = PARCEL.model_copy(update={"lines": (mug, mug.model_copy(update={"id": "L2"}))})
    found = lines_meant("one mug for the blue version and another mug for the white one", twins).lines
    assert [f.id for f in found] == ["L1", "L2"]


def variant(number: int, price: int = 1000, stock: int = 5, **options: str) -> Variant:
    return Variant(id=f"70000{number}", product_id="p", options=options, price_cents=price, stock=stock)


BOOTS = line(1, "Boots", size="9", color="brown", waterproof="no").model_copy(update={"variant_id": "700001"})
BOOT_VARIANTS = (
    variant(1, 1000, size="9", color="brown", waterproof="no"),
    variant(2, 1100, size="10", color="brown", waterproof="no"),
    variant(3, 1200, size="9", color="black", waterproof="no"),
    variant(4, 1500, size="9", color="brown", waterproof="yes"),
    variant(5, 800, size="8", color="grey", waterproof="no"),
    variant(6, 700, stock=0, size="11", color="black", waterproof="no"),
)
LAPTOP = line(1, "Laptop", storage="512GB SSD", ram="16GB").model_copy(update={"variant_id": "700001"})
LAPTOP_VARIANTS = (
    variant(1, 1000, storage="512GB SSD", ram="16GB"),
    variant(2, 2000, storage="1TB SSD", ram="16GB"),
    variant(3, 3000, storage="1TB SSD", ram="32GB"),
)


@pytest.mark.parametrize(
    ("text", "bought", "variants", "expected"),
    [
        ("the black ones", BOOTS, BOOT_VARIANTS, "700003"),
        ("size 10 please", BOOTS, BOOT_VARIANTS, "700002"),
        ("one size bigger", BOOTS, BOOT_VARIANTS, "700002"),
        ("a gray pair, one size smaller", BOOTS, BOOT_VARIANTS, "700005"),
        ("waterproof: yes", BOOTS, BOOT_VARIANTS, "700004"),
        ("{'color': 'black'}", BOOTS, BOOT_VARIANTS, "700003"),
        ("the cheapest one", BOOTS, BOOT_VARIANTS, "700005"),
        ("the most expensive brown one", BOOTS, BOOT_VARIANTS, "700004"),
        ("from brown to black", BOOTS, BOOT_VARIANTS, "700003"),
        ("item 700002", BOOTS, BOOT_VARIANTS, "700002"),
        ("with 1 TB", LAPTOP, LAPTOP_VARIANTS, "700002"),
        ("1TB and 32 GB of ram", LAPTOP, LAPTOP_VARIANTS, "700003"),
    ],
)
def test_versions_are_found(text: str, bought: OrderLine, variants: tuple[Variant, ...], expected: str) -> None:
    found = variant_meant(text, bought, variants).variant
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("size 11", {"sold_out": True}), ("something nicer", {"sold_out": False})]
)
def test_versions_that_are_not_to_be_had_are_asked_for(text: str, expected: Mapping[str, bool]) -> None:
    choice = variant_meant(text, BOOTS, BOOT_VARIANTS)
    assert choice.variant is None
    assert choice.sold_out == expected["sold_out"]


def test_who_has_the_cheapest_is_told_so() -> None:
    assert variant_meant("the cheapest", LAPTOP, LAPTOP_VARIANTS).already


METHODS = Customer(
    id="c",
    name="Cy",
    email="cy@example.com",
    payment_methods=(
        PaymentMethod(id="visa_1", customer_id="c", kind=PaymentKind.CREDIT_CARD, brand="visa", last_four="4417"),
        PaymentMethod(id="amex_1", customer_id="c", kind=PaymentKind.CREDIT_CARD, brand="amex", last_four="0005"),
        PaymentMethod(id="pp_1", customer_id="c", kind=PaymentKind.PAYPAL),
        PaymentMethod(id="gift_1", customer_id="c", kind=PaymentKind.GIFT_CARD, balance_cents=500),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("put it on my Amex", ["amex_1"]),
        ("the card ending in 4417", ["visa_1"]),
        ("to PayPal", ["pp_1"]),
        ("onto the gift card", ["gift_1"]),
        ("my credit card", ["visa_1", "amex_1"]),
        ("use gift_1", ["gift_1"]),
        ("however you like", []),
    ],
)
def test_payment_methods_are_found(text: str, expected: list[str]) -> None:
    assert [m.id for m in methods_meant(text, METHODS)] == expected


def test_each_item_has_the_words_between_its_name_and_the_next() -> None:
    mug = line(1, "Mug", color="red")
    twins = PARCEL.model_copy(update={"lines": (mug, mug.model_copy(update={"id": "L2"}))})
    said = "swap the mug for item 700003 and the mug (item 900001) for a blue one"
    first, second = [text for _, text in texts_of(said, lines_meant(said, twins))]
    assert "700003" in first
    assert "700003" not in second
    assert "blue" in second


def test_things_are_called_by_their_model_their_kind_and_without_their_version() -> None:
    earbuds = line(6, "Wireless Earbuds Lite").model_copy(update={"category": "Headsets"})
    order = PARCEL.model_copy(update={"lines": (line(7, "X2 Laptop"), earbuds, line(8, "Phone Case Pro 12"))})
    for text, expected in (("the X2", "L7"), ("my headset", "L6"), ("the earbuds", "L6"), ("only the case", "L8")):
        assert [meant.id for meant in lines_meant(text, order).lines] == [expected], text
