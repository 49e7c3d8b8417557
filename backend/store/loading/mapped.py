"""Reads a catalogue in columns or JSON lines of the customer's own making, with a mapping file that names them.

The mapping is JSON beside the file (`catalogue.mapping.json` for `catalogue.csv`, or `mapping.json`):
`{"id": "sku", "name": "title", "price": "price_eur", "currency": {"value": "EUR"}, "group": "parent",
"options": {"color": "Colour"}, "specs": {"Memory": "ram"}}`. A field names a column, or a dotted path in JSON
lines, or is a fixed value. Without a mapping the usual names are recognised, and every other column is a specification.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.errors import InvalidInput
from backend.store.loading.numerals import with_point, writes_commas
from backend.store.loading.offers import (
    NO_CATEGORY,
    Offer,
    above,
    last_of_path,
    price_of,
    products_of,
    read_offers,
    whole_number,
    without_markup,
)
from backend.store.loading.source import BadRow, Placed, placed, reason_of, undated_policy
from backend.store.loading.units import measured

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "sku", "product_id", "item_id", "article", "article_number", "item_number", "code", "handle", "slug"),
    "name": ("name", "title", "product_name", "product", "product_title", "item_name"),
    "alias": ("price_name", "short_name", "alias", "aliases", "also_known_as"),
    "group": ("group", "parent", "parent_id", "parent_sku", "item_group_id"),
    "category": ("category", "categories", "product_type", "type", "product_category", "department"),
    "brand": ("brand", "vendor", "manufacturer", "make"),
    "model": ("model", "mpn", "model_number"),
    "description": ("description", "body", "body_html", "long_description", "details", "summary"),
    "price": ("price", "price_usd", "price_eur", "price_gbp", "current_price", "unit_price", "regular_price",
              "retail_price", "list_price", "amount"),
    "regular": ("compare_at_price", "original_price", "list_price", "was_price", "msrp", "rrp", "regular_price"),
    "sale_price": ("sale_price", "special_price", "discounted_price", "discount_price", "offer_price", "price_reduced"),
    "currency": ("currency", "currency_code"),
    "stock": ("stock", "quantity", "qty", "inventory", "stock_quantity", "in_stock_qty", "units_in_stock"),
    "available": ("available", "availability", "in_stock", "is_available", "is_in_stock"),
    "rating": ("rating", "average_rating", "avg_rating", "stars"),
    "review_count": ("review_count", "reviews_count", "num_reviews", "reviews", "rating_count", "ratings_count"),
    "image": ("image", "image_url", "image_link", "picture", "photo"),
    "tags": ("tags", "keywords"),
}  # fmt: skip
#: fields whose text is a figure
_FIGURES = ("price", "sale_price", "stock", "available", "rating", "review_count")
_YES = ("true", "yes", "1", "y", "in stock", "in_stock", "available", "instock", "ja", "oui", "sí", "si", "sim")
_NO = (
    *("false", "no", "0", "n", "out of stock", "out_of_stock", "unavailable", "outofstock", "sold out"),
    *("nein", "nee", "non", "não"),
)


class Fixed(BaseModel):
    """A value that every row has."""

    model_config = ConfigDict(extra="forbid")

    value: str


class ColumnMapping(BaseModel):
    """Which column holds what."""

    model_config = ConfigDict(extra="forbid")

    id: str
    name: str
    alias: str | None = None
    group: str | None = None
    category: str | Fixed | None = None
    brand: str | Fixed | None = None
    model: str | None = None
    description: str | None = None
    price: str | None = None
    regular: str | None = None
    sale_price: str | None = None
    currency: str | Fixed | None = None
    stock: str | None = None
    available: str | None = None
    rating: str | None = None
    review_count: str | None = None
    image: str | None = None
    tags: str | None = None
    weight: str | None = None
    options: dict[str, str] = Field(default_factory=dict)
    specs: dict[str, str] = Field(default_factory=dict)
    #: the price column holds cents
    cents: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names."""
        fields = (value for name, value in self if name not in ("options", "specs"))
        return tuple(v for v in (*fields, *self.options.values(), *self.specs.values()) if isinstance(v, str))


class Rows(Protocol):
    """A file of rows: a table or JSON lines."""

    path: Path

    def rows(self) -> Iterator[tuple[str, Any]]: ...

    def count(self) -> int: ...


class MappedCatalogue:
    """A row is a product, or a variant of the product that `group` names."""

    name: str | None = None
    as_of: date | None = None

    def __init__(self, rows: Rows, mapping: ColumnMapping, tenant: str) -> None:
        self._rows, self._mapping, self._tenant = rows, mapping, tenant
        self.total = 1 + rows.count()
        price = mapping.price or ""
        self._commas = not mapping.cents and writes_commas(
            _at(row, price) for _, row in rows.rows() if isinstance(row, dict)
        )

    def read(self) -> Iterator[Placed | BadRow]:
        """The shop's rules, then the products."""
        yield placed(self._rows.path.name, undated_policy(self._tenant))
        yield from products_of(read_offers(self._rows.rows(), self._offer))

    def _offer(self, place: str, row: Mapping[str, Any]) -> Offer:
        own_id, name = self._text(row, "id"), self._text(row, "name")
        if not own_id or not name:
            raise ValueError(f"{self._mapping.id if not own_id else self._mapping.name} is missing")
        (price, currency), (lower, _) = self._price(row, "price"), self._price(row, "sale_price")
        before = self._price(row, "regular")[0] if self._mapping.regular else None
        stock, available = _stock(self._text(row, "stock"), self._text(row, "available"))
        brand, aliases = self._text(row, "brand") or None, tuple(filter(None, self._parts(row, "alias")))
        return Offer(
            place=place,
            product_id=self._text(row, "group") or own_id,
            variant_id=own_id,
            name=name,
            category=last_of_path(self._parts(row, "category")[-1]) or NO_CATEGORY,
            brand=brand,
            model=self._text(row, "model") or next((_without_brand(alias, brand) for alias in aliases), None),
            aliases=aliases,
            description=without_markup(self._text(row, "description")),
            options=self._named(row, self._mapping.options),
            specs=self._stated(row),
            weight=_weight(self._text(row, "weight")),
            tags=(
                *above(self._text(row, "category")),
                *(t.strip() for t in self._text(row, "tags").split(",") if t.strip()),
            ),
            price_cents=price if lower is None else lower,
            regular_cents=before or price,
            currency=self._text(row, "currency") or currency or "USD",
            stock=stock,
            available=available,
            rating=_rating(self._text(row, "rating")),
            review_count=_count(self._text(row, "review_count")),
            image=self._text(row, "image") or None,
        )

    def _price(self, row: Mapping[str, Any], field: str) -> tuple[int | None, str | None]:
        column, said = (getattr(self._mapping, field) or "").lower(), self._text(row, field)
        implied = next((code for code in ("usd", "eur", "gbp") if column.endswith(code)), "").upper() or None
        if self._mapping.cents:
            return whole_number(said), implied
        cents, currency = price_of(said)
        return cents, currency or implied

    def _parts(self, row: Mapping[str, Any], field: str) -> list[str]:
        """A list of the row, or its text as the only part."""
        column = getattr(self._mapping, field)
        value = _at(row, column) if isinstance(column, str) else None
        return (
            [" ".join(str(part).split()) for part in value]
            if value and isinstance(value, list)
            else [self._text(row, field)]
        )

    def _text(self, row: Mapping[str, Any], field: str) -> str:
        column = getattr(self._mapping, field)
        if isinstance(column, Fixed):
            return column.value
        value = _at(row, column) if column else None
        if isinstance(value, list):
            return ", ".join(map(str, value))
        text = "" if value is None else str(value).strip()
        return with_point(text) if self._commas and field in _FIGURES else text

    def _named(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str]:
        found = {label: _at(row, column) for label, column in columns.items()}
        inner = {name: value for one in found.values() if isinstance(one, dict) for name, value in one.items()}
        own = {label: value for label, value in found.items() if not isinstance(value, dict)}
        return {label: str(value).strip() for label, value in (own | inner).items() if value not in (None, "")}

    def _stated(self, row: Mapping[str, Any]) -> dict[str, Any]:
        stated = {label: _at(row, column) for label, column in self._mapping.specs.items()}
        if not self._commas:
            return stated
        return {label: with_point(value) if isinstance(value, str) else value for label, value in stated.items()}


def find_mapping(path: Path) -> ColumnMapping | None:
    """The mapping file beside a catalogue, or None. Raises InvalidInput for one that cannot be used."""
    stem = path.name.removesuffix(".gz").rpartition(".")[0]
    for file in (path.with_name(f"{stem}.mapping.json"), path.with_name("mapping.json")):
        if file.is_file():
            try:
                return ColumnMapping.model_validate_json(file.read_text(encoding="utf-8-sig"))
            except ValueError as wrong:
                raise InvalidInput(f"{file.name} is no mapping: {reason_of(wrong)}", field="STORE") from wrong
    return None


def usual_mapping(columns: list[str]) -> ColumnMapping | None:
    """The mapping that columns with usual names need, all others being specifications; None without id or name."""
    known = {_key(column): column for column in columns}
    fields = {ours: next((known[one] for one in usual if one in known), None) for ours, usual in USUAL.items()}
    if fields["id"] is None or fields["name"] is None:
        return None
    options = {column.removeprefix("options."): column for column in columns if column.startswith("options.")}
    taken = {*fields.values(), *options.values()}
    others = {column: column for column in columns if column and column not in taken}
    return ColumnMapping.model_validate({**{k: v for k, v in fields.items() if v}, "options": options, "specs": others})


def _stock(said: str, available: str) -> tuple[int | None, bool]:
    """How many there are, and whether it can be had; a stock in words ("low stock", "yes") only says the second."""
    try:
        stock = whole_number(said)
    except ValueError:
        return None, _available(available or said)
    return None if stock is None else max(0, stock), _available(available)


def _rating(said: str) -> float | None:
    """The figure of "4.6", "4.6/5" or "4.6 out of 5 stars"."""
    return float(said.split("/")[0].split()[0]) if said else None


def _count(said: str) -> int | None:
    """The figure of "1,204" or "88 reviews"."""
    return whole_number(said.split()[0].replace(",", "")) if said else None


def _weight(said: str) -> tuple[float, str] | None:
    return measured(said) if said else None


def _without_brand(name: str, brand: str | None) -> str | None:
    if brand and name.lower().startswith(f"{brand.lower()} "):
        name = name[len(brand) + 1 :]
    return name.strip() or None


def _at(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column, or at the end of a dotted path."""
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _available(said: str) -> bool:
    if said.lower() in _NO:
        return False
    if said and said.lower() not in _YES:
        try:
            return float(said) > 0
        except ValueError:
            raise ValueError(f"{said!r} does not say whether it can be had") from None
    return True


def _key(column: str) -> str:
    return "_".join(column.lower().replace("-", " ").replace("_", " ").split())
