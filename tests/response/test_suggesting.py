"""What is offered to be asked next fits the moment."""

from datetime import UTC, datetime

import pytest

from backend.agents.response.suggesting import suggestions_for
from backend.domain.acts import Act
from backend.domain.cards import Card, ComparisonCard, OrderCard, ProductsCard, ProductSummary
from backend.domain.cases import Handoff, HandoffState
from backend.domain.conversation import Evidence, Request, SessionState, Turn

AT = datetime(2026, 11, 21, tzinfo=UTC)
MUG, CUP = (ProductSummary(id=name, name=name, category="Kitchen") for name in ("Mug", "Cup"))


def after(said: str, act: Act, *cards: Card, **more: object) -> tuple[str, ...]:
    request = Request(text=said, standalone=said, act=act, confidence=1.0)
    turn = Turn(tenant="t", message_id="m", text=said, at=AT, state=SessionState(session_id="s", conversation_id="c"))
    return suggestions_for([Evidence.model_validate({"request": request, "cards": cards, **more})], turn)


def order(status: str) -> OrderCard:
    return OrderCard(id="1", status=status, total_cents=5, lines=())


@pytest.mark.parametrize(
    ("status", "offered", "never"),
    [
        ("pending", "I want to cancel it", "return"),
        ("shipped", "When will it arrive?", "cancel"),
        ("delivered", "I want to return it", "arrive"),
        ("cancelled", "What's the status of my refund?", "return it"),
    ],
)
def test_what_may_be_done_with_an_order_depends_on_where_it_is(status: str, offered: str, never: str) -> None:
    said = after("where is it", Act.ORDER_LOOKUP, order(status))
    assert offered in said and not [s for s in said if never in s and s != "What's your return policy?"]


def test_what_was_just_asked_is_not_offered() -> None:
    assert "How much is shipping?" not in after("how much is shipping", Act.DELIVERY_QUESTION)
    assert "How much is shipping?" in after("do you ship abroad", Act.DELIVERY_QUESTION)


def test_only_what_is_shown_is_spoken_of() -> None:
    listed = after("mugs", Act.PRODUCT_SEARCH, ProductsCard(title="t", items=(MUG, CUP), total=2))
    assert "Compare the first two" in listed
    compared = after("which?", Act.COMPARE, ComparisonCard(products=(MUG, CUP), rows=()))
    assert compared == ("Which is cheaper?",)
    assert not [s for s in after("hello", Act.GREETING) if "laptop" in s.lower()]


def test_nothing_is_offered_while_a_person_is_on_the_way() -> None:
    waiting = Handoff(state=HandoffState.WAITING, expected_at=AT)
    assert after("a person please", Act.HANDOFF, handoff=waiting) == ()
