"""Goods that a clause names: products of the catalogue, ambiguous names, and names this shop does not know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.agents.understanding.lexicon import words_of
from backend.agents.understanding.salience import Salience, ref, unique
from backend.agents.understanding.vocabulary import ProductMention, Vocabulary
from backend.domain.conversation import ProductRef
from backend.graph.text import before


@dataclass(frozen=True, slots=True)
class Named:
    """Products named in a clause: where, which, and which could be meant by an ambiguous name."""

    spans: tuple[tuple[int, int, ProductRef], ...] = ()
    candidates: tuple[ProductRef, ...] = ()
    unknown: tuple[str, ...] = ()
    #: named only to be ruled out: "not the X1"
    ruled_out: tuple[tuple[int, int, ProductRef], ...] = ()

    @property
    def products(self) -> tuple[ProductRef, ...]:
        return unique(product for _, _, product in self.spans)


#: "not the X1, the G1", "instead of the X1": named only to be ruled out.
_RULED_OUT = re.compile(
    r"\b(?:not|instead of|rather than|other than|except|besides)\s+(?:the\s+|a\s+|my\s+)?$", re.IGNORECASE
)
#: Where somebody is, though goods are called by the word too: "a chair for use in the office".
_PLACE = re.compile(r"(?:office|home|studio|school|gym|kitchen|garden)", re.IGNORECASE)
_IS_AT = re.compile(
    r"\b(?:in|at|from|near|around|outside|to|for) (?:(?:the|my|our|an?|his|her|their|your) )?(?:home )?$", re.IGNORECASE
)
#: More candidates than this are a category, not a question.
_MOST_CANDIDATES = 6

_NAME = r"(?:[A-Z][\w+-]*[A-Za-z\d]|[a-z]+[A-Z][\w-]*|[A-Z]+\d+\w*|(?=\w*[a-z])(?=\w*\d)[a-z]{2,}\d+\w*)"
_UNKNOWN = re.compile(
    rf"(?:(?i:\b(?:the|about|your|an?|sell|have|stock|carry|vs\.?|versus|with|to|than|compare|of|for|buy|order|want"
    rf"|my)\s+(?:new\s+|latest\s+)?)|^)({_NAME}(?:\s+(?:{_NAME}|\d+[\w]*|(?:Pro|Max|Ultra|Plus|Mini|Lite)\b))*)"
)
#: Words after which a small-letter name is expected: nothing but the name follows.
_UNKNOWN_SMALL = re.compile(
    r"\b(?:tell me (?:more )?about|do you (?:sell|have|stock|carry)|info(?:rmation)? (?:on|about)|how much is"
    r"|price of|specs (?:of|for))\s+(?:the|a|an|your)?\s*([a-z]+[- ]?\d+\w*|[a-z]*(?:phone|pad|book|pod|watch|tab"
    r"|cam|buds|box|station)s?)\s*[?.!]*$",
    re.IGNORECASE,
)
_SPEC_LIKE = re.compile(
    r"^(?:i[3579]|\d.*|[a-z]{2,4}[-\s]?\d{3,}|ddr\d|[a-z]*\d+(?:gb|tb|hz|w|mm|in|k|g|p|mp|mah)|wi-?fi.*|usb.*|hdmi.*"
    r"|gen\d)$"
)


def find_named(text: str, salience: Salience, vocabulary: Vocabulary) -> Named:
    """Every product the clause names and does not rule out."""
    mentions = vocabulary.find_mentions(text)
    spans: list[tuple[int, int, ProductRef]] = []
    candidates: list[ProductRef] = []
    ruled: list[tuple[int, int, ProductRef]] = []
    for mention in mentions:
        if _PLACE.fullmatch(text[mention.start : mention.end]) and _IS_AT.search(before(text, mention.start)):
            continue
        meant = _meant(mention, salience)
        if _RULED_OUT.search(before(text, mention.start)):
            ruled.extend((mention.start, mention.end, product) for product in meant[:1])
        elif len(meant) == 1:
            spans.append((mention.start, mention.end, meant[0]))
        elif len(meant) <= _MOST_CANDIDATES:
            candidates.extend(meant)
    unknown = () if spans or candidates else _unknown(text, mentions, vocabulary)
    return Named(tuple(spans), unique(candidates), unknown, tuple(ruled))


def _meant(mention: ProductMention, salience: Salience) -> tuple[ProductRef, ...]:
    """What is meant, the conversation settling a name that fits several."""
    fits = tuple(ref(p) for p in mention.products)
    if len(fits) < 2:
        return fits
    for view in (salience.products[:1], salience.shown, salience.products):
        known = tuple(r for r in fits if r in view)
        if len(known) == 1:
            return known
    return fits


def _unknown(text: str, mentions: Sequence[ProductMention], vocabulary: Vocabulary) -> tuple[str, ...]:
    found = []
    for pattern in (_UNKNOWN, _UNKNOWN_SMALL):
        for match in pattern.finditer(text):
            name = match[1].strip()
            overlaps = any(m.start < match.end(1) and match.start(1) < m.end for m in mentions)
            if not overlaps and _is_goods(name, match.start(1), vocabulary):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _is_goods(name: str, position: int, vocabulary: Vocabulary) -> bool:
    """Whether a name may be that of goods: none of the words that are capitalised for other reasons."""
    words = name.lower().split()
    if words[0] in words_of("not_goods") or _SPEC_LIKE.match(name.lower()) or len(name) < 2:
        return False
    if position == 0 and name[1:].islower() and len(words) == 1:
        return False  # only the start of a sentence
    if name.isupper() and name.isalpha() and len(name) <= 5:
        return False  # an abbreviation
    return vocabulary.category_of(name) is None and not vocabulary.is_value(name) and not _is_brand(name, vocabulary)


def _is_brand(name: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.parse_filter(name)
    return found is not None and bool(found.brand)
