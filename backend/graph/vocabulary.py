"""The words of one shop: its categories, brands, specifications and their values, as shoppers may say them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from backend.domain.measures import Unit
from backend.graph.kinds import WORDS, Phrase, category_phrases
from backend.graph.measures import spec_unit
from backend.graph.said_values import NOTHING, SIZES, add_whole, colors, counted_parts, more_often, stop_words
from backend.graph.search import known_words
from backend.graph.snapshot import Mask, Snapshot, SpecColumn, spec_texts
from backend.graph.text import squeezed, stems

#: a specification that fewer of a category's products state is left to the free text
_STATED_BY = 0.3
_LONGEST_STANDARD = 20  # letters
#: below this share of a value's part, a whole value is the less likely meaning
_RARE = 0.2
_SAME_WORD = 83  # rapidfuzz ratio: "labtop", "moniter"
_CODE = re.compile(r"^([a-z]*)(\d+)([a-z]*)$")


@lru_cache
def _spec_words() -> dict[str, list[Phrase]]:
    table = json.loads((WORDS / "spec_words.json").read_text(encoding="utf-8"))
    return {word: [stems(phrase) for phrase in phrases] for word, phrases in table.items()}


@lru_cache
def _codes() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((WORDS / "codes.json").read_text(encoding="utf-8"))
    return table


class Vocabulary:
    """Built from a snapshot, so it knows this shop's words and no other's."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._values: dict[str | None, dict[Phrase, tuple[str, str]]] = {}
        self._columns: dict[str | None, list[tuple[str, SpecColumn]]] = {}
        self._own_words: dict[str, Phrase] = {}

    @cached_property
    def categories(self) -> dict[Phrase, tuple[str, Phrase]]:
        """Phrase → (category, the narrower kind that was meant or ())."""
        return category_phrases(self._snapshot.categories[0])

    @cached_property
    def brands(self) -> dict[Phrase, str]:
        """Phrase → brand as the shop writes it."""
        return {stems(brand): brand for brand in self._snapshot.brands[0] if brand}

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The words of all specifications' labels: "water" of a water resistance is no water bottle."""
        return frozenset(word for column in self._snapshot.spec_columns.values() for word in stems(column.label))

    def optional(self, name: str) -> bool:
        """Whether variants differ in a specification: one thing has one value of it."""
        return self._snapshot.spec_columns[name].optional

    def is_head(self, word: str) -> bool:
        """Whether several kinds of goods are called by it: "guitar" where electric and acoustic ones are sold."""
        return word in self._snapshot.heads

    def category(self, phrase: Phrase) -> tuple[str, Phrase] | None:
        """The category that a phrase names, spelt right or nearly so, and the narrower kind that was meant."""
        found = self.categories.get(phrase)
        if found is None and len(phrase) == 1 and self._misspelt(phrase[0]):
            names = [known[0] for known in self.categories if len(known) == 1 and known[0][0] == phrase[0][0]]
            best = process.extractOne(phrase[0], names, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
            found = self.categories[(best[0],)] if best else None
        return found

    def carried(self, phrase: Phrase, category: str | None) -> bool:
        """Whether a product of the category carries all the words."""
        rows = [self._snapshot.postings.get(word, {}).keys() for word in phrase]
        within = self._within(category)
        return bool(rows) and any(within[index] for index in set.intersection(*map(set, rows)))

    def makes(self, brand: str, category: str) -> bool:
        """Whether the shop has goods of the kind by that brand."""
        names, codes = self._snapshot.brands
        return bool((self._within(category) & (codes == names.index(brand))).any())

    def _misspelt(self, word: str) -> bool:
        return len(word) > 4 and word.isalpha() and word not in stop_words() and word not in self._snapshot.postings

    def knows(self, word: str) -> bool:
        """Whether the catalogue has the word, spelt so or nearly so."""
        return bool(known_words(self._snapshot, word))

    def only_kind(self, specs: Sequence[str]) -> str | None:
        """The one kind of goods that states all of these specifications; None where several do, or for none."""
        names, codes = self._snapshot.categories
        stating = [set(codes[self._snapshot.spec_columns[name].indexes].tolist()) for name in specs]
        common = set.intersection(*stating) if stating else set()
        return names[common.pop()] if len(common) == 1 else None

    def columns(self, category: str | None) -> list[tuple[str, SpecColumn]]:
        """The specifications that products of a category state, the most stated first."""
        if category not in self._columns:
            mask = self._within(category)
            counted = [(int(mask[c.indexes].sum()), name, c) for name, c in self._snapshot.spec_columns.items()]
            ranked = sorted((row for row in counted if row[0]), key=lambda row: (-row[0], len(stems(row[2].label))))
            self._columns[category] = [(name, column) for _, name, column in ranked]
        return self._columns[category]

    def states(self, name: str) -> bool:
        """Whether any product states the specification of that name."""
        return name in self._snapshot.spec_columns

    def named(
        self, words: Sequence[str], category: str | None, *, numeric: bool = True, synonyms: bool = True
    ) -> list[str]:
        """Specifications that words may mean, the most likely first: by label, by name, by synonym."""
        phrase = tuple(words)
        wanted = [phrase, *(_exchanged(phrase) if synonyms else ())]
        found: dict[str, None] = {}
        for candidate in wanted:
            fitting = [
                (len(own), name)
                for name, column in self.columns(category)
                if not (numeric and not column.numeric)
                for own in (self._words_of(name, column),)
                if set(candidate) <= set(own)
            ]
            found |= dict.fromkeys(name for _, name in sorted(fitting, key=lambda item: item[0]))
        return list(found)

    def words_of(self, name: str) -> Phrase:
        """The words of a specification's label, then those that only its name has."""
        return self._words_of(name, self._snapshot.spec_columns[name])

    def called(self, name: str) -> frozenset[str]:
        """The words that name a specification: of its label, its name, and what else it is called."""
        column = self._snapshot.spec_columns.get(name)
        own = set(self._words_of(name, column)) if column is not None else set()
        return frozenset(own | {word for word, said in _spec_words().items() if any(set(one) <= own for one in said)})

    def called_goods(self, category: str | None) -> frozenset[str]:
        """The words of the names of a kind of goods."""
        named = [phrase for phrase, (owner, narrower) in self.categories.items() if owner == category and not narrower]
        return frozenset(word for phrase in named for word in phrase)

    def measured(self, unit: Unit, category: str | None) -> list[str]:
        """Numeric specifications in a unit of the same dimension, the most stated first."""
        return [
            name
            for name, column in self.columns(category)
            if column.numeric and (own := spec_unit(name, column.unit)) is not None and own.dimension == unit.dimension
        ]

    def numbers_of(self, name: str, category: str | None) -> list[float]:
        """The known numbers of a specification within a category."""
        column = self._snapshot.spec_columns[name]
        numbers = column.amounts[self._within(category)[column.indexes]]
        return [float(number) for number in numbers[~np.isnan(numbers)]]

    def unit(self, name: str) -> Unit | None:
        """The unit of a specification."""
        return spec_unit(name, self._snapshot.spec_columns[name].unit)

    def values(self, category: str | None) -> dict[Phrase, tuple[str, str]]:
        """What may be said of goods in a category: phrase → (specification, "=value", "~part of it" or "yes")."""
        if category not in self._values:
            self._values[category] = self._collect_values(category)
        return self._values[category]

    def figured(self, said: str, category: str | None) -> tuple[str, str] | None:
        """The specification and its text where the text is a figure with its unit and others are none: 2.5" drives."""
        wanted = squeezed(said)
        for name, column in self.columns(category) if category else ():
            for text in self._texts(column, category) if not column.numeric else ():
                if squeezed(text) == wanted:
                    return name, text
        return None

    def standard(self, phrase: Phrase, category: str | None) -> tuple[str, str] | None:
        """A value such as "LGA 1700" that other categories have in a specification of this category."""
        mixed = any(map(str.isdigit, "".join(phrase))) and any(map(str.isalpha, "".join(phrase)))
        found = self.standards.get(phrase) if mixed and category else None
        return found if found and any(found[0] == name for name, _ in self.columns(category)) else None

    def is_standard(self, phrase: Phrase) -> bool:
        """Whether the words are a whole value with digits in it, of whatever goods."""
        return phrase in self.standards

    @cached_property
    def standards(self) -> dict[Phrase, tuple[str, str]]:
        """Every whole value with digits in it, of whatever goods → the specification that has it, and "=value"."""
        found: dict[Phrase, tuple[str, str]] = {}
        for name, column in self._snapshot.spec_columns.items():
            for text in {t for spec in column.specs if isinstance(spec.value, str | tuple) for t in spec_texts(spec)}:
                if len(text) < _LONGEST_STANDARD and any(map(str.isdigit, text)):
                    found.setdefault(stems(text), (name, "=" + text))
        return found

    def code(self, phrase: Phrase, category: str | None) -> tuple[str, float] | None:
        """A number written as a code ("CL30", "1440p", "4K"), where the goods state that number."""
        table = _codes()
        said, value = table["whole"].get(" ".join(phrase), (None, 0.0))
        if said is None and len(phrase) == 1 and (match := _CODE.match(phrase[0])):
            said = table["before"].get(match[1]) or table["behind"].get(match[3])
            value = float(match[2])
        for name in self.named(stems(said), category) if said else ():
            if value in self.numbers_of(name, category):
                return name, value
        return None

    def prepare(self) -> None:
        """Build everything now, off the event loop, rather than by the first question."""
        for column in self._snapshot.spec_columns.values():
            _ = column.numeric, column.stated
        for category in (None, *self._snapshot.categories[0]):
            self.values(category)
            for name, _column in self.columns(category):
                self.numbers_of(name, category)
        _ = self.categories, self.brands, self.standards

    def _collect_values(self, category: str | None) -> dict[Phrase, tuple[str, str]]:
        within = self._within(category)
        size = int(within.sum())
        whole: dict[Phrase, tuple[int, str, str]] = {}
        parts: dict[Phrase, tuple[int, str, str]] = {}
        for name, column in self.columns(category):
            if int(within[column.indexes].sum()) < max(1, size * _STATED_BY):
                continue
            counts = self._texts(column, category)
            for text, count in counts.items():
                add_whole(whole, name, column.label, text, count)
            if "yes" not in counts and any(squeezed(text) in NOTHING for text in counts):
                whole.setdefault(stems(column.label), (sum(counts.values()), name, "has"))
            for word, count in counted_parts(counts).items():
                more_often(parts, (word,), count, name, "~" + word)
        for phrase, part in parts.items():
            # "gold" in power supplies: three golden cases, but hundreds of 80+ Gold ratings
            if phrase not in whole or whole[phrase][0] < part[0] * _RARE:
                whole[phrase] = part
        found = {phrase: (name, said) for phrase, (_, name, said) in whole.items()}
        for letters, word in SIZES.items():
            if (letters,) in found and "size" in stems(found[letters,][0].replace("_", " ")):
                found.setdefault(stems(word), found[letters,])
        for phrase, value in self._elsewhere(category):
            found.setdefault(phrase, value)
        return found

    def _elsewhere(self, category: str | None) -> Iterator[tuple[Phrase, tuple[str, str]]]:
        """Options that these goods could come in but do not: values of other goods, and colours by name."""
        for name, column in self.columns(category) if category else ():
            if column.optional:
                others: dict[Phrase, tuple[int, str, str]] = {}
                for text in dict.fromkeys(spec.text for spec in column.specs if isinstance(spec.value, str)):
                    add_whole(others, name, column.label, text, 0)
                yield from ((phrase, (own, said)) for phrase, (_, own, said) in others.items())
            if "color" in stems(column.label):
                yield from (((color,), (name, f"={color}")) for color in colors())

    def _texts(self, column: SpecColumn, category: str | None) -> Counter[str]:
        """What is said of the category's products; of options also what holds figures ("1TB SSD")."""
        within = self._within(category)
        counts: Counter[str] = Counter()
        for index, spec in zip(column.indexes, column.specs, strict=True):
            if within[index] and (isinstance(spec.value, bool | str | tuple) or column.optional):
                counts.update(dict.fromkeys(spec_texts(spec), 1))
        return counts

    def _words_of(self, name: str, column: SpecColumn) -> Phrase:
        known = self._own_words.get(name)
        if known is None:
            label = stems(column.label)
            known = label + tuple(w for w in stems(name.replace("_", " ")) if w not in label)
            self._own_words[name] = known
        return known

    def _within(self, category: str | None) -> Mask:
        names, codes = self._snapshot.categories
        if category is None:
            return np.ones(len(codes), dtype=np.bool_)
        mask: Mask = codes == names.index(category)
        return mask


def _exchanged(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase with a word said otherwise ("max fan speed" → "max fan rpm"), then each word alone said otherwise."""
    others = [(place, other) for place, word in enumerate(phrase) for other in _spec_words().get(word, ())]
    if len(phrase) > 1:
        yield from ((*phrase[:place], *other, *phrase[place + 1 :]) for place, other in others)
    yield from (other for _, other in others)
