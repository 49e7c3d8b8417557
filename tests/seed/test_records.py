"""The seed shop's records: every reference resolves, the money adds up, and every case of the flows is there."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from backend.domain.cases import ComplaintStatus
from backend.domain.customers import PaymentKind
from backend.domain.orders import DeliveryStatus, Order, OrderStatus, PaymentEntryKind, RefundStatus, ReturnStatus
from backend.domain.rules.complaints import due
from backend.domain.rules.returns import Condition, may_return_line, window
from tests.seed.reading import shop

AS_OF = date.fromisoformat(shop().meta["as_of"])
NOON = datetime.combine(AS_OF, time(12), UTC)
ORDERS = [pytest.param(order, id=order.id) for order in shop().orders.values()]


def test_john_and_his_x1() -> None:
    order = shop().orders["ORD-1001"]
    owner = shop().customers[order.customer_id]
    assert (owner.name, owner.email) == ("John Smith", "john.smith@example.com")
    assert [line.name for line in order.lines] == ["X1 Laptop"]
    assert order.status is OrderStatus.DELIVERED and order.delivered_at
    assert (AS_OF - order.delivered_at.date()).days == 10
    assert order.total_cents == 129999


def test_sarah_and_her_parcel() -> None:
    order = shop().orders["ORD-1002"]
    owner = shop().customers[order.customer_id]
    assert (owner.name, owner.email) == ("Sarah Johnson", "sarah.johnson@example.com")
    assert [line.name for line in order.lines] == ["SmartPhone Pro 12", "Wireless Earbuds Pro"]
    assert order.total_cents == 109998 and order.status is OrderStatus.SHIPPED
    (parcel,) = order.deliveries
    assert parcel.status is DeliveryStatus.IN_TRANSIT and parcel.eta == AS_OF + timedelta(days=2)
    assert len(parcel.events) >= 4


@pytest.mark.parametrize("order", ORDERS)
def test_references_resolve(order: Order) -> None:
    owner = shop().customers[order.customer_id]
    for number, line in enumerate(order.lines, start=1):
        assert line.id == f"{order.id}-{number}"
        product = shop().products[line.product_id]
        variant = next(v for v in product.variants if v.id == line.variant_id)
        assert (line.name, line.category, line.options) == (product.name, product.category, variant.options)
        assert line.unit_price_cents == variant.price_cents
    for entry in order.payments:
        method = owner.payment_method(entry.method_id)
        assert method and entry.method_label == method.label()
    for method_id in [x.method_id for x in (*order.returns, *order.exchanges, *order.refunds)]:
        assert owner.payment_method(method_id)
    for line_id in [i for x in (*order.deliveries, *order.returns) for i in x.line_ids]:
        assert order.line(line_id)
    refunds = {refund.id: refund for refund in order.refunds}
    for back in order.returns:
        refund = refunds[back.refund_id or ""]
        assert (refund.return_id, refund.amount_cents, refund.fee_cents) == (back.id, back.refund_cents, back.fee_cents)
    for exchange in order.exchanges:
        for item in exchange.items:
            line = order.line(item.line_id)
            assert line and item.new_variant_id != line.variant_id
            assert item.new_price_cents - line.unit_price_cents == exchange.difference_cents
            assert item.new_variant_id in {v.id for v in shop().products[line.product_id].variants}


@pytest.mark.parametrize("order", ORDERS)
def test_the_money_adds_up(order: Order) -> None:
    assert order.paid_cents == order.total_cents
    assert order.shipping_cents == (0 if sum(x.total_cents for x in order.lines) >= 5000 else 599)
    settled = [r for r in order.refunds if r.status in (RefundStatus.PROCESSING, RefundStatus.PAID)]
    assert order.refunded_cents == sum(r.amount_cents for r in settled) <= order.paid_cents
    if order.status is OrderStatus.CANCELLED:
        assert order.cancel_reason in shop().policy.cancel_reasons and order.refunded_cents == order.paid_cents


@pytest.mark.parametrize("order", ORDERS)
def test_the_dates_follow_each_other(order: Order) -> None:
    assert order.placed_at and order.placed_at < NOON
    assert (order.delivered_at is not None) == (order.status in _DELIVERED)
    for parcel in order.deliveries:
        times = [event.at for event in parcel.events]
        # nothing may lie in the future, at whatever hour of the day the demo is opened
        assert times == sorted(times) and order.placed_at < times[0] and times[-1].date() < AS_OF
        assert parcel.events[-1].status is parcel.status
        if parcel.status is DeliveryStatus.DELIVERED:
            assert parcel.delivered_at == times[-1]
        else:
            assert parcel.eta and parcel.eta >= AS_OF
    if order.delivered_at:
        assert order.delivered_at == max(p.delivered_at for p in order.deliveries if p.delivered_at)
    if order.status in (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.CANCELLED):
        assert not order.deliveries


_DELIVERED = (
    OrderStatus.DELIVERED,
    OrderStatus.RETURN_REQUESTED,
    OrderStatus.EXCHANGE_REQUESTED,
    OrderStatus.PARTLY_RETURNED,
    OrderStatus.RETURNED,
)


def test_every_status_is_there() -> None:
    orders = shop().orders.values()
    assert {order.status for order in orders} == set(OrderStatus)
    parcels = {parcel.status for order in orders for parcel in order.deliveries}
    assert parcels >= set(DeliveryStatus) - {DeliveryStatus.LABEL_CREATED, DeliveryStatus.RETURNED}
    assert {r.status for order in orders for r in order.refunds} == set(RefundStatus)
    assert {r.status for order in orders for r in order.returns} == set(ReturnStatus)
    assert {complaint.status for complaint in shop().complaints.values()} == set(ComplaintStatus)


def test_every_case_of_the_flows_is_there() -> None:
    pending = [order for order in shop().orders.values() if order.status is OrderStatus.PENDING]
    assert any(len(order.lines) == 1 for order in pending) and any(len(order.lines) > 2 for order in pending)
    assert any(order.items_modified for order in pending)
    assert any(max(Counter(line.variant_id for line in order.lines).values()) > 1 for order in pending)
    assert any(line.quantity > 1 for order in pending for line in order.lines)
    assert any(order.shipping_cents for order in pending)
    assert {PaymentKind.GIFT_CARD} in [_kinds(order) for order in pending]
    assert {PaymentKind.GIFT_CARD, PaymentKind.CREDIT_CARD} in [_kinds(order) for order in pending]
    assert any(len(order.deliveries) > 1 for order in shop().orders.values())
    partly = [o for o in shop().orders.values() if o.status is OrderStatus.PARTLY_RETURNED]
    assert any(0 < order.refunded_cents < order.paid_cents for order in partly)


def test_what_the_rules_say_of_delivered_goods() -> None:
    policy = shop().policy
    delivered = [o for o in shop().orders.values() if o.status is OrderStatus.DELIVERED]
    left = {order.id: window(order, policy, NOON) for order in delivered}
    assert left["ORD-1001"].days_left == 20 and left["ORD-1014"].days_left == 1
    assert not left["ORD-1033"].allowed and not left["ORD-1015"].allowed
    opened = Condition(opened=True)
    verdicts = {
        line.category: may_return_line(order, line, policy, opened, NOON)
        for order in delivered
        if left[order.id].allowed
        for line in order.lines
    }
    assert not verdicts["Earbuds"].allowed and not verdicts["Software"].allowed
    assert verdicts["TVs"].fee_cents > 0 and verdicts["Monitors"].fee_cents > 0
    assert verdicts["Laptops"].allowed and verdicts["Laptops"].fee_cents == 0
    tv = shop().orders["ORD-1025"].returns[0]
    assert tv.fee_cents == 37999 * 1500 // 10_000 and tv.refund_cents + tv.fee_cents == 37999


def test_customers() -> None:
    customers = shop().customers.values()
    assert len(customers) >= 15 and len({c.email for c in customers}) == len(customers)
    assert all(c.email.endswith("@example.com") and c.address for c in customers)
    methods = [method for customer in customers for method in customer.payment_methods]
    assert len({method.id for method in methods}) == len(methods)
    assert {method.kind for method in methods} == set(PaymentKind)
    for method in methods:
        assert (method.balance_cents is not None) == (method.kind is PaymentKind.GIFT_CARD)


def test_numbers_for_people_never_repeat() -> None:
    orders = shop().orders.values()
    parts = [x.id for o in orders for x in (*o.payments, *o.deliveries, *o.returns, *o.exchanges, *o.refunds)]
    assert len(set(parts)) == len(parts)
    tracking = [parcel.tracking_number for order in orders for parcel in order.deliveries]
    assert None not in tracking and len(set(tracking)) == len(tracking)
    assert len(shop().orders) >= 30 and len(shop().complaints) >= 8


def test_complaints() -> None:
    for complaint in shop().complaints.values():
        assert complaint.customer_id in shop().customers
        if complaint.order_id:
            order = shop().orders[complaint.order_id]
            assert order.customer_id == complaint.customer_id
            assert all(order.line(line_id) for line_id in complaint.line_ids)
        times = due(complaint.priority, complaint.created_at, shop().policy)
        assert (complaint.first_response_due, complaint.resolution_due) == (times.first_response, times.resolution)
        moments = [event.at for event in complaint.history]
        assert moments == sorted(moments) and moments[0] == complaint.created_at and moments[-1] < NOON
        last = [event.what for event in complaint.history if event.what.startswith("status ")]
        assert not last or last[-1].endswith(f"→ {complaint.status.value}")


def test_the_people_of_the_demo_start_without_a_complaint_or_a_return() -> None:
    for order_id in ("ORD-1001", "ORD-1002"):
        order = shop().orders[order_id]
        assert not order.returns and not order.refunds
        assert not any(c.customer_id == order.customer_id for c in shop().complaints.values())


def _kinds(order: Order) -> set[PaymentKind]:
    owner = shop().customers[order.customer_id]
    paid = [entry.method_id for entry in order.payments if entry.kind is PaymentEntryKind.PAYMENT]
    return {method.kind for method in owner.payment_methods if method.id in paid}
