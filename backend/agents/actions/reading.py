"""Shows records: an order, a parcel, a refund, a complaint, or the list of orders."""

import re
from collections.abc import Sequence

from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.finding import order_label, picked
from backend.agents.actions.implied import asks_estimate
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.telling import (
    laid_out,
    tell_complaint,
    tell_estimate,
    tell_order,
    tell_refunds,
    tell_tracking,
    tell_whereabouts,
)
from backend.agents.actions.undoing import Done, cannot_undo, to_undo
from backend.agents.actions.wishes import READS
from backend.domain.acts import Act
from backend.domain.cards import Card, OrdersCard
from backend.domain.cases import Complaint
from backend.domain.conversation import Evidence, ProductRef
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order, OrderStatus
from backend.tools.cards import complaint_card, delivery_card, order_card, refund_card
from backend.tools.complaints import ComplaintArgs
from backend.tools.orders import NoArgs, OrderArgs
from backend.tools.refunds import RefundArgs
from backend.tools.toolbox import Toolbox

_PLURAL = re.compile(
    r"\b(?:my|all|the|past|previous|recent|other|more|any|which|what|how many)(?: (?:\w+ )?(?:open|other|past|old"
    r"|recent|previous|pending|last))? orders\b|\borders (?:do|did|have|has) (?:i|we)\b|\border history\b",
    re.I,
)
#: Of an order in view this asks what is in it; without one, for all orders.
_BOUGHT = re.compile(r"\bwhat (have|did) i (order|b[uo])", re.I)
_WHEREABOUTS = re.compile(r"\b(?:where|when|how (?:long|far|soon)|arriv\w+|expected|late)\b", re.I)
#: Only the number of a record is asked for.
_NUMBER = re.compile(r"\b(?:what'?s?|which|give me|tell me)\b[^.?!]{0,20}\b(?:number|reference|id)\b", re.I)
_MOST_CHOICES = 6


class Reading:
    """Evidence from the read tools."""

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    def level(self, case: Case) -> IdentityLevel:
        """The list of all orders needs the code; one order its number and e-mail."""
        return IdentityLevel.VERIFIED if _wants_list(case) else IdentityLevel.GUEST

    async def gather(self, case: Case) -> Evidence:
        """What the act asks to see. Raises Missing when several orders may be meant, ShopError as the tools do."""
        if case.act is Act.COMPLAINT_STATUS:
            return await self._complaint(case)
        order_id = await self._order_id(case)
        if order_id is None:
            return await self._orders(case)
        if case.act is Act.DELIVERY_TRACK:
            return await self._tracking(case, order_id)
        if case.act is Act.REFUND_STATUS:
            return await self._refunds(case, order_id)
        order = await self._toolbox.look_up_order.run(case.context, OrderArgs(order_id=order_id))
        if to_undo(case.request.text, case.turn.state.focus.act) is Done.CANCELLATION:
            said = cannot_undo(Done.CANCELLATION, order)
            return _seen(case, order, (said, *tell_order(order)[:1]), order_card(order))
        in_view = case.turn.state.focus.orders[:1] == (order.id,) and not case.slots.get("order_id")
        if in_view and order.deliveries and _WHEREABOUTS.search(case.request.text):
            return _seen(case, order, tell_whereabouts(order), *map(delivery_card, order.deliveries))
        return _seen(case, order, tell_order(order), order_card(order))

    async def _order_id(self, case: Case) -> str | None:
        """The order that is meant; None for "my orders"."""
        if _wants_list(case):
            return None
        written: str | None = case.slots.get("order_id") or case.slots.get("hint")
        if written:
            return written
        orders = await self._toolbox.list_orders.run(case.context, NoArgs())
        orders = tuple(o for o in orders if _speaks_of(o, case)) or _in_state(orders, case.request.text) or orders
        orders = picked(case.answered("order") or "", orders) or orders
        focus = [o.id for o in orders if o.id in case.turn.state.focus.orders[:1]]
        if len(orders) == 1 or focus:
            return focus[0] if focus else orders[0].id
        if not orders:
            return None
        labels = {order_label(order): order.id for order in orders[:_MOST_CHOICES]}
        raise Missing("order", "Which order do you mean?", choices("Your orders", labels))

    async def _orders(self, case: Case) -> Evidence:
        orders = await self._toolbox.list_orders.run(case.context, NoArgs())
        orders = _in_state(orders, case.request.text) or orders
        if not orders:
            return Evidence(request=case.request, text="You have no orders with us yet.", closes=True)
        facts = tuple(f"- {order_label(order)}" for order in orders)
        return Evidence(
            request=case.request,
            text="\n".join((f"You have {len(orders)} order{'s' if len(orders) > 1 else ''}:", *facts)),
            facts=facts,
            cards=(OrdersCard(orders=tuple(order_card(order) for order in orders)),),
            focus_orders=tuple(order.id for order in orders),
            closes=True,
        )

    async def _tracking(self, case: Case, order_id: str) -> Evidence:
        tracking = await self._toolbox.track_delivery.run(case.context, OrderArgs(order_id=order_id))
        cards: list[Card] = [delivery_card(delivery) for delivery in tracking.deliveries]
        again = cards and _was_shown(case, tracking.order)
        told = tell_whereabouts(tracking.order) if again else tell_tracking(tracking.order)
        return _seen(case, tracking.order, told, *(cards or [order_card(tracking.order)]))

    async def _refunds(self, case: Case, order_id: str) -> Evidence:
        view = await self._toolbox.refund_status.run(case.context, RefundArgs(order_id=order_id))
        if asks_estimate(case.request.text):
            lines = lines_meant(case.request.text, view.order).lines
            ids = tuple(line.id for line in lines) or None
            view = await self._toolbox.refund_status.run(case.context, RefundArgs(order_id=order_id, line_ids=ids))
            return _seen(case, view.order, tell_estimate(view, lines))
        undone = to_undo(case.request.text, case.turn.state.focus.act)
        first = (cannot_undo(undone, view.order),) if undone else ()
        return _seen(case, view.order, (*first, *tell_refunds(view)), *(refund_card(refund) for refund in view.refunds))

    async def _complaint(self, case: Case) -> Evidence:
        named = case.request.entities.complaint_ids or case.turn.state.focus.complaints
        arguments = ComplaintArgs(complaint_id=named[0] if named else None)
        complaint = await self._toolbox.complaint_status.run(case.context, arguments)
        undone = to_undo(case.request.text, case.turn.state.focus.act)
        if _NUMBER.search(case.request.text) and not undone:
            number = (f"The number of your complaint is {complaint.id}.",)
            return _of_complaint(case, complaint, number)
        facts = (*((cannot_undo(undone, None),) if undone else ()), *tell_complaint(complaint))
        return _of_complaint(case, complaint, facts)


def in_between(case: Case) -> bool:
    """Whether records are only looked at while another wish is open: that one stays as it is."""
    state = case.turn.state
    other = state.draft is not None and state.draft.request.act is not case.act
    return case.act in READS and (state.pending is not None or other)


def _was_shown(case: Case, order: Order) -> bool:
    """Whether the conversation looked at that order just before, and its number is not said again."""
    focus = case.turn.state.focus
    return focus.orders[:1] == (order.id,) and focus.act in READS and not case.slots.get("order_id")


def _wants_list(case: Case) -> bool:
    if case.slots.get("order_id"):
        return False
    in_view = case.slots.get("hint") or case.turn.state.focus.orders
    return bool(_PLURAL.search(case.request.text) or (not in_view and _BOUGHT.search(case.request.text)))


def _speaks_of(order: Order, case: Case) -> bool:
    """Whether the wish names what is in the order, or asks for a parcel under way."""
    text = case.request.text.lower()
    named = any(word.lower() in text for line in order.lines for word in (line.name,))
    on_its_way = case.act is Act.DELIVERY_TRACK and order.status in (OrderStatus.SHIPPED, OrderStatus.PROCESSED)
    return named or on_its_way


def _in_state(orders: Sequence[Order], text: str) -> tuple[Order, ...]:
    """Those whose state is named: "my pending order"."""
    return tuple(o for o in orders if re.search(rf"\b{re.escape(o.status.value)}\b", text, re.IGNORECASE))


def _seen(case: Case, order: Order, facts: tuple[str, ...], *cards: object) -> Evidence:
    text = laid_out(facts)
    goods = tuple(ProductRef(id=line.product_id, name=line.name) for line in order.lines)
    return Evidence.model_validate(
        {
            "request": case.request,
            "text": text,
            "facts": facts,
            "cards": cards,
            "focus_orders": (order.id,),
            "focus_products": tuple(dict.fromkeys(goods)),
            "closes": True,
        }
    )


def _of_complaint(case: Case, complaint: Complaint, facts: tuple[str, ...]) -> Evidence:
    return Evidence(
        request=case.request,
        text=" ".join(facts),
        facts=facts,
        cards=(complaint_card(complaint),),
        focus_complaints=(complaint.id,),
        closes=True,
    )
