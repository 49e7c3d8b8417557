"""Which products a text names, and the text without their names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.rag.words import spoken

#: Words of a name that are looked for.
LONGEST = 24
#: Names of a shop up to which parts of names are told too, and products that may share one and be asked about together.
SMALL, FEW = 2_000, 3
_ARTICLE = re.compile(r"\b(?:the|my|our|your|this|that|a|an)\s+$", re.IGNORECASE)
_OWNS = re.compile(r"['’]s\b")


@dataclass(frozen=True)
class Said:
    """`bare` says "it" for the product's name. A text that is nothing but names, or names several, stays whole."""

    bare: str
    products: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Naming:
    """A product's name between two places of a text."""

    product: str
    start: int
    end: int
    whole: bool = True


class Names:
    """Every writing of the products of a shop."""

    def __init__(self, known: Mapping[str, str], models: Mapping[str, str] | None = None) -> None:
        """`models`: parts of names that tell by themselves which product is meant."""
        self._whole = frozenset(map(_words, known))
        self._known = {_words(name): product for name, product in {**(models or {}), **known}.items()}
        self._parts = _parts(known) if len(known) <= SMALL else {}
        self._longest = min(max(map(len, self._known), default=0), LONGEST)

    def find(self, text: str) -> Iterator[Naming]:
        """Names in the order of the text, the longest writing at each place."""
        said, at = spoken(text), 0
        words = tuple(word for word, _, _ in said)
        while at < len(said):
            tried = (n for n in range(self._longest, 0, -1) if words[at : at + n] in self._known)
            count = next(tried, 0)
            if count:
                end = min(at + count, len(said))
                whole = words[at:end] in self._whole
                yield Naming(self._known[words[at:end]], said[at][1], said[end - 1][2], whole=whole)
            at += count or 1

    def alike(self, text: str) -> tuple[Mapping[str, str], str]:
        """The few products that share a part of a name which the text says, each with its name, and that part; the
        longest part counts. Nothing where one is named, or many share it.
        """
        said = spoken(text)
        words = tuple(word for word, _, _ in said)
        for count in range(min(self._longest, len(words)), 1, -1):
            for at in range(len(words) - count + 1):
                bearers = self._parts.get(words[at : at + count])
                if bearers is not None:
                    few = 1 < len(bearers) <= FEW
                    return (bearers if few else {}), text[said[at][1] : said[at + count - 1][2]]
        return {}, ""

    def read(self, text: str) -> Said:
        """What a question says beside the name of the product it is about."""
        found = list(self.find(text))
        products = frozenset(naming.product for naming in found)
        if len(products) != 1:
            return Said(text, products)
        parts, at = [], 0
        for naming in found:
            owns = _OWNS.match(text, naming.end)
            parts += [_ARTICLE.sub("", text[at : naming.start]), "its" if owns else "it"]
            at = owns.end() if owns else naming.end
        bare = "".join((*parts, text[at:])).strip()
        return Said(bare if len(bare.split()) > 1 else text, products)


def _parts(known: Mapping[str, str]) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """Two or more words in a row of several products' names → those products with their names."""
    bearers: dict[tuple[str, ...], dict[str, str]] = {}
    for name, product in known.items():
        words = _words(name)
        for count in range(2, len(words)):
            for at in range(len(words) - count + 1):
                bearers.setdefault(words[at : at + count], {}).setdefault(product, name)
    return {part: products for part, products in bearers.items() if len(products) > 1}


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in spoken(name))
