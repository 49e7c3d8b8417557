"""Products, their variants and their relations."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, case, distinct, func

from backend.domain.catalogue import FitRule, Product, Relation, Variant
from backend.domain.errors import NotFound
from backend.store.numbers import Counting
from backend.store.repository import of_shop
from backend.store.tables.catalogue import fit_rules, products, relations, variants
from backend.store.tables.orders import order_lines

_VERSION = "version:catalogue"
#: Products built between two looks at what else there is to do.
_SLICE = 25
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ALL_PRODUCTS = of_shop(products).order_by(products.c.id)
_ALL_VARIANTS = of_shop(variants).order_by(variants.c.product_id, variants.c.position)
_PRODUCTS = of_shop(products).where(products.c.id.in_(_IDS))
_VARIANTS = _ALL_VARIANTS.where(variants.c.product_id.in_(_IDS))
_BESIDE = order_lines.alias("beside")
_ORDERS_OF_BOTH = func.count(distinct(_BESIDE.c.order_id)).label("orders")
_BOUGHT_WITH = (
    of_shop(
        order_lines,
        _BESIDE.c.product_id,
        _ORDERS_OF_BOTH,
        source=order_lines.join(
            _BESIDE, and_(_BESIDE.c.tenant == order_lines.c.tenant, _BESIDE.c.order_id == order_lines.c.order_id)
        ),
    )
    .where(order_lines.c.product_id == bindparam("id"), _BESIDE.c.product_id != order_lines.c.product_id)
    .group_by(_BESIDE.c.product_id)
    .order_by(_ORDERS_OF_BOTH.desc(), _BESIDE.c.product_id)
    .limit(bindparam("most"))
)


class Catalogue(Counting):
    """What the shop sells. Stock is live here; `version` changes with everything else."""

    async def get(self, product_id: str) -> Product | None:
        """The product of that id with its variants, or None."""
        return next(iter(await self.get_many([product_id])), None)

    async def get_many(self, product_ids: Sequence[str]) -> tuple[Product, ...]:
        """The known products among the ids, in the order asked for."""
        found = await self._rows(_PRODUCTS, ids=product_ids)
        by_product = _group({}, await self._rows(_VARIANTS, ids=product_ids))
        known = {row.id: _product(row, by_product) for row in found}
        return tuple(known[i] for i in dict.fromkeys(product_ids) if i in known)

    async def known(self, product_ids: Sequence[str]) -> frozenset[str]:
        """Which of these ids are products of the shop."""
        return frozenset(
            r.id for r in await self._rows(self._select(products, products.c.id).where(products.c.id.in_(product_ids)))
        )

    async def all(self) -> tuple[Product, ...]:
        """Every product, by id. Built in slices, so that a large catalogue holds up nobody else."""
        by_product: dict[str, list[Variant]] = {}
        async for rows in self._slices(_ALL_VARIANTS, 4 * _SLICE):
            _group(by_product, rows)
        built: list[Product] = []
        async for rows in self._slices(_ALL_PRODUCTS, _SLICE):
            built.extend(_product(row, by_product) for row in rows)
        return tuple(built)

    async def variant(self, variant_id: str) -> Variant | None:
        """The variant of that id with its stock of this moment, or None."""
        row = await self._row(self._select(variants).where(variants.c.id == variant_id))
        return _variant(row) if row else None

    async def variants_of(self, product_id: str) -> tuple[Variant, ...]:
        """The variants of a product in the shop's order."""
        return tuple(_variant(row) for row in await self._rows(_VARIANTS, ids=[product_id]))

    async def live(self, product_ids: Sequence[str]) -> dict[str, tuple[Variant, ...]]:
        """Prices and stock of this moment, by product: laid over a catalogue that was read earlier."""
        grouped = _group({}, await self._rows(_VARIANTS, ids=product_ids))
        return {product_id: tuple(group) for product_id, group in grouped.items()}

    async def upsert_products(self, listed: Sequence[Product]) -> None:
        """Add or replace products with all their variants."""
        if not listed:
            return
        await self._put(products, [_product_row(p) for p in listed])
        kept = [v.id for p in listed for v in p.variants]
        gone = self._delete(variants).where(variants.c.product_id.in_([p.id for p in listed]))
        await self._run(gone.where(variants.c.id.not_in(kept)))
        await self._put(variants, [_variant_row(v, at) for p in listed for at, v in enumerate(p.variants)])
        await self._bump(_VERSION)

    async def relations(self) -> tuple[Relation, ...]:
        """Every stored relation."""
        ordered = self._select(relations).order_by(relations.c.kind, relations.c.source_id, relations.c.target_id)
        return tuple(Relation.model_validate(row._asdict()) for row in await self._rows(ordered))

    async def upsert_relations(self, listed: Sequence[Relation]) -> None:
        """Add or replace relations by kind, source and target."""
        if listed:
            await self._put(relations, [r.model_dump() for r in listed])
            await self._bump(_VERSION)

    async def fit_rules(self) -> tuple[FitRule, ...]:
        """The shop's own rules of what fits what, by name."""
        rows = await self._rows(self._select(fit_rules, fit_rules.c.rule).order_by(fit_rules.c.name))
        return tuple(FitRule.model_validate(row.rule) for row in rows)

    async def upsert_fit_rules(self, listed: Sequence[FitRule]) -> None:
        """Add or replace the shop's own rules by name."""
        if listed:
            await self._put(fit_rules, [{"name": rule.name, "rule": rule.model_dump()} for rule in listed])
            await self._bump(_VERSION)

    async def bought_with(self, product_id: str, most: int) -> tuple[tuple[str, int], ...]:
        """Products that stand in the same orders, the most often first, each with the number of those orders."""
        return tuple((r.product_id, r.orders) for r in await self._rows(_BOUGHT_WITH, id=product_id, most=most))

    async def adjust_stock(self, variant_id: str, delta: int) -> int | None:
        """Add to the stock and return what is left; it never falls below 0 and unknown stays unknown.

        Raises NotFound for an unknown variant.
        """
        changed = variants.c.stock + delta
        statement = self._update(variants).where(variants.c.id == variant_id)
        statement = statement.values(stock=case((changed < 0, 0), else_=changed)).returning(variants.c.stock)
        row = await self._row(statement)
        if row is None:
            raise NotFound(f"There is no item {variant_id}.")
        return None if row.stock is None else int(row.stock)

    async def take_stock(self, variant_id: str, pieces: int) -> bool:
        """Take pieces out of stock in one statement; False when there are fewer. Unknown stock stays unknown."""
        enough = variants.c.available & (variants.c.stock.is_(None) | (variants.c.stock >= pieces))
        statement = self._update(variants).where(variants.c.id == variant_id, enough)
        return bool(await self._run(statement.values(stock=variants.c.stock - pieces)))

    async def return_stock(self, variant_id: str, pieces: int) -> None:
        """Put pieces back; a variant that is no longer sold takes none."""
        statement = self._update(variants).where(variants.c.id == variant_id)
        await self._run(statement.values(stock=variants.c.stock + pieces))

    async def version(self) -> int:
        """Changes whenever products or relations change, stock aside: other processes read it to reload."""
        return await self._counter(_VERSION)


def _variant(row: Row[Any]) -> Variant:
    return Variant(
        id=row.id,
        product_id=row.product_id,
        options=row.options,
        price_cents=row.price_cents,
        stock=row.stock,
        available=row.available,
    )


def _group(groups: dict[str, list[Variant]], rows: Iterable[Row[Any]]) -> dict[str, list[Variant]]:
    for row in rows:
        groups.setdefault(row.product_id, []).append(_variant(row))
    return groups


def _product(row: Row[Any], by_product: Mapping[str, list[Variant]]) -> Product:
    return Product.model_validate({**row._asdict(), "variants": tuple(by_product.get(row.id, ()))})


def _product_row(product: Product) -> dict[str, Any]:
    return product.model_dump(exclude={"variants"})


def _variant_row(variant: Variant, position: int) -> dict[str, Any]:
    return {**variant.model_dump(), "position": position}
