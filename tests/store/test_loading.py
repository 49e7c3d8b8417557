"""Loading: every format, every bad row with its reason, and again without changing what did not change."""

import asyncio
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from backend.domain.catalogue import Spec
from backend.domain.errors import InvalidInput
from backend.domain.orders import DeliveryStatus, OrderStatus
from backend.store.database import Database
from backend.store.loading.load import Count, load_store

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SEED = Path(__file__).resolve().parents[2] / "seed_data" / "techpro"


def _store() -> dict[str, Any]:
    address = {"address1": "1 Mill Road", "address2": "", "city": "York", "state": "", "zip": "Y1", "country": "UK"}
    kettles = {
        "k1": {"item_id": "k1", "options": {"volume": "1.5L"}, "available": True, "price": 20.1},
        "k2": {"item_id": "k2", "options": {"volume": "0.5L"}, "available": True, "price": 18},
        "k3": {"item_id": "k3", "options": {"volume": "9L"}, "available": False, "price": 99},
    }
    item = {"name": "Kettle", "product_id": "K", "item_id": "k1", "price": 20.1, "options": {"volume": "1.5L"}}
    order = {
        "order_id": "#A1",
        "user_id": "ann",
        "address": address,
        "items": [item, item],
        "status": "pending (item modified)",
        "fulfillments": [{"tracking_id": ["T9"], "item_ids": ["k1", "k1"]}],
        "payment_history": [{"transaction_type": "payment", "amount": 40.2, "payment_method_id": "g1"}],
    }
    ann = {
        "user_id": "ann",
        "name": {"first_name": "Ann", "last_name": "Lee"},
        "email": "ann@x.example",
        "address": address,
        "payment_methods": {"g1": {"source": "gift_card", "id": "g1", "balance": 12.35}},
    }
    kettle = {"name": "Kettle", "product_id": "K", "variants": kettles}
    return {"products": {"K": kettle}, "users": {"ann": ann}, "orders": {"#A1": order}}


def _write(folder: Path, store: dict[str, Any]) -> Path:
    (folder / "store.json").write_text(json.dumps(store), encoding="utf-8")
    return folder


async def test_a_store_file_is_read_as_it_is_and_nothing_is_invented(database: Database, tmp_path: Path) -> None:
    report = await load_store(database, "corner-shop", _write(tmp_path, _store()))
    assert report.bad_rows == ()
    async with database.records("corner-shop") as records:
        policy = await records.policies.get()
        ann = await records.customers.by_email("ANN@x.example")
        kettle = await records.catalogue.get("K")
        order = await records.orders.get("#A1")
    assert policy is not None and policy.shop_name == "Corner Shop"
    assert (policy.has_dates, policy.return_window_days) == (False, None)
    assert ann is not None and ann.name == "Ann Lee" and ann.payment_methods[0].balance_cents == 1_235
    assert kettle is not None and (kettle.price_cents, kettle.in_stock, kettle.rating) == (1_800, True, None)
    assert kettle.specs == (Spec(name="volume", label="Volume", value=("0.5L", "1.5L"), text="0.5L, 1.5L"),)
    assert order is not None and (order.status, order.items_modified) == (OrderStatus.PENDING, True)
    assert order.placed_at is None and order.total_cents == 4_020 == order.paid_cents
    assert [line.id for line in order.lines] == ["1", "2"]
    (parcel,) = order.deliveries
    assert (parcel.tracking_number, parcel.line_ids, parcel.eta) == ("T9", ("1", "2"), None)
    assert parcel.status is DeliveryStatus.LABEL_CREATED
    assert order.payments[0].method_label == "gift card"


async def test_what_a_store_file_says_beyond_the_usual_is_kept(database: Database, tmp_path: Path) -> None:
    store = _store()
    store["products"]["K"] |= {"category": "Kitchen", "brand": "Hob", "description": "Boils.", "currency": "EUR"}
    store["products"]["K"]["variants"]["k1"]["stock"] = 4
    store["orders"]["#A1"] |= {"currency": "EUR", "items": [{**store["orders"]["#A1"]["items"][0], "quantity": 2}]}
    await load_store(database, "corner-shop", _write(tmp_path, store))
    async with database.records("corner-shop") as records:
        kettle, order = await records.catalogue.get("K"), await records.orders.get("#A1")
    assert kettle is not None and order is not None
    assert (kettle.category, kettle.brand, kettle.description, kettle.currency) == ("Kitchen", "Hob", "Boils.", "EUR")
    assert {variant.id: variant.stock for variant in kettle.variants} == {"k1": 4, "k2": None, "k3": None}
    assert (order.currency, order.lines[0].quantity, order.total_cents) == ("EUR", 2, 4_020)


async def test_every_bad_row_is_named_and_the_rest_loads(database: Database, tmp_path: Path) -> None:
    store = _store()
    order, ann, kettle = store["orders"]["#A1"], store["users"]["ann"], store["products"]["K"]
    store["products"]["K"]["variants"]["k2"]["price"] = "cheap"
    store["products"]["L"] = {"name": "Lid"}
    store["products"]["M"] = {**kettle, "product_id": "M"}
    store["users"]["bob"] = {**ann, "user_id": "bob", "email": None, "payment_methods": {}}
    store["users"]["cat"] = {**ann, "user_id": "cat"}
    store["orders"]["#A2"] = {**order, "order_id": "#A2", "user_id": "nobody", "fulfillments": []}
    store["orders"]["#A3"] = {**order, "order_id": "#A3", "status": "lost"}
    store["orders"]["#A4"] = {**order, "order_id": "#A4", "items": []}
    store["orders"]["#A5"] = {**order, "order_id": "#A1"}
    store["orders"]["#A6"] = "nonsense"
    store["users"]["dan"] = {**ann, "user_id": "dan", "email": "dan at example", "payment_methods": {}}
    sold = {**order["items"][0], "item_id": "gone"}
    store["orders"]["#A7"] = {**order, "order_id": "#A7", "items": [sold], "fulfillments": []}
    report = await load_store(database, "corner", _write(tmp_path, store))
    reasons = {row.place: row.reason for row in report.bad_rows}
    assert set(reasons) == {
        "products['K'].variants['k2']",
        "products['L']",
        "products['M'].variants['k2']",
        "products['M']",
        "users['bob']",
        "users['cat']",
        "users['dan']",
        *(f"orders['#A{i}']" for i in range(2, 7)),
    }
    assert reasons["products['L']"] == "product_id is missing"
    assert reasons["products['K'].variants['k2']"] == "an amount is no number"
    assert "variant k1 was given before" in reasons["products['M']"]
    assert "payment method g1 was given before" in reasons["users['cat']"]
    assert reasons["users['bob']"].startswith("email: ")
    assert reasons["users['dan']"] == "'dan at example' is no e-mail address"
    assert [(row.place, row.reason) for row in report.odd_rows] == [
        ("orders['#A7']", "the catalogue has no item gone")
    ], "it stays what was bought"
    assert reasons["orders['#A2']"] == "there is no customer nobody"
    assert reasons["orders['#A4']"] == "the order has no items"
    assert "was given before, at orders['#A1']" in reasons["orders['#A5']"]
    assert {name: count.total for name, count in report.counts.items()} == {
        "policy": 1,
        "customers": 1,
        "products": 1,
        "orders": 2,
    }


async def test_times_of_a_spreadsheet_are_refused_in_words(database: Database, tmp_path: Path) -> None:
    line = {"id": "1", "product_id": "K", "variant_id": "k", "name": "Kettle", "category": "Kettles"}
    order = {
        "customer_id": "ann",
        "status": "pending",
        "address": {"line1": "Main 1", "city": "Cologne", "zip": "50667"},
        "lines": [{**line, "quantity": 1, "unit_price_cents": 100}],
    }
    files: dict[str, object] = {
        "meta.json": {"name": "Corner"},
        "shop.json": {"shop_name": "Corner"},
        "customers.json": [{"id": "ann", "name": "Ann", "email": "ann@example.com"}],
        "orders.json": [
            {"id": f"A-{at}", "placed_at": said, **order}
            for at, said in enumerate(("2026-01-05T10:00:00Z", 46027.5, "2026-01-05 10:00"))
        ],
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8-sig")
    report = await load_store(database, "corner", tmp_path)
    assert report.counts["orders"].added == 1
    assert [(row.place, row.reason) for row in report.bad_rows] == [
        ("orders.json[1]", "placed_at: a number counts seconds since 1970: write it like 2026-03-01T14:30:00Z"),
        ("orders.json[2]", "placed_at: a time needs a zone: write it like 2026-03-01T14:30:00Z"),
    ]


async def test_loading_again_changes_only_what_changed_in_the_file(database: Database, tmp_path: Path) -> None:
    store = _store()
    await load_store(database, "corner", _write(tmp_path, store))
    async with database.records("corner", write=True) as records:
        await records.orders.set_status("#A1", OrderStatus.CANCELLED, "no longer needed")
        version = await records.catalogue.version()
    again = await load_store(database, "corner", _write(tmp_path, store))
    assert {name: (c.added, c.changed) for name, c in again.counts.items()} == dict.fromkeys(again.counts, (0, 0))
    store["users"]["ann"]["email"] = "ann@new.example"
    third = await load_store(database, "corner", _write(tmp_path, store))
    assert third.counts["customers"] == Count(changed=1)
    assert third.counts["orders"] == Count(unchanged=1)
    async with database.records("corner") as records:
        order = await records.orders.get("#A1")
        assert await records.catalogue.version() == version
        assert await records.customers.by_email("ann@new.example") is not None
    assert order is not None and order.status is OrderStatus.CANCELLED


async def test_a_catalogue_in_json_lines_gets_typed_specifications(database: Database, tmp_path: Path) -> None:
    tower = {
        "id": "t1",
        "category": "CPUCooler",
        "name": "Boreal 240 Tower",
        "brand": "Boreal",
        "price_name": "Boreal 240",
        "price_usd": 39.5,
        "specs": {
            "height": 158,
            "cpu_sockets": ["AM5", "LGA 1700"],
            "specifications": {"maxNoise": None, "tdp": 0, "waterCooled": False},
            "dimensions_mm": {"width": 120.5, "_id": "x"},
            "color": ["BLACK"],
            "headers": [{"quantity": 2, "pins": 4}, {"quantity": 1, "pins": 3}],
            "supply": "12 V",
            "ports": "1 x A    2 x B",
            "note": "Unknown",
            "sata_6_gb_s": 4,
        },
    }
    lines = [json.dumps(tower), "", "{broken", json.dumps({**tower, "id": "t2", "price_usd": None}), "[1]"]
    path = tmp_path / "parts.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    report = await load_store(database, "parts", path)
    assert [row.place for row in report.bad_rows] == ["parts.jsonl.gz line 3", "parts.jsonl.gz line 5"]
    async with database.records("parts") as records:
        product = await records.catalogue.get("t1")
        unpriced = await records.catalogue.get("t2")
    assert unpriced is not None and unpriced.variants == ()
    assert product is not None and (product.price_cents, product.in_stock, product.rating) == (3_950, None, None)
    assert (product.model, product.aliases) == ("240", ("Boreal 240",))
    assert {s.name: (s.value, s.unit, s.text) for s in product.specs} == {
        "height_mm": (158, "mm", "158 mm"),
        "cpu_sockets": (("AM5", "LGA 1700"), None, "AM5, LGA 1700"),
        "water_cooled": (False, None, "No"),
        "dimensions_width_mm": (120.5, "mm", "120.5 mm"),
        "color": (("Black",), None, "Black"),
        "headers": (("2 × Pins 4", "1 × Pins 3"), None, "2 × Pins 4, 1 × Pins 3"),
        "headers_count": (3, None, "3"),
        "supply_v": (12, "V", "12 V"),
        "ports": (("1 x A", "2 x B"), None, "1 x A, 2 x B"),
        "sata_6_gb_s": (4, None, "4"),
    }
    assert [s.label for s in product.specs][-1] == "SATA 6 Gb/s"


@pytest.mark.parametrize("content", ["", "{", "[]"])
async def test_what_is_no_store_is_refused_with_a_sentence(database: Database, tmp_path: Path, content: str) -> None:
    (tmp_path / "store.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput):
        await load_store(database, "corner", tmp_path)
    with pytest.raises(InvalidInput):
        await load_store(database, "corner", tmp_path / "missing")


async def test_the_seed_shop_loads_without_a_bad_row_and_its_numbers_go_on(database: Database) -> None:
    report = await load_store(database, "techpro", SEED)
    assert report.bad_rows == ()
    again = await load_store(database, "techpro", SEED)
    assert sum(c.added + c.changed for c in again.counts.values()) == 0
    async with database.records("techpro", write=True) as records:
        highest = max(int(c.id.split("-")[1]) for c in await records.complaints.all())
        assert await records.complaints.next_number("CMP") == f"CMP-{highest + 1}"
        assert len(await records.catalogue.relations()) == report.counts["relations"].added


async def test_progress_goes_from_the_first_row_to_the_last(database: Database, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    await load_store(database, "corner", _write(tmp_path, _store()), lambda done, total: seen.append((done, total)))
    assert seen == [(4, 4)]


@pytest.mark.skipif(not DATA.is_dir(), reason="left out: ../shared/data is not beside the checkout")
async def test_the_real_store_loads_beside_a_running_shop(shop: Database) -> None:
    async def shoppers() -> int:
        answered = 0
        while not load.done():
            async with shop.records("lanterns", write=True) as records:
                await records.orders.next_number("REF")
            answered += 1
            await asyncio.sleep(0.01)
        return answered

    load = asyncio.create_task(load_store(shop, "retail", DATA / "retail_store"))
    assert await shoppers() > 5
    report = load.result()
    assert report.bad_rows == ()
    assert {name: count.added for name, count in report.counts.items()} == {
        "policy": 1,
        "customers": 500,
        "products": 50,
        "orders": 1_000,
    }
    async with shop.records("retail") as records:
        products = await records.catalogue.all()
        orders = await records.orders.all()
    assert sum(len(p.variants) for p in products) == 591
    assert sum(v.available for p in products for v in p.variants) == 379
    assert sum(o.status is OrderStatus.PENDING for o in orders) == 423
    assert all(o.paid_cents == o.total_cents for o in orders)
