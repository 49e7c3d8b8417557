"""Whether a message answers the open question of a draft, and what it fills in."""

import re
from typing import Any

from backend.agents.actions.grammar import wishes_in
from backend.agents.actions.numbers import order_ids
from backend.agents.actions.reasons import opened
from backend.agents.actions.vague import names_a_person
from backend.agents.actions.wishes import READS
from backend.agents.actions.wording import telling
from backend.agents.understanding.clauses import is_wish
from backend.agents.understanding.context import beside_values
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Draft, Entities, Request, Turn, Understanding
from backend.tools.order_ids import canonical, same_order

#: A draft that asks for one of these wants to know who is asking.
IDENTITY_SLOTS = ("identity", "order_id", "email", "code")
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
#: Agrees to the matter itself, not to a person.
_GO_ON = re.compile(r"\b(?:do|go|take|proceed|continue|order|use|that one|this one)\b", re.IGNORECASE)
_NEW_CODE = re.compile(
    r"\b(new|another|different|fresh) (one|code)\b|\bre-?send|\bsend\b.*\b(again|new|once more)\b"
    r"|\b(did ?n['’o]?t|have ?n['’o]?t|not|never|no) (\w+ )?(get|got|receiv\w*|arriv\w*|come|code|mail|e-?mail)",
    re.IGNORECASE,
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
#: From this confidence on even a few words ask for something else.
_OWN_MATTER = 0.85
#: What may be told bit by bit; a line for each message, the newest last.
_IN_PARTS = ("address", "variant")
#: Answers to these may be numbers of items.
_OF_ITEMS = ("lines", "variant", "method")
_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|but|so|ok(?:ay)?|wait|well)\W+)*(?:how|what|when|where|who|why|which|do(?:es)?|did|is|are|can"
    r"|could|would|will|has|have|show|find|tell|compare|recommend|search|list|help|talk"
    r"|speak|connect|transfer|get me)\b",
    re.IGNORECASE,
)
#: Words between an answer and the wish behind it.
_LINKS = re.compile(
    r"\b(?:and|also|then|plus|but|so|please|ok(?:ay)?|yes|no|can|could|you|i|want|like|to)\b", re.IGNORECASE
)
_MONEY_BACK = frozenset({Act.RETURN, Act.REFUND_STATUS, Act.REFUND_QUESTION})
#: So many words may be the name of what was ordered.
_A_NAME = 4
#: After so many answers that did not help a person is offered.
MOST_TRIES = 2
#: A message with so many telling words says something of the wish.
_TELLS = 2
#: An answer to a choice is short; a longer message with another act is a new wish.
_SHORT_WORDS = 6


def filled(draft: Draft, turn: Turn, understanding: Understanding) -> dict[str, Any] | None:
    """The draft's slots with this message in them, or None when it speaks of something else."""
    slots = {**draft.slots, "answers": dict(draft.slots.get("answers", {}))}
    identified = _identified(slots, understanding, draft.asking)
    if draft.asking in IDENTITY_SLOTS:
        if draft.asking == "code" and _NEW_CODE.search(turn.text):
            return {**slots, "code_sent": False, "wrong_codes": 0}
        return slots if identified or not _speaks_of_else(draft, turn, understanding) else None
    if _speaks_of_else(draft, turn, understanding):
        return None
    if draft.asking == "opened" and opened(turn.text, "") is None:
        slots["answers"]["reason"] = turn.text  # that is asked again; why they come back is told
    before = slots["answers"].get(draft.asking)
    in_parts = before and draft.asking.split(":")[0] in _IN_PARTS
    slots["answers"][draft.asking] = f"{before}\n{turn.text}" if in_parts else turn.text
    return slots


def besides(draft: Draft, turn: Turn, understanding: Understanding) -> tuple[Turn, tuple[Request, ...]]:
    """The answer alone, and the wish for another order packed with it: "no longer needed, and cancel 12 too"."""
    own = draft.slots.get("order_id")
    at = next((start for start, _ in wishes_in(turn.text)), 0)
    answer, wish = turn.text[:at], turn.text[at:]
    others = [number for number in order_ids(wish) if own and not same_order(number, own)]
    asked = next((r for r in understanding.requests if r.act in WRITES and others), None)
    if draft.asking in IDENTITY_SLOTS or asked is None or not telling(_LINKS.sub(" ", answer)) or order_ids(answer):
        return turn, ()
    entities = asked.entities.model_copy(update={"order_ids": tuple(others)})
    beside = asked.model_copy(update={"text": wish, "standalone": wish, "entities": entities})
    return turn.model_copy(update={"text": answer.rstrip(" ,;")}), (beside,)


def said_on_the_way(draft: Draft, turn: Turn, understanding: Understanding) -> Draft:
    """The draft with what was told about the wish while it was asked who is asking."""
    if draft.asking not in IDENTITY_SLOTS or understanding.consent is not Consent.OTHER:
        return draft
    if any(r.act is Act.IDENTIFY for r in understanding.requests):
        return draft
    if len(telling(beside_values(turn.text))) < _TELLS or _NEW_CODE.search(turn.text):
        return draft
    text = f"{draft.request.text.rstrip('.')}. {turn.text}"
    return draft.model_copy(update={"request": draft.request.model_copy(update={"text": text})})


def wants_a_person(draft: Draft, text: str, understanding: Understanding) -> bool:
    """A yes to the offer that was made beside the question."""
    plain = understanding.consent is Consent.YES and not _GO_ON.search(text)
    return plain and draft.tries >= MOST_TRIES and draft.asking != "opened"


def declines(draft: Draft, understanding: Understanding) -> bool:
    """A plain no ends the matter, unless the question was one of yes or no."""
    return understanding.consent is Consent.NO and draft.asking not in ("opened", "reason")


def begun_proof(draft: Draft | None) -> dict[str, Any]:
    """What was already given to prove who is asking, where another wish takes the place of the one it was asked for."""
    if draft is None or draft.asking not in IDENTITY_SLOTS or not draft.slots.get("email"):
        return {}
    return {name: draft.slots[name] for name in ("email", "code_sent", "wrong_codes") if name in draft.slots}


def merge(slots: dict[str, Any], entities: Entities, text: str) -> bool:
    """Put an entity's proof of identity into the slots; whether there was any.

    `text` tells orders from items. A number that it does not hold was understood from what was said before: a hint.
    """
    written = order_ids(text)
    before = [w for w in entities.order_ids if canonical(w) not in canonical(text)]
    if before and not written:
        slots["hint"] = before[0]
    given = {
        "order_id": written[0] if written else None,
        "email": entities.email,
        "code": entities.code,
    }
    slots.update({name: value for name, value in given.items() if value})
    return any(given.values())


def _identified(slots: dict[str, Any], understanding: Understanding, asking: str) -> bool:
    """Whether proof of identity was given. Where items are asked for, bare digits are no order."""
    if asking.split(":")[0] in _OF_ITEMS:
        kept = slots.get("order_id")
        given = [merge(slots, request.entities, request.text) for request in understanding.requests]
        if str(slots.get("order_id", "")).isdigit():
            slots["order_id"] = kept
            if kept is None:
                del slots["order_id"]
        return any(given)
    given = [merge(slots, request.entities, request.text) for request in understanding.requests]
    return any(given)


def _speaks_of_else(draft: Draft, turn: Turn, understanding: Understanding) -> bool:
    if not understanding.requests:
        return False
    first = understanding.requests[0]
    if first.act in (draft.request.act, Act.IDENTIFY) or understanding.consent is Consent.YES:
        return False
    asks = _ASKS.search(turn.text)
    if not asks and not order_ids(turn.text) and draft.request.act is Act.ORDER_CANCEL and first.act in _MONEY_BACK:
        return False  # "yes, and the money back to my card": that is part of it
    if not asks and draft.asking == "order" and len(turn.text.split()) <= _A_NAME and not is_wish(turn.text):
        return False  # "the router"
    if first.act in WRITES and first.confidence == 1.0:
        return True
    if first.act is Act.HANDOFF and names_a_person(turn.text):
        return True
    if draft.asking not in (*IDENTITY_SLOTS, "order") and not asks and first.act is not Act.HANDOFF:
        return False  # it asks nothing: it is the answer, whatever it sounds like
    aside = first.act in (*_ASIDES, *READS) and first.confidence >= _OWN_MATTER
    short = len(turn.text.split()) <= _SHORT_WORDS and "?" not in turn.text and not aside
    if draft.asking not in IDENTITY_SLOTS and short:
        return False
    if draft.asking in ("description", "address") and "?" not in turn.text:
        return first.act is Act.HANDOFF
    return first.act in _ASIDES or first.confidence >= _SURE
