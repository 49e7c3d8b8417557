"""What can be bought, variant by variant, in columns: options that must hold together are asked of one item."""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from backend.domain.catalogue import Product, Spec, SpecFilter, Variant
from backend.domain.measures import unit_of
from backend.graph.measures import spec_unit
from backend.graph.text import plain

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

#: a figure that begins a value: "256GB", "1.5 liters", "13-inch", "1TB SSD", "10"
_FIGURE = re.compile(r"^(\d+(?:\.\d+)?)(?:[\s-]?([a-z\"°%/]+))?(?![\w.+-])", re.IGNORECASE)


class Items:
    """The variants of all products in a row. `specs` holds, by specification, the items and what each states of it.

    An option is one specification of the item. It takes the name of the product's own specification where that
    measures the same ("memory: 32 GB" is memory_gb).
    """

    def __init__(self, products: Sequence[Product]) -> None:
        self.variants: list[Variant] = []
        self.owners: list[int] = []
        self.specs: dict[str, tuple[list[int], list[Spec]]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._units: dict[str, str | None] = {}
        self._stocks: list[float] = []
        for index, product in enumerate(products):
            if any(variant.options for variant in product.variants):
                self._add(index, product)
        self._fill_in(products)
        self.product: Codes = np.array(self.owners, dtype=np.int64)

    @cached_property
    def price(self) -> Numbers:
        """Cents."""
        return np.array([v.price_cents for v in self.variants], dtype=np.float64)

    @cached_property
    def stock(self) -> Numbers:
        """1 can be had, 0 cannot, nan unknown."""
        return np.array(self._stocks, dtype=np.float64)

    def _add(self, index: int, product: Product) -> None:
        for variant in product.variants:
            for option, value in variant.options.items():
                spec = self._spec(product, option, value)
                places, specs = self.specs.setdefault(spec.name, ([], []))
                places.append(len(self.variants))
                specs.append(spec)
            self.variants.append(variant)
            self.owners.append(index)
            self._stocks.append(np.nan if product.in_stock is None else float(buyable(variant)))

    def _fill_in(self, products: Sequence[Product]) -> None:
        """An item without the option has what its product states."""
        options = [{option_key(option) for option in variant.options} for variant in self.variants]
        for name, (places, specs) in self.specs.items():
            stated = set(places)
            for place, owner in enumerate(self.owners):
                if place in stated or name in options[place]:
                    continue  # the product's own line would be the range of all its variants
                if (own := products[owner].spec(name)) is not None:
                    places.append(place)
                    specs.append(own)

    def _spec(self, product: Product, option: str, value: str) -> Spec:
        key = option_key(option)
        label = f"{option[:1].upper()}{option[1:]}"
        if value.lower() in ("yes", "no"):
            return Spec(name=key, label=label, value=value.lower() == "yes", text=value)
        number, unit = figure(value)
        if number is None:
            return Spec(name=key, label=label, value=_short(product, option, value), text=value)
        name = self._name(product, key, unit)
        own = spec_unit(name, None) if unit else None
        said = unit_of(unit) if unit else None
        factor = said.factor / own.factor if said and own and said.dimension == own.dimension else 1.0
        amount = round(number * factor, 6)
        exact = int(amount) if amount.is_integer() else amount
        return Spec(name=name, label=label, value=exact, text=value, unit=self._units.get(name))

    def _name(self, product: Product, key: str, unit: str | None) -> str:
        """The specification that an option with this unit is: the product's own, else one for the shop."""
        measured = unit_of(unit) if unit else None
        if unit is None or measured is None:
            return key
        for spec in product.specs:
            own = spec_unit(spec.name, spec.unit) if spec.name.startswith(f"{key}_") else None
            if own is not None and own.dimension == measured.dimension:
                self._units.setdefault(spec.name, spec.unit)
                return spec.name
        name = self._names.setdefault((key, measured.dimension), f"{key}_{plain(unit)}")
        self._units.setdefault(name, unit)
        return name


def _short(product: Product, option: str, value: str) -> str:
    """What stands before the parentheses of "M (37-44 cm)", where no other variant begins so."""
    short = value.partition(" (")[0]
    values = {variant.options.get(option, "") for variant in product.variants}
    return short if sum(other.partition(" (")[0] == short for other in values) == 1 else value


@lru_cache(maxsize=8192)
def figure(value: str) -> tuple[float | None, str | None]:
    """The figure of an option's value and its unit: "1TB SSD" → (1, "tb"), "10" → (10, None), "A5" → (None, None).

    A figure with a word that is no unit ("2 cups") is a text.
    """
    match = _FIGURE.match(value.strip())
    if match is None:
        return None, None
    unit = match[2] or ""
    if not unit and match.end() == len(value.strip()):
        return float(match[1]), None
    return (float(match[1]), unit) if unit_of(unit) is not None else (None, None)


def buyable(variant: Variant) -> bool:
    """Whether it can be had, as far as the shop knows."""
    return variant.available and (variant.stock is None or variant.stock > 0)


def option_key(option: str) -> str:
    """An option's name as a specification's: "screen size" → "screen_size"."""
    return re.sub(r"\W+", "_", option.strip().lower())


def options_of(variants: Sequence[Variant]) -> dict[str, tuple[str, ...]]:
    """Option name → the values that the variants have, in their order."""
    found: dict[str, dict[str, None]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def speaks(one: SpecFilter, option: str) -> bool:
    """Whether a condition is one of an option of that name."""
    key = option_key(option)
    return one.name == key or one.name.startswith(f"{key}_")
