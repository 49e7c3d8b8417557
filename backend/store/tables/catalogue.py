"""Tables of what the shop sells."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, Text

from backend.store.tables.base import belongs_to, key, shop_table, text

products = shop_table(
    "products",
    key(),
    text("name"),
    Column("brand", Text),
    Column("model", Text),
    text("category"),
    text("description"),
    Column("aliases", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("specs", JSON, nullable=False),
    Column("rating", Float),
    Column("review_count", Integer),
    text("currency"),
    Column("image", Text),
    Index(None, "tenant", "category"),
)

variants = shop_table(
    "variants",
    key(),
    text("product_id"),
    Column("position", Integer, nullable=False),
    Column("options", JSON, nullable=False),
    Column("price_cents", BigInteger, nullable=False),
    Column("stock", Integer),
    Column("available", Boolean, nullable=False),
    belongs_to("products", "product_id"),
    Index(None, "tenant", "product_id"),
)

relations = shop_table(
    "relations",
    key("kind"),
    key("source_id"),
    key("target_id"),
    text("reason"),
    Column("strength", Float, nullable=False),
)

# The shop's own rules of what fits what; those that hold for parts in every shop come with the product.
fit_rules = shop_table("fit_rules", key("name"), Column("rule", JSON, nullable=False))
