"""Reads the product CSV that Shopify exports: a row for each variant, the product's own fields on its first row."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from backend.domain.measures import unit_of
from backend.store.loading.offers import (
    NO_CATEGORY,
    Offer,
    last_of_path,
    price_of,
    products_of,
    read_offers,
    whole_number,
    without_markup,
)
from backend.store.loading.source import BadRow, Placed, placed, undated_policy
from backend.store.loading.tables import Table

#: our name → the column's, in the export of today and in the older one
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "handle": ("url handle", "handle"),
    "title": ("title",),
    "body": ("description", "body (html)", "body html"),
    "vendor": ("vendor",),
    "path": ("product category", "standard product type"),
    "type": ("type", "custom product type"),
    "tags": ("tags",),
    "status": ("status",),
    "published": ("published on online store", "published"),
    "sku": ("sku", "variant sku"),
    "price": ("price", "variant price"),
    "regular": ("compare-at price", "variant compare at price"),
    "tracker": ("inventory tracker", "variant inventory tracker"),
    "grams": ("weight value (grams)", "variant grams"),
    "unit": ("weight unit for display", "variant weight unit"),
    "stock": ("inventory quantity", "variant inventory qty"),
    "policy": ("continue selling when out of stock", "variant inventory policy"),
    "image": ("product image url", "image src"),
    "variant_image": ("variant image url", "variant image"),
}
_METAFIELD = re.compile(r"^(?P<label>.+?)\s*\((?:product\.)?metafields\.[\w.-]+\)$", re.IGNORECASE)
_NO_OPTION = ("title", "")  # what Shopify calls the option of a product without options


def is_shopify(columns: list[str]) -> bool:
    """Whether a table's columns are those of the export."""
    known = {name.lower() for name in columns}
    return bool(known & {"handle", "url handle"}) and "title" in known and bool(known & {"variant price", "price"})


class ShopifyCsv:
    """Drafts and archived products are not on sale and are left aside."""

    name: str | None = None
    as_of: date | None = None

    def __init__(self, table: Table, tenant: str) -> None:
        self._table, self._tenant = table, tenant
        by_name = {name.lower(): name for name in table.columns}
        self._columns = {
            ours: next((by_name[one] for one in theirs if one in by_name), "") for ours, theirs in _COLUMNS.items()
        }
        self._options = [
            (by_name[f"option{n} name"], by_name[f"option{n} value"])
            for n in (1, 2, 3)
            if f"option{n} name" in by_name and f"option{n} value" in by_name
        ]
        self._details = [(name, m["label"]) for name in table.columns if (m := _METAFIELD.match(name))]
        self._heads: dict[str, dict[str, str]] = {}
        self._names: dict[str, list[str]] = {}
        self._skus: set[str] = set()
        self.total = 1 + table.count()

    def read(self) -> Iterator[Placed | BadRow]:
        """The shop's rules, then the products."""
        self._heads, self._names, self._skus = {}, {}, set()
        yield placed(self._table.path.name, undated_policy(self._tenant))
        yield from products_of(read_offers(self._table.rows(), self._offer))

    def _offer(self, place: str, row: dict[str, str]) -> Offer | None:
        handle = self._get(row, "handle")
        if not handle:
            raise ValueError("the handle is missing")
        if self._get(row, "title"):
            self._heads[handle] = row
            self._names[handle] = [row.get(name, "") for name, _ in self._options]
        head = self._heads.get(handle)
        if head is None:
            raise ValueError(f"no row before it names the product {handle}")
        if (
            self._get(head, "status").lower() in ("draft", "archived")
            or self._get(head, "published").lower() == "false"
        ):
            return None
        options = self._chosen(handle, row)
        if not self._get(row, "price") and row is not head and not options:
            return None  # a row that only adds an image
        return self._built(place, handle, head, row, options)

    def _built(
        self, place: str, handle: str, head: dict[str, str], row: dict[str, str], options: dict[str, str]
    ) -> Offer:
        cents, currency = price_of(self._get(row, "price"))
        stock = (
            whole_number(self._get(row, "stock")) if self._get(row, "tracker") or not self._columns["tracker"] else None
        )
        on_order = self._get(row, "policy").lower() in ("continue", "true", "yes")
        return Offer(
            place=place,
            product_id=handle,
            variant_id=self._variant_id(handle, self._get(row, "sku"), options),
            name=self._get(head, "title"),
            category=self._get(head, "type") or last_of_path(self._get(head, "path")) or NO_CATEGORY,
            brand=self._get(head, "vendor") or None,
            description=without_markup(self._get(head, "body")),
            options=options,
            specs={label: head[name] for name, label in self._details if head.get(name)},
            weight=self._weight(row),
            tags=tuple(tag.strip() for tag in self._get(head, "tags").split(",") if tag.strip()),
            price_cents=cents,
            regular_cents=price_of(self._get(row, "regular"))[0],
            currency=currency or "USD",
            stock=None if on_order or stock is None else max(0, stock),
            image=self._get(row, "variant_image") or self._get(head, "image") or None,
        )

    def _weight(self, row: Mapping[str, str]) -> tuple[float, str] | None:
        """In the unit in which the shop shows it; the export has grams."""
        grams, unit = self._get(row, "grams"), unit_of(said := self._get(row, "unit").lower() or "g")
        return (round(float(grams) / unit.factor, 3), said) if grams and unit is not None else None

    def _chosen(self, handle: str, row: dict[str, str]) -> dict[str, str]:
        """The row's options; their names stand only on the product's first row."""
        names = self._names[handle]
        values = [row.get(value, "") for _, value in self._options]
        return {n.lower(): v for n, v in zip(names, values, strict=True) if n.lower() not in _NO_OPTION and v}

    def _variant_id(self, handle: str, sku: str, options: Mapping[str, str]) -> str:
        """The SKU, where no row before has it; shops leave it empty or repeat it."""
        if sku and sku not in self._skus:
            self._skus.add(sku)
            return sku
        return "/".join((handle, *options.values())) if options or sku else handle

    def _get(self, row: Mapping[str, str], ours: str) -> str:
        return row.get(self._columns[ours], "").strip()
