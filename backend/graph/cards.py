"""Products as the chat's cards show them."""

from collections.abc import Sequence

from backend.domain.cards import ProductCard, ProductsCard, ProductSummary
from backend.domain.catalogue import Product, ProductFilter
from backend.domain.conversation import ProductRef

_HIGHLIGHTS = 3


def summary(product: Product) -> ProductSummary:
    """A product in a card; what the shop does not know stays None."""
    return ProductSummary(
        id=product.id,
        name=product.name,
        brand=product.brand,
        category=product.category,
        price_cents=product.price_cents if product.variants else None,
        currency=product.currency,
        rating=product.rating,
        review_count=product.review_count,
        in_stock=product.in_stock if product.variants else None,
        image=product.image,
        highlights=tuple(f"{s.label}: {s.text}" for s in product.specs[:_HIGHLIGHTS]),
    )


def product_card(product: Product) -> ProductCard:
    """One product with all its specifications."""
    specs = tuple((spec.label, spec.text) for spec in product.specs)
    return ProductCard(product=summary(product), description=product.description, specs=specs)


def products_card(title: str, products: Sequence[Product], total: int, wanted: ProductFilter) -> ProductsCard:
    """A list with the filter that was understood."""
    items = tuple(map(summary, products))
    return ProductsCard(title=title, items=items, total=total, page=wanted.page, filter=wanted)


def refs(products: Sequence[Product]) -> tuple[ProductRef, ...]:
    """Products as the conversation remembers them."""
    return tuple(ProductRef(id=p.id, name=p.name) for p in products)
