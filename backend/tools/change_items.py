"""Changes items of a pending order to other variants of the same products, once."""

from backend.domain.identity import IdentityLevel
from backend.domain.rules.money import Share
from backend.domain.rules.swaps import may_change_items
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.ledger import charge, pay_back
from backend.tools.letters import letter
from backend.tools.ownership import own_order
from backend.tools.stock import given_back, move_stock, taken
from backend.tools.swaps import SwapPlan, SwapsArgs, look_up_swaps


class ChangeItems(WriteTool[SwapsArgs, SwapPlan]):
    """Other options of the same products, available ones, the difference paid or refunded at once."""

    name = "change_items"
    summary = "Change items of a pending order to other options of the same product; possible once."
    level = IdentityLevel.VERIFIED
    args = SwapsArgs

    async def check(self, records: Records, context: ToolContext, args: SwapsArgs) -> SwapPlan:
        order = await own_order(records, context, args.order_id)
        plan = await look_up_swaps(records, context, order, args)
        insist(may_change_items(order, plan.swaps, plan.method))
        return plan

    def settled(self, plan: SwapPlan) -> SwapsArgs:
        return plan.settled

    def propose(self, plan: SwapPlan) -> Proposal:
        order = plan.order
        return Proposal(
            title=f"Change items of order {order.id}",
            summary=(
                f"I will change {len(plan.swaps)} of {len(order.lines)} items of order {order.id}; {plan.agreed}. "
                "This is possible only once, and afterwards the order can be neither changed nor cancelled."
            ),
            lines=(("Order", order.id), *plan.lines, ("Difference", plan.agreed)),
            order_id=order.id,
            amount_cents=plan.difference,
            confirm_label="Change the items",
        )

    async def execute(self, records: Records, context: ToolContext, plan: SwapPlan) -> Effect:
        order = plan.order
        lines = [await records.orders.split_line(order.id, swap.line.id, swap.line.quantity) for swap in plan.swaps]
        variants = [swap.variant for swap in plan.swaps]
        await records.orders.set_items_modified(order.id, list(zip(lines, variants, strict=True)))
        await move_stock(records, [*taken(plan.swaps), *given_back(plan.swaps)])
        await _settle(records, context, plan)
        changed = await records.orders.get(order.id)
        facts = (f"The items of order {order.id} are changed; {plan.agreed}.",)
        outcome = Outcome(
            tool=self.name,
            text=facts[0],
            facts=facts,
            order_id=order.id,
            ids={"order": order.id},
            card=order_card(changed or order),
        )
        return Effect(
            outcome=outcome,
            object=f"order:{order.id}",
            events=("order.items_changed", *(("refund.created",) if plan.difference < 0 else ())),
            before={"lines": {s.line.id: s.line.variant_id for s in plan.swaps}},
            after={"lines": {s.line.id: s.variant.id for s in plan.swaps}, "difference_cents": plan.difference},
            mail=Letter(
                subject=f"Changed items in order {order.id}",
                text=letter(plan.customer, plan.policy, (*facts, *(f"{item}: {swap}" for item, swap in plan.lines))),
            ),
        )


async def _settle(records: Records, context: ToolContext, plan: SwapPlan) -> None:
    """Charge or refund the difference."""
    if plan.difference > 0:
        await charge(records, plan.order, plan.method, plan.difference, context.now)
    elif plan.difference < 0:
        share = Share(method_id=plan.method.id, method_label=plan.method.label(), amount_cents=-plan.difference)
        await pay_back(records, context, plan.order, plan.customer, [share], plan.policy, reason="items changed")
