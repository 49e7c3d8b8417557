"""A shop's products in memory, laid out in columns so that filters, sorts and counts are a few array steps."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.domain.catalogue import Product, Spec
from backend.graph.items import Items, option_key
from backend.graph.kinds import spaced
from backend.graph.text import squeezed, stems

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
#: what a word is worth by the place where it stands
_WEIGHTS = {"name": 6.0, "alias": 6.0, "brand": 4.0, "category": 4.0, "tag": 3.0, "spec": 1.5, "description": 0.5}


class Snapshot:
    """Products of one version of the catalogue. Only their stock and price move; parts are built when first needed."""

    def __init__(self, products: Sequence[Product], version: Hashable) -> None:
        self.products = tuple(products)
        self.version = version
        self.by_id = {product.id: product for product in self.products}

    def restock(self, products: Sequence[Product]) -> None:
        """Take over the same products with the prices and stock of this moment."""
        if all(new is old for new, old in zip(products, self.products, strict=True)):
            return
        self.products = tuple(products)
        self.by_id = {product.id: product for product in self.products}
        for column in ("price", "stock", "items", "item_columns"):
            self.__dict__.pop(column, None)

    @cached_property
    def currency(self) -> str:
        """In which most prices are, and bounds are meant."""
        return Counter(p.currency for p in self.products).most_common(1)[0][0] if self.products else "USD"

    @cached_property
    def price(self) -> Numbers:
        """Cents; nan where the shop names no price."""
        return np.array([p.price_cents if p.variants else np.nan for p in self.products], dtype=np.float64)

    @cached_property
    def rating(self) -> Numbers:
        """Stars; nan where unknown."""
        return np.array([np.nan if p.rating is None else p.rating for p in self.products], dtype=np.float64)

    @cached_property
    def stock(self) -> Numbers:
        """1 in stock, 0 not, nan unknown."""
        known = (p.in_stock if p.variants else None for p in self.products)
        return np.array([np.nan if s is None else float(s) for s in known], dtype=np.float64)

    @cached_property
    def categories(self) -> tuple[tuple[str, ...], Codes]:
        """The categories, and each product's place among them."""
        return _coded([p.category for p in self.products])

    @cached_property
    def brands(self) -> tuple[tuple[str, ...], Codes]:
        """The brands as the shop writes them ("" for none), and each product's place among them."""
        return _coded([p.brand or "" for p in self.products])

    @cached_property
    def names(self) -> Numbers:
        """Each product's place by name."""
        order = sorted(range(len(self.products)), key=lambda index: self.products[index].name.lower())
        places = np.empty(len(order))
        places[order] = np.arange(len(order))
        return places

    @cached_property
    def items(self) -> Items:
        """The variants that differ by options."""
        return Items(self.products)

    @cached_property
    def item_columns(self) -> dict[str, "SpecColumn"]:
        """The specifications that are options, over the items."""
        return {name: SpecColumn(len(self.items.variants), *row) for name, row in self.items.specs.items()}

    @cached_property
    def spec_columns(self) -> dict[str, "SpecColumn"]:
        """Every specification by name. An option is one: a product states it once for each value it comes in."""
        rows: dict[str, tuple[list[int], list[Spec]]] = {}
        for index, product in enumerate(self.products):
            options = {option_key(option) for variant in product.variants for option in variant.options}
            for spec in product.specs:
                if spec.name in options:
                    continue
                indexes, specs = rows.setdefault(spec.name, ([], []))
                indexes.append(index)
                specs.append(spec)
        for name, (places, listed) in self.items.specs.items():
            indexes, specs = rows.setdefault(name, ([], []))
            known = set(zip(indexes, (spec.text for spec in specs), strict=True))
            for place, spec in zip(places, listed, strict=True):
                owner = self.items.owners[place]
                if (owner, spec.text) not in known:
                    known.add((owner, spec.text))
                    indexes.append(owner)
                    specs.append(spec)
        items = self.items.specs
        return {name: SpecColumn(len(self.products), *row, optional=name in items) for name, row in rows.items()}

    @cached_property
    def postings(self) -> dict[str, dict[int, float]]:
        """Word in the singular → product → weight."""
        found: dict[str, dict[int, float]] = {}
        for index, product in enumerate(self.products):
            for word, weight in _weighed_words(product).items():
                found.setdefault(word, {})[index] = weight
        return found

    @cached_property
    def heads(self) -> dict[str, list[int]]:
        """The last words of several categories' names ("guitar" of electric and acoustic ones) → those categories."""
        found: dict[str, list[int]] = {}
        for code, category in enumerate(self.categories[0]):
            if last := stems(spaced(category))[-1:]:
                found.setdefault(last[0], []).append(code)
        return {word: codes for word, codes in found.items() if len(codes) > 1}

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """Words asked for → words of the catalogue that they mean; filled as words come up."""
        return {}

    @cached_property
    def sorted_words(self) -> list[str]:
        """Every word, sorted, to find those that begin alike."""
        return sorted(self.postings)


class SpecColumn:
    """One specification over all rows (products or items) that state it."""

    def __init__(self, size: int, indexes: list[int], specs: list[Spec], *, optional: bool = True) -> None:
        self.optional = optional  # whether variants differ in it
        self.size, self.indexes, self.specs = size, np.array(indexes, dtype=np.int64), specs
        self.label, self.unit = specs[0].label, next((s.unit for s in specs if s.unit), None)

    @cached_property
    def numbers(self) -> Numbers:
        """The value of every row, the least where it has several; nan where it is missing or no number."""
        column = np.full(self.size, np.nan)
        np.fmin.at(column, self.indexes, self.amounts)
        return column

    @cached_property
    def highest(self) -> Numbers:
        """The same with the greatest where a row has several."""
        column = np.full(self.size, np.nan)
        np.fmax.at(column, self.indexes, self.amounts)
        return column

    @cached_property
    def amounts(self) -> Numbers:
        """The numbers of `specs`, one after another; nan where there is none."""
        return np.array(
            [s.value if isinstance(s.value, int | float) and not isinstance(s.value, bool) else np.nan
             for s in self.specs], dtype=np.float64,
        )  # fmt: skip

    @cached_property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return not bool(np.isnan(self.numbers).all())

    @cached_property
    def stated(self) -> "Stated":
        """Its values as texts, a list counting for each of its entries."""
        codes: dict[str, int] = {}
        shown: list[str] = []
        rows: list[int] = []
        places: list[int] = []
        for row, spec in zip(self.indexes.tolist(), self.specs, strict=True):
            for text in dict.fromkeys(spec_texts(spec)):
                code = codes.setdefault(squeezed(text), len(codes))
                if code == len(shown):
                    shown.append(text)
                rows.append(row)
                places.append(code)
        return Stated(tuple(codes), tuple(shown), np.array(rows, dtype=np.int64), np.array(places, dtype=np.int64))


class Stated(NamedTuple):
    """The texts of a column: `keys` squeezed, `shown` as first written; entry i is text `codes[i]` of row `rows[i]`."""

    keys: tuple[str, ...]
    shown: tuple[str, ...]
    rows: Codes
    codes: Codes

    def having(self, wanted: Callable[[str], bool], size: int) -> Mask:
        """The rows, among `size`, that state a text whose key is wanted."""
        chosen = np.array([wanted(key) for key in self.keys], dtype=np.bool_)
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.rows[chosen[self.codes]]] = True
        return mask


def spec_texts(spec: Spec) -> tuple[str, ...]:
    """The values of a specification as texts; a number by its shown text."""
    if isinstance(spec.value, tuple):
        return spec.value
    if isinstance(spec.value, bool):
        return ("yes",) if spec.value else ("no",)
    return (spec.value,) if isinstance(spec.value, str) else (spec.text,)


def _coded(values: list[str]) -> tuple[tuple[str, ...], Codes]:
    names = tuple(dict.fromkeys(values))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[value] for value in values], dtype=np.int64)


def _weighed_words(product: Product) -> dict[str, float]:
    found: dict[str, float] = {}

    def add(text: str, place: str) -> None:
        for word in stems(text):
            found[word] = max(found.get(word, 0.0), _WEIGHTS[place])

    # a joined name is found by its parts as well, and parts by the joined name: SmartPhone, smart watch
    name = stems(product.name)
    for pair in pairwise(name):
        if pair[0].isalpha() and pair[1].isalpha() and min(map(len, pair)) > 1:
            found.setdefault("".join(pair), _WEIGHTS["alias"])
    add(product.description, "description")
    for spec in product.specs:
        if not isinstance(spec.value, bool):
            add(" ".join(spec_texts(spec)), "spec")
    for tag in product.tags:
        add(tag, "tag")
    add(f"{product.category} {spaced(product.category)}", "category")
    for text in (*product.aliases, product.model or "", spaced(product.name)):
        add(text, "alias")
    add(product.brand or "", "brand")
    add(product.name, "name")
    return found
