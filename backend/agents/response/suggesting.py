"""What people often ask next: what fits the cards that are shown, and never what was asked just now."""

import re
from collections.abc import Sequence

from backend.domain.acts import Act, Intent
from backend.domain.cards import ComparisonCard, OrderCard, ProductsCard
from backend.domain.conversation import Evidence, Turn
from backend.domain.orders import OrderStatus

PERSON = "I'd like to talk to a person"
_WHERE, _RETURN_POLICY, _REFUND = "Where is my order?", "What's your return policy?", "What's the status of my refund?"
_STARTERS = ("What do you sell?", _WHERE, _RETURN_POLICY)
_MOST = 4
_ON_ITS_WAY = ("When will it arrive?", _RETURN_POLICY)
_AFTER_ORDER: dict[str, tuple[str, ...]] = {
    OrderStatus.PENDING: ("I want to cancel it", "I want to change the delivery address"),
    OrderStatus.PROCESSED: _ON_ITS_WAY,
    OrderStatus.SHIPPED: _ON_ITS_WAY,
    OrderStatus.DELIVERED: ("I want to return it", "I want to make a complaint"),
    OrderStatus.EXCHANGE_REQUESTED: (PERSON,),
}
_AFTER: dict[Intent, tuple[str, ...]] = {
    Intent.COMPARISON: ("Which is cheaper?",),
    Intent.ORDER_STATUS: (_WHERE, _RETURN_POLICY),
    Intent.DELIVERY: (_WHERE, "How much is shipping?"),
    Intent.REFUND: ("How long does a refund take?", _REFUND),
    Intent.COMPLAINT: ("What happened to my complaint?", PERSON),
}


def suggestions_for(evidence: Sequence[Evidence], turn: Turn) -> tuple[str, ...]:
    """At most four; none while something waits for an answer, or for a person who comes."""
    if any(e.pending or e.handoff for e in evidence):
        return ()
    said = {_plain(message.text) for message in turn.state.history[-2:]} | {_plain(turn.text)}
    offered = dict.fromkeys(s for e in evidence for s in (e.suggestions or _after(e)))
    return tuple(s for s in offered if _plain(s) not in said)[:_MOST]


def _after(evidence: Evidence) -> tuple[str, ...]:
    if evidence.question or evidence.draft or evidence.request.act is Act.GOODBYE:
        return ()
    if not evidence.found:
        return (PERSON, *_STARTERS[:2])
    card = evidence.cards[-1] if evidence.cards else None
    if isinstance(card, OrderCard):
        return _AFTER_ORDER.get(card.status, (_REFUND,))
    if isinstance(card, ProductsCard) and len(card.items) > 1:
        return ("Which is the cheapest?", "Compare the first two")
    if isinstance(card, ComparisonCard):
        return _AFTER[Intent.COMPARISON]
    if evidence.request.intent is Intent.PRODUCT_INFO and len(evidence.focus_products) == 1:
        return ("How much is it?", "What works with it?", "Is there a cheaper alternative?")
    return _AFTER.get(evidence.request.intent, _STARTERS)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
