"""Numbers in a wish for goods: prices, stars, and measures with the specification that each speaks of."""

import re

from backend.domain.catalogue import Comparator, SpecFilter
from backend.domain.measures import unit_of
from backend.graph.amounts import Amount, bound_ahead, bound_behind, find_amounts
from backend.graph.reading import Reading
from backend.graph.said_values import stop_words
from backend.graph.text import Token, singular, tokens

_STARS = re.compile(r"\bstars?\b|\brat(?:ed|ings?)\b|\breviews?\b")
_OF_NAME = re.compile(r"\b(?:an?\s+|the\s+)?(max|min)(?:imum)?\s+$")
_EXTREMES = frozenset({"max", "min"})
#: What a bound itself compares: "not taller than 12 cm".
_OF_BOUND = {
    "taller": ("height",), "higher": ("height",), "shorter": ("height", "length"), "longer": ("length",),
    "wider": ("width",), "narrower": ("width",), "heavier": ("weight",), "lighter": ("weight",), "deeper": ("depth",),
    "faster": ("speed",), "slower": ("speed",), "brighter": ("brightness",), "thinner": ("thickness", "depth"),
    "quieter": ("noise",), "louder": ("noise",),
}  # fmt: skip
_AROUND = re.compile(r"(?:\baround|\babout|\bapproximately|\broughly|\bcirca|~)\s*$")
_AROUND_SHARE = 0.2  # "around $500" reads as $400 to $600
#: nobody asks for more numbers at once; a message of nothing but numbers must not hold everyone up
_MOST_AMOUNTS = 20
#: a wider space was words once, which were understood: what stands before them names something else
_GAP = 6
_WORDS_AHEAD = 5
#: letters around an amount in which the words stand that belong to it
_NEAR = 100
#: letters between an amount and the digits in the name of what it counts: "2 internal 3.5 inch bays"
_BESIDE = 12


def read_amounts(reading: Reading) -> None:
    before: tuple[Amount, str | None] | None = None
    amounts = find_amounts(reading.text)[:_MOST_AMOUNTS]
    for amount in amounts:
        if (label := _label(reading, amount)) is not None:
            reading.labels.append((amount.start, amount.stop, label))
    for amount in amounts:
        if any(start <= amount.start < end for start, end, _ in reading.labels) or _stars(reading, amount):
            continue
        if before is not None and (before[0].start, before[0].end) == (amount.start, amount.end):
            name = before[1]  # the other end of a range; the words beside it are taken
        else:
            name = None if amount.money else _column(reading, amount)
        before = amount, name
        written = reading.text[amount.start : amount.stop]
        if name is None and amount.unit and (told := reading.words.figured(written, reading.category)) is not None:
            reading.specs.append(SpecFilter(name=told[0], op=Comparator.EQ, value=told[1]))
            reading.blank(amount.start, amount.end)
        elif name is not None:
            _specification(reading, amount, name)
        elif not amount.bare and not _price(reading, amount) and amount.unit and amount.op is not Comparator.EQ:
            reading.unmet.append(reading.text[amount.start : amount.stop].strip())


def _label(reading: Reading, amount: Amount) -> str | None:
    """The specification that is called by digits and the words beside them ("3.5 inch bays", "USB 2.0 headers")."""
    if amount.money or amount.op is not Comparator.EQ:
        return None
    own = [t.text for t in tokens(reading.text[amount.start : amount.stop]) if t.text.isdigit()]
    after = [singular(t.text) for t in _next_words(reading.text, amount.stop) if t.text not in stop_words()]
    ahead = [singular(t.text) for t in _last_words(reading.text, amount.start)[-1:] if t.text.isalpha()]
    second = after[1:2] if len(own) > 1 else []  # "3.5 inch drive bays"
    for beside in ((*ahead, *own, *after[:1]), (*own, *after[:1]), (*own, *second), (*ahead, *own)):
        if not own or len(beside) == len(own):
            continue
        for name in reading.words.named(beside, reading.category, synonyms=False):
            if sorted(filter(str.isdigit, reading.words.words_of(name))) == sorted(own):
                return name
    return None


def _stars(reading: Reading, amount: Amount) -> bool:
    near = reading.text[max(0, amount.start - 12) : amount.end + 8]
    if amount.money or amount.unit or amount.value > 5 or not _STARS.search(near):
        return False
    if amount.op in (Comparator.LT, Comparator.LTE):
        return False
    reading.found["min_rating"] = amount.value
    reading.blank(amount.start, amount.end)
    return True


def _specification(reading: Reading, amount: Amount, name: str) -> None:
    unit = reading.words.unit(name)
    factor = amount.unit.factor / unit.factor if amount.unit and unit else 1.0
    value = round(amount.value * factor, 6)
    beside = (*_last_words(reading.text, amount.start), *_next_words(reading.text, amount.stop))
    values = reading.words.values(reading.category)
    own = [
        t
        for t in beside
        if name in reading.words.named([singular(t.text)], reading.category)
        and not (singular(t.text) in _EXTREMES and singular(t.text) not in _without_unit(name).split("_"))
        and not values.get((singular(t.text),), ("", ""))[1].startswith("=")
    ]
    op = amount.op
    if op is Comparator.EQ:
        start, end = min([amount.start, *(t.start for t in own)]), max([amount.end, *(t.end for t in own)])
        label = _OF_NAME.search(reading.text[:start])
        if label is not None and label[1] in _without_unit(name).split("_"):
            reading.blank(label.start(1), start)  # "a maximum card length of 32 cm": the word belongs to the name
            start = label.start()
        op = _distant_bound(reading, start, end)
        if op is Comparator.EQ and reading.negated(start):
            op = Comparator.NE
        elif op is Comparator.EQ and label is None and name.startswith("max_") and "max" not in (t.text for t in own):
            op = Comparator.GTE  # "a bed for a 35 kg dog" is one for dogs of up to 35 kg or more
    reading.specs.append(SpecFilter(name=name, op=op, value=int(value) if value.is_integer() else value))
    reading.blank(amount.start, amount.end)
    for token in own:
        reading.blank(token.start, token.end)


def _without_unit(name: str) -> str:
    """ "runtime_min" is a runtime, no minimum."""
    stem, _, last = name.rpartition("_")
    return stem if stem and unit_of(last) is not None else name


def _distant_bound(reading: Reading, start: int, end: int) -> Comparator:
    """The bound around an amount and the words that name it, blanked; EQ where there is none."""
    if (behind := bound_behind(reading.text, end)) is not None:
        reading.blank(end, behind[1])
        return behind[0]
    if (ahead := bound_ahead(reading.text, start)) is not None:
        reading.blank(ahead[1], start)
        return ahead[0]
    return Comparator.EQ


def _column(reading: Reading, amount: Amount) -> str | None:
    """The specification that a number speaks of: named beside it, else the likeliest in its unit."""
    after, before = _next_words(reading.text, amount.stop), _last_words(reading.text, amount.start)
    label = next((name for at, _, name in reading.labels if 0 <= at - amount.end <= _BESIDE), None)
    if label is not None and not reading.text[amount.stop :].lstrip().startswith(","):
        return label
    named: dict[str, None] = {}
    for word in re.findall(r"[a-z]+", reading.text[amount.start : amount.stop]):
        for called in _OF_BOUND.get(word, ()):
            named |= dict.fromkeys(reading.words.named([called], reading.category))
    behind = (after[:length] for length in range(len(after), 0, -1))
    ahead = (before[-length:] for length in range(len(before), 0, -1))
    for group in (*behind, after[1:2], *ahead, before[-2:-1]):
        words = [s for t in group if (s := singular(t.text)) in _EXTREMES or t.text not in stop_words()]
        if set(words) - _EXTREMES:
            named |= dict.fromkeys(reading.words.named(words, reading.category))
    if amount.unit is None:
        return next(iter(_plausible(reading, list(named), amount)), None) if not amount.money else None
    measured = reading.words.measured(amount.unit, reading.category)
    fitting = [name for name in named if name in measured] or measured
    fitting = fitting or [name for name in named if reading.words.unit(name) is None]
    return next(iter(_plausible(reading, fitting, amount)), None)


def _plausible(reading: Reading, names: list[str], amount: Amount) -> list[str]:
    """Names whose known numbers the amount may meet first: the very number, then one inside their range."""

    def distance(name: str) -> tuple[int, int]:
        unit = reading.words.unit(name)
        value = amount.value * (amount.unit.factor / unit.factor if amount.unit and unit else 1.0)
        numbers = reading.words.numbers_of(name, reading.category)
        if not numbers:
            return 3, names.index(name)
        exact = any(abs(number - value) <= 1e-6 * max(1.0, value) for number in numbers)
        return (0 if exact else 1 if min(numbers) <= value <= max(numbers) else 2), names.index(name)

    return sorted(names, key=distance)


def _price(reading: Reading, amount: Amount) -> bool:
    around = _AROUND.search(reading.text[: amount.start])
    bare_bound = amount.op is not Comparator.EQ and amount.unit is None
    if not (amount.money or bare_bound) or (amount.op is Comparator.EQ and not around and not amount.money):
        return False
    if bare_bound and not amount.money and _counts(reading, amount):
        return False
    cents = round(amount.value * 100)
    match amount.op:
        case Comparator.LT | Comparator.LTE:
            reading.found |= {"max_price_cents": cents, "max_price_exclusive": amount.op is Comparator.LT}
        case Comparator.GT | Comparator.GTE:
            reading.found |= {"min_price_cents": cents, "min_price_exclusive": amount.op is Comparator.GT}
        case _ if around:
            spread = round(cents * _AROUND_SHARE)
            reading.found |= {"min_price_cents": cents - spread, "max_price_cents": cents + spread}
        case _:
            reading.found |= {"max_price_cents": cents}
    reading.blank(amount.start, amount.end)
    return True


def _counts(reading: Reading, amount: Amount) -> bool:
    """Whether the number counts what stands right behind it, "2 DIMM slots", though these goods do not state it."""
    following = next(iter(_next_words(reading.text, amount.end)), None)
    if following is None or following.start - amount.end > 1 or following.text in stop_words():
        return False
    return bool(reading.words.named([singular(following.text)], None))


def _next_words(text: str, place: int) -> list[Token]:
    near = text[place : place + _NEAR]
    end = re.search(r"[,.;?!](?:\s|$)|\b(?:and|with|under|over|below|above|for)\b", near)
    stop = place + (end.start() if end else len(near))
    return [Token(t.text, t.start + place, t.end + place) for t in tokens(text[place:stop])][:4]


def _last_words(text: str, place: int) -> list[Token]:
    start = max(0, place - _NEAR)
    near = [Token(t.text, t.start + start, t.end + start) for t in tokens(text[start:place])]
    found: list[Token] = []
    for token in reversed(near):
        following = found[-1].start if found else place
        if following - token.end > _GAP or len(found) == _WORDS_AHEAD:
            break
        found.append(token)
    return found[::-1]
