"""The catalogue over HTTP: search, one product, comparison, what fits and what is like it."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.callers import Called, Wired
from backend.domain.cards import ProductSummary
from backend.domain.catalogue import (
    Comparison,
    ComparisonRow,
    FitVerdict,
    Product,
    ProductFilter,
    RelatedProduct,
    Spec,
    Variant,
)
from backend.domain.errors import InvalidInput
from backend.domain.money import to_cents
from backend.graph.cards import summary

router = APIRouter(prefix="/api/products", tags=["products"])

_MOST_COMPARED = 5


class ProductList(BaseModel):
    """One page of matches, the number of all, and how many there are by category and brand."""

    results: tuple[ProductSummary, ...]
    total: int
    page: int
    page_size: int
    categories: dict[str, int]
    brands: dict[str, int]


class ComparisonView(BaseModel):
    """One column per product, `best` the column that wins a row."""

    products: tuple[ProductSummary, ...]
    rows: tuple[ComparisonRow, ...]


class RelatedView(BaseModel):
    """A related product and why."""

    product: ProductSummary
    reason: str


class RelatedList(BaseModel):
    results: tuple[RelatedView, ...]


class ProductDetail(BaseModel):
    """A product with its specifications and variants."""

    id: str
    name: str
    brand: str | None
    model: str | None
    category: str
    description: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    specs: tuple[Spec, ...]
    variants: tuple[Variant, ...]
    rating: float | None
    review_count: int | None
    currency: str
    image: str | None
    price_cents: int
    in_stock: bool | None

    @classmethod
    def of(cls, product: Product) -> "ProductDetail":
        return cls.model_validate(product, from_attributes=True)


@router.get("", response_model=ProductList)
async def search(
    container: Wired,
    caller: Called,
    q: Annotated[str, Query(max_length=400)] = "",
    category: Annotated[str | None, Query(max_length=100)] = None,
    brand: Annotated[str | None, Query(max_length=100)] = None,
    min_price: Annotated[float | None, Query(ge=0, le=10_000_000, description="in major units: 199.99")] = None,
    max_price: Annotated[float | None, Query(ge=0, le=10_000_000, description="in major units: 199.99")] = None,
    in_stock: bool | None = None,
    sort: Literal["relevance", "price", "-price", "rating", "-rating", "name"] = "relevance",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ProductList:
    """Products that match the words and every bound given."""
    wanted = ProductFilter(
        text=q,
        category=category,
        brand=brand,
        min_price_cents=None if min_price is None else to_cents(min_price),
        max_price_cents=None if max_price is None else to_cents(max_price),
        in_stock=in_stock,
        sort=sort,
        page=page,
        page_size=page_size,
    )
    found = await container.catalogue.search(caller.tenant, wanted)
    return ProductList(
        results=tuple(summary(product) for product in found.products),
        total=found.total,
        page=page,
        page_size=page_size,
        categories=dict(found.categories),
        brands=dict(found.brands),
    )


@router.get("/compare", response_model=ComparisonView)
async def compare(
    container: Wired, caller: Called, ids: Annotated[str, Query(max_length=600, description="two to five ids: 1,2")]
) -> ComparisonView:
    """Products side by side. 422 unless two to five different ids are given."""
    wanted = list(dict.fromkeys(part.strip() for part in ids.split(",") if part.strip()))
    if not 2 <= len(wanted) <= _MOST_COMPARED:
        raise InvalidInput(
            f"ids: give two to {_MOST_COMPARED} different product ids, separated by commas.", field="ids"
        )
    table: Comparison = await container.graph.compare(caller.tenant, wanted)
    return ComparisonView(products=tuple(map(summary, table.products)), rows=table.rows)


@router.get("/{product_id}", response_model=ProductDetail)
async def product(product_id: str, container: Wired, caller: Called) -> ProductDetail:
    """One product with its specifications and variants."""
    found = await container.catalogue.product(caller.tenant, product_id)
    return ProductDetail.of(found)


@router.get("/{product_id}/compatible", response_model=RelatedList)
async def compatible(product_id: str, container: Wired, caller: Called) -> RelatedList:
    """What works with the product, in stock and well rated first."""
    return _related(await container.graph.accessories(caller.tenant, product_id))


@router.get("/{product_id}/fits/{other_id}", response_model=FitVerdict)
async def fits(product_id: str, other_id: str, container: Wired, caller: Called) -> FitVerdict:
    """Whether two products work together, and why."""
    return await container.graph.fits(caller.tenant, product_id, other_id)


@router.get("/{product_id}/similar", response_model=RelatedList)
async def similar(product_id: str, container: Wired, caller: Called) -> RelatedList:
    """Alternatives of the same kind."""
    return _related(await container.graph.similar(caller.tenant, product_id))


def _related(found: Sequence[RelatedProduct]) -> RelatedList:
    return RelatedList(results=tuple(RelatedView(product=summary(r.product), reason=r.reason) for r in found))
