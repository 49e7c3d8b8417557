"""Catalogues as customers have them: columns with a mapping, Shopify's export, Merchant feeds; bad rows by line."""

import json
from pathlib import Path

import pytest

from backend.domain.catalogue import Product
from backend.domain.errors import InvalidInput
from backend.store.database import Database
from backend.store.loading.formats import open_source
from backend.store.loading.load import load_store
from backend.store.loading.numerals import writes_commas
from backend.store.loading.offers import price_of
from backend.store.loading.source import BadRow, Placed

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Status
wool-cap,Wool Cap,"<p>Keeps ears &amp; head
<b>warm</b>.</p>",Northpeak,Caps,"winter, wool",true,Color,Rust,Size,S,CAP-RS,shopify,4,deny,19.50,https://x.example/cap.png,active
wool-cap,,,,,,,,Rust,,L,CAP-RL,shopify,0,deny,21.50,,
wool-cap,,,,,,,,Sand,,L,CAP-SL,shopify,lots,deny,21.50,,
wool-cap,,,,,,,,,,,,,,,,https://x.example/cap-2.png,
tin-mug,Tin Mug,,Northpeak,,,true,Title,Default Title,,,,,,deny,9,,active
old-mug,Old Mug,,Northpeak,,,true,Title,Default Title,,,,,,deny,9,,draft
,Nameless,,,,,true,,,,,,,,,1,,active
"""
FEED = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<title>Shed &amp; Son</title>
<item>
 <g:id>S-1</g:id><title>Rain Shell</title><g:item_group_id>SHELL</g:item_group_id><g:price>89.00 EUR</g:price>
 <g:availability>in_stock</g:availability><g:color>Moss</g:color><g:size>M</g:size><g:brand>Shed</g:brand>
 <g:product_type>Clothing &gt; Jackets</g:product_type>
 <g:product_detail><g:attribute_name>Water column</g:attribute_name>
  <g:attribute_value>8000 mm</g:attribute_value></g:product_detail>
</item>
<item>
 <g:id>S-2</g:id><title>Rain Shell</title><g:item_group_id>SHELL</g:item_group_id><g:price>89.00 EUR</g:price>
 <g:sale_price>79.00 EUR</g:sale_price><g:availability>out of stock</g:availability><g:color>Moss</g:color><g:size>L</g:size>
</item>
<item><g:id>T-1</g:id><title>Tarp</title><g:price>cheap</g:price><g:availability>in_stock</g:availability></item>
<item><g:id>P-1</g:id><title>Peg</title><g:availability>in_stock</g:availability></item>
</channel></rss>
"""


def _read(path: Path) -> tuple[dict[str, Product], list[BadRow]]:
    rows = list(open_source(path, "corner-shop").read())
    products = [row.record for row in rows if isinstance(row, Placed) and isinstance(row.record, Product)]
    return {p.id: p for p in products}, [row for row in rows if isinstance(row, BadRow)]


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shopify_export_becomes_products_with_variants(tmp_path: Path) -> None:
    products, bad = _read(_file(tmp_path, "products_export.csv", SHOPIFY))
    assert list(products) == ["wool-cap", "tin-mug"]
    cap, mug = products.values()
    assert (cap.name, cap.brand, cap.category, cap.tags) == ("Wool Cap", "Northpeak", "Caps", ("winter", "wool"))
    assert cap.description == "Keeps ears & head warm ."
    assert [(v.id, dict(v.options), v.price_cents, v.stock) for v in cap.variants] == [
        ("CAP-RS", {"color": "Rust", "size": "S"}, 1950, 4),
        ("CAP-RL", {"color": "Rust", "size": "L"}, 2150, 0),
    ]
    assert (mug.category, mug.variants[0].options, mug.variants[0].stock, mug.in_stock) == ("Other", {}, None, None)
    assert [(row.place, row.reason.split(":")[0]) for row in bad] == [
        ("products_export.csv line 5", "could not convert string to float"),
        ("products_export.csv line 9", "the handle is missing"),
    ]


def test_a_merchant_feed_in_xml_groups_its_variants(tmp_path: Path) -> None:
    products, bad = _read(_file(tmp_path, "feed.xml", FEED))
    shell, peg = products["SHELL"], products["P-1"]
    assert [(v.id, dict(v.options), v.price_cents, v.available) for v in shell.variants] == [
        ("S-1", {"color": "Moss", "size": "M"}, 8900, True),
        ("S-2", {"color": "Moss", "size": "L"}, 7900, False),
    ]
    assert (shell.category, shell.brand, shell.currency) == ("Jackets", "Shed", "EUR")
    water = shell.spec("water_column_mm")
    assert water is not None and water.value == 8000
    assert peg.variants == ()  # no price is stated, and none is invented
    assert bad == [BadRow(place="feed.xml line 15", reason="'cheap' is no price")]


def test_what_only_the_title_of_a_variant_says_is_kept(tmp_path: Path) -> None:
    item = "<item><g:id>L-{}</g:id><title>Camp Lamp - {}</title><g:item_group_id>L</g:item_group_id>"
    rows = (
        item.format(n, title) + "<g:price>20 EUR</g:price><g:color>Red</g:color></item>"
        for n, title in enumerate(("Red, small", "Red, large with dimmer"))
    )
    feed = f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{"".join(rows)}</channel></rss>'
    (lamp,) = _read(_file(tmp_path, "feed.xml", feed))[0].values()
    assert lamp.name == "Camp Lamp Red"
    assert [dict(v.options) for v in lamp.variants] == [
        {"color": "Red", "version": "small"},
        {"color": "Red", "version": "large with dimmer"},
    ]


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    products, bad = _read(_file(tmp_path, "feed.xml", FEED.replace("<item><g:id>P-1", "<item><g:id>P-1</title>")))
    assert set(products) == {"SHELL"}
    assert [row.place for row in bad] == ["feed.xml line 15", "feed.xml line 16"]


def test_a_feed_may_not_declare_entities(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>' + FEED.split("?>", 1)[1]
    with pytest.raises(InvalidInput):
        open_source(_file(tmp_path, "feed.xml", bomb), "corner-shop")


def test_a_merchant_feed_as_a_table(tmp_path: Path) -> None:
    header = "id\ttitle\tprice\tavailability\tbrand\tgoogle product category\tproduct detail"
    rows = [
        "K1\tOak Stool\t45 USD\tin stock\tShed\tFurniture > Stools\tGeneral:Seat height:45 cm",
        "K2\t\t45 USD\tin stock",
    ]
    products, bad = _read(_file(tmp_path, "feed.tsv", "\n".join([header, *rows])))
    stool = products["K1"]
    height = stool.spec("seat_height_cm")
    assert (stool.category, stool.variants[0].price_cents) == ("Stools", 4500)
    assert height is not None and height.value == 45
    assert bad == [BadRow(place="feed.tsv line 3", reason="the title is missing")]


def test_a_table_with_a_mapping(tmp_path: Path) -> None:
    _file(
        tmp_path,
        "stock.mapping.json",
        json.dumps(
            {"id": "Art.", "name": "Bezeichnung", "price": "Preis", "currency": {"value": "EUR"}, "category": "Gruppe",
             "stock": "Bestand", "group": "Stamm", "options": {"color": "Farbe"}, "specs": {"Weight kg": "kg"}}
        ),
    )  # fmt: skip
    text = (
        "Art.;Stamm;Bezeichnung;Preis;Gruppe;Bestand;Farbe;kg\n"
        '1;A;"Stuhl ""Ida""";1.249,50 €;Stühle;3;rot;4.5\n'
        "2;A;Stuhl;1.199,00;Stühle;;grau;4.5\n"
        "3;;Tisch;-5;Tische;1;;\n"
        "2;;Hocker;5;Hocker;1;;\n"
    )
    products, bad = _read(_file(tmp_path, "stock.csv", text))
    (chair,) = products.values()
    assert (chair.name, chair.category, chair.currency) == ('Stuhl "Ida"', "Stühle", "EUR")
    assert [(v.options["color"], v.price_cents, v.stock) for v in chair.variants] == [
        ("rot", 124950, 3),
        ("grau", 119900, None),
    ]
    weight = chair.spec("weight_kg")
    assert weight is not None and weight.value == 4.5
    assert [(row.place, row.reason) for row in bad] == [
        ("stock.csv line 4", "the price is below zero"),
        ("stock.csv line 5", "the id 2 was given before, at stock.csv line 3"),
    ]


def test_json_lines_with_a_mapping(tmp_path: Path) -> None:
    _file(
        tmp_path,
        "mapping.json",
        json.dumps({"id": "ref", "name": "text.en", "price": "cost", "cents": True, "specs": {"Power": "tech.power"}}),
    )
    lines = [
        {"ref": 7, "text": {"en": "Desk Fan"}, "cost": 2999, "tech": {"power": "30 W"}},
        {"ref": 8, "text": {}},
        ["no object"],
    ]
    products, bad = _read(_file(tmp_path, "goods.jsonl", "\n".join(map(json.dumps, lines))))
    fan = products["7"]
    power = fan.spec("power_w")
    assert fan.variants[0].price_cents == 2999 and power is not None and power.value == 30
    assert [row.place for row in bad] == ["goods.jsonl line 2", "goods.jsonl line 3"]


def test_json_lines_by_usual_names_need_no_mapping(tmp_path: Path) -> None:
    file = tmp_path / "jugs.jsonl"
    rows = [
        {"sku": "J-1", "title": "Jug", "department": "Jugs", "price": 12, "capacity": "1.5 l", "cord": "75 cm"},
        {"sku": "J-2", "title": "Tall Jug", "price": 14, "capacity": "900 ml"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    products, bad = _read(file)
    assert [(p.name, p.price_cents) for p in products.values()] == [("Jug", 1200), ("Tall Jug", 1400)] and not bad


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.5 l", 1.5, "l"),
        ("900 ml", 900, "ml"),
        ("2,200 W", 2200, "W"),
        ("12 hours", 12, "hours"),
        ("3 lbs", 3, "lbs"),
        ("-7 °C", -7, "°C"),
        ("1.7 litres", 1.7, "litres"),
    ],
)
def test_a_figure_with_its_unit_is_a_measure(tmp_path: Path, text: str, value: float, unit: str) -> None:
    file = tmp_path / "things.jsonl"
    file.write_text(json.dumps({"id": "T-1", "name": "Thing", "price": 1, "specs": {"size": text}}))
    suffix = {"lbs": "lb", "litres": "l", "°C": "degrees"}.get(unit, unit.lower())
    spec = _read(file)[0]["T-1"].specs[0]
    assert (spec.name, spec.value, spec.unit) == (f"size_{suffix}", value, unit)


def test_usual_columns_need_no_mapping_and_others_do(tmp_path: Path) -> None:
    products, _ = _read(
        _file(tmp_path, "a.csv", "SKU,Product Name,Price,Memory GB,Wireless\nX,Box,$1,299.00\nY,Bag,12.50,16,yes\n")
    )
    bag = products["Y"]
    assert bag.variants[0].price_cents == 1250
    assert {s.name: s.value for s in bag.specs} == {"memory_gb": 16, "wireless": True}
    with pytest.raises(InvalidInput, match="mapping"):
        open_source(_file(tmp_path, "b.csv", "colonne,autre\n1,2\n"), "corner-shop")
    _file(tmp_path, "c.mapping.json", '{"id": "colonne"}')
    with pytest.raises(InvalidInput, match=r"c\.mapping\.json"):
        open_source(_file(tmp_path, "c.csv", "colonne,autre\n1,2\n"), "corner-shop")


@pytest.mark.parametrize(
    ("said", "cents", "currency"),
    [("15.00 USD", 1500, "USD"), ("$1,299.99", 129999, "USD"), ("1.299,99 €", 129999, "EUR"), ("1,299", 129900, None),
     ("12,5", 1250, None), ("GBP 7", 700, "GBP"), ("1.500", 150, None), ("", None, None), (3.2, 320, None),
     ("1\N{NO-BREAK SPACE}049,00 €", 104900, "EUR"), ("1'299.00 CHF", 129900, "CHF"), ("99,-", 9900, None), ("₹1,299", 129900, "INR")],
)  # fmt: skip
def test_prices_as_files_write_them(said: object, cents: int | None, currency: str | None) -> None:
    assert price_of(said) == (cents, currency)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_spreadsheet_with_commas_before_the_cents(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "mapping.json").write_text(
        '{"id": "Nr", "name": "Artikel", "price": "Preis", "stock": "Bestand", "available": "Lieferbar",'
        ' "rating": "Note", "specs": {"weight": "Gewicht", "version": "Fassung"}}'
    )
    rows = "Nr;Artikel;Preis;Bestand;Lieferbar;Note;Gewicht;Fassung\nA-1;Mühle;1.299 €;1.200;ja;4,5;11,5 kg;5.3\n"
    file = tmp_path / "waren.csv"
    file.write_bytes((rows + "A-2;Kanne;24,90 €;0;nein;;0.125 kg;2\n").encode(encoding))
    products, bad = _read(file)
    assert (not bad, products["A-1"].name, products["A-1"].rating) == (True, "Mühle", 4.5)
    assert [products[i].variants[0].price_cents for i in ("A-1", "A-2")] == [129900, 2490]
    assert [(v.stock, v.available) for i in ("A-1", "A-2") for v in products[i].variants] == [(1200, True), (0, False)]
    assert [spec.value for spec in products["A-1"].specs] == [11.5, 5.3]
    assert products["A-2"].specs[0].value == 0.125


@pytest.mark.parametrize(
    ("prices", "commas"),
    [(["89 €", "1.299 €"], True), (["129.990", "8.500"], False), (["89", "1.299"], True), (["1.299,-"], True),
     (["1,299.00", "12,5"], False), (["12,50", "1.299"], True), (["1,299"], False), ([], False), ([12.5], False)],
)  # fmt: skip
def test_how_a_file_writes_its_numbers_is_told_by_its_prices(prices: list[object], commas: bool) -> None:
    assert writes_commas(prices) is commas


def test_what_cannot_be_loaded_is_told_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "mapping.json").write_text('{"id": "Nr", "name": "Artikel", "price": "Preise"}')
    _file(tmp_path, "a.csv", "Nr;Artikel;Preis\n1;Topf;5\n")
    with pytest.raises(InvalidInput, match=r"a\.csv \(Nr, Artikel, Preis\) lacks: Preise"):
        open_source(tmp_path, "corner-shop")
    _file(tmp_path, "b.csv", "Nr;Artikel;Preis\n2;Dose;6\n")
    with pytest.raises(InvalidInput, match=r"several catalogues \(a\.csv, b\.csv\)"):
        open_source(tmp_path, "corner-shop")
    with pytest.raises(InvalidInput, match="save a spreadsheet as CSV"):
        open_source(_file(tmp_path, "c.xlsx", "PK"), "corner-shop")


async def test_loading_again_changes_only_what_changed(database: Database, tmp_path: Path) -> None:
    path = _file(tmp_path, "products_export.csv", SHOPIFY)
    first = await load_store(database, "corner-shop", path)
    assert (first.counts["products"].added, len(first.bad_rows)) == (2, 2)
    _file(tmp_path, "products_export.csv", SHOPIFY.replace("deny,9,,active", "deny,10,,active"))
    again = (await load_store(database, "corner-shop", path)).counts["products"]
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)
    async with database.records("corner-shop") as records:
        mug = await records.catalogue.get("tin-mug")
    assert mug is not None and mug.price_cents == 1000


def test_figures_in_other_units_of_a_file_are_given_in_its_usual_one(tmp_path: Path) -> None:
    rows = [("A", "1.2 kg"), ("B", "900 g"), ("C", "2.4 kg"), ("D", "16 oz")]
    lines = [json.dumps({"id": one, "name": one, "price": 1, "specs": {"weight": said}}) for one, said in rows]
    found, _ = _read(_file(tmp_path, "things.jsonl", "\n".join(lines)))
    told = [(found[one].specs[0].name, found[one].specs[0].value, found[one].specs[0].text) for one, _ in rows]
    assert told == [
        ("weight_kg", 1.2, "1.2 kg"),
        ("weight_kg", 0.9, "900 g"),
        ("weight_kg", 2.4, "2.4 kg"),
        ("weight_kg", 0.453592, "16 oz (0.454 kg)"),
    ]


def test_what_is_reduced_costs_its_sale_price_while_the_sale_lasts(tmp_path: Path) -> None:
    rows = (
        "id\ttitle\tprice\tavailability\tsale price\tsale price effective date",
        "A\tRake\t40 EUR\tin_stock\t30 EUR\t2020-01-01T00:00+0100/2120-01-01T00:00+0100",
        "B\tHoe\t40 EUR\tin_stock\t30 EUR\t2020-01-01T00:00+0100/2020-02-01T00:00+0100",
        "C\tSpade\t40 EUR\tin_stock\t\t",
    )
    found, bad = _read(_file(tmp_path, "feed.tsv", "\n".join(rows)))
    told = {one: (p.price_cents, p.spec("on_sale") and p.spec("on_sale").text) for one, p in found.items()}  # type: ignore[union-attr]
    assert told == {"A": (3000, "Yes, was €40.00"), "B": (4000, "No"), "C": (4000, "No")}
    assert not bad


def test_a_variant_is_found_by_its_own_title_and_named_without_it(tmp_path: Path) -> None:
    rows = (
        "id,title,price,availability,item_group_id,color",
        "A,Red Rake 20,9 EUR,in_stock,R,Red",
        "B,Blue Rake 20,9 EUR,in_stock,R,Blue",
    )
    rake = _read(_file(tmp_path, "feed.csv", "\n".join(rows)))[0]["R"]
    assert (rake.name, rake.aliases) == ("Rake 20", ("Red Rake 20", "Blue Rake 20"))
    assert [variant.options for variant in rake.variants] == [{"color": "Red"}, {"color": "Blue"}]


def test_goods_without_a_price_still_say_in_what_they_come(tmp_path: Path) -> None:
    rows = (
        "id,title,price,availability,item_group_id,color,product detail",
        "A,Rake,,in_stock,R,Red,General:Foldable:Yes",
        "B,Rake,,in_stock,R,Blue,General:Teeth:14",
    )
    rake = _read(_file(tmp_path, "feed.csv", "\n".join(rows)))[0]["R"]
    assert not rake.variants
    assert [(spec.name, spec.value) for spec in rake.specs] == [("foldable", True), ("color", ("Red", "Blue"))]


def test_lines_with_an_id_and_a_name_keep_all_that_they_state(tmp_path: Path) -> None:
    lines = [
        {"id": "K-1", "name": "Oak Kayak", "category": "Kayaks", "price": 900, "sale_price": 810, "color": "red"},
        {"id": "K-2", "name": "Elm Kayak", "category": ["Boats", "Kayaks"], "price": {"amount": 700, "currency": "EUR"},
         "rating": {"rate": 4.5, "count": 12}, "attributes": {"hull": {"length": "3.1 m"}}, "stock": "low stock?"},
        {"id": "K-3", "name": "Ash Kayak", "price": "700", "rating": "4.1/5", "review_count": "1,204", "stock": "sold out"},
    ]  # fmt: skip
    products, bad = _read(_file(tmp_path, "boats.jsonl", "\n".join(map(json.dumps, lines))))
    oak, ash = products["K-1"], products["K-3"]
    assert (oak.price_cents, oak.category) == (81000, "Kayaks")
    assert {s.name: s.text for s in oak.specs} == {"color": "red", "on_sale": "Yes, was $900.00"}
    assert (ash.rating, ash.review_count, ash.in_stock) == (4.1, 1204, False)
    assert [row.place for row in bad] == ["boats.jsonl line 2"]  # nobody can tell whether it is there
    del lines[1]["stock"]
    elm = _read(_file(tmp_path, "boats.jsonl", "\n".join(map(json.dumps, lines))))[0]["K-2"]
    assert (elm.category, elm.currency, elm.price_cents, elm.rating, elm.review_count) == (
        "Kayaks",
        "EUR",
        70000,
        4.5,
        12,
    )
    hull = elm.spec("hull_length_m")
    assert hull is not None and hull.value == 3.1


def test_a_list_in_json_has_variants_inside(tmp_path: Path) -> None:
    inner = [
        {"sku": "C-S", "title": "Small", "option1": "S", "price": "19.00", "inventory": 3, "barcode": "1"},
        {"sku": "C-M", "title": "Medium", "option1": "M", "price": "21.00", "inventory": 0},
    ]
    cap = {"id": 5, "title": "Felt Cap", "vendor": "Ilse", "options": [{"name": "Size"}], "variants": inner}
    file = _file(tmp_path, "list.json", json.dumps({"products": [cap, {"id": 6, "title": "Band", "price": 4}]}))
    products, bad = _read(file)
    found = [(v.id, v.options, v.price_cents, v.stock) for v in products["5"].variants]
    assert found == [("C-S", {"size": "S"}, 1900, 3), ("C-M", {"size": "M"}, 2100, 0)] and not bad
    assert (products["5"].name, products["5"].brand, products["6"].price_cents) == ("Felt Cap", "Ilse", 400)


def test_a_woocommerce_export_becomes_products_with_variants(tmp_path: Path) -> None:
    table = """\
ID,Type,SKU,Name,Published,In stock?,Stock,Weight (kg),Sale price,Regular price,Categories,Parent,Attribute 1 name,\
Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)
1,variable,SEED,Bird Seed,1,1,,,,,"Birds > Food, New",,Bag,"1 kg, 5 kg",Grain,millet
2,variation,SEED-1,Bird Seed - 1 kg,1,1,4,1,,3.50,,SEED,Bag,1 kg,,
3,variation,SEED-5,Bird Seed - 5 kg,1,0,0,5,12.00,14.00,,id:1,Bag,5 kg,,
4,simple,DISH,Water Dish,1,1,9,0.2,,6.00,Birds,,Colour,blue,,
5,simple,OLD,Old Dish,0,1,9,,,6.00,Birds,,,,,
"""
    products, bad = _read(_file(tmp_path, "wc-products.csv", table))
    seed = products["SEED"]
    assert [(v.id, v.options, v.price_cents, v.stock) for v in seed.variants] == [
        ("SEED-1", {"bag": "1 kg"}, 350, 4),
        ("SEED-5", {"bag": "5 kg"}, 1200, 0),
    ]
    assert (seed.category, seed.tags, list(products), bad) == ("Food", ("Birds",), ["SEED", "DISH"], [])
    weight, grain = seed.spec("weight_kg"), seed.spec("grain")
    assert weight is not None and (weight.value, weight.text) == (1, "1 to 5 kg")
    assert grain is not None and grain.value == "millet"
