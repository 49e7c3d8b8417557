"""Tables of what was bought and what became of it."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, Text

from backend.store.tables.base import UtcTime, belongs_to, key, shop_table, text

orders = shop_table(
    "orders",
    key(),
    text("customer_id"),
    text("status"),
    Column("items_modified", Boolean, nullable=False),
    text("currency"),
    Column("placed_at", UtcTime),
    Column("delivered_at", UtcTime),
    Column("cancel_reason", Text),
    Column("shipping_cents", BigInteger, nullable=False),
    Column("address", JSON, nullable=False),
    belongs_to("customers", "customer_id"),
    Index(None, "tenant", "customer_id", "placed_at"),
    Index(None, "tenant", "status", "placed_at"),
)

order_lines = shop_table(
    "order_lines",
    key("order_id"),
    key(),
    Column("position", Integer, nullable=False),
    text("product_id"),
    text("variant_id"),
    text("name"),
    text("category"),
    Column("options", JSON, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price_cents", BigInteger, nullable=False),
    belongs_to("orders", "order_id"),
    Index(None, "tenant", "product_id"),
)

payments = shop_table(
    "payments",
    key("order_id"),
    key(),
    Column("position", Integer, nullable=False),
    text("kind"),
    text("method_id"),
    text("method_label"),
    Column("amount_cents", BigInteger, nullable=False),
    Column("created_at", UtcTime),
    belongs_to("orders", "order_id"),
)

deliveries = shop_table(
    "deliveries",
    key(),
    text("order_id"),
    Column("carrier", Text),
    Column("tracking_number", Text),
    text("status"),
    Column("eta", Date),
    Column("delivered_at", UtcTime),
    Column("line_ids", JSON, nullable=False),
    Column("events", JSON, nullable=False),
    belongs_to("orders", "order_id"),
    Index(None, "tenant", "order_id"),
    Index(None, "tenant", "tracking_number"),
)

returns = shop_table(
    "returns",
    key(),
    text("order_id"),
    Column("line_ids", JSON, nullable=False),
    Column("quantities", JSON, nullable=False),
    text("reason"),
    text("status"),
    Column("refund_cents", BigInteger, nullable=False),
    Column("fee_cents", BigInteger, nullable=False),
    text("method_id"),
    Column("refund_id", Text),
    Column("created_at", UtcTime, nullable=False),
    belongs_to("orders", "order_id"),
    Index(None, "tenant", "order_id"),
)

exchanges = shop_table(
    "exchanges",
    key(),
    text("order_id"),
    Column("items", JSON, nullable=False),
    Column("difference_cents", BigInteger, nullable=False),
    text("method_id"),
    Column("created_at", UtcTime, nullable=False),
    belongs_to("orders", "order_id"),
    Index(None, "tenant", "order_id"),
)

refunds = shop_table(
    "refunds",
    key(),
    text("order_id"),
    Column("return_id", Text),
    Column("amount_cents", BigInteger, nullable=False),
    Column("fee_cents", BigInteger, nullable=False),
    text("currency"),
    text("method_id"),
    text("method_label"),
    text("status"),
    text("reason"),
    Column("created_at", UtcTime, nullable=False),
    Column("expected_by", Date),
    belongs_to("orders", "order_id"),
    Index(None, "tenant", "order_id"),
    Index(None, "tenant", "status"),
)
