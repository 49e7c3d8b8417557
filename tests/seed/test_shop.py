"""The seed shop's catalogue: what the product's owner asked for, by value, and nothing that contradicts itself."""

from collections import defaultdict

import pytest

from backend.domain.catalogue import FitOp, FitRule, Product, RelationKind
from tests.seed.reading import shop

PRICES = {
    "X1 Laptop": 129999,
    "X2 Laptop": 159999,
    "UltraBook 13": 99999,
    "Gaming Laptop G1": 139999,
    "SmartPhone Pro 12": 89999,
    "Wireless Earbuds Pro": 19999,
    "OLED TV 55": 129999,
    "USB-C Hub": 4999,
}
MAIN = (*PRICES, "SmartPhone Lite 10", "Smart Watch Pro", "4K Webcam", "Mechanical Keyboard", "Gaming Mouse",
        "Laptop Stand", "Power Bank 20000", "Portable Monitor")  # fmt: skip
SPECS = {
    "X1 Laptop": {"processor": "Intel Core i7-13700H", "memory_gb": 16, "storage_gb": 512, "screen_inches": 15.6,
                  "battery_hours": 12, "os": "Windows 11 Pro", "warranty_years": 2, "thunderbolt": False},
    "X2 Laptop": {"processor": "Intel Core i9-13900H", "memory_gb": 32, "storage_gb": 1000, "screen_inches": 16,
                  "battery_hours": 8, "warranty_years": 3, "thunderbolt": True},
    "UltraBook 13": {"memory_gb": 8, "storage_gb": 256, "battery_hours": 15},
    "Gaming Laptop G1": {"memory_gb": 32},
}  # fmt: skip
#: categories in which every product is the same kind of thing, so that comparisons have no holes
UNIFORM = ("Laptops", "Smartphones", "Earbuds", "TVs", "Monitors", "Wearables", "Networking", "Software")


def test_the_prices_of_the_issue() -> None:
    assert {name: shop().product(name).price_cents for name in PRICES} == PRICES


def test_every_main_product_is_sold() -> None:
    names = {product.name for product in shop().products.values()}
    assert names.issuperset(MAIN)
    assert len(names) == len(shop().products) >= 40
    assert len({product.category for product in shop().products.values()}) >= 8


@pytest.mark.parametrize("name", SPECS)
def test_the_specifications_of_the_issue(name: str) -> None:
    product = shop().product(name)
    found = {spec.name: spec.value for spec in product.specs if spec.name in SPECS[name]}
    assert found == SPECS[name]


def test_words_of_the_issue_that_shoppers_read() -> None:
    x1, x2 = shop().product("X1 Laptop"), shop().product("X2 Laptop")
    assert {"USB-C", "USB-A", "HDMI"} <= set(x1.spec("ports").value)  # type: ignore[union-attr, arg-type]
    assert "Thunderbolt 4" in x2.spec("ports").value  # type: ignore[union-attr, operator]
    assert "DDR5" in x1.spec("memory_gb").text and "NVMe" in x1.spec("storage_gb").text  # type: ignore[union-attr]
    assert "FHD" in x1.spec("screen_inches").text and "4K" in x2.spec("screen_inches").text  # type: ignore[union-attr]
    for name, chip in (("UltraBook 13", "Core i5"), ("Gaming Laptop G1", "Core i9")):
        assert chip in shop().product(name).spec("processor").text  # type: ignore[union-attr]


def test_three_laptops_under_1500() -> None:
    cheap = {p.name for p in shop().products.values() if p.category == "Laptops" and p.price_cents < 150_000}
    assert cheap == {"X1 Laptop", "UltraBook 13", "Gaming Laptop G1"}


def test_variants_are_distinct_and_their_own() -> None:
    seen: set[str] = set()
    for product in shop().products.values():
        assert product.variants, product.id
        options = [tuple(sorted(v.options.items())) for v in product.variants]
        assert len(set(options)) == len(options), product.name
        assert len({tuple(sorted(v.options)) for v in product.variants}) == 1, product.name
        for variant in product.variants:
            assert variant.product_id == product.id and variant.id not in seen
            assert variant.price_cents > 0 and variant.stock is not None
            assert variant.available == (variant.stock > 0)
            seen.add(variant.id)


def test_stock_has_every_case() -> None:
    products = shop().products.values()
    assert any(not p.in_stock for p in products)
    assert any(p.in_stock and any(v.stock == 0 for v in p.variants) for p in products)
    assert any(len({v.price_cents for v in p.variants if v.stock}) > 1 for p in products)


def test_specifications_line_up() -> None:
    labels: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for product in shop().products.values():
        names = [spec.name for spec in product.specs]
        assert len(set(names)) == len(names) >= 4, product.name
        for spec in product.specs:
            labels[spec.name].add((spec.label, spec.unit))
    assert [name for name, forms in labels.items() if len(forms) > 1] == []
    for category in UNIFORM:
        of_kind = [p for p in shop().products.values() if p.category == category]
        assert len(of_kind) > 1 and len({tuple(s.name for s in p.specs) for p in of_kind}) == 1, category


def test_an_alias_means_one_product_unless_listed() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for product in shop().products.values():
        for word in (product.name, product.model or "", *product.aliases):
            assert word, product.name
            owners[word.lower()].add(product.id)
    assert sorted(w for w, ids in owners.items() if len(ids) > 1) == sorted(shop().meta["ambiguous_aliases"])


def test_relations_join_products_once() -> None:
    seen = set()
    for relation in shop().relations:
        assert {relation.source_id, relation.target_id} <= shop().products.keys()
        pair = (relation.kind, frozenset((relation.source_id, relation.target_id)))
        assert len(pair[1]) == 2 and pair not in seen, relation
        seen.add(pair)
        assert relation.reason.endswith(".") and "$" not in relation.reason and 0 < relation.strength <= 1
    assert {kind for kind, _ in seen} == set(RelationKind)


def test_rules_name_real_categories_and_specifications() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for product in shop().products.values():
        names[product.category] |= {spec.name for spec in product.specs}
    for rule in shop().rules:
        assert rule.from_spec in names[rule.from_category], rule.name
        assert rule.to_spec in names[rule.to_category], rule.name
    assert len({rule.name for rule in shop().rules}) == len(shop().rules)


def test_rules_and_relations_agree() -> None:
    for relation in shop().relations:
        if relation.kind is RelationKind.COMPATIBLE_WITH:
            a, b = shop().products[relation.source_id], shop().products[relation.target_id]
            assert False not in _answers(a, b) + _answers(b, a), relation.reason


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        ("USB-C Hub", "X1 Laptop", True),
        ("Thunderbolt Dock", "X2 Laptop", True),
        ("Thunderbolt Dock", "X1 Laptop", False),
        ("Mechanical Keyboard", "UltraBook 13", False),
        ("Wall Charger 100W", "Gaming Laptop G1", False),
        ("Power Bank 20000", "X1 Laptop", True),
        ("Laptop Sleeve 16", "Gaming Laptop G1", False),
        ("Phone Case Pro 12", "SmartPhone Lite 10", False),
        ("TV Wall Mount", "OLED TV 55", True),
        ("Wireless Charging Pad", "SmartPhone Lite 10", False),
    ],
)
def test_what_the_rules_say(a: str, b: str, fits: bool) -> None:
    one, other = shop().product(a), shop().product(b)
    answers = _answers(one, other) + _answers(other, one)
    assert answers and all(answers) is fits


def _answers(left: Product, right: Product) -> list[bool]:
    return [
        _holds(rule, left.spec(rule.from_spec).value, right.spec(rule.to_spec).value)  # type: ignore[union-attr]
        for rule in shop().rules
        if (rule.from_category, rule.to_category) == (left.category, right.category)
        and left.spec(rule.from_spec)
        and right.spec(rule.to_spec)
    ]


def _holds(rule: FitRule, left: object, right: object) -> bool:
    if rule.op is FitOp.AT_LEAST:
        return float(left) >= float(right)  # type: ignore[arg-type]
    one, other = ({*v} if isinstance(v, tuple) else {v} for v in (left, right))
    return bool(one & other)
