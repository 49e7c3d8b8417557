"""Tells where the parcels of an order are."""

from backend.domain.base import Value
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Delivery, Order
from backend.store.records import Records
from backend.tools.base import ReadTool, ToolContext
from backend.tools.orders import OrderArgs
from backend.tools.ownership import own_order


class Tracking(Value):
    """The order and its parcels, the latest last; none yet when the order has not left."""

    order: Order
    deliveries: tuple[Delivery, ...]


class TrackDelivery(ReadTool[OrderArgs, Tracking]):
    """Carrier, tracking number, expected day and dated events."""

    name = "track_delivery"
    summary = "Show where the parcels of an order are."
    level = IdentityLevel.GUEST
    args = OrderArgs

    async def read(self, records: Records, context: ToolContext, args: OrderArgs) -> Tracking:
        order = await own_order(records, context, args.order_id)
        return Tracking(order=order, deliveries=order.deliveries)
