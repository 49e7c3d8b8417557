"""Every tool there is: reads by name with their types, writes behind the desk."""

from dataclasses import dataclass
from typing import Any

from backend.memory.rates import Rates
from backend.store.database import Database
from backend.tools.actions import ActionDesk
from backend.tools.base import BaseTool, WriteTool
from backend.tools.cancel_order import CancelOrder
from backend.tools.change_address import ChangeAddress, ChangeDefaultAddress
from backend.tools.change_items import ChangeItems
from backend.tools.change_payment import ChangePaymentMethod
from backend.tools.complaints import ComplaintStatusTool, FileComplaint, ListComplaints
from backend.tools.deliveries import TrackDelivery
from backend.tools.enquiries import FileEnquiry
from backend.tools.exchange_items import ExchangeItems
from backend.tools.handoffs import RequestHandoff
from backend.tools.orders import ListOrders, LookUpOrder
from backend.tools.refunds import RefundStatusTool
from backend.tools.return_items import ReturnItems


def write_tools() -> dict[str, WriteTool[Any, Any]]:
    """A new tool that writes is one line here."""
    tools: tuple[WriteTool[Any, Any], ...] = (
        CancelOrder(),
        ChangeAddress(),
        ChangePaymentMethod(),
        ChangeItems(),
        ReturnItems(),
        ExchangeItems(),
        ChangeDefaultAddress(),
        FileComplaint(),
        RequestHandoff(),
        FileEnquiry(),
    )
    return {tool.name: tool for tool in tools}


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What agents and endpoints act through."""

    look_up_order: LookUpOrder
    list_orders: ListOrders
    track_delivery: TrackDelivery
    refund_status: RefundStatusTool
    complaint_status: ComplaintStatusTool
    list_complaints: ListComplaints
    desk: ActionDesk

    def every(self) -> tuple[BaseTool[Any], ...]:
        """All tools, reads first."""
        orders = (self.look_up_order, self.list_orders, self.track_delivery, self.refund_status)
        return (*orders, self.complaint_status, self.list_complaints, *write_tools().values())


def build_toolbox(database: Database, rates: Rates | None = None) -> Toolbox:
    """The tools on these records, each as often as `rates` lets a customer use it."""
    return Toolbox(
        look_up_order=LookUpOrder(database),
        list_orders=ListOrders(database),
        track_delivery=TrackDelivery(database),
        refund_status=RefundStatusTool(database),
        complaint_status=ComplaintStatusTool(database),
        list_complaints=ListComplaints(database),
        desk=ActionDesk(database, write_tools(), rates),
    )
