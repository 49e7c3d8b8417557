"""Who made the goods that somebody looks for: brands wanted and brands ruled out."""

import re

from backend.domain.catalogue import Comparator, SpecFilter
from backend.domain.measures import unit_of
from backend.graph.reading import Reading
from backend.graph.said_values import stop_words
from backend.graph.text import singular, stems, tokens

#: a brand behind one that was ruled out: "not Asus or MSI"; the first is already blanked
_OR = re.compile(r"\s(?:or|and|nor|,)\s+(?:from |by )?$")
#: belongs to the brand behind it
_MADE_BY = re.compile(r"\b(?:(?:made |manufactured |produced )?by|from|of)\s+$")
#: a verb, whoever is called so too
_LEAVE_OUT = re.compile(r"(?:drop|skip|hide|lose|ditch)\b")
_ALL = re.compile(r"\s+(?:the|all|any|those|these|every|that)\b")
_COUNTED = re.compile(r"\d\s*$")
_LONGEST_BRAND = 5  # words


def read_brands(reading: Reading) -> None:
    """The brands that are wanted or ruled out."""
    verbs: list[tuple[int, int]] = []
    for start, end, phrase in reading.phrases(_LONGEST_BRAND):
        brand = reading.words.brands.get(phrase)
        goods = phrase[-1:] in reading.words.categories and not reading.category
        shorter = goods and phrase[:-1] in reading.words.brands
        if brand is None or shorter:  # "Patriot memory": the goods of the one, not the name of the other
            continue
        if _begins_value(reading, start, len(phrase)):
            continue  # "AMD B450" is a chipset
        if len(phrase) == 1 and phrase[0] in stop_words() and not _is_meant(reading, start, end):
            continue  # "only what is in stock", though a maker is called Only
        if _is_verb(reading, start, end):
            verbs.append((start, end))
            continue
        if _COUNTED.search(reading.text[:start]) and unit_of(reading.text[start:end]) is not None:
            continue  # "12 gigabytes" are not by Gigabyte
        last = reading.excluded[-1] if reading.excluded else None
        chained = last is not None and _OR.search(reading.text[:start]) is not None
        no = reading.negation(start)
        if no or chained:
            reading.excluded.append(brand)
        else:
            reading.found["brand"] = brand
        reading.values.append((start, end))
        by = _MADE_BY.search(reading.text[:start])
        reading.blank(min(by.start() if by else start, no.start() if no else start), end)
    for start, end in verbs:
        reading.blank(start, end)


def _is_meant(reading: Reading, start: int, end: int) -> bool:
    """Whether a common word is a maker's name here: with a capital inside the text, behind "by" or a not."""
    before = reading.text[:start]
    capital = bool(before.strip()) and reading.written[start:end][:1].isupper() and not reading.written.isupper()
    return capital or _MADE_BY.search(before) is not None or reading.negated(start)


def _is_verb(reading: Reading, start: int, end: int) -> bool:
    """Whether a maker's name tells to leave something out: "drop Asus", "skip the red ones"."""
    if not _LEAVE_OUT.match(reading.text, start):
        return False
    following = [singular(token.text) for token in tokens(reading.text[end:])[:1]]
    return tuple(following) in reading.words.brands or bool(_ALL.match(reading.text, end))


def read_maker(reading: Reading) -> None:
    """A brand that makes none of the goods may be what is in them: "AMD graphics cards" have a chip by AMD."""
    brand = reading.found.get("brand")
    if not isinstance(brand, str) or reading.category is None or reading.words.makes(brand, reading.category):
        return
    name, said = reading.words.values(reading.category).get(stems(brand), ("", ""))
    if said.startswith("="):
        del reading.found["brand"]
        reading.specs.append(SpecFilter(name=name, op=Comparator.EQ, value=said[1:]))


def _begins_value(reading: Reading, start: int, length: int) -> bool:
    said = [singular(token.text) for token in tokens(reading.text[start:])[: length + 3]]
    return any(reading.words.is_standard(tuple(said[:longer])) for longer in range(length + 1, len(said) + 1))
