"""Which tool serves which act, and how its arguments are filled."""

from dataclasses import dataclass

from backend.agents.actions.fill import (
    Filler,
    fill_address,
    fill_cancel,
    fill_complaint,
    fill_default_address,
    fill_payment,
    fill_return,
    fill_swaps,
)
from backend.domain.acts import Act
from backend.domain.orders import Order, OrderStatus
from backend.domain.rules.parts import ARRIVED


@dataclass(frozen=True, slots=True)
class Wish:
    """A write: its tool, its filler, whether it is about an order, and the statuses in which it makes sense.

    `moves_address`: the customer's known addresses may be pointed at.
    """

    tool: str
    fill: Filler
    needs_order: bool = True
    statuses: tuple[OrderStatus, ...] = ()
    moves_address: bool = False


_PENDING = (OrderStatus.PENDING,)

WISHES: dict[Act, Wish] = {
    Act.ORDER_CANCEL: Wish("cancel_order", fill_cancel, statuses=_PENDING),
    Act.ORDER_ADDRESS: Wish("change_address", fill_address, statuses=_PENDING, moves_address=True),
    Act.ORDER_PAYMENT: Wish("change_payment_method", fill_payment, statuses=_PENDING),
    Act.ORDER_ITEMS: Wish("change_items", fill_swaps, statuses=_PENDING),
    Act.RETURN: Wish("return_items", fill_return, statuses=ARRIVED),
    Act.EXCHANGE: Wish("exchange_items", fill_swaps, statuses=ARRIVED),
    Act.ACCOUNT_ADDRESS: Wish("change_default_address", fill_default_address, needs_order=False, moves_address=True),
    Act.COMPLAINT_NEW: Wish("file_complaint", fill_complaint),
}

#: Acts that show records of the session's customer.
READS = frozenset({Act.ORDER_LOOKUP, Act.DELIVERY_TRACK, Act.REFUND_STATUS, Act.COMPLAINT_STATUS})

#: Every act that the action agent gathers for.
RECORD_ACTS = frozenset({*WISHES, *READS, Act.HANDOFF, Act.ENQUIRY, Act.IDENTIFY})


def wish_for(act: Act, order: Order | None) -> Wish:
    """The wish of an act; items of a delivered order are exchanged, those of a pending one changed."""
    if order is not None and act is Act.ORDER_ITEMS and order.status in ARRIVED:
        return WISHES[Act.EXCHANGE]
    if order is not None and act is Act.EXCHANGE and order.status is OrderStatus.PENDING:
        return WISHES[Act.ORDER_ITEMS]
    return WISHES[act]
