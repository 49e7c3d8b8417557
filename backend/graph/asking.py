"""What a shopper is looking for, read from plain words with the vocabulary of the shop."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.domain.catalogue import ON_SALE, Comparator, ProductFilter, SpecFilter
from backend.graph.kinds import Phrase, same_kind
from backend.graph.makers import read_brands, read_maker
from backend.graph.measured import read_amounts
from backend.graph.reading import Reading
from backend.graph.said_values import stop_words
from backend.graph.spelt_numbers import figures
from backend.graph.superlatives import OF_SPEC, read_order
from backend.graph.text import Token, before, plain, singular, tokens
from backend.graph.valued import LONGEST_VALUE, either, read_values
from backend.graph.vocabulary import Vocabulary

Kind = Literal["list", "count", "superlative"]
_COUNT = re.compile(r"\bhow many\b|\b(?:total|what is the|what's the) number of\b|\bcount (?:of|the|all|your)\b")
_IN_STOCK = re.compile(r"\b(?:in[ -]stock|available(?: now| right now| today| immediately)?|ready to ship|on hand)\b")
_OUT_OF_STOCK = re.compile(r"\b(?:out[ -]of[ -]stock|sold[ -]out|not (?:in stock|available)|unavailable)\b")
_ON_SALE = re.compile(
    r"\b(?:on sale|in (?:the|your) sale|on (?:special )?discount|on (?:special )?offer|at a (?:discount|reduced price)"
    r"|with a discount|discounted|reduced(?: in price)?|marked down)\b"
)
#: what stands before a word that names a part or a specification rather than the goods looked for
_ATTRIBUTE = re.compile(
    r"(?:\d\s?[a-z]{1,2}|\bwith|\bwithout|(?<!looking )(?<!searching )(?<!shopping )(?<!market )\bfor|\bfits?|\band"
    r"|\bof(?!\s+(?:your|our|the|these|those|all)\b))\s+(?:an?\s|the\s|my\s)?[a-z0-9-]*\s?$|\b\d+\s$"
)
_PLUS = re.compile(r"\b(80)\s?plus\b")  # the certificate is written 80+
#: what stands before the goods that somebody looks for
_GOODS_FOLLOW = re.compile(
    r"(?:^\W*|\b(?:sell|sells|selling|have|has|got|carry|stock|any|some|an?|of|other|find|buy|show me|get me|give me"
    r"|want|need|many|your|all|(?:look|search|shop|hunt)(?:ing)? for|the market for|list|good|best|cheap(?:est)?|new"
    r")\s+)$"
)


@dataclass(frozen=True)
class Asked:
    """A shopper's wish. `unknown` are words that this shop's catalogue does not have."""

    filter: ProductFilter
    kind: Kind = "list"
    unknown: tuple[str, ...] = ()
    #: the narrower kind of goods that was named inside the category ("ssd" in Storage)
    narrower: str = ""
    #: words right before the goods that the catalogue has: "air" of "air coolers"
    beside: str = ""
    #: goods that were asked for as they were called, of a kind that the catalogue does not have ("gaming chairs")
    strange: str = ""
    #: whether the words name goods of which the shop has several kinds ("guitars")
    head: bool = False
    #: bounds of which the catalogue states nothing ("over 5 litres")
    unmet: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the words set any condition at all."""
        return self.filter != ProductFilter()


def may_set(text: str, words: Vocabulary, named: tuple[tuple[int, int], ...], category: str | None) -> bool:
    """Whether anything in a message can be the value of a specification: a figure, a value of these goods, or a kind of
    goods that has others. A tenth of what `ask` costs, for the many messages that set nothing.
    """
    reading = Reading(figures(plain(text)), words)
    for start, end in named:
        reading.blank(start, end)
    if any(map(str.isdigit, reading.text)):
        return True
    values = words.values(category)
    said = (phrase for *_, phrase in reading.phrases(LONGEST_VALUE))
    return any(phrase in values or phrase in words.categories or words.code(phrase, category) for phrase in said)


def ask(text: str, words: Vocabulary, named: tuple[tuple[int, int], ...] = (), category: str | None = None) -> Asked:
    """Read a message. `named` are the places of products it names, whose words set no condition; `category` is the
    kind of goods where the words name none.

    Everything is resolved against the shop's own categories, brands, specifications and values.
    """
    shown = _PLUS.sub(lambda m: m[1] + "+".ljust(len(m[0]) - len(m[1])), figures(plain(text)))
    reading = Reading(shown, words, text, category)
    for start, end in named:
        reading.blank(start, end)
    count = _take(reading, _COUNT)
    read_brands(reading)
    _read_category(reading)
    read_maker(reading)
    order = read_order(reading.text, reading.category, words)
    for start, end in order.places:
        reading.blank(start, end)
    reading.unmet += [order.unmet] if order.unmet else []
    _read_stock(reading)
    _read_sale(reading)
    read_values(reading, standards=True)
    read_amounts(reading)
    read_values(reading, standards=False)
    if reading.category is None and not reading.narrower:
        reading.category = words.only_kind([spec.name for spec in reading.specs])
        if reading.category is not None:
            read_values(reading, standards=False)
    known, unknown = _rest(reading)
    known = _telling(reading, known, order.sort)
    if reading.for_goods and known and not words.carried(tuple(known), reading.category):
        reading.category, reading.narrower = None, ()  # "wall mount for a TV": the mount is looked for
    elif known and not words.carried((*known, *reading.narrower), reading.category):
        known = [word for word in known if words.category((word,)) is None]  # "a cable for my laptop"
    if reading.specs:
        unknown = [word for word in unknown if words.category((word,)) is None]  # "cases for Mini-ITX boards"
    wanted = ProductFilter.model_validate(
        {
            **reading.found,
            "text": " ".join((*known, *reading.narrower)),
            "category": reading.category,
            "specs": either(reading),
            "excluded_brands": tuple(reading.excluded),
            "sort": order.sort or "relevance",
            **({"page_size": order.limit} if order.limit else {}),
        }
    )
    kind: Kind = "count" if count else "superlative" if order.sort else "list"
    strange = _strange(reading, unknown) if unknown and reading.category is None else ""
    narrower, beside = " ".join(reading.narrower), _beside(reading, known)
    head = reading.category is None and any(map(words.is_head, known))
    return Asked(wanted, kind, tuple(unknown), narrower, beside, strange, head, tuple(reading.unmet))


def _take(reading: Reading, pattern: re.Pattern[str]) -> bool:
    match = pattern.search(reading.text)
    if match:
        reading.blank(*match.span())
    return match is not None


def _read_category(reading: Reading) -> None:
    """The kind of goods. A word right behind an amount ("32 GB RAM laptops") names a specification, not the goods."""
    found: list[tuple[bool, int, int, tuple[str, Phrase]]] = []
    for start, end, phrase in reading.phrases(4):
        if (category := reading.words.category(phrase)) is None:
            continue
        inside = any(first <= start and end <= last for _, first, last, _ in found)
        if not (inside or reading.negated(start) or _of_head(reading, end)):
            found.append((_ATTRIBUTE.search(before(reading.text, start)) is not None, start, end, category))
    if reading.category is not None:  # spoken of before: "not more than 2 DIMM slots" is about boards
        found = [one for one in found if not one[0]]
    if all(attribute for attribute, *_ in found) and any(
        reading.words.is_head(singular(token.text)) for token in tokens(reading.text)
    ):
        return  # "guitars with 5 strings" are guitars
    goods = [one for one in found if not _in_value(reading, one[3][0], one[1], one[2])]
    if not found:
        return
    if not goods:
        reading.category, reading.goods_at = found[0][3][0], found[0][1]  # "an ATX Mid Tower" is a case
        return
    found = goods
    reading.for_goods, start, end, named = min(found, key=lambda item: (item[0], item[1]))
    reading.category, narrower = named
    reading.goods_at = start
    for attribute, first, last, other in found:
        if (first, last) == (start, end):
            reading.blank(first, last)
        elif other[0] == reading.category:
            if other[1] and not narrower:
                narrower = other[1]  # "drives with SSD"
                reading.blank(first, last)
            elif not attribute and not other[1] and not _ranked(reading, first):
                reading.blank(first, last)  # "SSD drives" names the goods twice
    if narrower:
        _narrow(reading, narrower)


def _of_head(reading: Reading, end: int) -> bool:
    """Whether a kind that several categories share stands right behind: "7 string guitars" are no strings."""
    behind = tokens(reading.text[end : end + 40])[:1]
    return (
        bool(behind)
        and not reading.text[end : end + behind[0].start].strip()
        and reading.words.is_head(singular(behind[0].text))
    )


def _ranked(reading: Reading, place: int) -> bool:
    """Whether the word there is what the goods are ranked by ("the kits with the most memory")."""
    return any(match.end() == place for match in OF_SPEC.finditer(reading.text[: place + 1]))


def _in_value(reading: Reading, category: str, first: int, last: int) -> bool:
    """Whether the words end a longer value ("ATX Mid Tower")."""
    said = [token for token in tokens(reading.text[:last]) if last - token.start < 40]
    own, values = sum(token.start >= first for token in said), reading.words.values(category)
    stemmed = tuple(singular(token.text) for token in said)
    return any(stemmed[-length:] in values for length in range(own + 1, len(said) + 1))


def _narrow(reading: Reading, narrower: Phrase) -> None:
    """ "SSDs" in Storage: a value of a specification where the shop has one, else words that its products carry."""
    values = reading.words.values(reading.category)
    names = sorted(same_kind(narrower), key=lambda other: (other != narrower, other))
    shorter = [phrase[:-1] for phrase in names if phrase[-1:] in reading.words.categories]  # "NVMe drives"
    for name, said in (values[phrase] for phrase in (*names, *shorter) if phrase in values):
        if said.startswith("=") or said == "yes":
            reading.specs.append(SpecFilter(name=name, op=Comparator.EQ, value=said == "yes" or said[1:]))
            return
    reading.narrower = next((phrase for phrase in names if reading.words.carried(phrase, reading.category)), ())
    if not reading.narrower and (elsewhere := [phrase for phrase in names if reading.words.carried(phrase, None)]):
        reading.category, reading.narrower = None, elsewhere[0]  # this shop keeps its webcams with the cameras


def _read_stock(reading: Reading) -> None:
    if _take(reading, _OUT_OF_STOCK):
        reading.found["in_stock"] = False
    elif _take(reading, _IN_STOCK):
        reading.found["in_stock"] = True


def _read_sale(reading: Reading) -> None:
    """Reduced goods; a shop that does not say what is reduced is not searched as if it did."""
    match = _ON_SALE.search(reading.text)
    if match is None:
        return
    if reading.words.states(ON_SALE):
        op = Comparator.NE if reading.negated(match.start()) else Comparator.EQ
        reading.specs.append(SpecFilter(name=ON_SALE, op=op, value=True))
    else:
        reading.unmet.append(match.group())
    reading.blank(*match.span())


def _rest(reading: Reading) -> tuple[list[str], list[str]]:
    """The words left over: those of the catalogue, and those it does not have."""
    known: list[str] = []
    unknown: list[str] = []
    for token in tokens(reading.text):
        word = singular(token.text)
        number = token.text.isdigit()
        if _says_nothing(token) or len(word) < (3 if number else 2):
            continue
        describes = not reading.text[token.end : reading.goods_at].strip() and token.end <= reading.goods_at
        if not reading.words.knows(word):
            unknown.append(word)
            if not (describes or (number and reading.category)):
                continue
        known.append(word)
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


def _beside(reading: Reading, known: Sequence[str]) -> str:
    """The words of the catalogue that stand right before the goods."""
    found: list[str] = []
    for token in reversed(tokens(reading.written[: max(0, reading.goods_at)])):
        if singular(token.text) not in known:
            break
        found.insert(0, singular(token.text))
    return " ".join(found)


def _strange(reading: Reading, unknown: Sequence[str]) -> str:
    """The goods that were asked for by a name with a word that the catalogue does not have; "" where there are none."""
    said = tokens(reading.written)
    free = [
        (reading.text[t.start : t.end].strip() != "" and not _says_nothing(t))
        or any(start <= t.start and t.end <= end for start, end in reading.values)
        for t in said
    ]  # fmt: skip
    for place, token in enumerate(said):
        if singular(token.text) not in unknown:
            continue
        first, last = place, place
        while first and free[first - 1]:
            first -= 1
        while last + 1 < len(said) and free[last + 1]:
            last += 1
        if _GOODS_FOLLOW.search(plain(reading.written[: said[first].start])):
            return reading.written[said[first].start : said[last].end]
    return ""


def _says_nothing(token: Token) -> bool:
    return token.text in stop_words() or singular(token.text) in stop_words()


def _telling(reading: Reading, left: list[str], sort: str | None) -> list[str]:
    """Without the words that only name what was understood: "panel" beside IPS, "speed" beside 3200 MHz."""
    names = {condition.name for condition in reading.specs} | ({sort.lstrip("-")} if sort else set())
    said = {word for name in names for word in reading.words.called(name)}
    said |= reading.words.called_goods(reading.category)
    telling = [word for word in left if word not in said and not any(len(s) > 3 and word.startswith(s) for s in said)]
    if not reading.specs or reading.words.carried(tuple(telling), reading.category):
        return telling
    return [
        word for word in telling if not reading.words.named([word], reading.category, numeric=False, synonyms=False)
    ]
