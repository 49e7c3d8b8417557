"""Takes delivered items back for money: a return, and a refund that waits for the goods."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Customer, PaymentKind, PaymentMethod
from backend.domain.errors import InvalidInput
from backend.domain.identity import IdentityLevel
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine, OrderStatus, Refund, RefundStatus, Return, ReturnStatus
from backend.domain.policy import ShopPolicy, Verdict
from backend.domain.rules.returns import Condition, may_return, opened_matters
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import refund_card
from backend.tools.letters import letter, return_steps
from backend.tools.ownership import chosen_method, own_customer, own_order, shop_policy


class ReturnArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    line_ids: tuple[str, ...] | None = Field(None, description="lines to return; none: the whole order")
    method_id: str | None = Field(None, description="original method or a gift card; none: the original method")
    reason: str | None = Field(None, max_length=200, description="one of the shop's return reasons")
    opened: bool | None = Field(None, description="whether the goods were opened, when the shop's rules depend on it")
    defective: bool = Field(False, description="whether the goods are faulty")


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """The lines that come back and the verdict that says for how much."""

    order: Order
    customer: Customer
    policy: ShopPolicy
    lines: tuple[OrderLine, ...]
    method: PaymentMethod
    reason: str
    condition: Condition
    verdict: Verdict

    @property
    def amount(self) -> int:
        """The refund in cents, after the fee."""
        return self.verdict.amount_cents or 0


class ReturnItems(WriteTool[ReturnArgs, ReturnPlan]):
    """Chosen lines of a delivered order, to the original method or a gift card the customer has."""

    name = "return_items"
    summary = "Return delivered items for a refund to the original method or an existing gift card."
    level = IdentityLevel.VERIFIED
    args = ReturnArgs

    async def check(self, records: Records, context: ToolContext, args: ReturnArgs) -> ReturnPlan:
        order, policy = await own_order(records, context, args.order_id), await shop_policy(records)
        lines = chosen_lines(order, args.line_ids)
        _refuse_twice(order, lines)
        reason = _known(args.reason, policy)
        condition = Condition(opened=args.opened, defective=args.defective or reason == "defective")
        # first the rules that hold whatever the shopper answers, then the questions
        insist(may_return(order, lines, policy, condition, context.now))
        if condition.opened is None and any(opened_matters(line, policy) for line in lines):
            raise InvalidInput("Has the item been opened?", field="opened")
        customer = await own_customer(records, context)
        method = chosen_method(order, customer, args.method_id)
        verdict = insist(may_return(order, lines, policy, condition, context.now, method))
        return ReturnPlan(order, customer, policy, lines, method, reason, condition, verdict)

    def settled(self, plan: ReturnPlan) -> ReturnArgs:
        return ReturnArgs(
            order_id=plan.order.id,
            line_ids=tuple(line.id for line in plan.lines),
            method_id=plan.method.id,
            reason=plan.reason,
            opened=plan.condition.opened,
            defective=plan.condition.defective,
        )

    def propose(self, plan: ReturnPlan) -> Proposal:
        order, currency = plan.order, plan.order.currency
        amount = format_money(plan.amount, currency)
        items = tuple((_label(line), format_money(line.total_cents, currency)) for line in plan.lines)
        fee = (("Restocking fee", format_money(plan.verdict.fee_cents, currency)),) if plan.verdict.fee_cents else ()
        once = " Only one return request is possible per order." if len(plan.lines) < len(order.lines) else ""
        return Proposal(
            title=f"Return items of order {order.id}",
            summary=(
                f"{plan.verdict.reason} I will request the return of {', '.join(_label(line) for line in plan.lines)}; "
                f"{amount} goes to your {plan.method.label()} once the goods are back.{once}"
            ),
            lines=(("Order", order.id), *items, *fee, ("Refund", amount), ("To", plan.method.label())),
            order_id=order.id,
            amount_cents=plan.amount,
            confirm_label="Request the return",
        )

    async def execute(self, records: Records, context: ToolContext, plan: ReturnPlan) -> Effect:
        order = plan.order
        returned, refund = await _record(records, context, plan)
        outcome = _done(order, returned, refund, plan.policy, gift_card=plan.method.kind is PaymentKind.GIFT_CARD)
        return Effect(
            outcome=outcome,
            object=f"order:{order.id}",
            events=("return.requested", "refund.created"),
            before={"status": order.status},
            after={
                "status": OrderStatus.RETURN_REQUESTED,
                "return": returned.model_dump(mode="json"),
                "refund": refund.model_dump(mode="json"),
            },
            mail=Letter(
                subject=f"Return {returned.id} for order {order.id}",
                text=letter(plan.customer, plan.policy, outcome.facts, return_steps(returned.id)),
            ),
        )


def chosen_lines(order: Order, line_ids: tuple[str, ...] | None) -> tuple[OrderLine, ...]:
    """The lines of those ids; all when none were named. Raises InvalidInput for an id that is not in the order."""
    if line_ids is None:
        return order.lines
    lines = [order.line(line_id) for line_id in line_ids]
    if None in lines:
        raise InvalidInput(f"That item is not part of order {order.id}.", field="line_ids")
    return tuple(line for line in lines if line is not None)


async def _record(records: Records, context: ToolContext, plan: ReturnPlan) -> tuple[Return, Refund]:
    """The return and its refund, and the order's new status."""
    refund = Refund(
        id=await records.orders.next_number("REF"),
        order_id=plan.order.id,
        return_id=await records.orders.next_number("RET"),
        amount_cents=plan.amount,
        fee_cents=plan.verdict.fee_cents,
        currency=plan.order.currency,
        method_id=plan.method.id,
        method_label=plan.method.label(),
        status=RefundStatus.AWAITING_RETURN,
        reason=plan.reason,
        created_at=context.now,
    )
    returned = Return(
        id=refund.return_id or "",
        order_id=plan.order.id,
        line_ids=tuple(line.id for line in plan.lines),
        reason=plan.reason,
        status=ReturnStatus.REQUESTED,
        refund_cents=plan.amount,
        fee_cents=plan.verdict.fee_cents,
        method_id=plan.method.id,
        refund_id=refund.id,
        created_at=context.now,
    )
    await records.orders.add_return(returned)
    await records.orders.add_refund(refund)
    await records.orders.set_status(plan.order.id, OrderStatus.RETURN_REQUESTED)
    return returned, refund


def _refuse_twice(order: Order, lines: tuple[OrderLine, ...]) -> None:
    """Raises AlreadyDone when these lines are on their way back: said twice it stays one refund."""
    wanted = {line.id for line in lines}
    for returned in order.returns:
        refund = next((r for r in order.refunds if r.id == returned.refund_id), None)
        if refund and returned.status is not ReturnStatus.REJECTED and wanted & set(returned.line_ids):
            raise AlreadyDone(_done(order, returned, refund))


def _known(reason: str | None, policy: ShopPolicy) -> str:
    """The shop's own spelling of a reason. Raises InvalidInput for another one."""
    if reason is None:
        return "not stated"
    folded = reason.casefold().strip(" .")
    for known in (*policy.return_reasons, "not stated"):
        if known.casefold() == folded:
            return known
    raise InvalidInput(f"Please give one of these reasons: {', '.join(policy.return_reasons)}.", field="reason")


def _label(line: OrderLine) -> str:
    return line.name if line.quantity == 1 else f"{line.quantity} × {line.name}"


def _done(
    order: Order, returned: Return, refund: Refund, policy: ShopPolicy | None = None, *, gift_card: bool = False
) -> Outcome:
    names = {line.id: _label(line) for line in order.lines}
    items = ", ".join(names[line_id] for line_id in returned.line_ids if line_id in names)
    amount = format_money(refund.amount_cents, refund.currency)
    term = ""
    if policy and not gift_card:
        first, last = policy.refund_business_days
        term = f" It takes {first} to {last} business days after the goods arrive."
    elif policy:
        term = " It is there as soon as the goods arrive."
    facts = (
        f"Return {returned.id} for order {order.id} is requested: {items}.",
        f"Refund {refund.id}: {amount} to your {refund.method_label} once the goods are back.{term}",
    )
    return Outcome(
        tool=ReturnItems.name,
        text=" ".join(facts),
        facts=facts,
        order_id=order.id,
        ids={"order": order.id, "return": returned.id, "refund": refund.id},
        card=refund_card(refund),
    )
