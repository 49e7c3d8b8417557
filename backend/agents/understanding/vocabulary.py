"""What understanding needs to know of a shop's goods; the catalogue fulfils it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.domain.catalogue import Product, ProductFilter


class ProductMention(Protocol):
    """A place in a text that names goods. Several products: the name fits all of them."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def products(self) -> Sequence[Product]: ...


class Vocabulary(Protocol):
    """The names a shop uses. Every method is cheap enough to be called for each message."""

    def find_mentions(self, text: str) -> Sequence[ProductMention]:
        """Names, aliases and model numbers of products in the text, left to right, not overlapping."""
        ...

    def product(self, product_id: str) -> Product | None:
        """The product of that id, or None."""
        ...

    def parse_filter(self, text: str) -> ProductFilter | None:
        """The conditions a text sets (category, brand, price, rating, specs, sort), None without any."""
        ...

    def goods_sought(self, text: str) -> ProductFilter | None:
        """The filter of a text that is a wish for a kind of goods and nothing else, else None."""
        ...

    def narrowing(self, text: str, category: str | None) -> ProductFilter | None:
        """The conditions of a text that only narrows a list of goods of that category, else None."""
        ...

    def category_of(self, text: str) -> str | None:
        """The category a word stands for ("laptops" → "Laptops"), or None."""
        ...

    def is_value(self, text: str) -> bool:
        """Whether goods state exactly this of themselves, digits in it ("IPX7")."""
        ...

    def option_values(self) -> Mapping[str, frozenset[str]]:
        """Option name → every value that a variant of this shop has ("color" → {"black", "red"})."""
        ...


class Remembered:
    """A vocabulary that answers the same question of one message only once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._mentions: dict[str, Sequence[ProductMention]] = {}
        self._filters: dict[str, ProductFilter | None] = {}
        self._sought: dict[str, ProductFilter | None] = {}

    def find_mentions(self, text: str) -> Sequence[ProductMention]:
        if text not in self._mentions:
            self._mentions[text] = self._vocabulary.find_mentions(text)
        return self._mentions[text]

    def product(self, product_id: str) -> Product | None:
        return self._vocabulary.product(product_id)

    def parse_filter(self, text: str) -> ProductFilter | None:
        if text not in self._filters:
            self._filters[text] = self._vocabulary.parse_filter(text)
        return self._filters[text]

    def goods_sought(self, text: str) -> ProductFilter | None:
        if text not in self._sought:
            self._sought[text] = self._vocabulary.goods_sought(text)
        return self._sought[text]

    def narrowing(self, text: str, category: str | None) -> ProductFilter | None:
        return self._vocabulary.narrowing(text, category)

    def category_of(self, text: str) -> str | None:
        return self._vocabulary.category_of(text)

    def is_value(self, text: str) -> bool:
        return self._vocabulary.is_value(text)

    def option_values(self) -> Mapping[str, frozenset[str]]:
        return self._vocabulary.option_values()
