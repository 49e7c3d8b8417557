"""Looks up one order of the customer, or lists all of them."""

from pydantic import Field

from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order
from backend.store.records import Records
from backend.tools.base import Args, ReadTool, ToolContext
from backend.tools.ownership import own_order, own_order_ids

#: an account shows its latest orders; older ones are found by their number
MOST = 100


class OrderArgs(Args):
    order_id: str = Field(description="order number, in any writing")


class NoArgs(Args):
    """The session's identity says everything."""


class LookUpOrder(ReadTool[OrderArgs, Order]):
    """One order with everything that belongs to it."""

    name = "look_up_order"
    summary = "Show one order: status, items, payments, deliveries, returns and refunds."
    level = IdentityLevel.GUEST
    args = OrderArgs

    async def read(self, records: Records, context: ToolContext, args: OrderArgs) -> Order:
        return await own_order(records, context, args.order_id)


class ListOrders(ReadTool[NoArgs, tuple[Order, ...]]):
    """The orders the session may read, newest first."""

    name = "list_orders"
    summary = "List the customer's own orders, newest first."
    level = IdentityLevel.GUEST
    args = NoArgs

    async def read(self, records: Records, context: ToolContext, args: NoArgs) -> tuple[Order, ...]:
        readable = set(await own_order_ids(records, context))
        orders = await records.orders.for_customer(context.customer_id, limit=MOST)
        return tuple(order for order in orders if order.id in readable)
