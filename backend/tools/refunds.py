"""Tells what became of an order's refunds, and what could still be returned for how much."""

from pydantic import Field

from backend.domain.base import Value
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order, Refund
from backend.domain.policy import Verdict
from backend.domain.rules.parts import part, pieces_left
from backend.domain.rules.returns import Condition, may_return, may_return_line, opened_matters
from backend.store.records import Records
from backend.tools.base import Args, ReadTool, ToolContext
from backend.tools.ownership import own_order, shop_policy
from backend.tools.return_items import chosen_lines


class RefundArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    line_ids: tuple[str, ...] | None = Field(None, description="lines asked about; none: the whole order")
    opened: bool | None = Field(None, description="whether the goods were opened")
    defective: bool = Field(False, description="whether the goods are faulty")


class RefundView(Value):
    """The refunds so far and what a return would come to; `asks_opened`: the answer would change with it."""

    order: Order
    refunds: tuple[Refund, ...]
    verdict: Verdict
    line_verdicts: dict[str, Verdict] = Field(default_factory=dict)
    asks_opened: bool = False


class RefundStatusTool(ReadTool[RefundArgs, RefundView]):
    """Refunds of an order with their state, and the typed verdict on returning its lines."""

    name = "refund_status"
    summary = "Show the refunds of an order and whether its items can be returned."
    level = IdentityLevel.GUEST
    args = RefundArgs

    async def read(self, records: Records, context: ToolContext, args: RefundArgs) -> RefundView:
        order, policy = await own_order(records, context, args.order_id), await shop_policy(records)
        condition = Condition(opened=args.opened, defective=args.defective)
        # what is left of each line: the verdict is on the pieces that can still come back
        named = chosen_lines(order, args.line_ids)
        lines = tuple(part(line, left) if (left := pieces_left(order, line)) else line for line in named)
        whole = tuple(line for line in lines if args.line_ids is not None or pieces_left(order, line)) or lines
        return RefundView(
            order=order,
            refunds=order.refunds,
            verdict=may_return(order, whole, policy, condition, context.now),
            line_verdicts={line.id: may_return_line(order, line, policy, condition, context.now) for line in lines},
            asks_opened=args.opened is None and any(opened_matters(line, policy) for line in lines),
        )
