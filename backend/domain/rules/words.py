"""How the states of records are said to people."""

from backend.domain.orders import DeliveryStatus, Order, OrderStatus, RefundStatus

_ORDER = {
    OrderStatus.PENDING: "pending",
    OrderStatus.PROCESSED: "processed",
    OrderStatus.SHIPPED: "shipped",
    OrderStatus.DELIVERED: "delivered",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.RETURN_REQUESTED: "return requested",
    OrderStatus.PARTLY_RETURNED: "partly returned",
    OrderStatus.RETURNED: "returned",
    OrderStatus.EXCHANGE_REQUESTED: "exchange requested",
}

_REFUND = {
    RefundStatus.AWAITING_RETURN: "waiting for the goods to come back",
    RefundStatus.PROCESSING: "being processed",
    RefundStatus.PAID: "paid",
    RefundStatus.REJECTED: "rejected",
}


def status_words(order: Order) -> str:
    """The order's status as it is shown: "pending", "pending (items changed)", "return requested"."""
    if order.status is OrderStatus.PENDING and order.items_modified:
        return "pending (items changed)"
    return _ORDER[order.status]


def delivery_words(status: DeliveryStatus) -> str:
    """A parcel's status as it is shown: "in transit", "out for delivery"."""
    return "held up" if status is DeliveryStatus.EXCEPTION else status.value.replace("_", " ")


def refund_words(status: RefundStatus) -> str:
    """A refund's status as it completes "Your refund is …"."""
    return _REFUND[status]
