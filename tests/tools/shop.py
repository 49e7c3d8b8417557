"""A small shop with named people, in which the tools are tried."""

from datetime import UTC, datetime, timedelta

from backend.domain.catalogue import Product, Variant
from backend.domain.customers import Address, Customer, PaymentKind, PaymentMethod
from backend.domain.identity import Identity, IdentityLevel
from backend.domain.orders import Order, OrderLine, OrderStatus, PaymentEntry, PaymentEntryKind
from backend.domain.policy import RestockingFee, ReturnExclusion, ShopPolicy
from backend.store.database import Database
from backend.tools.base import ToolContext

TENANT = "corner"
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)  # a Wednesday
HOME = Address(line1="1 Mill Lane", city="Leeds", state="WY", zip="82001")

POLICY = ShopPolicy(
    shop_name="Corner Shop",
    exclusions=(ReturnExclusion(categories=("earbuds",), reason="opened earbuds stay.", when_opened=True),),
    restocking_fees=(RestockingFee(categories=("monitors",), basis_points=1500),),
)

ADA = Customer(
    id="ada",
    name="Ada Byron",
    email="ada@example.com",
    address=HOME,
    payment_methods=(
        PaymentMethod(id="ada-card", customer_id="ada", kind=PaymentKind.CREDIT_CARD, brand="visa", last_four="1111"),
        PaymentMethod(id="ada-gift", customer_id="ada", kind=PaymentKind.GIFT_CARD, balance_cents=5_000),
        PaymentMethod(id="ada-paypal", customer_id="ada", kind=PaymentKind.PAYPAL),
    ),
)
BOB = Customer(
    id="bob",
    name="Bob Stone",
    email="bob@example.com",
    payment_methods=(PaymentMethod(id="bob-paypal", customer_id="bob", kind=PaymentKind.PAYPAL),),
)

MUG = Product(
    id="mug",
    name="Mug",
    category="kitchen",
    variants=(
        Variant(id="mug-red", product_id="mug", options={"color": "red"}, price_cents=1_000, stock=5),
        Variant(id="mug-blue", product_id="mug", options={"color": "blue"}, price_cents=1_200, stock=1),
        Variant(id="mug-gold", product_id="mug", options={"color": "gold"}, price_cents=9_900, stock=3),
        Variant(id="mug-grey", product_id="mug", options={"color": "grey"}, price_cents=800, stock=0),
    ),
)
MONITOR = Product(
    id="monitor",
    name="Monitor",
    category="monitors",
    variants=(Variant(id="monitor-27", product_id="monitor", price_cents=20_000, stock=2),),
)


def line(number: int, variant: Variant = MUG.variants[0], name: str = "Mug", category: str = "kitchen") -> OrderLine:
    """A line with its own id; the price is the variant's."""
    return OrderLine(
        id=f"L{number}",
        product_id=variant.product_id,
        variant_id=variant.id,
        name=name,
        category=category,
        options=variant.options,
        unit_price_cents=variant.price_cents,
    )


def order(
    number: str,
    status: OrderStatus,
    *lines: OrderLine,
    customer: Customer = ADA,
    method: str = "ada-card",
    delivered_days_ago: int | None = None,
) -> Order:
    """An order paid in full by one method."""
    bought = lines or (line(1), line(2))
    paid = PaymentEntry(
        id="p1",
        kind=PaymentEntryKind.PAYMENT,
        method_id=method,
        method_label="Visa ending in 1111" if method == "ada-card" else method,
        amount_cents=sum(item.total_cents for item in bought),
    )
    delivered = None if delivered_days_ago is None else NOW - timedelta(days=delivered_days_ago)
    return Order(
        id=number,
        customer_id=customer.id,
        status=status,
        placed_at=NOW - timedelta(days=40),
        delivered_at=delivered,
        address=HOME,
        lines=bought,
        payments=(paid,),
    )


ORDERS = (
    order("ORD-1", OrderStatus.PENDING),
    order("ORD-2", OrderStatus.DELIVERED, delivered_days_ago=10),
    order("ORD-3", OrderStatus.SHIPPED),
    order("ORD-4", OrderStatus.PENDING, method="ada-gift"),
    order(
        "ORD-5",
        OrderStatus.DELIVERED,
        line(1, MONITOR.variants[0], "Monitor", "monitors"),
        delivered_days_ago=10,
    ),
    order("ORD-6", OrderStatus.DELIVERED, delivered_days_ago=31),
    order("ORD-9", OrderStatus.PENDING, customer=BOB, method="bob-paypal"),
)


async def fill(database: Database, tenant: str = TENANT) -> None:
    """Everything above as records."""
    async with database.records(tenant, write=True) as records:
        await records.tenants.ensure("Corner Shop")
        await records.policies.put(POLICY)
        await records.customers.upsert([ADA, BOB])
        await records.catalogue.upsert_products([MUG, MONITOR])
        await records.orders.upsert(ORDERS)


def signed_in(customer: Customer = ADA, session: str = "s-ada", now: datetime = NOW) -> ToolContext:
    """A session that proved who it is."""
    identity = Identity(level=IdentityLevel.VERIFIED, customer_id=customer.id)
    return ToolContext(TENANT, identity, session, now)


def guest(order_id: str, customer: Customer = ADA, session: str = "s-guest") -> ToolContext:
    """A session that gave order number and e-mail."""
    identity = Identity(level=IdentityLevel.GUEST, customer_id=customer.id, order_ids=(order_id,))
    return ToolContext(TENANT, identity, session, NOW)
