"""Records in plain English say what the records say, and what they do not."""

from backend.agents.actions.telling import tell_order, tell_refunds
from backend.domain.customers import Address
from backend.domain.orders import (
    Delivery,
    DeliveryStatus,
    Order,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
)
from backend.domain.policy import Verdict
from backend.tools.refunds import RefundView

HOME = Address(line1="1 Kite Lane", city="Hill", zip="12345")


def order(status: OrderStatus, *deliveries: Delivery, repaid_cents: int = 0) -> Order:
    line = OrderLine(id="1", product_id="p", variant_id="v", name="Kite", unit_price_cents=2500)
    paid = PaymentEntry(id="1", kind=PaymentEntryKind.PAYMENT, method_id="m", method_label="PayPal", amount_cents=2500)
    back = paid.model_copy(update={"id": "2", "kind": PaymentEntryKind.REFUND, "amount_cents": repaid_cents})
    payments = (paid, back) if repaid_cents else (paid,)
    return Order(
        id="K-1", customer_id="c", status=status, address=HOME, lines=(line,), payments=payments, deliveries=deliveries
    )


def test_a_parcel_without_a_day_of_arrival_says_so() -> None:
    parcel = Delivery(id="d", order_id="K-1", status=DeliveryStatus.LABEL_CREATED, tracking_number="77")
    said = " ".join(tell_order(order(OrderStatus.PROCESSED, parcel)))
    assert "The parcel is ready for the carrier, tracking number 77. No day of arrival is stated yet." in said


def test_money_that_went_back_before_the_shop_was_loaded_is_told() -> None:
    cancelled = order(OrderStatus.CANCELLED, repaid_cents=2500)
    assert "$25.00 went back to your PayPal." in tell_order(cancelled)
    verdict = Verdict(allowed=False, rule="not_delivered", reason="It is cancelled.")
    told = " ".join(tell_refunds(RefundView(order=cancelled, refunds=(), verdict=verdict)))
    assert "$25.00 went back to your PayPal." in told and "no refund" not in told
