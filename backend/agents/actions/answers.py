"""Whether a message answers the open question of a draft, and what it fills in."""

from typing import Any

from backend.agents.actions.numbers import order_ids
from backend.domain.conversation import Act, Consent, Draft, Entities, Turn, Understanding

_IDENTITY_SLOTS = ("identity", "order_id", "email", "code")
#: Acts that speak of something else, however the question before was put.
_ASIDES = frozenset(
    {
        Act.PRODUCT_SEARCH,
        Act.PRODUCT_QUESTION,
        Act.COMPARE,
        Act.COMPATIBILITY,
        Act.SIMILAR,
        Act.DELIVERY_QUESTION,
        Act.REFUND_QUESTION,
        Act.SHOP_QUESTION,
        Act.ACCOUNT,
        Act.CAPABILITIES,
        Act.HANDOFF,
        Act.ENQUIRY,
        Act.OUT_OF_SCOPE,
    }
)
#: Writes that are asked for plainly are never the answer to a question about another one.
WRITES = frozenset(
    {
        Act.ORDER_CANCEL,
        Act.ORDER_ADDRESS,
        Act.ORDER_PAYMENT,
        Act.ORDER_ITEMS,
        Act.RETURN,
        Act.EXCHANGE,
        Act.ACCOUNT_ADDRESS,
    }
)
_SURE = 0.55
#: An answer to a choice is short; a longer message with another act is a new wish.
_SHORT_WORDS = 6


def filled(draft: Draft, turn: Turn, understanding: Understanding) -> dict[str, Any] | None:
    """The draft's slots with this message in them, or None when it speaks of something else."""
    slots = {**draft.slots, "answers": dict(draft.slots.get("answers", {}))}
    identified = _identified(slots, understanding)
    if draft.asking in _IDENTITY_SLOTS:
        return slots if identified or not _speaks_of_else(draft, turn, understanding) else None
    if _speaks_of_else(draft, turn, understanding):
        return None
    slots["answers"][draft.asking] = turn.text
    return slots


def declines(draft: Draft, understanding: Understanding) -> bool:
    """A plain no ends the matter, unless the question was one of yes or no."""
    return understanding.consent is Consent.NO and draft.asking != "opened"


def merge(slots: dict[str, Any], entities: Entities, text: str) -> bool:
    """Put an entity's proof of identity into the slots; whether there was any. `text` tells orders from items."""
    written = [w for w in entities.order_ids if w in order_ids(text)] or list(order_ids(text))
    given = {
        "order_id": written[0] if written else None,
        "email": entities.email,
        "code": entities.code,
    }
    slots.update({name: value for name, value in given.items() if value})
    return any(given.values())


def _identified(slots: dict[str, Any], understanding: Understanding) -> bool:
    given = [merge(slots, request.entities, request.text) for request in understanding.requests]
    return any(given)


def _speaks_of_else(draft: Draft, turn: Turn, understanding: Understanding) -> bool:
    if not understanding.requests:
        return False
    first = understanding.requests[0]
    if first.act in (draft.request.act, Act.IDENTIFY) or understanding.consent is Consent.YES:
        return False
    if first.act in WRITES and first.confidence == 1.0:
        return True
    short = len(turn.text.split()) <= _SHORT_WORDS and "?" not in turn.text
    if draft.asking not in _IDENTITY_SLOTS and short:
        return False
    if draft.asking in ("description", "address") and "?" not in turn.text:
        return first.act is Act.HANDOFF
    return first.act in _ASIDES or first.confidence >= _SURE
