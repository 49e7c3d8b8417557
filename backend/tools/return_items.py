"""Takes delivered items back for money: a return, and a refund that waits for the goods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from backend.domain.customers import Customer, PaymentKind, PaymentMethod
from backend.domain.errors import InvalidInput
from backend.domain.identity import IdentityLevel
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine, OrderStatus, Refund, RefundStatus, Return, ReturnStatus
from backend.domain.policy import ShopPolicy, Verdict
from backend.domain.rules.parts import lines_left, open_return, part, pieces_left
from backend.domain.rules.returns import Condition, may_return, opened_matters
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import refund_card
from backend.tools.letters import letter, return_steps
from backend.tools.ownership import chosen_method, own_customer, own_order, shop_policy


class LineArgs(Args):
    """A line of the order, and how many pieces of it come back."""

    line_id: str = Field(description="id of the order line")
    quantity: int | None = Field(None, ge=1, description="pieces of the line; none: all that are left")


class ReturnArgs(Args):
    """`line_ids` is a short way to say `lines` without quantities."""

    order_id: str = Field(description="order number, in any writing")
    lines: tuple[LineArgs, ...] | None = Field(None, description="lines to return; none: all that is left of the order")
    method_id: str | None = Field(None, description="original method or a gift card; none: the original method")
    reason: str | None = Field(None, max_length=200, description="one of the shop's return reasons")
    opened: bool | None = Field(None, description="whether the goods were opened, when the shop's rules depend on it")
    defective: bool = Field(False, description="whether the goods are faulty")

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, said: Any) -> Any:
        """Ids alone as lines. Named beside `lines` they stay, and are refused as unknown."""
        if not isinstance(said, Mapping) or "line_ids" not in said or said.get("lines") is not None:
            return said
        ids = said["line_ids"]
        named = [{"line_id": line_id} for line_id in ids] if isinstance(ids, Sequence) else ids
        return {name: value for name, value in said.items() if name != "line_ids"} | {"lines": named}


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
        _refuse_twice(order, args.lines)
        lines = _parts(order, args.lines)
        reason = _known(args.reason, policy)
        condition = Condition(opened=args.opened, defective=args.defective or reason == "defective")
        # first the rules that hold whatever the shopper answers, then the questions
        insist(may_return(order, lines, policy, condition, context.now))
        asked = dict.fromkeys(line.name for line in lines if opened_matters(line, policy))
        if condition.opened is None and asked:
            raise InvalidInput(f"Have you opened the {' or the '.join(asked)}?", field="opened")
        customer = await own_customer(records, context)
        method = chosen_method(order, customer, args.method_id)
        verdict = insist(may_return(order, lines, policy, condition, context.now, method))
        return ReturnPlan(order, customer, policy, lines, method, reason, condition, verdict)

    def settled(self, plan: ReturnPlan) -> ReturnArgs:
        return ReturnArgs(
            order_id=plan.order.id,
            lines=tuple(LineArgs(line_id=line.id, quantity=line.quantity) for line in plan.lines),
            method_id=plan.method.id,
            reason=plan.reason,
            opened=plan.condition.opened,
            defective=plan.condition.defective,
        )

    def propose(self, plan: ReturnPlan) -> Proposal:
        order, currency = plan.order, plan.order.currency
        amount = format_money(plan.amount, currency)
        items = tuple((_label(line, order), format_money(line.total_cents, currency)) for line in plan.lines)
        named = ", ".join(label for label, _ in items)
        fee = (("Restocking fee", format_money(plan.verdict.fee_cents, currency)),) if plan.verdict.fee_cents else ()
        some_stay = sum(line.quantity for line in plan.lines) < sum(line.quantity for line in lines_left(order))
        once = " Until then no other return of this order can be requested." if some_stay else ""
        return Proposal(
            title=f"Return items of order {order.id}",
            summary=(
                f"{plan.verdict.reason} I will request the return of {named}; "
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
        quantities={line.id: line.quantity for line in plan.lines},
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


def _parts(order: Order, chosen: tuple[LineArgs, ...] | None) -> tuple[OrderLine, ...]:
    """The pieces that are meant; without a choice all that are left. Raises as `chosen_lines`."""
    if chosen is None:
        return lines_left(order) or order.lines
    lines = chosen_lines(order, tuple(line.line_id for line in chosen))
    return tuple(
        part(line, said.quantity or pieces_left(order, line)) for line, said in zip(lines, chosen, strict=True)
    )


def _refuse_twice(order: Order, chosen: tuple[LineArgs, ...] | None) -> None:
    """Raises AlreadyDone when these lines are on their way back or all back: said twice it stays one refund."""
    wanted = {line.id for line in order.lines} if chosen is None else {line.line_id for line in chosen}
    if chosen is None and lines_left(order) and open_return(order) is None:
        return
    for returned in reversed(order.returns):
        refund = next((r for r in order.refunds if r.id == returned.refund_id), None)
        gone = {line.id for line in order.lines if not pieces_left(order, line)}
        again = wanted & set(returned.line_ids) & (wanted if returned == open_return(order) else gone)
        if refund and returned.status is not ReturnStatus.REJECTED and again:
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


def _label(line: OrderLine, order: Order) -> str:
    """ "Mug", "3 × Mug", or "2 of 3 × Mug" when some stay."""
    bought = order.line(line.id) or line
    if line.quantity < bought.quantity:
        return f"{line.quantity} of {bought.quantity} × {line.name}"
    return line.name if line.quantity == 1 else f"{line.quantity} × {line.name}"


def _done(
    order: Order, returned: Return, refund: Refund, policy: ShopPolicy | None = None, *, gift_card: bool = False
) -> Outcome:
    back = (part(line, returned.pieces_of(line)) for line in order.lines if line.id in returned.line_ids)
    items = ", ".join(_label(line, order) for line in back)
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
