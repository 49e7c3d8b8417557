"""The catalogue over HTTP: search, one product, comparison, what fits and what is like it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.callers import Called, Wired
from backend.domain.cards import ProductSummary
from backend.domain.catalogue import (
    Comparator,
    Comparison,
    ComparisonRow,
    Facet,
    FitVerdict,
    PathStep,
    Product,
    ProductFilter,
    RelatedProduct,
    Spec,
    SpecFilter,
    SpecValue,
    Variant,
)
from backend.domain.errors import InvalidInput
from backend.domain.money import to_cents
from backend.graph.cards import summary
from backend.graph.snapshot import SpecColumn

router = APIRouter(prefix="/api/products", tags=["products"])

_MOST_COMPARED = 5
_OPERATORS = frozenset(op.value for op in Comparator)


class ProductList(BaseModel):
    """One page of matches, the number of all, the filter that was understood and what can narrow it further."""

    results: tuple[ProductSummary, ...]
    total: int
    page: int
    page_size: int
    categories: dict[str, int]
    brands: dict[str, int]
    filter: ProductFilter
    facets: tuple[Facet, ...]


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


class PathView(BaseModel):
    """Steps from product to product, and the product that each step leads to."""

    steps: tuple[PathStep, ...]
    products: tuple[ProductSummary, ...]


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
    #: None where the shop states no price
    price_cents: int | None
    in_stock: bool | None

    @classmethod
    def of(cls, product: Product) -> "ProductDetail":
        detail = cls.model_validate(product, from_attributes=True)
        return detail if product.variants else detail.model_copy(update={"price_cents": None, "in_stock": None})


@router.get("", response_model=ProductList)
async def search(
    container: Wired,
    caller: Called,
    q: Annotated[str, Query(max_length=400)] = "",
    category: Annotated[str | None, Query(max_length=100)] = None,
    brand: Annotated[str | None, Query(max_length=100)] = None,
    min_price: Annotated[float | None, Query(ge=0, le=10_000_000, description="in major units: 199.99")] = None,
    max_price: Annotated[float | None, Query(ge=0, le=10_000_000, description="in major units: 199.99")] = None,
    min_rating: Annotated[float | None, Query(ge=0, le=5)] = None,
    in_stock: bool | None = None,
    spec: Annotated[
        list[str] | None, Query(max_length=20, description="name:value or name:op:value, op one of eq ne contains gt …")
    ] = None,
    sort: Annotated[
        str, Query(max_length=100, description="price, rating, name or a specification; - is downwards")
    ] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ProductList:
    """Products that match the words and every bound given. The words are read as the chat reads them.

    422 for a sort or a specification that this shop does not have.
    """
    snapshot = await container.catalogue.snapshot(caller.tenant)
    given = {
        "category": category,
        "brand": brand,
        "min_price_cents": None if min_price is None else to_cents(min_price),
        "max_price_cents": None if max_price is None else to_cents(max_price),
        "min_rating": min_rating,
        "in_stock": in_stock,
        "sort": sort or None,
    }
    said = await container.catalogue.understood(caller.tenant, q) if q.strip() else ProductFilter()
    conditions = tuple(_condition(one, snapshot.spec_columns) for one in spec or ())
    changed = {
        **{name: value for name, value in given.items() if value is not None},
        "specs": (*said.specs, *conditions),
        "page": page,
        "page_size": page_size,
    }
    wanted = said.model_copy(update=changed)
    found = await container.catalogue.search(caller.tenant, wanted)
    return ProductList(
        results=tuple(summary(product) for product in found.products),
        total=found.total,
        page=page,
        page_size=page_size,
        categories=dict(found.categories),
        brands=dict(found.brands),
        filter=wanted,
        facets=await container.catalogue.facets(caller.tenant, wanted),
    )


def _condition(text: str, known: Mapping[str, SpecColumn]) -> SpecFilter:
    """ "memory_gb:gte:32" or "socket:AM5" as a condition. Raises InvalidInput."""
    name, _, rest = text.partition(":")
    op, mark, value = rest.partition(":")
    if not mark or op not in _OPERATORS:
        op, value = "eq", rest
    if name not in known or not value:
        raise InvalidInput(f"spec: there is no specification {name!r} with a value to look for.", field="spec")
    try:
        number: SpecValue = float(value) if known[name].numeric else value
    except ValueError:
        if op in (Comparator.GT, Comparator.GTE, Comparator.LT, Comparator.LTE):
            raise InvalidInput(f"spec: {value!r} is no number.", field="spec") from None
        number = value
    return SpecFilter(name=name, op=Comparator(op), value=number)


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
async def similar(
    product_id: str,
    container: Wired,
    caller: Called,
    cheaper: Annotated[bool, Query(description="only what costs less")] = False,
    better: Annotated[bool, Query(description="only steps up: ahead in more specifications, not cheaper")] = False,
) -> RelatedList:
    """Alternatives of the same kind, each with what makes it one."""
    return _related(await container.graph.similar(caller.tenant, product_id, cheaper=cheaper, better=better))


@router.get("/{product_id}/bought-together", response_model=RelatedList)
async def bought_together(product_id: str, container: Wired, caller: Called) -> RelatedList:
    """What stands in the same orders, the most often first."""
    return _related(await container.graph.bought_together(caller.tenant, product_id))


@router.get("/{product_id}/path/{other_id}", response_model=PathView)
async def path(product_id: str, other_id: str, container: Wired, caller: Called) -> PathView:
    """How two products hang together, in at most three steps; no steps where they do not."""
    steps = await container.graph.path(caller.tenant, product_id, other_id)
    snapshot = await container.catalogue.snapshot(caller.tenant)
    between = tuple(summary(snapshot.by_id[step.target_id]) for step in steps if step.target_id in snapshot.by_id)
    return PathView(steps=steps, products=between)


def _related(found: Sequence[RelatedProduct]) -> RelatedList:
    return RelatedList(results=tuple(RelatedView(product=summary(r.product), reason=r.reason) for r in found))
