"""Products named in a text: by name, alias or model number, in part or slightly misspelt; the longest match wins."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from backend.domain.catalogue import Product
from backend.domain.measures import unit_of
from backend.graph.kinds import WORDS, Phrase, spaced
from backend.graph.near_spelling import NearSpelling
from backend.graph.said_values import stop_words
from backend.graph.snapshot import Snapshot
from backend.graph.text import Token, singular, tokens, words
from backend.graph.vocabulary import Vocabulary

#: more products than this are a kind of goods, not a name
_MOST = 12
_FEW = 3
_NUMBER_WITH_UNIT = re.compile(r"^(\d+)([a-z]+)$")


@dataclass(frozen=True)
class Mention:
    """A place in a text that names goods. Several products: the name fits all of them."""

    start: int
    end: int
    products: tuple[Product, ...]
    exact: bool = True


@lru_cache
def _around_names() -> dict[str, frozenset[str]]:
    """Words beside a name. A suffix makes it another product's name ("X1 Pro" is not the X1); an indefinite word
    before a kind of goods asks for any of that kind, a definite one means the one that was spoken of.
    """
    return {
        role: frozenset(said) for role, said in json.loads((WORDS / "around_names.json").read_text("utf-8")).items()
    }


class Names:
    """Every name of a shop's products, ready to be found in texts."""

    def __init__(self, snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        self._snapshot, self._vocabulary = snapshot, vocabulary
        self._whole: dict[Phrase, list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._places: dict[str, set[int]] = {}
        known: set[str] = set()
        for index, product in enumerate(snapshot.products):
            known |= self._add(index, product)
        self._spelling = NearSpelling(known)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Mentions from left to right, not overlapping."""
        said = tokens(text)
        found: list[Mention] = []
        place = 0
        while place < len(said):
            found_here = self._whole_at(said, place) or self._part_at(said, place)
            if found_here is not None and found_here[1] < 3 and self._in_value(said, place, found_here[1]):
                found_here = None
            mention, length = found_here or (None, self._brand_at(said, place))
            if mention is not None:
                found.append(mention)
            place += length
        return tuple(found)

    def _brand_at(self, said: list[Token], place: int) -> int:
        """How many words a brand takes here: no name begins in the middle of one; 1 where there is none."""
        for length in (3, 2):
            if tuple(singular(token.text) for token in said[place : place + length]) in self._vocabulary.brands:
                return length
        return 1

    def named(self, phrase: str) -> tuple[Product, ...]:
        """The products of exactly this name, alias, model number or id."""
        if (by_id := self._snapshot.by_id.get(phrase.strip())) is not None:
            return (by_id,)
        return self._products(self._whole.get(tuple(words(phrase)), ()))

    def nearest(self, phrase: str, limit: int = 6) -> list[tuple[float, Product]]:
        """Products whose names share the phrase's telling words, with the share that is met (0 to 1)."""
        said = [
            word
            for word in dict.fromkeys(self._spelling.corrected(w) for w in words(phrase))
            if word not in stop_words()
        ]
        weights = {word: 1 / (1 + len(self._places.get(word, ()))) ** 0.5 for word in said}
        scores: dict[int, float] = {}
        for word in said:
            for index in {place >> 8 for place in self._places.get(word, ())}:
                scores[index] = scores.get(index, 0.0) + weights[word]
        total = sum(weights.values()) or 1.0
        lengths = {index: len(words(self._snapshot.products[index].name)) for index in scores}
        ranked = sorted(scores, key=lambda index: (-scores[index], lengths[index], index))[:limit]
        return [(scores[index] / total, self._snapshot.products[index]) for index in ranked]

    def _add(self, index: int, product: Product) -> set[str]:
        """Returns the words of its names."""
        names = {product.name, product.model or "", *product.aliases, spaced(product.name)}
        if product.brand and product.name.lower().startswith(product.brand.lower()):
            names.add(product.name[len(product.brand) :])
        own = words(product.name)
        phrases = {tuple(words(name)) for name in names}
        kind = set(words(f"{product.category} {spaced(product.category)}"))
        bare = tuple(word for word in own if singular(word) not in {singular(k) for k in kind})
        if bare != tuple(own) and any(map(_is_code, bare)):
            phrases.add(bare)  # "X1" for "X1 Laptop"
        for place, (first, second) in enumerate(pairwise(own)):
            if first.isalpha() and second.isalpha() and len(own) <= 6 and min(len(first), len(second)) > 2:
                phrases.add((*own[:place], first + second, *own[place + 2 :]))  # "Smartwatch Pro"
        known: set[str] = set()
        for phrase in phrases:
            if any(self._may_name(word) for word in phrase):
                self._whole.setdefault(phrase, []).append(index)
                self._lengths.setdefault(phrase[0], set()).add(len(phrase))
                known.update(phrase)
        for place, word in enumerate(own[:200]):
            self._places.setdefault(word, set()).add(index << 8 | place)
        return known

    def _whole_at(self, said: list[Token], place: int) -> tuple[Mention | None, int] | None:
        for length in sorted(self._lengths.get(self._spelling.corrected(said[place].text), ()), reverse=True):
            run = said[place : place + length]
            phrase = tuple(self._spelling.corrected(token.text) for token in run)
            indexes = self._whole.get(phrase, ())
            if not 0 < len(indexes) <= _MOST or not self._stands(said, place, length, indexes):
                continue
            products = self._products(self._fullest(indexes, phrase))
            return Mention(run[0].start, run[-1].end, products), length
        return None

    def _fullest(self, indexes: Sequence[int], run: Phrase) -> Sequence[int]:
        """Those whose whole name was said, before those of which it is a short name; of namesakes the first."""
        whole = [index for index in indexes if tuple(words(self._snapshot.products[index].name)) == run]
        return whole[:1] if len({self._snapshot.products[i].category for i in whole}) == 1 else whole or indexes

    def _stands(self, said: list[Token], place: int, length: int, indexes: Sequence[int]) -> bool:
        """Whether the run names its product here: not a longer strange name, and no kind of goods in general."""
        run = [token.text for token in said[place : place + length]]
        behind = said[place + length].text if place + length < len(said) else ""
        if length < 4 and (behind in _around_names()["suffixes"] or self._goes_on(said, place + length, run[-1])):
            return False
        if any(map(_is_code, run)) or any(words(self._snapshot.products[i].name) == run for i in indexes if length > 2):
            return True
        before = said[place - 1].text if place else ""
        if before in _around_names()["definite"]:
            return True
        if length == 1 and (singular(run[0]),) in self._spec_words:
            return False  # "with RGB" asks for a value, though one product is called so
        kind = self._vocabulary.category(tuple(map(singular, run)))
        if kind is not None:
            beside = length == 1 and before in _around_names()["beside"]
            return beside and bool(kind[1]) and len(indexes) == 1  # "compare the X1 and ultrabook"
        return before not in _around_names()["indefinite"] or any(
            words(self._snapshot.products[i].name) == run for i in indexes
        )

    def _goes_on(self, said: list[Token], place: int, last: str) -> bool:
        """Whether a number follows that makes it another product ("SmartPhone Pro 13"), not a measure or a count."""
        behind = said[place].text if place < len(said) else ""
        number = behind.isdigit() and len(behind) < 4 and not any(map(str.isdigit, last))
        return number and not _followed_by_unit(said, place)

    def _part_at(self, said: list[Token], place: int) -> tuple[Mention | None, int] | None:
        """The longest run that stands in a row in some names, if it tells them apart."""
        alive = self._places.get(self._spelling.corrected(said[place].text), set())
        if not alive or said[place].text in stop_words() or singular(said[place].text) in stop_words():
            return None
        length, best = 1, alive
        while place + length < len(said):
            following = self._places.get(self._spelling.corrected(said[place + length].text))
            grown = {spot + 1 for spot in best} & following if following else set()
            if not grown:
                break
            best, length = grown, length + 1
        indexes = sorted({spot >> 8 for spot in best})
        if not self._tells(said, place, length, indexes):
            return None
        start, end = said[place].start, said[place + length - 1].end
        return Mention(start, end, self._products(indexes), exact=False), length

    def _tells(self, said: list[Token], place: int, length: int, indexes: list[int]) -> bool:
        run = [self._spelling.corrected(token.text) for token in said[place : place + length]]
        behind = said[place + length].text if place + length < len(said) else ""
        if (
            len(indexes) > _MOST
            or behind in _around_names()["suffixes"]
            or (behind and _is_code(behind) and not _is_measure(behind))
        ):
            return False
        if self._goes_on(said, place + length, ""):
            return False
        if tuple(map(singular, run)) in self._vocabulary.brands or tuple(map(singular, run)) in self._spec_phrases:
            return False
        strong = [word for word in run if self._is_strong(word)]
        codes = [word for word in strong if _is_code(word)]
        before = said[place - 1].text if place else ""
        generic = self._vocabulary.category(tuple(map(singular, run))) is not None
        if not codes and (
            before in _around_names()["indefinite"] or (generic and before not in _around_names()["definite"])
        ):
            return False
        if not codes and behind and self._vocabulary.category((singular(behind),)) is not None:
            return False  # "gaming laptops" asks for a kind
        if length == 1:
            return bool(codes) or (
                len(indexes) == 1 and bool(strong) and words(self._snapshot.products[indexes[0]].name)[0] == run[0]
            )
        if strong and (codes or len(indexes) == 1 or len(strong) == length):
            return True
        if len(indexes) == 1 and words(self._snapshot.products[indexes[0]].name)[:length] == run:
            return True  # "Barkwell Adult" where one name begins so
        return before in _around_names()["definite"] and (len(indexes) == 1 or (bool(strong) and len(indexes) <= _FEW))

    def _is_strong(self, word: str) -> bool:
        """Whether a word points at products rather than at a kind, a brand or a specification."""
        phrase = (singular(word),)
        if not self._may_name(word) or _is_measure(word):
            return False
        if phrase in self._vocabulary.categories or phrase in self._vocabulary.brands:
            return False
        return phrase not in self._spec_words and word not in self._vocabulary.label_words

    def _in_value(self, said: list[Token], place: int, length: int) -> bool:
        """Whether the run is a value before a kind of goods, or part of a longer one ("ITX" in "Mini ITX Tower")."""
        behind = max(0, place - 3)
        around = [singular(token.text) for token in said[behind : place + length + 3]]
        place -= behind
        end = place + length
        if (
            tuple(around[place:end]) in self._spec_phrases
            and tuple(around[end : end + 1]) in self._vocabulary.categories
        ):
            return True
        for first in range(max(0, place - 3), place + 1):
            for last in range(end, len(around) + 1):
                if last - first > length and tuple(around[first:last]) in self._spec_phrases:
                    return True
        return False

    @cached_property
    def _spec_phrases(self) -> set[Phrase]:
        found: set[Phrase] = set()
        for category in self._snapshot.categories[0]:
            values = self._vocabulary.values(category)
            found |= {phrase for phrase, (_, said) in values.items() if len(phrase) > 1 and said.startswith("=")}
        return found

    @cached_property
    def _spec_words(self) -> set[Phrase]:
        found: set[Phrase] = set()
        for category in self._snapshot.categories[0]:
            found |= {phrase for phrase in self._vocabulary.values(category) if len(phrase) == 1}
        return found

    def prepare(self) -> None:
        """Build what the first question would otherwise wait for."""
        _ = self._spec_words, self._spec_phrases

    def _may_name(self, word: str) -> bool:
        """A bare number, a unit or a filler is no name, even where it is a product's model ("350")."""
        filler = word in stop_words() or singular(word) in stop_words()
        return len(word) > 1 and not word.isdigit() and not filler and unit_of(word) is None

    def _products(self, indexes: Sequence[int]) -> tuple[Product, ...]:
        return tuple(self._snapshot.products[index] for index in indexes)


def _is_code(word: str) -> bool:
    """A model number: letters and digits, but no number with its unit."""
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and not _is_measure(word)


def _is_measure(word: str) -> bool:
    match = _NUMBER_WITH_UNIT.match(word)
    return match is not None and unit_of(match[2]) is not None


def _followed_by_unit(said: list[Token], place: int) -> bool:
    return place + 1 < len(said) and unit_of(said[place + 1].text) is not None
