"""Cancels a pending order and sends its money back to the sources that paid."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Customer, PaymentKind
from backend.domain.identity import IdentityLevel
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderStatus, Refund, RefundStatus
from backend.domain.policy import ShopPolicy
from backend.domain.rules.changes import may_cancel
from backend.domain.rules.money import Share
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.ledger import pay_back
from backend.tools.letters import letter
from backend.tools.ownership import kind_of, named_sources, own_customer, own_order, shop_policy
from backend.tools.stock import move_stock


class CancelArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    reason: str = Field(description="one of the shop's cancel reasons")


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """The order as it was checked and where its money goes."""

    order: Order
    customer: Customer
    policy: ShopPolicy
    reason: str
    shares: tuple[Share, ...]


class CancelOrder(WriteTool[CancelArgs, CancelPlan]):
    """Whole orders only, while pending, for a reason the shop accepts."""

    name = "cancel_order"
    summary = "Cancel a pending order; the money goes back to the methods that paid."
    level = IdentityLevel.VERIFIED
    args = CancelArgs

    async def check(self, records: Records, context: ToolContext, args: CancelArgs) -> CancelPlan:
        order = await own_order(records, context, args.order_id)
        policy = await shop_policy(records)
        if order.status is OrderStatus.CANCELLED:
            raise AlreadyDone(_done(order, order.refunds))
        reason = _known(args.reason, policy)
        insist(may_cancel(order, policy, reason))
        customer = await own_customer(records, context)
        return CancelPlan(order, customer, policy, reason, named_sources(order, customer))

    def settled(self, plan: CancelPlan) -> CancelArgs:
        return CancelArgs(order_id=plan.order.id, reason=plan.reason)

    def propose(self, plan: CancelPlan) -> Proposal:
        order, currency = plan.order, plan.order.currency
        refunds = tuple(
            (f"Refund to {share.method_label}", f"{format_money(share.amount_cents, currency)}, {_when(plan, share)}")
            for share in plan.shares
        )
        items = ", ".join(f"{line.quantity} × {line.name}" for line in order.lines)
        amount = sum(share.amount_cents for share in plan.shares)
        return Proposal(
            title=f"Cancel order {order.id}",
            summary=f"I will cancel order {order.id} ({items}) and refund {format_money(amount, currency)}.",
            lines=(("Order", order.id), ("Items", items), ("Reason", plan.reason), *refunds),
            order_id=order.id,
            amount_cents=amount,
            confirm_label="Cancel the order",
        )

    async def execute(self, records: Records, context: ToolContext, plan: CancelPlan) -> Effect:
        order, reason = plan.order, f"cancelled: {plan.reason}"
        await move_stock(records, ((line.variant_id, line.quantity) for line in order.lines))
        refunds = await pay_back(records, context, order, plan.customer, plan.shares, plan.policy, reason=reason)
        await records.orders.set_status(order.id, OrderStatus.CANCELLED, cancel_reason=plan.reason)
        outcome = _done(order, refunds)
        return Effect(
            outcome=outcome,
            object=f"order:{order.id}",
            events=("order.cancelled", *(("refund.created",) if refunds else ())),
            before={"status": order.status},
            after={"status": OrderStatus.CANCELLED, "reason": plan.reason, "refunds": [r.id for r in refunds]},
            mail=Letter(
                subject=f"Order {order.id} is cancelled", text=letter(plan.customer, plan.policy, outcome.facts)
            ),
        )


def _known(reason: str, policy: ShopPolicy) -> str:
    """The shop's own spelling of a reason, or the text as it came for the rule to refuse."""
    folded = reason.casefold().strip(" .")
    return next((known for known in policy.cancel_reasons if known.casefold() == folded), reason)


def _when(plan: CancelPlan, share: Share) -> str:
    if kind_of(plan.customer, share.method_id) is PaymentKind.GIFT_CARD:
        return "at once"
    first, last = plan.policy.refund_business_days
    return f"within {first} to {last} business days"


def _done(order: Order, refunds: tuple[Refund, ...]) -> Outcome:
    facts = [f"Order {order.id} is cancelled."]
    for refund in refunds:
        amount = format_money(refund.amount_cents, refund.currency)
        until = ", which is there now" if refund.status is RefundStatus.PAID else ""
        if refund.expected_by and not until:
            until = f", expected by {refund.expected_by:%-d %B %Y}"
        facts.append(f"Refund {refund.id}: {amount} goes back to your {refund.method_label}{until}.")
    return Outcome(
        tool=CancelOrder.name,
        text=" ".join(facts),
        facts=tuple(facts),
        order_id=order.id,
        ids={"order": order.id} | ({"refund": refunds[0].id} if refunds else {}),
        card=order_card(order.model_copy(update={"status": OrderStatus.CANCELLED})),
    )
