"""What a message asks for is told apart: acts by their verbs, one wish for each order, sentences kept together."""

from datetime import UTC, datetime

import pytest

from backend.agents.actions.spoken import spoken
from backend.domain.acts import Act
from backend.domain.conversation import Request, SessionState, Turn, Understanding


def heard(text: str, *understood: Request) -> list[tuple[Act, tuple[str, ...]]]:
    """(act, order numbers) of each wish in the message."""
    turn = Turn(tenant="t", message_id="m", text=text, at=datetime.now(UTC), state=SessionState(session_id="s"))
    found = spoken(turn, Understanding(requests=understood))
    return [(r.act, tuple(n.lstrip("#") for n in r.entities.order_ids)) for r in found]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Please call off my order K-20417, I found the pan cheaper", Act.ORDER_CANCEL),
        ("we'd like to send the raincoat from order 55120 back", Act.RETURN),
        ("Could you take back the two scarves of order 55120?", Act.RETURN),
        ("I want to swap the parka in order 55120 for a medium", Act.EXCHANGE),
        ("Kindly switch the blender in order 55120 to the white one", Act.ORDER_ITEMS),
        ("please replace the kettle in my order with the 2 liter version", Act.ORDER_ITEMS),
        ("order 55120 has to be sent to a different address", Act.ORDER_ADDRESS),
        ("The delivery address of order 55120 is wrong", Act.ORDER_ADDRESS),
        ("Please ship order 55120 to 4 Quay Row, Dover, DE 19901", Act.ORDER_ADDRESS),
        ("change the address in my account to 4 Quay Row, Dover, DE 19901", Act.ACCOUNT_ADDRESS),
        ("my default address should be 4 Quay Row, Dover, DE 19901", Act.ACCOUNT_ADDRESS),
        ("I'd rather pay for order 55120 with my gift card", Act.ORDER_PAYMENT),
        ("switch the payment method of order 55120 to PayPal", Act.ORDER_PAYMENT),
        ("exchange the lamp of order 55120, paying the difference with my Visa", Act.EXCHANGE),
    ],
)
def test_the_verb_and_what_it_governs_tell_the_act(text: str, act: Act) -> None:
    assert [found for found, _ in heard(text)] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "How do I return a jacket?",
        "What happens if I cancel my order?",
        "Can I exchange worn shoes?",
        "please don't cancel order 55120",
        "If it is late again, cancel order 55120",
        "When will order 55120 be delivered?",
        "tell me about your return policy",
        "I changed my mind about the colour scheme",
    ],
)
def test_questions_conditions_and_negations_are_no_wishes(text: str) -> None:
    assert heard(text) == []


def test_each_order_has_its_wish() -> None:
    assert heard("Cancel orders 55120 and 55121, bought by mistake") == [
        (Act.ORDER_CANCEL, ("55120",)),
        (Act.ORDER_CANCEL, ("55121",)),
    ]
    assert heard("Return the mug from order 55120 and the tray from order 55121.") == [
        (Act.RETURN, ("55120",)),
        (Act.RETURN, ("55121",)),
    ]


def test_sentences_about_one_order_and_act_are_one_wish() -> None:
    text = "Exchange the boots of order 55120 for a size 9. Also swap the belt for the brown one. Use my PayPal."
    turn = Turn(tenant="t", message_id="m", text=text, at=datetime.now(UTC), state=SessionState(session_id="s"))
    (wish,) = spoken(turn, Understanding(requests=()))
    assert wish.act is Act.EXCHANGE
    assert "brown one" in wish.text
    assert "PayPal" in wish.text


def test_how_the_money_goes_back_is_no_wish_of_its_own() -> None:
    assert heard("Return the wok of order 55120. Return the money to my PayPal.") == [(Act.RETURN, ("55120",))]


def test_item_numbers_and_orders_pointed_at_are_not_the_order_meant() -> None:
    assert heard("Please return item 8812345670 of order #B7712") == [(Act.RETURN, ("B7712",))]
    assert heard("change the address of order 55120 to the same as order 55121") == [(Act.ORDER_ADDRESS, ("55120",))]


def test_a_question_beside_a_wish_is_kept() -> None:
    question = Request(text="How long is the warranty on pans?", standalone="", act=Act.SHOP_QUESTION, confidence=0.9)
    found = heard("How long is the warranty on pans? And please cancel order 55120.", question)
    assert found == [(Act.SHOP_QUESTION, ()), (Act.ORDER_CANCEL, ("55120",))]
