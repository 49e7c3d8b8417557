"""Changes items of a pending order to other variants of the same products, once."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Customer, PaymentMethod
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.domain.rules.money import Share
from backend.domain.rules.swaps import Swap, difference_cents, may_change_items
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.ledger import charge, pay_back
from backend.tools.letters import letter
from backend.tools.ownership import chosen_method, own_customer, own_order, shop_policy
from backend.tools.stock import given_back, move_stock, taken
from backend.tools.variants import SwapArgs, as_args, difference_words, look_up_swaps, swap_lines


class ChangeItemsArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    items: tuple[SwapArgs, ...] = Field(min_length=1, description="every item to change: it is possible only once")
    method_id: str | None = Field(None, description="stored method for the difference; none: the one that paid")


@dataclass(frozen=True, slots=True)
class ItemsPlan:
    """The order, its swaps and the method that pays or receives the difference (cents)."""

    order: Order
    customer: Customer
    policy: ShopPolicy
    swaps: tuple[Swap, ...]
    method: PaymentMethod
    difference: int


class ChangeItems(WriteTool[ChangeItemsArgs, ItemsPlan]):
    """Other options of the same products, available ones, the difference paid or refunded at once."""

    name = "change_items"
    summary = "Change items of a pending order to other options of the same product; possible once."
    level = IdentityLevel.VERIFIED
    args = ChangeItemsArgs

    async def check(self, records: Records, context: ToolContext, args: ChangeItemsArgs) -> ItemsPlan:
        order = await own_order(records, context, args.order_id)
        customer = await own_customer(records, context)
        swaps = await look_up_swaps(records, order, args.items)
        method = chosen_method(order, customer, args.method_id)
        insist(may_change_items(order, swaps, method))
        return ItemsPlan(order, customer, await shop_policy(records), swaps, method, difference_cents(swaps))

    def settled(self, plan: ItemsPlan) -> ChangeItemsArgs:
        return ChangeItemsArgs(order_id=plan.order.id, items=as_args(plan.swaps), method_id=plan.method.id)

    def propose(self, plan: ItemsPlan) -> Proposal:
        order = plan.order
        difference = difference_words(plan.difference, plan.method.label(), order.currency)
        return Proposal(
            title=f"Change items of order {order.id}",
            summary=(
                f"I will change {len(plan.swaps)} of {len(order.lines)} items of order {order.id}; {difference}. "
                "This is possible only once, and afterwards the order can be neither changed nor cancelled."
            ),
            lines=(("Order", order.id), *swap_lines(order, plan.swaps), ("Difference", difference)),
            order_id=order.id,
            amount_cents=plan.difference,
            confirm_label="Change the items",
        )

    async def execute(self, records: Records, context: ToolContext, plan: ItemsPlan) -> Effect:
        order = plan.order
        lines = [await records.orders.split_line(order.id, swap.line.id, swap.line.quantity) for swap in plan.swaps]
        variants = [swap.variant for swap in plan.swaps]
        await records.orders.set_items_modified(order.id, list(zip(lines, variants, strict=True)))
        await move_stock(records, [*taken(plan.swaps), *given_back(plan.swaps)])
        await _settle(records, context, plan)
        changed = await records.orders.get(order.id)
        difference = difference_words(plan.difference, plan.method.label(), order.currency)
        facts = (f"The items of order {order.id} are changed; {difference}.",)
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
                text=letter(
                    plan.customer, plan.policy, (*facts, *(f"{n}: {c}" for n, c in swap_lines(order, plan.swaps)))
                ),
            ),
        )


async def _settle(records: Records, context: ToolContext, plan: ItemsPlan) -> None:
    """Charge or refund the difference."""
    if plan.difference > 0:
        await charge(records, plan.order, plan.method, plan.difference, context.now)
    elif plan.difference < 0:
        share = Share(method_id=plan.method.id, method_label=plan.method.label(), amount_cents=-plan.difference)
        await pay_back(records, context, plan.order, plan.customer, [share], plan.policy, reason="items changed")
