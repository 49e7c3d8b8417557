"""How records become the cards that the chat shows."""

from backend.domain.cards import (
    ComplaintCard,
    DeliveryCard,
    DeliveryInfo,
    OrderCard,
    OrderCardLine,
    RefundCard,
    TrackingEvent,
)
from backend.domain.cases import Complaint
from backend.domain.orders import Delivery, Order, Refund
from backend.domain.rules.words import delivery_words, refund_words, status_words


def order_card(order: Order) -> OrderCard:
    """An order for its owner's eyes: no name, no address, no payment method."""
    lines = tuple(
        OrderCardLine(
            id=line.id,
            product_id=line.product_id,
            variant_id=line.variant_id,
            name=line.name,
            options=line.options,
            quantity=line.quantity,
            unit_price_cents=line.unit_price_cents,
        )
        for line in order.lines
    )
    return OrderCard(
        id=order.id,
        status=status_words(order),
        placed_at=order.placed_at,
        currency=order.currency,
        total_cents=order.total_cents,
        lines=lines,
        deliveries=tuple(delivery_info(delivery) for delivery in order.deliveries),
    )


def delivery_info(delivery: Delivery) -> DeliveryInfo:
    """Where a parcel is, newest event last."""
    events = tuple(
        TrackingEvent(at=e.at, status=delivery_words(e.status), location=e.location, description=e.description)
        for e in delivery.events
    )
    return DeliveryInfo(
        order_id=delivery.order_id,
        carrier=delivery.carrier,
        tracking_number=delivery.tracking_number,
        status=delivery_words(delivery.status),
        eta=delivery.eta,
        delivered_at=delivery.delivered_at,
        events=events,
    )


def delivery_card(delivery: Delivery) -> DeliveryCard:
    return DeliveryCard(delivery=delivery_info(delivery))


def refund_card(refund: Refund) -> RefundCard:
    """A refund with its state in words."""
    return RefundCard(
        id=refund.id,
        order_id=refund.order_id,
        amount_cents=refund.amount_cents,
        currency=refund.currency,
        status=refund_words(refund.status),
        method=refund.method_label,
        expected_by=refund.expected_by,
        created_at=refund.created_at,
    )


def complaint_card(complaint: Complaint) -> ComplaintCard:
    """A complaint as the customer sees it: without internal notes."""
    return ComplaintCard(
        id=complaint.id,
        order_id=complaint.order_id,
        status=complaint.status.value.replace("_", " "),
        priority=complaint.priority.value,
        category=complaint.category,
        description=complaint.description,
        created_at=complaint.created_at,
        first_response_due=complaint.first_response_due,
        resolution_due=complaint.resolution_due,
    )
