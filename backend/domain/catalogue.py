"""What a shop sells: products, their variants, and how products relate."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from backend.domain.base import Value

#: A normalised specification: a number in the unit its name carries ("weight_kg": 1.8), a text,
#: a truth value, or a list of texts ("ports": ["USB-C", "HDMI"]).
SpecValue = float | int | bool | str | tuple[str, ...]


#: The specification that says whether a product is reduced, in shops that have a sale.
ON_SALE = "on_sale"


class Variant(Value):
    """One concrete item that can be ordered. `stock` None means that the shop does not know."""

    id: str
    product_id: str
    options: Mapping[str, str] = Field(default_factory=dict)
    price_cents: int
    stock: int | None = None
    available: bool = True


class Spec(Value):
    """One specification. `label` is for people; `value` filters and ranks; `text` is shown."""

    name: str
    label: str
    value: SpecValue
    text: str
    unit: str | None = None


class Product(Value):
    """What is sold. `specs` keep the order in which the shop lists them."""

    id: str
    name: str
    brand: str | None = None
    model: str | None = None
    category: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    specs: tuple[Spec, ...] = ()
    variants: tuple[Variant, ...] = ()
    rating: float | None = None
    review_count: int | None = None
    currency: str = "USD"
    image: str | None = None

    @property
    def price_cents(self) -> int:
        """The lowest price among variants that can be bought, else among all; 0 when there are no variants.

        A product without variants is one whose price the shop does not know: look at `variants` first.
        """
        buyable = [v.price_cents for v in self.variants if v.available]
        return min(buyable or [v.price_cents for v in self.variants], default=0)

    @property
    def in_stock(self) -> bool | None:
        """True or False when the shop knows, None when it does not."""
        if all(v.stock is None and v.available for v in self.variants):
            return None
        return any(v.available and (v.stock is None or v.stock > 0) for v in self.variants)

    def spec(self, name: str) -> Spec | None:
        """The specification of that name, or None."""
        return next((s for s in self.specs if s.name == name), None)


class RelationKind(StrEnum):
    """How one product stands to another in the product graph."""

    COMPATIBLE_WITH = "compatible_with"
    SIMILAR_TO = "similar_to"
    BOUGHT_WITH = "bought_with"


class Relation(Value):
    """A directed relation between two products, with the reason a shopper is told."""

    kind: RelationKind
    source_id: str
    target_id: str
    reason: str
    strength: float = 1.0


class FitOp(StrEnum):
    """What must hold between two products' specifications so that they fit."""

    #: the values, or two of the listed values, are the same
    EQUALS = "equals"
    #: the list on the right side names the value on the left side
    IN = "in"
    #: the list on the left side names the value on the right side
    CONTAINS = "contains"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class FitRule(Value):
    """One condition for two kinds of products to fit; all rules of a pair of categories must hold.

    `from_spec op to_spec` compares specifications by name. `margin` is added to the left number.
    An `optional` rule that misses a value does not make the answer unknown. `same` lists words that
    mean one standard; `accepts` names, for a value of the right side, further values it takes.
    `only_with` names specifications ("a|b") of which the left product must state one for the rule to speak
    of it: the load of a wall mount, not of a stand.
    `reason` is told to shoppers, with {from} and {to} standing for the two values.
    """

    name: str
    from_category: str
    to_category: str
    from_spec: str
    op: FitOp
    to_spec: str
    reason: str
    margin: float = 0
    optional: bool = False
    only_with: str = ""
    same: tuple[tuple[str, ...], ...] = ()
    accepts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Comparator(StrEnum):
    """How a filter's bound is compared with a specification."""

    EQ = "eq"
    NE = "ne"
    CONTAINS = "contains"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"


class SpecFilter(Value):
    """A condition on a specification, e.g. memory_gb ≥ 32."""

    name: str
    op: Comparator
    value: SpecValue


class ProductFilter(Value):
    """What a shopper is looking for. Every bound holds; an unknown stock or rating never counts as 0."""

    text: str = ""
    category: str | None = None
    brand: str | None = None
    #: brands a shopper does not want ("not Asus")
    excluded_brands: tuple[str, ...] = ()
    min_price_cents: int | None = None
    max_price_cents: int | None = None
    min_price_exclusive: bool = False
    max_price_exclusive: bool = False
    min_rating: float | None = None
    in_stock: bool | None = None
    specs: tuple[SpecFilter, ...] = ()
    sort: str = "relevance"
    page: int = 1
    page_size: int = 20


class ProductPage(Value):
    """One page of matching products and the number of all of them."""

    products: tuple[Product, ...]
    total: int
    filter: ProductFilter
    categories: Mapping[str, int] = Field(default_factory=dict)
    brands: Mapping[str, int] = Field(default_factory=dict)


class FacetValue(Value):
    """One choice and how many products it leaves; `low` ≤ value < `high` where it is a range (prices in cents)."""

    value: str
    count: int
    low: float | None = None
    high: float | None = None


class Facet(Value):
    """Something to narrow a search by: "category", "brand", "price" or the name of a specification."""

    name: str
    label: str
    unit: str | None = None
    values: tuple[FacetValue, ...] = ()


class ComparisonRow(Value):
    """One line of a comparison: a value per product (None is "not stated"); `best` is a column or None."""

    name: str
    label: str
    values: tuple[str | None, ...]
    differs: bool
    best: int | None = None


class Comparison(Value):
    """A table of two to five products."""

    products: tuple[Product, ...]
    rows: tuple[ComparisonRow, ...]


class Fit(StrEnum):
    """The answer to "does A work with B?"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class FitVerdict(Value):
    """Whether two products work together, and why."""

    a: Product
    b: Product
    fit: Fit
    reasons: tuple[str, ...] = ()


class RelatedProduct(Value):
    """A product found through the graph, with the reason."""

    product: Product
    reason: str
    kind: RelationKind


class PathStep(Value):
    """One hop of the path between two products."""

    source_id: str
    target_id: str
    kind: RelationKind
    reason: str
