"""A pending action taken up again with a change: more of the order, less of it, another method, another address."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend.agents.actions.address_parts import put_right
from backend.agents.actions.addresses import address_in
from backend.agents.actions.grammar import asks_something, wishes_in
from backend.agents.actions.lines import line_label, lines_meant
from backend.agents.actions.methods import methods_meant, names_a_method
from backend.agents.actions.numbers import order_ids
from backend.agents.actions.paying import original_method
from backend.agents.actions.reasons import DEFECT, opened, reason_in
from backend.agents.actions.wording import telling
from backend.domain.acts import Act
from backend.domain.conversation import PendingAction, Request
from backend.domain.customers import Customer
from backend.domain.errors import NotEligible
from backend.domain.orders import Order, OrderLine
from backend.tools.order_ids import same_order

_AGREES = r"^\W*(?:yes|yeah|yep|yup|yea|ok(?:ay)?|sure|fine|alright|all right|right|great|good|sounds good|perfect)\b"
#: Words by which a wish joins another.
_MORE = r"also|too|as well|plus|additionally|in addition|besides|along with|together with|add"
#: The new wish comes beside the one that waits, or before it.
_BESIDE = re.compile(
    rf"{_AGREES}\W{{1,3}}(?:(?:but|and|though|only|just|please)\b|(?:can|could|would) you)"
    rf"|\b(?:{_MORE}|on top of that|while you.?re at it|one more thing)\b"
    r"|\bfirst(?: of all)?\W*$|^\W*(?:but |wait\W+|hold on\W+|no\W+)*first\b|\b(?:but|then) first\b"
    r"|\b(?:before (?:that|you do|you go|we do|this|it)|beforehand|prior to that|and then)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(rf"{_AGREES}\W{{1,3}}and\b|\b(?:{_MORE})\b|^\W*and\b|\bboth\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(?:except|without|but not|not the|leave out|apart from|keep|keeping|drop|remove|excluding)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: What may stand around the name of a thing that alone is meant: "the puzzle please".
_BESIDE_NAME = re.compile(r"\W+|\b(?:the|my|no|yes|ok|i|mean|meant|please|one|this|that|a|an)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"\W*(?:(?:no|ok|only|just|i mean|i meant)\W+)*the (?:first|second|third|fourth|last)(?: (?:one"
    r"|item))?(?: please)?\W*",
    re.IGNORECASE,
)
_FEW = 4
_POINTS = re.compile(r"\b(?:it|them|that one|this one|that|this|those|these)\b", re.IGNORECASE)
_OF_GOODS = frozenset({Act.RETURN, Act.EXCHANGE, Act.ORDER_ITEMS})
_ANOTHER_METHOD = re.compile(
    r"\b(?:different|another|other|new|second)\s+(?:\w+\s+)?(?:card|account|method|visa|master ?card|pay ?pal)\b", re.I
)
#: A message with so many words of its own tells something.
_TELLS = 2
_ASKS_COMPLAINT = re.compile(r"\bcomplain\w*|\breport\b|\bticket\b", re.IGNORECASE)
_LISTS = {"return_items": "lines", "exchange_items": "items", "change_items": "items"}
#: Tools that take several items of an order in one request.
JOINABLE = frozenset(_LISTS)
#: Tools whose waiting action a few words can change.
CHANGEABLE = JOINABLE | {"cancel_order", "change_address", "change_default_address", "change_payment_method"}


def stands_beside(text: str) -> bool:
    """Whether a new wish goes before or beside the action that waits, which is to follow: "… first", "also …"."""
    return bool(_BESIDE.search(text))


def adds(text: str) -> bool:
    """Whether a wish is to join the one that waits: "also return the keyboard"."""
    return bool(_ADDED.search(text)) and not re.search(r"\binstead\b", text, re.IGNORECASE)


def joined(before: Mapping[str, Any], more: Mapping[str, Any], tool: str) -> dict[str, Any]:
    """The arguments of both; what the newer says of a line counts."""
    name = _LISTS.get(tool)
    if name is None or not before:
        return dict(more)
    lines = {entry["line_id"]: entry for entry in (*before.get(name, ()), *more.get(name, ()))}
    told = {key: value for key, value in more.items() if value not in (None, "")}
    return {**before, **told, name: list(lines.values())}


def with_goods(request: Request, pending: PendingAction, order: Order) -> Request:
    """A wish for goods that names none, with those of the action that waited in the place of "it"."""
    name = _LISTS[pending.tool]
    pointed = _POINTS.search(request.text)
    if request.act not in _OF_GOODS or pointed is None or lines_meant(request.text, order).mentions:
        return request
    lines = [line for entry in pending.arguments[name] if (line := order.line(entry["line_id"]))]
    goods = " and the ".join(line_label(line) if _has_twin(line, order) else line.name for line in lines)
    text = f"{request.text[: pointed.start()]}the {goods}{request.text[pointed.end() :]}"
    return request.model_copy(update={"text": text, "standalone": text})


def _has_twin(line: OrderLine, order: Order) -> bool:
    return sum(other.name == line.name for other in order.lines) > 1


def changed_arguments(
    text: str,
    pending: PendingAction,
    order: Order | None,
    customer: Customer | None,
    reasons: tuple[str, ...] = (),
    *,
    complains: bool = False,
) -> dict[str, Any] | None:
    """What a message changes in the action itself; None when it changes nothing of it. `reasons` are those for which
    the shop takes goods back or lets an order go; `complains`: the message was understood as a complaint.

    Raises NotEligible for another payment method where the customer has none.
    """
    if asks_something(text) or wishes_in(text) or pending.tool not in CHANGEABLE:
        return None
    arguments = pending.arguments
    if pending.tool in ("change_address", "change_default_address"):
        if address := address_in(text):
            return {"address": address.model_dump()}
        corrected = put_right(text, arguments["address"])
        return {"address": corrected} if corrected else None
    if pending.tool == "cancel_order":
        reason = reason_in(text, reasons)
        return {"reason": reason} if reason not in (None, arguments.get("reason")) else None
    if "method_id" in arguments and customer is not None:
        named = methods_meant(text, customer)
        if _ANOTHER_METHOD.search(text):
            named = tuple(method for method in named if method.id != arguments["method_id"])
            if not named:
                raise NotEligible("You have no other payment method of that kind with us.", rule="no_other_method")
        if not named and names_a_method(text) and len(text.split()) <= _FEW:
            raise NotEligible("You have no payment method of that kind with us.", rule="no_other_method")
        if order is not None and (original := original_method(text, order)):
            return {"method_id": original}
        if len(named) == 1:
            return {"method_id": named[0].id}
    if order is None:
        return None
    return _more(text, pending, order) or _fewer(text, pending, order) or _why(text, pending, reasons, complains)


def _why(text: str, pending: PendingAction, reasons: tuple[str, ...], complains: bool) -> dict[str, Any] | None:
    """Why the goods come back, told only now: fees and windows may depend on it."""
    unwrapped = opened(None, text) if pending.tool == "return_items" else None
    if unwrapped is not None and len(text.split()) <= _FEW + _FEW:
        return {"opened": unwrapped}
    reason = reason_in(text, reasons) or ("other" if complains and "other" in reasons else None)
    if pending.tool != "return_items" or reason is None or pending.arguments.get("reason") != "not stated":
        return None
    return {"reason": reason, "defective": bool(DEFECT.search(text))}


def complains_of_it(pending: PendingAction, requests: Sequence[Request]) -> bool:
    """Whether the message only tells what is wrong, and asks for no complaint: the reason of what waits."""
    return bool(requests) and all(
        r.act is Act.COMPLAINT_NEW and not _of_another(r, pending) and not _ASKS_COMPLAINT.search(r.text)
        for r in requests
    )


def told_further(text: str, pending: PendingAction, requests: Sequence[Request]) -> str | None:
    """The description of a complaint that waits with what the message adds to it; None where it tells nothing more."""
    same = [r for r in requests if r.act is Act.COMPLAINT_NEW and not _of_another(r, pending)]
    if not requests or len(same) < len(requests) or len(telling(text)) < _TELLS or asks_something(text):
        return None
    return f"{pending.arguments['description'].rstrip()}\n{text.strip()}"


def _of_another(request: Request, pending: PendingAction) -> bool:
    """Whether a wish names an order other than the one that the action is about."""
    own = pending.order_id or ""
    return any(not same_order(number, own) for number in order_ids(request.text))


def _more(text: str, pending: PendingAction, order: Order) -> dict[str, Any] | None:
    """More of what comes back: "also the lamp"."""
    if pending.tool != "return_items" or not adds(text):
        return None
    held = {entry["line_id"] for entry in pending.arguments["lines"]}
    named = dict.fromkeys(mention.line.id for mention in lines_meant(text, order).mentions)
    new = [{"line_id": line_id} for line_id in named if line_id not in held]
    return {"lines": [*pending.arguments["lines"], *new]} if new else None


def _fewer(text: str, pending: PendingAction, order: Order) -> dict[str, Any] | None:
    """Less of what comes back: "only the shoes", "but not the lamp"."""
    name = _LISTS.get(pending.tool)
    left_out = _WITHOUT.search(text)
    if name is None:
        return None
    meant = lines_meant(left_out["rest"] if left_out else text, order)
    bare = any(not _BESIDE_NAME.sub("", text[: m.start] + text[m.end :]) for m in meant.mentions)
    if not (left_out or bare or _ONLY.search(text) or _PLACED.fullmatch(text)):
        return None
    placed = not meant.mentions and not meant.everything and _PLACED.fullmatch(text)  # "the second one"
    ids = {line.id for line in meant.lines} if placed else {mention.line.id for mention in meant.mentions}
    if not ids or meant.unclear:
        return None
    kept = [entry for entry in pending.arguments[name] if (entry["line_id"] in ids) is not bool(left_out)]
    return {name: kept} if kept and len(kept) < len(pending.arguments[name]) else None
