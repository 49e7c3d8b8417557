"""The catalogue: products come back as they went in, stock is live, the version tells of changes."""

import pytest

from backend.domain.catalogue import FitOp, FitRule, Product, Relation, RelationKind, Variant
from backend.domain.errors import NotFound
from backend.store.database import Database
from tests.store.world import LAMP, ORDER, SHOP


async def test_a_product_comes_back_as_it_went_in(shop: Database) -> None:
    async with shop.records(SHOP) as records:
        assert await records.catalogue.get("P-1") == LAMP
        assert await records.catalogue.get("P-2") is None
        assert await records.catalogue.variants_of("P-1") == LAMP.variants
        assert await records.catalogue.variant("V-2") == LAMP.variants[1]
        assert await records.catalogue.live(["P-1", "P-2"]) == {"P-1": LAMP.variants}
        assert await records.catalogue.known(["P-1", "P-2"]) == {"P-1"}


async def test_many_come_in_the_order_asked_for_and_all_of_a_large_catalogue(database: Database) -> None:
    many = [
        Product(id=f"{i:04}", name=f"Lamp {i}", category="Lamps", variants=(_variant(i), _variant(i, "b")))
        for i in range(500)
    ]
    async with database.records(SHOP, write=True) as records:
        await records.catalogue.upsert_products(many)
    async with database.records(SHOP) as records:
        assert await records.catalogue.all() == tuple(many)
        found = await records.catalogue.get_many(["0400", "none", "0002", "0400"])
    assert [product.id for product in found] == ["0400", "0002"]


async def test_a_replaced_product_loses_the_variants_it_no_longer_has(shop: Database) -> None:
    renamed = LAMP.model_copy(update={"name": "Storm Lantern II", "variants": LAMP.variants[:1]})
    async with shop.records(SHOP, write=True) as records:
        await records.catalogue.upsert_products([renamed])
        assert await records.catalogue.get("P-1") == renamed
        assert await records.catalogue.variant("V-2") is None


async def test_stock_never_falls_below_zero_and_unknown_stays_unknown(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        assert await records.catalogue.adjust_stock("V-1", -2) == 1
        assert await records.catalogue.adjust_stock("V-1", -2) == 0
        assert await records.catalogue.adjust_stock("V-2", -2) is None
        with pytest.raises(NotFound):
            await records.catalogue.adjust_stock("V-9", 1)
        assert not await records.catalogue.take_stock("V-1", 1)
        await records.catalogue.return_stock("V-1", 2)
        assert await records.catalogue.take_stock("V-1", 2)
        assert await records.catalogue.take_stock("V-2", 5)
        assert not await records.catalogue.take_stock("V-3", 1)


async def test_the_version_changes_with_the_catalogue_and_not_with_stock(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        before = await records.catalogue.version()
        await records.catalogue.adjust_stock("V-1", 1)
        assert await records.catalogue.version() == before
        await records.catalogue.upsert_products([LAMP])
        assert await records.catalogue.version() != before


async def test_relations_and_fit_rules_are_replaced_by_what_identifies_them(shop: Database) -> None:
    oil = Relation(kind=RelationKind.BOUGHT_WITH, source_id="P-1", target_id="P-2", reason="often together")
    stronger = oil.model_copy(update={"strength": 0.5})
    rule = FitRule(
        name="wick",
        from_category="Wicks",
        to_category="Lanterns",
        from_spec="w",
        op=FitOp.EQUALS,
        to_spec="w",
        reason="r",
    )
    async with shop.records(SHOP, write=True) as records:
        await records.catalogue.upsert_relations([oil])
        await records.catalogue.upsert_relations([stronger])
        await records.catalogue.upsert_fit_rules([rule])
        await records.catalogue.upsert_fit_rules([rule.model_copy(update={"margin": 2.0})])
        assert await records.catalogue.relations() == (stronger,)
        assert [r.margin for r in await records.catalogue.fit_rules()] == [2.0]


def _variant(i: int, more: str = "") -> Variant:
    return Variant(id=f"v{i}{more}", product_id=f"{i:04}", price_cents=i)


async def test_what_is_bought_together_is_counted_by_orders_of_this_shop(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        for number in range(3):
            both = [ORDER.lines[0].model_copy(update={"id": f"a{number}"})]
            both += [
                both[0].model_copy(update={"id": f"{p}{number}", "product_id": p})
                for p in ("P-8", "P-9")[: 1 + number % 2]
            ]
            order = ORDER.model_copy(
                update={"id": f"ORD-9{number}", "lines": tuple(both), "payments": (), "deliveries": ()}
            )
            await records.orders.upsert([order.model_copy(update={"returns": (), "exchanges": (), "refunds": ()})])
    async with shop.records(SHOP) as records:
        assert await records.catalogue.bought_with(ORDER.lines[0].product_id, 5) == (("P-8", 3), ("P-9", 1))
        assert await records.catalogue.bought_with("P-8", 1) == ((ORDER.lines[0].product_id, 3),)
    async with shop.records("other") as records:
        assert await records.catalogue.bought_with("P-8", 5) == ()
