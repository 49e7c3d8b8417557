"""Maya, her orders and what she bought: the people and things of the store tests."""

from datetime import UTC, date, datetime

from backend.domain.cases import Complaint, ComplaintEvent, ComplaintNote, Priority
from backend.domain.catalogue import Product, Spec, Variant
from backend.domain.customers import Address, Customer, PaymentKind, PaymentMethod
from backend.domain.orders import (
    Delivery,
    DeliveryEvent,
    DeliveryStatus,
    Exchange,
    ExchangeItem,
    Order,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    Refund,
    RefundStatus,
    Return,
    ReturnStatus,
)
from backend.store.database import Database

SHOP = "lanterns"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOME = Address(line1="7 Quay Lane", city="Ghent", zip="9000", country="Belgium")

MAYA = Customer(
    id="C-1",
    name="Maya Okonkwo",
    email="Maya@Lanterns.example",
    phone="+3212345678",
    address=HOME,
    payment_methods=(
        PaymentMethod(id="PM-1", customer_id="C-1", kind=PaymentKind.GIFT_CARD, balance_cents=5_000),
        PaymentMethod(id="PM-2", customer_id="C-1", kind=PaymentKind.CREDIT_CARD, brand="visa", last_four="1111"),
    ),
)

LAMP = Product(
    id="P-1",
    name="Storm Lantern",
    brand="Halden",
    category="Lanterns",
    aliases=("storm lamp",),
    specs=(
        Spec(name="weight_kg", label="Weight", value=1.25, text="1.25 kg", unit="kg"),
        Spec(name="fuels", label="Fuels", value=("paraffin", "lamp oil"), text="paraffin, lamp oil"),
        Spec(name="windproof", label="Windproof", value=True, text="Yes"),
    ),
    variants=(
        Variant(id="V-1", product_id="P-1", options={"size": "L", "color": "brass"}, price_cents=4_995, stock=3),
        Variant(id="V-2", product_id="P-1", options={"size": "S", "color": "black"}, price_cents=3_995),
        Variant(id="V-3", product_id="P-1", price_cents=2_995, stock=0, available=False),
    ),
    rating=4.5,
    review_count=12,
)

ORDER = Order(
    id="ORD-7",
    customer_id="C-1",
    status=OrderStatus.DELIVERED,
    placed_at=NOON,
    delivered_at=NOON,
    shipping_cents=500,
    address=HOME,
    lines=(
        OrderLine(
            id="1",
            product_id="P-1",
            variant_id="V-1",
            name="Storm Lantern",
            options={"size": "L", "color": "brass"},
            quantity=2,
            unit_price_cents=4_995,
        ),
        OrderLine(id="2", product_id="P-1", variant_id="V-1", name="Storm Lantern", unit_price_cents=4_500),
    ),
    payments=(
        PaymentEntry(id="p1", kind=PaymentEntryKind.PAYMENT, method_id="PM-2", amount_cents=14_990, created_at=NOON),
        PaymentEntry(id="a2", kind=PaymentEntryKind.REFUND, method_id="PM-2", amount_cents=4_500),
    ),
    deliveries=(
        Delivery(
            id="D-1",
            order_id="ORD-7",
            carrier="Kestrel",
            tracking_number="KS1",
            status=DeliveryStatus.DELIVERED,
            eta=date(2026, 3, 3),
            delivered_at=NOON,
            line_ids=("1", "2"),
            events=(DeliveryEvent(at=NOON, status=DeliveryStatus.DELIVERED, description="Handed over"),),
        ),
    ),
    returns=(
        Return(
            id="RET-1",
            order_id="ORD-7",
            line_ids=("2",),
            reason="dented",
            status=ReturnStatus.RECEIVED,
            refund_cents=4_500,
            method_id="PM-2",
            created_at=NOON,
        ),
    ),
    exchanges=(
        Exchange(
            id="EXC-1",
            order_id="ORD-7",
            items=(ExchangeItem(line_id="1", new_variant_id="V-2", new_price_cents=3_995),),
            difference_cents=-1_000,
            method_id="PM-2",
            created_at=NOON,
        ),
    ),
    refunds=(
        Refund(
            id="REF-7",
            order_id="ORD-7",
            return_id="RET-1",
            amount_cents=4_500,
            method_id="PM-2",
            method_label="Visa ending in 1111",
            status=RefundStatus.PROCESSING,
            created_at=NOON,
            expected_by=date(2026, 3, 9),
        ),
    ),
)

COMPLAINT = Complaint(
    id="CMP-7",
    customer_id="C-1",
    order_id="ORD-7",
    line_ids=("1",),
    category="damage",
    priority=Priority.HIGH,
    description="The glass is cracked.",
    created_at=NOON,
    resolution_due=NOON,
    notes=(ComplaintNote(at=NOON, author="Ida", text="asked for a photo"),),
    history=(ComplaintEvent(at=NOON, actor="Maya", what="filed"),),
)


async def furnish(database: Database, tenant: str = SHOP) -> None:
    """Put all of it into a shop."""
    async with database.records(tenant, write=True) as records:
        await records.tenants.ensure("Lanterns & Co")
        await records.customers.upsert([MAYA])
        await records.catalogue.upsert_products([LAMP])
        await records.orders.upsert([ORDER])
        await records.complaints.upsert([COMPLAINT])
