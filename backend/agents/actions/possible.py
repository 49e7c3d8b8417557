"""Whether a wish can be fulfilled at all, before the shopper is asked for any detail of it."""

import re

from backend.agents.actions.case import Case
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.telling import tell_refund, tell_repaid
from backend.agents.actions.wishes import Wish
from backend.domain.errors import NotEligible
from backend.domain.orders import Order, OrderStatus
from backend.domain.policy import Verdict
from backend.domain.rules.changes import open_for_changes
from backend.domain.rules.parts import ARRIVED
from backend.domain.rules.returns import Condition, may_return
from backend.domain.rules.verdicts import insist, refused
from backend.domain.rules.words import status_words

_VERB = {
    "cancel_order": "cancelled",
    "change_address": "sent to another address",
    "change_payment_method": "paid another way",
    "change_items": "changed",
}
#: What was done already is told as it is by the tool.
_DONE = {
    "cancel_order": OrderStatus.CANCELLED,
    "return_items": OrderStatus.RETURN_REQUESTED,
    "exchange_items": OrderStatus.EXCHANGE_REQUESTED,
}
#: The goods only say which order is meant.
_WHOLE = re.compile(
    r"\b(?:whole|entire|full|complete) (?:order|thing|purchase)\b|\border\b[^.;!?]{0,20}\b(?:with|containing|for|of)\b"
    r"|\b(?:my|the|this|that)\s+(?:(?!(?:in|of|from|on|and)\b)[\w-]+\s+){1,3}order\b",
    re.IGNORECASE,
)
#: "cancel the garden hose one"
_THAT_ONE = re.compile(r"\b(?:the|that) (?:(?!(?:in|of|from|on|and)\b)[\w-]+\s+){1,4}one\b", re.IGNORECASE)
_ONLY_PART = re.compile(r"\b(?:only|just|not all)\b", re.IGNORECASE)
#: A part that is only pointed at.
_FROM_ORDER = re.compile(
    r"\b(?:cancel|remove|take|drop|delete)\w* (?:it|that|this|them|one|those|these)\b(?: (?:item|one)s?)?"
    r" (?:from|off|out of)\b",
    re.IGNORECASE,
)


#: An item that shall leave the order, not become another.
_REMOVES = re.compile(
    r"\b(?:remov(?:e|ed|ing)|delet(?:e|ed|ing)|drop|tak(?:e|ing) (?:\w+ ){0,4}?(?:out|off)"
    r"|(?:only|just) (?:need|want|meant|wanted) (?:\w+ ){0,2}?(?:one|two|three|1|2|3)\b(?! of the)"
    r"|(?:fewer|less)|(?:reduce|lower) (?:\w+ ){0,2}?(?:quantity|number|amount))\b",
    re.IGNORECASE,
)


def none_possible(wish: Wish) -> NotEligible:
    """The rule where no order of the customer's is in a state that allows the wish."""
    verb = _VERB.get(wish.tool)
    if verb is None:
        return NotEligible("None of your orders has been delivered yet, so nothing can go back.", rule="status")
    return NotEligible(f"None of your orders can be {verb}: only pending ones can.", rule="status")


def insist_possible(case: Case, wish: Wish) -> None:
    """Raises NotEligible with the rule when no answer of the shopper could make it possible."""
    order = case.order
    if order is None or order.status is _DONE.get(wish.tool):
        return
    insist_state(case, wish)
    if wish.tool == "cancel_order":
        _insist_whole(case, order)
    several = len(order.lines) > 1 or any(line.quantity > 1 for line in order.lines)
    if wish.tool == "change_items" and _REMOVES.search(case.request.text) and several:
        named = dict.fromkeys(m.line.name for m in lines_meant(case.request.text, order).mentions)
        raise _only_whole("the " + ", ".join(named) if named else "part of it", order)


def insist_state(case: Case, wish: Wish) -> None:
    """Raises NotEligible with the rule when the state of the order forbids it."""
    if case.order is not None and case.order.status is not _DONE.get(wish.tool):
        insist(_verdict(case, wish, case.order))


def _verdict(case: Case, wish: Wish, order: Order) -> Verdict:
    if wish.tool in _VERB:
        return open_for_changes(order, _VERB[wish.tool])
    if wish.tool in ("exchange_items", "return_items") and order.status is OrderStatus.CANCELLED:
        back = " ".join([tell_refund(refund) for refund in order.refunds] or tell_repaid(order))
        reason = f"Order {order.id} is cancelled, so there is nothing to send back. {back}".strip()
        return refused("cancelled", reason)
    if wish.tool == "exchange_items" and order.status not in ARRIVED:
        reason = f"Order {order.id} is {status_words(order)}; only delivered goods can be exchanged."
        return refused("only_delivered", reason)
    if wish.tool == "return_items" and case.policy and order.status not in ARRIVED:
        return may_return(order, order.lines, case.policy, Condition(), case.context.now)
    return Verdict(allowed=True, rule="possible", reason="")


def _insist_whole(case: Case, order: Order) -> None:
    """Part of an order cannot be cancelled: that is said, not approximated."""
    if (why := case.answered("reason")) is not None:
        named = {m.line.name for m in lines_meant(why, order).mentions} if _ONLY_PART.search(why) else set()
        if named and len(order.lines) > 1:
            raise _only_whole("the " + ", ".join(sorted(named)), order)
        return
    if len(order.lines) > 1 and _FROM_ORDER.search(case.request.text):
        raise _only_whole("that", order)
    meant = lines_meant(case.request.text, order)
    part = {line.id for line in meant.lines}
    if meant.spares and len(order.lines) > 1:
        raise _only_whole("part of it", order)
    called = len(case.turn.state.focus.orders) > 1 and _THAT_ONE.search(case.request.text)  # an order of a list
    if not meant.mentions or meant.everything or len(part) == len(order.lines) or called:
        return
    if _WHOLE.search(case.request.text):
        return
    raise _only_whole("the " + ", ".join(dict.fromkeys(m.line.name for m in meant.mentions)), order)


def _only_whole(named: str, order: Order) -> NotEligible:
    held = ", ".join(line.name for line in order.lines)
    return NotEligible(
        f"I cannot cancel only {named}: an order can be cancelled only as a whole. Order {order.id} holds {held}. "
        f"If you want that, say “cancel the whole order {order.id}”; or I can change an item to another version.",
        rule="whole_orders",
    )
