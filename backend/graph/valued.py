"""Values of specifications in a wish for goods: standards, colours, sizes, yes and no, and what they rule out."""

import re

from backend.domain.catalogue import Comparator, SpecFilter
from backend.graph.reading import Reading
from backend.graph.said_values import stop_words
from backend.graph.text import before, squeezed

#: A value has no more words than that.
LONGEST_VALUE = 7
_FIGURE_AHEAD = re.compile(r"\b\d+ $")


def read_values(reading: Reading, *, standards: bool) -> None:
    """Values of specifications. Standards ("Micro ATX", "DDR5") go before amounts, whose digits they hold; single
    words go after them, because they may be the name of an amount ("8 cores").
    """
    values = reading.words.values(reading.category)
    for start, end, phrase in reading.phrases(LONGEST_VALUE):
        if (len(phrase) > 1 or any(map(str.isdigit, phrase[0]))) is not standards:
            continue
        if standards and (code := reading.words.code(phrase, reading.category)) is not None:
            op = Comparator.NE if reading.negated(start) else Comparator.EQ
            reading.specs.append(SpecFilter(name=code[0], op=op, value=code[1]))
            reading.blank(start, end)
            continue
        # a standard that other goods here have is a condition too, even if nothing meets it
        value = values.get(phrase) or reading.words.standard(phrase, reading.category)
        if value is None:
            continue
        name, said = value
        if all(map(str.isdigit, phrase)) and squeezed(reading.text[start:end]) != squeezed(said[1:]):
            continue  # 12.5 is no ratio of 12:5
        if len(phrase) == 1 and len(phrase[0]) == 1 and not reading.is_letter(start, end):
            continue
        if len(phrase) == 1 and phrase[0] in stop_words() and not _describes(reading, start, end):
            continue
        condition, start = _condition(reading, name, said, start, end)
        reading.specs.append(condition)
        reading.values.append((start, end))
        reading.blank(start, end)


def _condition(reading: Reading, name: str, said: str, start: int, end: int) -> tuple[SpecFilter, int]:
    """What the words at a place ask for, and where they begin: a figure before a part of a value belongs to it."""
    same, other = (Comparator.NE, Comparator.EQ) if reading.negated(start) else (Comparator.EQ, Comparator.NE)
    if said == "yes":
        return SpecFilter(name=name, op=same, value=True), start
    if said == "has":  # "without backlight" where the shop says "none"
        return SpecFilter(name=name, op=other, value="none"), start
    if said[0] == "!":  # "ECC" where the shop only says "Non-ECC" of the others
        return SpecFilter(name=name, op=other, value=said[1:]), start
    if said[0] == "=" or same is Comparator.NE:
        return SpecFilter(name=name, op=same, value=said[1:]), start
    if (figure := _FIGURE_AHEAD.search(before(reading.text, start))) is not None:  # "12 cups" where there are 4 and 8
        start -= len(figure.group())
        return SpecFilter(name=name, op=same, value=reading.text[start:end]), start
    return SpecFilter(name=name, op=Comparator.CONTAINS, value=said[1:]), start


def _describes(reading: Reading, start: int, end: int) -> bool:
    """Whether a word that mostly says nothing is a value here: "down jackets", "in long"."""
    ahead = reading.goods_at > end and not reading.text[end : reading.goods_at].strip()
    return ahead or reading.text[:start].endswith("in ")


def either(reading: Reading) -> tuple[SpecFilter, ...]:
    """The conditions; several values of an option, which one thing cannot have at once, are one or the other."""
    found: dict[str, SpecFilter] = {}
    specs: list[SpecFilter] = []
    for spec in dict.fromkeys(reading.specs):
        other = found.get(spec.name) if reading.words.optional(spec.name) and spec.op is Comparator.EQ else None
        if other is None or not isinstance(spec.value, str | tuple) or not isinstance(other.value, str | tuple):
            specs.append(spec)
        else:
            spec = spec.model_copy(update={"value": (*_texts(other.value), *_texts(spec.value))})
            specs[specs.index(other)] = spec
        if spec.op is Comparator.EQ:
            found[spec.name] = spec
    return tuple(specs)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
