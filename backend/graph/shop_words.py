"""What shoppers' words mean in one shop at this moment: products, kinds of goods, conditions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter

import numpy as np
from rapidfuzz import fuzz

from backend.domain.catalogue import Product, ProductFilter, SpecFilter, Variant
from backend.domain.conversation import ProductRef
from backend.graph.asking import Asked, ask, may_set
from backend.graph.items import options_of, speaks
from backend.graph.mentions import Mention, Names
from backend.graph.relative import beside, relative
from backend.graph.search import chosen_items, matches
from backend.graph.seeking import narrows, seeks, without_purpose
from backend.graph.snapshot import Snapshot
from backend.graph.stated_fit import standard_said
from backend.graph.text import plain, stems, words
from backend.graph.vocabulary import Vocabulary

_SURE = 0.99  # every telling word of the mention is in the name
_LIKELY = 0.6
_CANDIDATES = 6
_REMEMBERED = 512
#: names that share words with one that is not known, and of 100 how near one must be to be meant
_SPELT = 50
_SAME_NAME = 92


@dataclass(frozen=True)
class Resolution:
    """What a mention means: one product, or the candidates among which to ask. Both empty: not sold here."""

    products: tuple[Product, ...] = ()
    candidates: tuple[Product, ...] = ()


class ShopWords:
    """The vocabulary of a snapshot. Every method is cheap and does not wait."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._vocabulary = Vocabulary(snapshot)
        self._names = Names(snapshot, self._vocabulary)
        # the same words are read for the search, for the narrowing and for the wish as a whole
        self.find_mentions = lru_cache(_REMEMBERED)(self._find_mentions)
        self.parse = lru_cache(_REMEMBERED)(self._parse)

    def prepare(self) -> None:
        """Build everything the first question would wait for."""
        self._vocabulary.prepare()
        self._names.prepare()
        _ = self.option_values()

    def _find_mentions(self, text: str) -> tuple[Mention, ...]:
        """Names, aliases and model numbers of products in the text, left to right, not overlapping."""
        return self._names.find(text)

    def resolve(self, mention: str) -> Resolution:
        """A name as somebody writes it: whole, in part, misspelt, or an id."""
        found = self._names.named(mention)
        if not found and (mentions := self.find_mentions(mention)):
            found = mentions[0].products
        if len(found) == 1:
            return Resolution(products=found)
        if found:
            return Resolution(candidates=found[:_CANDIDATES])
        near = [(score, product) for score, product in self._names.nearest(mention) if score >= _LIKELY]
        if len(near) == 1 or (near and near[0][0] >= _SURE and (len(near) == 1 or near[1][0] < near[0][0])):
            return Resolution(products=(near[0][1],))
        return Resolution(candidates=tuple(product for score, product in near if score >= near[0][0] - 0.1))

    def spelt_like(self, name: str) -> Product | None:
        """The product whose whole name is nearly spelt so ("Eber II Headlamp"), digit for digit; or None."""
        said = plain(name)
        near = [product for _, product in self._names.nearest(name, _SPELT)]
        same = [product for product in near if _codes(product.name) == _codes(name)]
        score, best = max(
            ((fuzz.ratio(said, plain(one.name)), one) for one in same), key=itemgetter(0), default=(0.0, None)
        )
        return best if score >= _SAME_NAME else None

    def named(self, name: str) -> Product | None:
        """The one product of exactly this name, alias, model number or id; or None."""
        found = self._names.named(name)
        return found[0] if len(found) == 1 else None

    def product(self, product_id: str) -> Product | None:
        """The product of that id, or None."""
        return self.snapshot.by_id.get(product_id)

    def known(self, wanted: Iterable[ProductRef]) -> list[Product]:
        """The products that a conversation remembers, as far as they are still sold, each once."""
        found = (self.product(one.id) for one in wanted)
        return list({product.id: product for product in found if product is not None}.values())

    def categories(self) -> tuple[str, ...]:
        """The kinds of goods sold here."""
        return tuple(sorted(self.snapshot.categories[0]))

    def largest_categories(self, most: int) -> tuple[str, ...]:
        """The kinds of goods of which the shop sells most products."""
        names, codes = self.snapshot.categories
        counts = np.bincount(codes, minlength=len(names))
        return tuple(names[at] for at in np.argsort(-counts, kind="stable")[:most])

    def brands(self) -> tuple[str, ...]:
        """The brands sold here."""
        return tuple(sorted(brand for brand in self.snapshot.brands[0] if brand))

    def category_of(self, text: str) -> str | None:
        """The category a word stands for ("laptops" → "Laptops"), or None."""
        found = self._vocabulary.category(stems(text))
        return found[0] if found else None

    def names_specification(self, text: str) -> bool:
        """Whether words name a specification ("battery life")."""
        return bool(self._vocabulary.named(stems(text), None, numeric=False))

    def standard_said(self, text: str, product: Product) -> tuple[str, str] | None:
        """A standard such as "AM5" that a text names beside a product, and what such values are called; or None."""
        rest = text
        for mention in reversed(self.find_mentions(text)):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}" if product in mention.products else rest
        return standard_said(rest, self._vocabulary.standards)

    def is_value(self, text: str) -> bool:
        """Whether goods state exactly this of themselves, digits in it ("IPX7")."""
        return self._vocabulary.is_standard(stems(text))

    def category_named(self, word: str) -> str | None:
        """The category that exactly this word names, no misspelling allowed."""
        found = self._vocabulary.categories.get(stems(word))
        return found[0] if found else None

    def _parse(self, text: str) -> Asked:
        """What a message looks for; the names of single products in it set no condition."""
        mentions = self.find_mentions(text)
        named = tuple(
            (m.start, m.end) for m in mentions if len(m.products) == 1 and self._is_name(text[m.start : m.end])
        )
        compared = [found for m in mentions if (found := relative(text, m, self._vocabulary, None)) is not None]
        if not compared:
            return ask(text, self._vocabulary, named)
        return beside(ask(text, self._vocabulary, (*named, *((one.start, one.end) for one in compared))), compared)

    def compares(self, text: str) -> bool:
        """Whether goods are looked for by what a named product has: "lighter than the X1"."""
        mentions = self.find_mentions(text)
        compared = [m for m in mentions if relative(text, m, self._vocabulary, None) is not None]
        named = [m for m in mentions if m.products and m not in compared]
        return bool(compared) and not named and self.parse(text).filter.category is not None

    def searched(self, text: str) -> ProductFilter:
        """The filter of a search box: conditions where words set some, a name or strange words as free text."""
        if any(len(mention.products) == 1 for mention in self.find_mentions(text)):
            return ProductFilter(text=text)
        asked = self.parse(text)
        return asked.filter if asked.any else ProductFilter(text=text)

    def goods_sought(self, text: str) -> ProductFilter | None:
        """The filter of a text that is a wish for a kind of goods and nothing else; None for any other text.

        "Is there…" and "show me…" need not be told apart then: whoever says only this is looking for goods.
        """
        for said in dict.fromkeys((text, without_purpose(text))):
            asked = self.parse(said)
            if seeks(asked, said):
                return asked.filter
        return None

    def narrowing(self, text: str, category: str | None) -> ProductFilter | None:
        """The conditions of a text that only narrows a list of such goods ("only the black ones"), else None."""
        asked = ask(text, self._vocabulary, category=category)
        return asked.filter if narrows(asked, text) else None

    def parse_filter(self, text: str) -> ProductFilter | None:
        """The conditions a text sets (category, brand, price, rating, specifications, order), None without any."""
        asked = self.parse(text)
        return asked.filter if asked.any else None

    def options_asked(self, product: Product, text: str) -> tuple[SpecFilter, ...]:
        """The options of a product that a text names beside it ("in blue", "size M", "with 512 GB")."""
        named = tuple((m.start, m.end) for m in self.find_mentions(text) if product in m.products)
        asked = ask(text, self._vocabulary, named, product.category).filter.specs
        items = self.snapshot.item_columns
        return tuple(one for one in asked if one.name in items)

    def chooses(self, product: Product, text: str) -> bool:
        """Whether a text only names options of a product that varies: "what about L?", "in grey, large"."""
        if not self._varies(product):
            return False
        named = tuple((m.start, m.end) for m in self.find_mentions(text) if product in m.products)
        if not may_set(text, self._vocabulary, named, product.category):
            return False
        asked = ask(text, self._vocabulary, named, product.category)
        options = [one for one in asked.filter.specs if any(speaks(one, name) for name in options_of(product.variants))]
        bare = asked.filter.model_copy(update={"specs": (), "category": None, "in_stock": None})
        return bool(options) and not asked.unknown and bare == ProductFilter()

    def conditions(self, product: Product, text: str) -> ProductFilter:
        """What a text asks of goods of a product's kind beside naming it ("something similar in rubber")."""
        named = tuple((m.start, m.end) for m in self.find_mentions(text) if product in m.products)
        asked = ask(text, self._vocabulary, named, product.category).filter
        kept = asked.model_dump(include={"specs", "in_stock", "brand", "min_price_cents", "max_price_cents"})
        return ProductFilter.model_validate({**kept, "category": product.category})

    def chosen(self, product: Product, conditions: Sequence[SpecFilter]) -> tuple[Variant, ...]:
        """The variants of a product that meet all the conditions; all where there are none."""
        mask = chosen_items(self.snapshot, ProductFilter(specs=tuple(conditions)))
        if mask is None:
            return product.variants
        if not self._varies(product):  # what it comes in is the product's own specification
            whole = matches(Snapshot((product,), 0), ProductFilter(specs=tuple(conditions)))
            return product.variants if whole[0] else ()
        met = {self.snapshot.items.variants[place].id for place in np.flatnonzero(mask)}
        return tuple(variant for variant in product.variants if variant.id in met)

    def _varies(self, product: Product) -> bool:
        return any(variant.options for variant in product.variants)

    def option_values(self) -> Mapping[str, frozenset[str]]:
        """Option name → every value that a variant of this shop has ("color" → {"black", "red"})."""
        return self._options

    @cached_property
    def _options(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for product in self.snapshot.products:
            for variant in product.variants:
                for name, value in variant.options.items():
                    found.setdefault(name, set()).add(plain(value))
        return {name: frozenset(values) for name, values in found.items()}

    def _is_name(self, said: str) -> bool:
        """A name that is also a kind of goods ("gaming laptop") keeps its words as conditions."""
        return any(map(str.isdigit, said)) or self._vocabulary.category(stems(said)) is None


def _codes(name: str) -> set[str]:
    """The words with digits: another number is another product."""
    return {word for word in words(name) if any(map(str.isdigit, word))}
