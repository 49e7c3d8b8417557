"""Pays a pending order with another stored method and gives the present one its money back."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Customer, PaymentKind, PaymentMethod
from backend.domain.identity import IdentityLevel
from backend.domain.money import format_money
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.domain.rules.changes import may_change_payment
from backend.domain.rules.money import Share
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.ledger import charge, pay_back
from backend.tools.letters import letter
from backend.tools.ownership import chosen_method, kind_of, named_sources, own_customer, own_order, shop_policy


class ChangePaymentArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    method_id: str = Field(description="id of one of the customer's stored payment methods")


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """The order, the method that will pay and the share that goes back."""

    order: Order
    customer: Customer
    policy: ShopPolicy
    method: PaymentMethod
    share: Share


class ChangePaymentMethod(WriteTool[ChangePaymentArgs, PaymentPlan]):
    """One method pays the whole order instead of the one that did."""

    name = "change_payment_method"
    summary = "Pay a pending order with another stored method."
    level = IdentityLevel.VERIFIED
    args = ChangePaymentArgs

    async def check(self, records: Records, context: ToolContext, args: ChangePaymentArgs) -> PaymentPlan:
        order = await own_order(records, context, args.order_id)
        customer = await own_customer(records, context)
        method = chosen_method(order, customer, args.method_id)
        insist(may_change_payment(order, method))
        return PaymentPlan(order, customer, await shop_policy(records), method, named_sources(order, customer)[0])

    def settled(self, plan: PaymentPlan) -> ChangePaymentArgs:
        return ChangePaymentArgs(order_id=plan.order.id, method_id=plan.method.id)

    def propose(self, plan: PaymentPlan) -> Proposal:
        amount = format_money(plan.share.amount_cents, plan.order.currency)
        return Proposal(
            title=f"Change the payment of order {plan.order.id}",
            summary=(
                f"I will charge {amount} for order {plan.order.id} to your {plan.method.label()} "
                f"and refund it to your {plan.share.method_label}."
            ),
            lines=(
                ("Order", plan.order.id),
                (f"Charge to {plan.method.label()}", amount),
                (f"Refund to {plan.share.method_label}", f"{amount}, {_when(plan)}"),
            ),
            order_id=plan.order.id,
            amount_cents=plan.share.amount_cents,
            confirm_label="Change the payment",
        )

    async def execute(self, records: Records, context: ToolContext, plan: PaymentPlan) -> Effect:
        order, share = plan.order, plan.share
        await charge(records, order, plan.method, share.amount_cents, context.now)
        why = "paid with another method"
        (refund,) = await pay_back(records, context, order, plan.customer, [share], plan.policy, reason=why)
        amount = format_money(share.amount_cents, order.currency)
        facts = (
            f"Order {order.id} is now paid with your {plan.method.label()}: {amount}.",
            f"Refund {refund.id}: {amount} goes back to your {share.method_label}, {_when(plan)}.",
        )
        outcome = Outcome(
            tool=self.name,
            text=" ".join(facts),
            facts=facts,
            order_id=order.id,
            ids={"order": order.id, "refund": refund.id},
            card=order_card(order),
        )
        return Effect(
            outcome=outcome,
            object=f"order:{order.id}",
            events=("order.payment_changed", "refund.created"),
            before={"method_id": share.method_id, "amount_cents": share.amount_cents},
            after={"method_id": plan.method.id, "amount_cents": share.amount_cents, "refund": refund.id},
            mail=Letter(subject=f"New payment for order {order.id}", text=letter(plan.customer, plan.policy, facts)),
        )


def _when(plan: PaymentPlan) -> str:
    if kind_of(plan.customer, plan.share.method_id) is PaymentKind.GIFT_CARD:
        return "at once"
    first, last = plan.policy.refund_business_days
    return f"within {first} to {last} business days"
