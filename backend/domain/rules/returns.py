"""Which delivered goods may come back, until when, and for how much."""

from collections.abc import Sequence
from datetime import timedelta

from backend.domain.base import Moment, Value
from backend.domain.customers import PaymentKind, PaymentMethod
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine, OrderStatus
from backend.domain.policy import ReturnExclusion, ShopPolicy, Verdict
from backend.domain.rules.money import original_methods, refundable_cents
from backend.domain.rules.parts import ARRIVED, pieces_left, returned_pieces
from backend.domain.rules.verdicts import allowed, refused
from backend.domain.rules.words import status_words


class Condition(Value):
    """What the shopper says of the goods. `opened` None: not asked."""

    opened: bool | None = None
    defective: bool = False


def window(order: Order, policy: ShopPolicy, now: Moment) -> Verdict:
    """Whether the return window is open; no window is invented where the shop or the order has no date."""
    delivered = order.delivered_at or max((d.delivered_at for d in order.deliveries if d.delivered_at), default=None)
    if not policy.has_dates or policy.return_window_days is None or delivered is None:
        return allowed("no_window", "No return deadline applies to this order.")
    last = (delivered + timedelta(days=policy.return_window_days)).date()
    days_left = (last - now.date()).days
    if days_left < 0:
        return refused(
            "return_window",
            f"Order {order.id} was delivered on {delivered:%-d %B %Y}; goods can come back within "
            f"{policy.return_window_days} days, which ended on {last:%-d %B %Y}.",
        )
    return allowed("return_window", f"The return window is open until {last:%-d %B %Y}.", days_left=days_left)


def opened_matters(line: OrderLine, policy: ShopPolicy) -> bool:
    """Whether it has to be asked if these goods were opened."""
    of_exclusions = any(rule.when_opened and _covers(rule.categories, line) for rule in policy.exclusions)
    of_fees = any(fee.when_opened and _covers(fee.categories, line) for fee in policy.restocking_fees)
    return of_exclusions or of_fees


def may_return_line(order: Order, line: OrderLine, policy: ShopPolicy, condition: Condition, now: Moment) -> Verdict:
    """Whether the pieces of one line may come back: the amount (cents) after the restocking fee, and the fee.

    `line` is the order's, or the part of it that is meant: its `quantity` is what comes back.
    """
    if order.status not in ARRIVED:
        return refused("only_delivered", _not_delivered(order))
    left = pieces_left(order, line)
    if line.quantity > left:
        return refused("pieces_left", _too_many(line, left))
    verdict = window(order, policy, now)
    if not verdict.allowed:
        return verdict
    for exclusion in policy.exclusions:
        if _excluded(exclusion, line, condition):
            return refused("not_returnable", f"{line.name} cannot be returned: {exclusion.reason}")
    fee = _fee_cents(order, line, policy, condition)
    reason = f"{line.name} can be returned."
    if fee:
        reason += f" A restocking fee of {format_money(fee, order.currency)} is kept because it was opened."
    return allowed(verdict.rule, reason, amount=line.total_cents - fee, fee=fee, days_left=verdict.days_left)


def may_return(
    order: Order,
    lines: Sequence[OrderLine],
    policy: ShopPolicy,
    condition: Condition,
    now: Moment,
    method: PaymentMethod | None = None,
) -> Verdict:
    """Whether these lines may come back together; the amount never exceeds paid − refunded.

    `method` None: not chosen yet. Otherwise it has to be one that paid, or a gift card.
    """
    if not lines:
        return refused("no_lines", "Please choose at least one item to return.")
    if len({line.id for line in lines}) < len(lines):
        return refused("line_twice", "Each item can be returned only once.")
    verdicts = [may_return_line(order, line, policy, condition, now) for line in lines]
    for verdict in verdicts:
        if not verdict.allowed:
            return verdict
    if method is not None and not may_receive(order, method):
        return refused("refund_method", "A refund goes to the original payment method or to an existing gift card.")
    amount = min(sum(v.amount_cents or 0 for v in verdicts), refundable_cents(order))
    if amount <= 0:
        return refused("refund_limit", f"Everything paid for order {order.id} was refunded already.")
    return allowed(
        verdicts[0].rule,
        _summary(order, verdicts[0]),
        amount=amount,
        fee=sum(v.fee_cents for v in verdicts),
        days_left=verdicts[0].days_left,
    )


def may_receive(order: Order, method: PaymentMethod) -> bool:
    """Whether a refund of this order may go there: a method that paid, or an existing gift card."""
    return method.kind is PaymentKind.GIFT_CARD or method.id in original_methods(order)


def _summary(order: Order, verdict: Verdict) -> str:
    if verdict.days_left is None:
        return f"Order {order.id} was delivered, so its items can be returned."
    days = "1 day" if verdict.days_left == 1 else f"{verdict.days_left} days"
    return f"Order {order.id} was delivered and {days} of its return window are left."


def _not_delivered(order: Order) -> str:
    words = status_words(order)
    if order.status in (OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED):
        return f"Order {order.id} already has a request: its status is “{words}”, and only one can be open at a time."
    if order.status is OrderStatus.RETURNED:
        return f"Everything of order {order.id} was returned already."
    return f"Order {order.id} is {words}; goods can be returned once they are delivered."


def _excluded(exclusion: ReturnExclusion, line: OrderLine, condition: Condition) -> bool:
    if not _covers(exclusion.categories, line) or (exclusion.unless_defective and condition.defective):
        return False
    return not exclusion.when_opened or bool(condition.opened)


def _fee_cents(order: Order, line: OrderLine, policy: ShopPolicy, condition: Condition) -> int:
    """The restocking fee in cents, rounded down for the customer; the highest that applies.

    Counted on from the pieces that came back before, so that however a line is divided the fees add up to one.
    """
    points = [
        fee.basis_points
        for fee in policy.restocking_fees
        if _covers(fee.categories, line)
        and not (fee.unless_defective and condition.defective)
        and (condition.opened or not fee.when_opened)
    ]
    share, before = max(points, default=0), returned_pieces(order, order.line(line.id) or line)
    return _rounded(line, before + line.quantity, share) - _rounded(line, before, share)


def _rounded(line: OrderLine, pieces: int, basis_points: int) -> int:
    return pieces * line.unit_price_cents * basis_points // 10_000


def _too_many(line: OrderLine, left: int) -> str:
    if not left:
        return f"{line.name} was returned already."
    return f"Only {left} of your {line.name} can still be returned, not {line.quantity}."


def _covers(categories: tuple[str, ...], line: OrderLine) -> bool:
    return line.category.casefold() in {category.casefold() for category in categories}
