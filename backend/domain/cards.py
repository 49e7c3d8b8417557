"""What the chat shows beside the words: one type per card, told apart by `type`."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from backend.domain.base import Moment, Value
from backend.domain.catalogue import ComparisonRow, Fit, ProductFilter


class ProductSummary(Value):
    """A product in a card. `price_cents`, `in_stock` and `rating` None mean that the shop does not know."""

    id: str
    name: str
    brand: str | None = None
    category: str
    price_cents: int | None = None
    currency: str = "USD"
    rating: float | None = None
    review_count: int | None = None
    in_stock: bool | None = None
    image: str | None = None
    highlights: tuple[str, ...] = ()


class ProductsCard(Value):
    """A list of products with the filter that was understood, the total and the page."""

    type: Literal["products"] = "products"
    title: str
    items: tuple[ProductSummary, ...]
    total: int
    page: int = 1
    filter: ProductFilter | None = None


class ProductCard(Value):
    """One product with its specifications as (label, text)."""

    type: Literal["product"] = "product"
    product: ProductSummary
    description: str = ""
    specs: tuple[tuple[str, str], ...] = ()


class ComparisonCard(Value):
    """A table: one column per product, differences marked."""

    type: Literal["comparison"] = "comparison"
    products: tuple[ProductSummary, ...]
    rows: tuple[ComparisonRow, ...]


class FitItem(Value):
    product: ProductSummary
    reason: str


class CompatibilityCard(Value):
    """What fits a product, by category; or, with `fit`, whether two products fit."""

    type: Literal["compatibility"] = "compatibility"
    product: ProductSummary
    groups: Mapping[str, tuple[FitItem, ...]] = Field(default_factory=dict)
    other: ProductSummary | None = None
    fit: Fit | None = None
    reasons: tuple[str, ...] = ()


class OrderCardLine(Value):
    """One line; its product and variant let a form offer what may take its place."""

    id: str
    product_id: str = ""
    variant_id: str = ""
    name: str
    options: Mapping[str, str] = Field(default_factory=dict)
    quantity: int
    unit_price_cents: int


class TrackingEvent(Value):
    at: Moment
    status: str
    location: str = ""
    description: str


class DeliveryInfo(Value):
    """Where a parcel is."""

    order_id: str
    carrier: str | None = None
    tracking_number: str | None = None
    status: str
    eta: date | None = None
    delivered_at: Moment | None = None
    events: tuple[TrackingEvent, ...] = ()


class OrderCard(Value):
    type: Literal["order"] = "order"
    id: str
    status: str
    placed_at: Moment | None = None
    currency: str = "USD"
    total_cents: int
    lines: tuple[OrderCardLine, ...]
    deliveries: tuple[DeliveryInfo, ...] = ()


class OrdersCard(Value):
    """The customer's orders, newest first."""

    type: Literal["orders"] = "orders"
    orders: tuple[OrderCard, ...]


class DeliveryCard(Value):
    type: Literal["delivery"] = "delivery"
    delivery: DeliveryInfo


class RefundCard(Value):
    type: Literal["refund"] = "refund"
    id: str
    order_id: str
    amount_cents: int
    currency: str = "USD"
    status: str
    method: str = ""
    expected_by: date | None = None
    created_at: Moment


class ComplaintCard(Value):
    type: Literal["complaint"] = "complaint"
    id: str
    order_id: str | None = None
    status: str
    priority: str
    category: str
    description: str
    created_at: Moment
    first_response_due: Moment | None = None
    resolution_due: Moment | None = None


class FormField(Value):
    name: str
    label: str
    input: Literal["text", "email", "tel", "textarea", "code"] = "text"
    placeholder: str = ""


class FormCard(Value):
    """Asks for what is missing. The page sends the values, joined by spaces, as the next message."""

    type: Literal["form"] = "form"
    id: str
    title: str
    fields: tuple[FormField, ...]
    submit_label: str = "Send"


class ChoicesCard(Value):
    """Candidates to pick from; the page sends the picked `message` as the next message."""

    class Choice(Value):
        label: str
        message: str

    type: Literal["choices"] = "choices"
    title: str
    choices: tuple[Choice, ...]


Card = Annotated[
    ProductsCard
    | ProductCard
    | ComparisonCard
    | CompatibilityCard
    | OrderCard
    | OrdersCard
    | DeliveryCard
    | RefundCard
    | ComplaintCard
    | FormCard
    | ChoicesCard,
    Field(discriminator="type"),
]
