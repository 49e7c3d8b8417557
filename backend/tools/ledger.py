"""How money moves in the records: payment rows and gift-card balances, always together."""

import secrets
from collections.abc import Sequence

from backend.domain.base import Moment
from backend.domain.customers import Customer, PaymentKind, PaymentMethod
from backend.domain.errors import Conflict, NotEligible
from backend.domain.orders import Order, PaymentEntry, PaymentEntryKind, Refund, RefundStatus
from backend.domain.policy import ShopPolicy
from backend.domain.rules.money import Share, expected_by, refundable_cents
from backend.store.records import Records
from backend.tools.base import ToolContext
from backend.tools.ownership import kind_of


async def pay_back(
    records: Records,
    context: ToolContext,
    order: Order,
    customer: Customer,
    shares: Sequence[Share],
    policy: ShopPolicy,
    *,
    reason: str,
) -> tuple[Refund, ...]:
    """Refund shares (cents) now: ledger rows, gift cards' balances, and refunds numbered for people.

    Raises NotEligible when it is more than the order still holds.
    """
    if sum(share.amount_cents for share in shares) > refundable_cents(order):
        raise NotEligible("That is more than was paid for this order.", rule="refund_limit")
    # balances by id and before any number is taken: writes that meet wait for each other instead of blocking
    for share in sorted(shares, key=lambda share: share.method_id):
        await enter(records, order, share, PaymentEntryKind.REFUND, context.now)
        if kind_of(customer, share.method_id) is PaymentKind.GIFT_CARD:
            await records.customers.adjust_gift_card(share.method_id, share.amount_cents)
    refunds = [await _refund(records, context, order, customer, share, policy, reason) for share in shares]
    return tuple(refunds)


async def pay_promised(
    records: Records, order: Order, customer: Customer, refund: Refund, policy: ShopPolicy, now: Moment
) -> Refund:
    """Pay a refund that waited for its goods, and return it as it is then. The order must be locked.

    Raises Conflict when it does not wait any more, NotEligible when it is more than the order still holds.
    """
    if refund.status is not RefundStatus.AWAITING_RETURN:
        raise Conflict(f"Refund {refund.id} does not wait for goods: {refund.status.value.replace('_', ' ')}.")
    if refund.amount_cents > order.paid_cents - order.refunded_cents:
        raise NotEligible("That is more than was paid for this order.", rule="refund_limit")
    kind = kind_of(customer, refund.method_id)
    share = Share(method_id=refund.method_id, method_label=refund.method_label, amount_cents=refund.amount_cents)
    if share.amount_cents:
        await enter(records, order, share, PaymentEntryKind.REFUND, now)
    if share.amount_cents and kind is PaymentKind.GIFT_CARD:
        await records.customers.adjust_gift_card(share.method_id, share.amount_cents)
    status = RefundStatus.PAID if kind is PaymentKind.GIFT_CARD else RefundStatus.PROCESSING
    until = expected_by(kind, now.date(), policy.refund_business_days)
    await records.orders.set_refund_status(refund.id, status, until)
    return refund.model_copy(update={"status": status, "expected_by": until})


async def charge(records: Records, order: Order, method: PaymentMethod, cents: int, now: Moment) -> None:
    """Take an amount (cents) from a method. Raises Conflict when a gift card no longer covers it."""
    share = Share(method_id=method.id, method_label=method.label(), amount_cents=cents)
    await enter(records, order, share, PaymentEntryKind.PAYMENT, now)
    if method.kind is PaymentKind.GIFT_CARD:
        await records.customers.adjust_gift_card(method.id, -cents)


async def enter(records: Records, order: Order, share: Share, kind: PaymentEntryKind, now: Moment) -> None:
    """One row of the order's payment ledger."""
    entry = PaymentEntry(
        id=f"{kind.value}-{secrets.token_hex(6)}",
        kind=kind,
        method_id=share.method_id,
        method_label=share.method_label,
        amount_cents=share.amount_cents,
        created_at=now,
    )
    await records.orders.add_payment(order.id, entry)


async def _refund(
    records: Records,
    context: ToolContext,
    order: Order,
    customer: Customer,
    share: Share,
    policy: ShopPolicy,
    reason: str,
) -> Refund:
    kind = kind_of(customer, share.method_id)
    refund = Refund(
        id=await records.orders.next_number("REF"),
        order_id=order.id,
        amount_cents=share.amount_cents,
        currency=order.currency,
        method_id=share.method_id,
        method_label=share.method_label,
        status=RefundStatus.PAID if kind is PaymentKind.GIFT_CARD else RefundStatus.PROCESSING,
        reason=reason,
        created_at=context.now,
        expected_by=expected_by(kind, context.now.date(), policy.refund_business_days),
    )
    await records.orders.add_refund(refund)
    return refund
