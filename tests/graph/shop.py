# ruff: noqa: E501  one product a line reads as the table it is
"""A small shop for tests: a few products whose answers anyone can check by eye."""

from collections.abc import Sequence
from typing import Any

from backend.domain.catalogue import FitRule, Product, Relation, RelationKind, Spec, SpecValue, Variant
from backend.graph.catalogue import Catalogue

UNITS = {
    "memory_gb": "GB",
    "storage_gb": "GB",
    "screen_in": "inch",
    "battery_h": "h",
    "weight_kg": "kg",
    "width_mm": "mm",
    "refresh_hz": "Hz",
}


def spec(name: str, value: SpecValue) -> Spec:
    label = (
        name.rsplit("_", 1)[0].replace("_", " ").capitalize() if name in UNITS else name.replace("_", " ").capitalize()
    )
    unit = UNITS.get(name)
    shown = (
        ", ".join(value)
        if isinstance(value, tuple)
        else ("yes" if value else "no")
        if isinstance(value, bool)
        else str(value)
    )
    return Spec(name=name, label=label, value=value, text=f"{shown} {unit}" if unit else shown, unit=unit)


def product(
    number: int, name: str, category: str, dollars: float, *, brand: str | None = None, stock: int | None = 5,
    rating: float | None = None, **specs: Any,
) -> Product:  # fmt: skip
    extra = {key: specs.pop(key) for key in ("aliases", "tags", "model", "description") if key in specs}
    variant = Variant(id=f"{number}-v", product_id=str(number), price_cents=round(dollars * 100), stock=stock)
    made = tuple(spec(key, value) for key, value in specs.items())
    return Product(
        id=str(number),
        name=name,
        category=category,
        brand=brand,
        rating=rating,
        specs=made,
        variants=(variant,),
        **extra,
    )


PRODUCTS = (
    product(1, "Falcon 7 Laptop", "Laptops", 1100, brand="Northwind", rating=4.6, memory_gb=16, storage_gb=512, screen_in=15.6, battery_h=11, weight_kg=1.8, ports=("USB-C", "HDMI"), aliases=("Falcon 7",), model="F7-2024"),
    product(2, "Falcon 9 Laptop", "Laptops", 1700, brand="Northwind", rating=4.8, memory_gb=32, storage_gb=1000, screen_in=16, battery_h=9, weight_kg=2.1, ports=("USB-C", "Thunderbolt 4")),
    product(3, "SwiftBook Air", "Laptops", 899, brand="Lumen", rating=4.2, stock=0, memory_gb=8, storage_gb=256, screen_in=13.3, battery_h=16, weight_kg=1.1, ports=("USB-C",)),
    product(4, "Gaming Laptop R5", "Laptops", 1500, brand="Lumen", rating=None, stock=None, memory_gb=32, storage_gb=1000, screen_in=17.3, battery_h=6, weight_kg=2.7, ports=("USB-C", "HDMI"), tags=("gaming",)),
    product(5, "SmartPhone One", "Smartphones", 650, brand="Lumen", rating=4.1, storage_gb=128, screen_in=6.1, color=("Black", "White")),
    product(6, "SmartPhone One Max", "Smartphones", 850, brand="Lumen", rating=4.4, storage_gb=256, screen_in=6.7, color=("Black",)),
    product(7, "Vista TV 50", "TVs", 799, brand="Vista", rating=4.0, screen_in=50, panel="OLED", refresh_hz=120),
    product(8, "Dock Station Mini", "Accessories", 59, brand="Northwind", rating=4.3, connector="USB-C", weight_kg=0.2),
    product(9, "Dock Station Max", "Accessories", 119, brand="Northwind", rating=4.3, stock=0, connector="USB-C", weight_kg=0.5),
    product(10, "Classic VGA Cable", "Accessories", 9, brand="Vista", rating=3.1, connector="VGA"),
    product(11, "Zen Mouse", "Accessories", 39, brand="Lumen", rating=4.7, connectivity=("Wireless", "Bluetooth"), weight_kg=0.1),
    product(12, "Wave Headphones", "Audio", 149, brand="Vista", rating=4.5, wireless=True, battery_h=30, weight_kg=0.25),
    product(13, "Wave Buds", "Audio", 79, brand="Vista", rating=3.9, wireless=True, battery_h=6, weight_kg=0.05, aliases=("Wave earbuds",)),
    product(14, "Sleeve 14", "Accessories", 25, brand="Vista", rating=4.0, max_width_mm=330, material="Felt"),
    product(15, "Ryzo 5 CPU", "CPU", 210, brand="Ryzo", socket="AM5", tdp_w=65),
    product(16, "Board Pro WIFI", "Motherboard", 180, brand="Vista", socket="AM5", form_factor="ATX", ram_type="DDR5", memory_slots=4),
    product(17, "Board Lite", "Motherboard", 90, brand="Vista", socket="AM4", form_factor="Micro ATX", ram_type="DDR4", memory_slots=2),
    product(18, "Cube Case", "PCCase", 70, brand="Lumen", supported_motherboard_form_factors=("Mini-ITX", "Micro-ATX"), max_video_card_length=250, max_cpu_cooler_height=150),
    product(19, "Tower Case", "PCCase", 110, brand="Lumen", supported_motherboard_form_factors=("ATX", "Micro ATX"), max_video_card_length=380),
    product(20, "Blaze GPU 12", "GPU", 520, brand="Ryzo", length=300, memory_gb=12, tdp_w=220),
)  # fmt: skip
RELATIONS = (
    Relation(
        kind=RelationKind.BOUGHT_WITH, source_id="1", target_id="14", reason="bought together 12 times", strength=12
    ),
    Relation(kind=RelationKind.COMPATIBLE_WITH, source_id="11", target_id="1", reason="works over Bluetooth"),
    Relation(kind=RelationKind.SIMILAR_TO, source_id="1", target_id="3", reason="lighter, for travelling"),
)
RULES = (
    FitRule.model_validate(
        {"name": "dock on laptop", "from_category": "Accessories", "to_category": "Laptops", "from_spec": "connector",
         "op": "in", "to_spec": "ports", "reason": "dock plugs into {from}, laptop has {to}"}
    ),
)  # fmt: skip


class Shelf:
    """Records of one shop: what a catalogue loads, and a version that moves with every change."""

    def __init__(self, products: Sequence[Product] = PRODUCTS) -> None:
        self.products, self.number, self.loads = tuple(products), 1, 0

    def change(self, products: Sequence[Product]) -> None:
        self.products, self.number = tuple(products), self.number + 1

    async def load(self, tenant: str) -> tuple[Product, ...]:
        self.loads += 1
        return self.products if tenant == "small" else ()

    async def version(self, tenant: str) -> int:
        return self.number


def catalogue(shelf: Shelf | None = None) -> Catalogue:
    shelf = shelf or Shelf()
    return Catalogue(shelf.load, shelf.version)


async def relations(tenant: str) -> tuple[Relation, ...]:
    return RELATIONS if tenant == "small" else ()


async def rules(tenant: str) -> tuple[FitRule, ...]:
    return RULES if tenant == "small" else ()
