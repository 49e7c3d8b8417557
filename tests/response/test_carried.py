"""What is told of one thing is not told of another, however many of the words stand in the evidence."""

import pytest

from backend.agents.response.supported import supported

CHAIR = (
    "Nook Chair · Product page\nThe Nook Chair is a swivel chair with a mesh back. Its seat is covered in grey wool. "
    "Armrests are optional and cost $45.00. The frame has a warranty of 5 years; the gas spring is covered for 2 "
    "years. Assembly takes 20 minutes and needs no tools. Castors for hard floors are included. The cover can be "
    "removed and washed at 30 °C. The motor of the lift is serviced free of charge in the first year. Returns are "
    "free within 30 days."
)
SHOP = (
    "Shipping and payment\nStandard shipping is free for orders over $50. Express shipping costs $12.90 and arrives "
    "the next working day. Gift cards are non-refundable. Faulty items are repaired or replaced free of charge during"
    " the warranty. Accidental damage is not covered; the battery is covered for 1 year. Gift wrapping is free on "
    "request. Orders can be picked up at our store free of charge. The keyboard is backlit and spill resistant. The "
    "screen is matte. Technical support by telephone is free during the warranty."
)
SAID = {
    CHAIR: (
        "The seat is grey.",
        "The chair has a mesh back.",
        "Armrests are available for $45.00.",
        "The frame is covered for 5 years.",
        "The gas spring has a warranty of 2 years.",
        "Castors for hard floors come with it.",
        "The cover is removable and washable at 30 °C.",
        "Assembly is quick: it takes 20 minutes.",
        "Returning the chair is free within 30 days.",
        "Returning it is free within 30 days.",
        "You can return the Nook Chair for free within 30 days.",
        "In the first year the motor is serviced for free.",
    ),
    SHOP: (
        "Delivery is free for orders over $50.",
        "Orders over $50 ship free.",
        "You get free standard shipping for orders over $50.",
        "Gift cards are not refundable.",
        "Repairs are free during the warranty.",
        "A faulty item is replaced for free during the warranty.",
        "Accidental damage isn't covered.",
        "Gift wrapping costs nothing on request.",
        "Picking up your order at our store is free of charge.",
        "Support by phone is free during the warranty.",
        "The keyboard is spill resistant, and the screen is matte.",
    ),
}
NOT_SAID = {
    CHAIR: (
        "The Nook Chair is free.",
        "The chair is free within 30 days.",
        "You get the chair free.",
        "We give you the Nook Chair for free.",
        "The chair costs nothing in the first year.",
        "This chair is complimentary.",
        "Everything is free within 30 days.",
        "Free chair within 30 days.",
        "The motor is free.",
        "The armrests are included.",
        "The seat is washed at 30 °C.",
        "The armrests are covered for 5 years.",
        "The Nook Chair is optional.",
        "The mesh is covered for 5 years.",
    ),
    SHOP: (
        "Express shipping is free for orders over $50.",
        "Gift cards are free on request.",
        "Gifts are free on request.",
        "Orders over $50 are free.",
        "Faulty items are free during the warranty.",
        "Your order is free of charge.",
        "Gift cards are replaced free of charge.",
        "The store is free of charge.",
        "Accidental damage is covered.",
        "The screen is backlit.",
        "The battery is spill resistant.",
        "The keyboard is covered for 1 year.",
    ),
}


@pytest.mark.parametrize(("text", "said"), [(text, said) for text, every in SAID.items() for said in every])
def test_what_is_said_of_a_thing_leaves(text: str, said: str) -> None:
    assert supported(f"{said} [1]", "It is on our page. [1]", {1: text})


@pytest.mark.parametrize(("text", "said"), [(text, said) for text, every in NOT_SAID.items() for said in every])
def test_what_is_said_of_another_does_not(text: str, said: str) -> None:
    assert not supported(f"{said} [1]", "It is on our page. [1]", {1: text})
