"""What was bought and what became of it: orders, lines, payments, deliveries, returns, exchanges, refunds."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from backend.domain.base import Moment, Value
from backend.domain.customers import Address


class OrderStatus(StrEnum):
    """Where an order stands. Pending may still be changed; processed and shipped may not."""

    PENDING = "pending"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURN_REQUESTED = "return_requested"
    PARTLY_RETURNED = "partly_returned"
    RETURNED = "returned"
    EXCHANGE_REQUESTED = "exchange_requested"


class OrderLine(Value):
    """One line of an order. It has an id of its own: an order may hold the same item twice.

    `unit_price_cents` is what was paid for this variant, whatever the catalogue says today.
    """

    id: str
    product_id: str
    variant_id: str
    name: str
    category: str = ""
    options: Mapping[str, str] = Field(default_factory=dict)
    quantity: int = 1
    unit_price_cents: int

    @property
    def total_cents(self) -> int:
        return self.quantity * self.unit_price_cents


class PaymentEntryKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"


class PaymentEntry(Value):
    """Money that came in (payment) or went back (refund). Amounts are positive cents."""

    id: str
    kind: PaymentEntryKind
    method_id: str
    method_label: str = ""
    amount_cents: int
    created_at: Moment | None = None


class DeliveryStatus(StrEnum):
    LABEL_CREATED = "label_created"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    EXCEPTION = "exception"
    RETURNED = "returned"


class DeliveryEvent(Value):
    """One dated event of a delivery."""

    at: Moment
    status: DeliveryStatus
    location: str = ""
    description: str


class Delivery(Value):
    """A parcel of an order. `eta` is the day on which it is expected."""

    id: str
    order_id: str
    carrier: str | None = None
    tracking_number: str | None = None
    status: DeliveryStatus
    eta: date | None = None
    delivered_at: Moment | None = None
    line_ids: tuple[str, ...] = ()
    events: tuple[DeliveryEvent, ...] = ()


class ReturnStatus(StrEnum):
    REQUESTED = "requested"
    RECEIVED = "received"
    REFUNDED = "refunded"
    REJECTED = "rejected"


class Return(Value):
    """Goods that go back for money. `refund_cents` is after the restocking fee.

    `quantities` are pieces by line; a line without a number comes back whole.
    """

    id: str
    order_id: str
    line_ids: tuple[str, ...]
    quantities: Mapping[str, int] = Field(default_factory=dict)
    reason: str
    status: ReturnStatus
    refund_cents: int
    fee_cents: int = 0
    method_id: str
    refund_id: str | None = None
    created_at: Moment

    def pieces_of(self, line: OrderLine) -> int:
        """How many pieces of that line come back with this return."""
        return self.quantities.get(line.id, line.quantity) if line.id in self.line_ids else 0


class ExchangeItem(Value):
    """Pieces of one line to be swapped for another variant of the same product; `quantity` None: the whole line."""

    line_id: str
    quantity: int | None = None
    new_variant_id: str
    new_options: Mapping[str, str] = Field(default_factory=dict)
    new_price_cents: int


class Exchange(Value):
    """Goods swapped for other variants. `difference_cents` > 0: the customer pays on fulfilment."""

    id: str
    order_id: str
    items: tuple[ExchangeItem, ...]
    difference_cents: int
    method_id: str
    created_at: Moment


class RefundStatus(StrEnum):
    AWAITING_RETURN = "awaiting_return"
    PROCESSING = "processing"
    PAID = "paid"
    REJECTED = "rejected"


class Refund(Value):
    """Money on its way back, numbered REF-… for people."""

    id: str
    order_id: str
    return_id: str | None = None
    amount_cents: int
    fee_cents: int = 0
    currency: str = "USD"
    method_id: str
    method_label: str = ""
    status: RefundStatus
    reason: str = ""
    created_at: Moment
    expected_by: date | None = None


class Order(Value):
    """An order as its owner may see it."""

    id: str
    customer_id: str
    status: OrderStatus
    items_modified: bool = False
    currency: str = "USD"
    placed_at: Moment | None = None
    delivered_at: Moment | None = None
    cancel_reason: str | None = None
    shipping_cents: int = 0
    address: Address
    lines: tuple[OrderLine, ...]
    payments: tuple[PaymentEntry, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    returns: tuple[Return, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def total_cents(self) -> int:
        return sum(line.total_cents for line in self.lines) + self.shipping_cents

    @property
    def paid_cents(self) -> int:
        return sum(p.amount_cents for p in self.payments if p.kind is PaymentEntryKind.PAYMENT)

    @property
    def refunded_cents(self) -> int:
        return sum(p.amount_cents for p in self.payments if p.kind is PaymentEntryKind.REFUND)

    def line(self, line_id: str) -> OrderLine | None:
        """The line of that id, or None."""
        return next((line for line in self.lines if line.id == line_id), None)
