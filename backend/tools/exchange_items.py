"""Exchanges delivered items for other variants of the same products."""

from backend.domain.identity import IdentityLevel
from backend.domain.orders import Exchange, ExchangeItem, Order, OrderStatus
from backend.domain.rules.swaps import may_exchange
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.letters import letter, return_steps
from backend.tools.ownership import own_order
from backend.tools.stock import move_stock, taken
from backend.tools.swaps import SwapPlan, SwapsArgs, look_up_swaps


class ExchangeItems(WriteTool[SwapsArgs, SwapPlan]):
    """The difference is recorded with the request; no money moves before the exchange is fulfilled."""

    name = "exchange_items"
    summary = "Exchange delivered items for other options of the same product; one request per order."
    level = IdentityLevel.VERIFIED
    args = SwapsArgs

    async def check(self, records: Records, context: ToolContext, args: SwapsArgs) -> SwapPlan:
        order = await own_order(records, context, args.order_id)
        _refuse_twice(order, args)
        plan = await look_up_swaps(records, context, order, args)
        insist(may_exchange(order, plan.swaps, plan.method, plan.policy, context.now))
        return plan

    def settled(self, plan: SwapPlan) -> SwapsArgs:
        return plan.settled

    def propose(self, plan: SwapPlan) -> Proposal:
        order = plan.order
        return Proposal(
            title=f"Exchange items of order {order.id}",
            summary=(
                f"I will request the exchange of {len(plan.swaps)} of {len(order.lines)} items of order {order.id}; "
                f"when it is fulfilled: {plan.agreed}. Only one such request is possible per order."
            ),
            lines=(("Order", order.id), *plan.lines, ("Difference on fulfilment", plan.agreed)),
            order_id=order.id,
            amount_cents=plan.difference,
            confirm_label="Request the exchange",
        )

    async def execute(self, records: Records, context: ToolContext, plan: SwapPlan) -> Effect:
        order = plan.order
        exchange = await _record(records, context, plan)
        outcome = _done(order, exchange)
        facts = (*outcome.facts, f"When it is fulfilled: {plan.agreed}.")
        return Effect(
            outcome=outcome.model_copy(update={"facts": facts, "text": " ".join(facts)}),
            object=f"order:{order.id}",
            events=("order.exchange_requested",),
            before={"status": order.status},
            after={"status": OrderStatus.EXCHANGE_REQUESTED, "exchange": exchange.model_dump(mode="json")},
            mail=Letter(
                subject=f"Exchange {exchange.id} for order {order.id}",
                text=letter(plan.customer, plan.policy, facts, return_steps(exchange.id)),
            ),
        )


def _refuse_twice(order: Order, args: SwapsArgs) -> None:
    """Raises AlreadyDone when this exchange waits to be fulfilled, or its lines are what was wanted by now."""
    wanted = {(item.line_id, item.variant_id) for item in args.items}
    waits = order.status is OrderStatus.EXCHANGE_REQUESTED
    held = {(line.id, line.variant_id) for line in order.lines}
    for exchange in order.exchanges:
        asked = {(item.line_id, item.new_variant_id) for item in exchange.items}
        if wanted <= (asked if waits else asked & held):
            raise AlreadyDone(_done(order, exchange))


async def _record(records: Records, context: ToolContext, plan: SwapPlan) -> Exchange:
    """The exchange with its new variants set aside, and the order's new status."""
    await move_stock(records, taken(plan.swaps))
    items = tuple(
        ExchangeItem(
            line_id=swap.line.id,
            quantity=swap.line.quantity,
            new_variant_id=swap.variant.id,
            new_options=swap.variant.options,
            new_price_cents=swap.variant.price_cents,
        )
        for swap in plan.swaps
    )
    exchange = Exchange(
        id=await records.orders.next_number("EXC"),
        order_id=plan.order.id,
        items=items,
        difference_cents=plan.difference,
        method_id=plan.method.id,
        created_at=context.now,
    )
    await records.orders.add_exchange(exchange)
    await records.orders.set_status(plan.order.id, OrderStatus.EXCHANGE_REQUESTED)
    return exchange


def _done(order: Order, exchange: Exchange) -> Outcome:
    names = {line.id: line.name for line in order.lines}
    items = ", ".join(names.get(item.line_id, "item") for item in exchange.items)
    facts = (f"Exchange {exchange.id} for order {order.id} is requested: {items}.",)
    return Outcome(
        tool=ExchangeItems.name,
        text=facts[0],
        facts=facts,
        order_id=order.id,
        ids={"order": order.id, "exchange": exchange.id},
        card=order_card(order.model_copy(update={"status": OrderStatus.EXCHANGE_REQUESTED})),
    )
