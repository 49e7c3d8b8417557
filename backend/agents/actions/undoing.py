"""Wishes to undo what was done: "un-cancel it", "cancel my return", "take the complaint back"."""

import re
from enum import StrEnum

from backend.domain.acts import Act
from backend.domain.orders import Order, OrderStatus


class Done(StrEnum):
    """What is to be undone."""

    CANCELLATION = "cancellation"
    RETURN = "return"
    EXCHANGE = "exchange"
    COMPLAINT = "complaint"


_TO_CANCEL = re.compile(
    r"\b(?:un-?|de-?)cancel\w*|\b(?:undo|reverse|revoke|withdraw|take back|cancel|stop) (?:the|my|that|this) cancel\w*"
    r"|\b(?:re-?instate|re-?activate|re-?open|restore|revive)\b[^.?!]{0,20}\b(?:order|it|that|this|purchase)\b",
    re.IGNORECASE,
)
_TO_TAKE_BACK = re.compile(
    r"\b(?:cancel|withdraw|undo|stop|revoke|call off|drop|forget|take back"
    r"|reverse)(?:l?ing)? (?:about )?(?:my|the|that|this)"
    r" (?P<what>return|refund|exchange|complaint|ticket)(?: request)?\b(?! (?:polic|label|window|period|fee|number))",
    re.IGNORECASE,
)
#: "can I keep it instead?", said of goods that are to go back
_KEEPS = re.compile(
    r"\b(?:keep|keeping) (?:it|them|this|that|those|both|the [\w ]{1,30}?)(?: instead| after all| now"
    r"| then| anyway)*\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:(?:oh|no|wait|please|sorry|actually|can you|could you|ok|hm+|damn)\W+){0,4}"
    r"(?:undo|reverse|revert|take back|(?:change|put|switch|turn|set) (?:it|that|this) back|roll back)"
    r"(?: (?:it|that|this|what you (?:just )?did|everything))?(?: (?:again|please|now|then|for me)){0,2}\W*",
    re.IGNORECASE,
)
#: What was done last, by the matter that was spoken of.
_LAST = {
    Act.ORDER_CANCEL: Done.CANCELLATION,
    Act.RETURN: Done.RETURN,
    Act.EXCHANGE: Done.EXCHANGE,
    Act.COMPLAINT_NEW: Done.COMPLAINT,
}
_GIVES_AWAY = frozenset({Act.RETURN, Act.EXCHANGE, Act.REFUND_STATUS})
_DONE = {"refund": Done.RETURN, "ticket": Done.COMPLAINT}
#: Which record is to be looked at for it.
LOOKS_AT = {
    Done.CANCELLATION: Act.ORDER_LOOKUP,
    Done.RETURN: Act.REFUND_STATUS,
    Done.EXCHANGE: Act.REFUND_STATUS,
    Done.COMPLAINT: Act.COMPLAINT_STATUS,
}
_BY_A_PERSON = "has to be done by a person from our team: just say “talk to a person”."


def takes_back(text: str) -> bool:
    """Whether a text takes back what was just done, without its name: "oh no, undo that"."""
    return bool(_BACK.fullmatch(text))


def to_undo(text: str, before: Act | None = None) -> Done | None:
    """What a text wants undone, None where nothing; `before` is the matter spoken of last."""
    if before in _LAST and takes_back(text):
        return _LAST[before]
    if before in _GIVES_AWAY and _KEEPS.search(text):
        return Done.EXCHANGE if before is Act.EXCHANGE else Done.RETURN
    if _TO_CANCEL.search(text):
        return Done.CANCELLATION
    found = _TO_TAKE_BACK.search(text)
    if found is None:
        return None
    what = found["what"].lower()
    return _DONE.get(what) or Done(what)


def cannot_undo(done: Done, order: Order | None) -> str:
    """Why it is not done here, and what can be done instead."""
    if done is Done.COMPLAINT:
        return f"Taking a complaint back {_BY_A_PERSON}"
    if order is None:
        return ""
    if done is Done.CANCELLATION:
        if order.status is OrderStatus.CANCELLED:
            return "A cancelled order cannot be opened again; to have the goods after all, please order them anew."
        return f"Order {order.id} is not cancelled, so there is nothing to undo."
    open_ones = {OrderStatus.RETURN_REQUESTED: Done.RETURN, OrderStatus.EXCHANGE_REQUESTED: Done.EXCHANGE}
    if order.status in open_ones:
        return f"Withdrawing the {open_ones[order.status].value} of order {order.id} {_BY_A_PERSON}"
    return f"No {done.value} is open for order {order.id}."
