"""Records in plain English: an order, its parcels, its refunds, a complaint."""

from collections.abc import Sequence
from datetime import date, datetime

from backend.domain.cases import Complaint
from backend.domain.money import format_money
from backend.domain.orders import Delivery, DeliveryStatus, Order, OrderLine, OrderStatus, PaymentEntryKind, Refund
from backend.domain.rules.words import delivery_words, refund_words, status_words
from backend.tools.refunds import RefundView

#: Values this short say nothing without their option: "size 7", "waterproof no".
_BARE = 3


def tell_order(order: Order) -> tuple[str, ...]:
    """Status, items, total and where the goods are, one fact a line."""
    items = "; ".join(_item(line.quantity, line.name, dict(line.options)) for line in order.lines)
    placed = f" It was placed on {_day(order.placed_at)}." if order.placed_at else ""
    facts = [
        f"Order {order.id} is {status_words(order)}.{placed}",
        f"It holds {items}.",
        f"The total is {format_money(order.total_cents, order.currency)}.",
    ]
    if order.status is OrderStatus.CANCELLED and order.cancel_reason:
        facts[0] = f"Order {order.id} is cancelled ({order.cancel_reason}).{placed}"
    for delivery, (head, *events) in zip(order.deliveries, _parcels(order), strict=True):
        if order.status is OrderStatus.CANCELLED and delivery.status is DeliveryStatus.LABEL_CREATED:
            continue  # it never left
        under_way = delivery.status is not DeliveryStatus.DELIVERED
        facts += [head, *(f"- {event}" for event in events)] if under_way else [head]
    facts += [tell_refund(refund) for refund in order.refunds] or tell_repaid(order)
    return tuple(facts)


def tell_delivery(delivery: Delivery) -> tuple[str, ...]:
    """Where a parcel is, then its events, newest first."""
    who = " ".join(filter(None, ("with", delivery.carrier))) if delivery.carrier else ""
    number = f", tracking number {delivery.tracking_number}" if delivery.tracking_number else ""
    if delivery.status is DeliveryStatus.DELIVERED:
        when = f" on {_day(delivery.delivered_at)}" if delivery.delivered_at else ""
        head = f"The parcel was delivered{when}{f' by {delivery.carrier}' if delivery.carrier else ''}{number}."
    else:
        unknown = "" if delivery.status is DeliveryStatus.RETURNED else " No day of arrival is stated yet."
        expected = f" It is expected on {_day(delivery.eta)}." if delivery.eta else unknown
        waits = delivery.status is DeliveryStatus.LABEL_CREATED
        packed = f"ready for {delivery.carrier or 'the carrier'}"
        state = packed if waits else f"{delivery_words(delivery.status)} {who}".rstrip()
        head = f"The parcel is {state}{number}.{expected}"
    events = sorted(delivery.events, key=lambda e: e.at, reverse=True)
    where = [f"{_day(e.at)}: {e.description.rstrip('.')}{f' ({e.location})' if e.location else ''}." for e in events]
    return (head, *where)


def _parcels(order: Order) -> list[tuple[str, ...]]:
    """Each parcel of an order, told apart by its place where there are several."""
    told = [tell_delivery(delivery) for delivery in order.deliveries]
    if len(told) < 2:
        return told
    apart = (
        (f"Parcel {place} of {len(told)}{head.removeprefix('The parcel')}", events)
        for place, (head, *events) in enumerate(told, start=1)
    )
    return [(head, *events) for head, events in apart]


def tell_tracking(order: Order) -> tuple[str, ...]:
    """Everything about the parcels of an order, or why there is none yet."""
    if not order.deliveries:
        why = {
            OrderStatus.PENDING: "It has not left our warehouse yet.",
            OrderStatus.PROCESSED: "It is packed and waits for the carrier; there is no tracking yet.",
            OrderStatus.CANCELLED: "It was cancelled, so nothing was sent.",
        }.get(order.status, "There is no tracking information for it.")
        return (f"Order {order.id} is {status_words(order)}. {why}",)
    facts: list[str] = []
    for head, *events in _parcels(order):
        facts.append(f"Order {order.id}: {head[0].lower()}{head[1:]}")
        facts += [f"- {event}" for event in events]
    return tuple(facts)


def tell_whereabouts(order: Order) -> tuple[str, ...]:
    """Where the parcels of an order are now and when they come, for who has seen the order."""
    facts: list[str] = []
    for delivery, (head, *events) in zip(order.deliveries, _parcels(order), strict=True):
        newest = f"Last seen on {events[0]}" if events and delivery.status is not DeliveryStatus.DELIVERED else ""
        facts += [head, *filter(None, (newest,))]
    return tuple(facts)


def tell_refund(refund: Refund) -> str:
    """One refund: number, amount, state, and when it is expected."""
    fee = f" after a fee of {format_money(refund.fee_cents, refund.currency)}" if refund.fee_cents else ""
    to = f" to your {refund.method_label}" if refund.method_label else ""
    due = f" You can expect it by {_day(refund.expected_by)}." if refund.expected_by else ""
    amount = format_money(refund.amount_cents, refund.currency)
    return f"Refund {refund.id} of {amount}{to}{fee} is {refund_words(refund.status)}.{due}"


def tell_repaid(order: Order) -> list[str]:
    """Money that went back without a refund of ours: what the records of a shop say when they are loaded."""
    back = [entry for entry in order.payments if entry.kind is PaymentEntryKind.REFUND]
    return [
        f"{format_money(entry.amount_cents, order.currency)} went back to your {entry.method_label or 'payment method'}"
        f"{f' on {_day(entry.created_at)}' if entry.created_at else ''}."
        for entry in back
    ]


def tell_estimate(view: RefundView, lines: Sequence[OrderLine]) -> tuple[str, ...]:
    """What sending these lines back, or cancelling the order, would bring."""
    order, verdict = view.order, view.verdict
    if order.status is OrderStatus.PENDING:
        total = format_money(order.total_cents, order.currency)
        return (f"Order {order.id} is still pending: cancelling it would bring back {total}.",)
    if not verdict.allowed or verdict.amount_cents is None:
        return (verdict.reason,)
    names = ", ".join(dict.fromkeys(line.name for line in lines)) or "everything"
    fee = f", after a fee of {format_money(verdict.fee_cents, order.currency)}" if verdict.fee_cents else ""
    back = format_money(verdict.amount_cents, order.currency)
    return (
        f"Sending back {names} from order {order.id} would bring back {back}{fee}.",
        "If you want that, say “return it”.",
    )


def tell_refunds(view: RefundView) -> tuple[str, ...]:
    """The refunds of an order, or what the shop's rules would allow."""
    if view.refunds:
        return tuple(tell_refund(refund) for refund in view.refunds)
    if repaid := tell_repaid(view.order):
        return (f"Order {view.order.id} is {status_words(view.order)}.", *repaid)
    return (f"There is no refund for order {view.order.id} so far. {view.verdict.reason}",)


def tell_complaint(complaint: Complaint) -> tuple[str, ...]:
    """State, what was said publicly last, and until when we owe an answer."""
    about = f" about order {complaint.order_id}" if complaint.order_id else ""
    state = complaint.status.value.replace("_", " ")
    facts = [f"Complaint {complaint.id}{about} is {state}, with {complaint.priority.value} priority."]
    facts.append(f"You filed it on {_day(complaint.created_at)}: “{complaint.description}”")
    public = [note for note in complaint.notes if note.public]
    if public:
        facts.append(f"Our latest note ({_day(public[-1].at)}): {public[-1].text}")
    if complaint.status.value in ("open", "in_progress") and complaint.resolution_due:
        facts.append(f"We aim to resolve it by {_day(complaint.resolution_due)}.")
    return tuple(facts)


def _item(quantity: int, name: str, options: dict[str, str]) -> str:
    said = ", ".join(value if len(value) > _BARE else f"{option} {value}" for option, value in options.items())
    return f"{quantity} × {name}" + (f" ({said})" if said else "")


def _day(moment: datetime | date | None) -> str:
    return f"{moment:%A, %-d %B %Y}" if moment else "an unknown day"


def laid_out(facts: tuple[str, ...]) -> str:
    """Facts as running text, list items on lines of their own."""
    text = ""
    for fact in facts:
        item = fact.startswith("- ")
        text += ("\n" if item or text.rpartition("\n")[2].startswith("- ") else " ") + fact
    return text.strip()
