"""What may still be done to an order that has not left: cancel it, readdress it, pay it another way."""

from backend.domain.customers import PaymentMethod
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderStatus
from backend.domain.policy import ShopPolicy, Verdict
from backend.domain.rules.money import covers, net_by_method, refundable_cents
from backend.domain.rules.verdicts import allowed, refused
from backend.domain.rules.words import status_words


def open_for_changes(order: Order, verb: str) -> Verdict:
    """Whether the order is pending and its items were not changed; `verb` completes "cannot be …"."""
    if order.status is not OrderStatus.PENDING:
        return refused("only_pending", f"Order {order.id} is {status_words(order)}; only pending ones can be {verb}.")
    if order.items_modified:
        return refused(
            "items_already_changed",
            f"The items of order {order.id} were changed already; after that it cannot be {verb}.",
        )
    return allowed("pending", f"Order {order.id} is pending and can be {verb}.")


def may_cancel(order: Order, policy: ShopPolicy, reason: str | None) -> Verdict:
    """Whether the whole order may be cancelled for that reason (None: not asked yet); the amount is the refund."""
    verdict = open_for_changes(order, "cancelled")
    if not verdict.allowed:
        return verdict
    if reason is not None and reason not in policy.cancel_reasons:
        known = " or ".join(f"“{known}”" for known in policy.cancel_reasons)
        return refused("cancel_reason", f"An order can be cancelled only for one of these reasons: {known}.")
    amount = refundable_cents(order)
    return allowed("pending", f"Order {order.id} is pending and can be cancelled.", amount=amount)


def may_change_address(order: Order) -> Verdict:
    """Whether the parcel may go somewhere else."""
    return open_for_changes(order, "sent to another address")


def may_change_payment(order: Order, method: PaymentMethod) -> Verdict:
    """Whether that one method may pay instead; the amount is what it pays and what the present one gets back."""
    verdict = open_for_changes(order, "paid another way")
    if not verdict.allowed:
        return verdict
    holding = [method_id for method_id, net in net_by_method(order).items() if net > 0]
    if len(holding) != 1:
        return refused(
            "single_payment", f"Order {order.id} was not paid with one method alone; that cannot be changed."
        )
    if holding[0] == method.id:
        return refused("same_method", f"Order {order.id} is already paid with your {method.label()}.")
    amount = refundable_cents(order)
    if not covers(method, amount):
        return refused("gift_card_balance", too_little(method, amount, order.currency))
    return allowed("pending", f"Order {order.id} can be paid with your {method.label()}.", amount=amount)


def too_little(method: PaymentMethod, needed: int, currency: str) -> str:
    """Why a gift card cannot pay: it has to cover the whole amount (cents)."""
    balance = format_money(method.balance_cents or 0, currency)
    return (
        f"The gift card holds {balance}, which does not cover {format_money(needed, currency)}; "
        "it has to cover the whole amount."
    )
