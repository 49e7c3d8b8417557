"""Which products a text names, and the text without their names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.rag.words import spoken

#: Words of a name that are looked for.
LONGEST = 24
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

    def read(self, text: str) -> Said:
        """What a question says beside the name of the product it is about."""
        found = list(self.find(text))
        products = frozenset(naming.product for naming in found)
        if len(products) != 1 or not all(naming.whole for naming in found):
            return Said(text, products)
        parts, at = [], 0
        for naming in found:
            owns = _OWNS.match(text, naming.end)
            parts += [_ARTICLE.sub("", text[at : naming.start]), "its" if owns else "it"]
            at = owns.end() if owns else naming.end
        bare = "".join((*parts, text[at:])).strip()
        return Said(bare if len(bare.split()) > 1 else text, products)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in spoken(name))
