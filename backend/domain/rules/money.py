"""The money of an order: what came in, what may still go back, and to which sources."""

from datetime import date, timedelta

from backend.domain.base import Value
from backend.domain.customers import PaymentKind, PaymentMethod
from backend.domain.orders import Order, PaymentEntryKind, RefundStatus


class Share(Value):
    """A part of a refund that goes to one payment method, in cents."""

    method_id: str
    method_label: str = ""
    amount_cents: int


def net_by_method(order: Order) -> dict[str, int]:
    """Cents each method paid and did not get back, in the order in which the methods first paid."""
    net: dict[str, int] = {}
    for entry in order.payments:
        sign = 1 if entry.kind is PaymentEntryKind.PAYMENT else -1
        net[entry.method_id] = net.get(entry.method_id, 0) + sign * entry.amount_cents
    return net


def promised_cents(order: Order) -> int:
    """Cents of refunds that wait for their goods. Later states stand in the payment ledger already."""
    return sum(r.amount_cents for r in order.refunds if r.status is RefundStatus.AWAITING_RETURN)


def refundable_cents(order: Order) -> int:
    """The most that may still go back: paid − refunded − promised, never below 0."""
    return max(0, order.paid_cents - order.refunded_cents - promised_cents(order))


def refund_to_sources(order: Order) -> tuple[Share, ...]:
    """Everything refundable, split over the methods that paid it. A refund row is never refunded."""
    left = refundable_cents(order)
    labels = {entry.method_id: entry.method_label for entry in order.payments}
    shares: list[Share] = []
    for method_id, net in net_by_method(order).items():
        amount = min(net, left)
        if amount > 0:
            shares.append(Share(method_id=method_id, method_label=labels[method_id], amount_cents=amount))
            left -= amount
    return tuple(shares)


def original_methods(order: Order) -> tuple[str, ...]:
    """Ids of the methods that hold the order's money, in the order in which they first paid."""
    return tuple(method_id for method_id, net in net_by_method(order).items() if net > 0)


def covers(method: PaymentMethod, cents: int) -> bool:
    """Whether the method can pay that amount: a gift card only in full, other methods always."""
    if method.kind is not PaymentKind.GIFT_CARD or cents <= 0:
        return True
    return (method.balance_cents or 0) >= cents


def after_business_days(day: date, days: int) -> date:
    """The day that many working days (Monday to Friday) after `day`."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def expected_by(kind: PaymentKind | None, today: date, business_days: tuple[int, int]) -> date:
    """When refunded money is there at the latest: a gift card today, others after the shop's longest term."""
    return today if kind is PaymentKind.GIFT_CARD else after_business_days(today, business_days[1])
