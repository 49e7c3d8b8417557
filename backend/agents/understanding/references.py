"""Words that point at goods instead of naming them: "it", "the second one", "the cheaper one", "both"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from backend.agents.understanding.cues import ATTRIBUTE
from backend.agents.understanding.relations import RELATION_WORDS, by_relation
from backend.agents.understanding.salience import Salience
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.conversation import ProductRef


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a clause and the products it stands for; `possessive` for "its", "their"."""

    start: int
    end: int
    products: tuple[ProductRef, ...]
    possessive: bool = False


_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4,
             "5th": 4, "sixth": 5, "6th": 5, "last": -1, "former": 0, "latter": -1, "top": 0}  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_NTH = "|".join(_ORDINALS)
_THING = r"(?:ones?|options?|products?|items?|models?|laptops?|phones?|devices?|tablets?|monitors?|results?|choices?)"

_ORDINAL = re.compile(
    rf"(?:\b(?:the|that)\s+({_NTH})|^({_NTH})|\b({_NTH})(?=\s+{_THING}))"
    rf"(?:\s+(?:and|or|with|to|vs\.?|versus)\s+(?:the\s+)?({_NTH}))?"
    rf"(?:\s+{_THING}\b|(?=\s*(?:$|[?.!,;]|and\b|with\b|to\b))|(?=\s+(?:in|on|from) (?:the|your) list))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\b(?:option|number|no\.?|item|product)\s*|(?<!\w)#\s?)([1-9])\b(?!\d)", re.IGNORECASE)
_FIRST_N = re.compile(rf"\b(?:the\s+)?(first|last|top)\s+(two|three|four|five|[2-5])\b(?:\s+{_THING})?", re.IGNORECASE)
_GROUP = re.compile(
    rf"\b(?:(?:the\s+)?(?:two|three|both)\s+of\s+(?:them|these|those)|both(?:\s+of\s+(?:them|these"
    rf"|those))?(?:\s+{_THING})?|these two|those two|the two(?:\s+{_THING})?|(?:all\s+(?:of\s+)?)?(?:them|these"
    rf"|those)(?:\s+{_THING})?|each other|all (?:two|three|four|five))\b",
    re.IGNORECASE,
)
_THEIR = re.compile(r"\b(their|they)\b", re.IGNORECASE)
_OTHER = re.compile(rf"\bthe other(?:\s+{_THING})?\b(?!\s+(?:day|way|side|order|hand))", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:(its)|it'?s(?= (?:price|battery|weight|screen|display|warranty|size|color|colour|specs?|camera))|it"
    r"|this one|that one|the same one|this|that)\b(?!\s+(?:possible|ok|okay|safe|true|worth|raining|seems|take"
    r"|is possible|(?:be )?(?:rain|snow)\w*|be (?:sunny|cold|warm|hot)|week|month|year|day|time|morning|order|package"
    r"|parcel|delivery|shipment|complaint|refund|case|way|email)\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(this|that|the|these|those)\s+([\w-]+)(?:\s+([\w-]+))?", re.IGNORECASE)
_DESCRIBED = re.compile(r"\bthe\s+((?:[\w-]+\s+){1,3}?)(?:one|ones|version|model)\b", re.IGNORECASE)
#: "that" is a pronoun only behind these; behind a noun it opens a relative clause.
_BEFORE_THAT = re.compile(
    r"(?:^|\b(?:is|are|was|does|do|did|can|will|would|has|about|with|to|for|of|than|compare|on|and|return|buy|order"
    r"|like|want|get|take|does|is|how|not|but|so))\W*$",
    re.IGNORECASE,
)

_RELATIONAL = re.compile(
    rf"\bthe\s+(?:(?:{_THING})\s+)?({RELATION_WORDS})(?:\s+{_THING}\b|\s+of\s+(?:the\s+)?(?:two|three|them|these"
    rf"|those)\b|(?=\s*(?:$|[?.!,;]))|(?=\s+(?:come|have|has|work|support|in|with"
    r"|(?:and|or|to|vs\.?|versus) the)\b))",
    re.IGNORECASE,
)
_ASKS_WHICH = re.compile(
    r"\b(?:which|what|who)(?: one| of (?:the )?\w+(?: two| three)?)?(?:'s| is| are| has| have)\s*$", re.IGNORECASE
)
#: "Which is cheaper?": asks about the group instead of pointing into it.
CHOICE = re.compile(
    rf"^\W*(?:(?:so|and|but|ok|then) )*which (?:one|of (?:them|these|those|the (?:two|three|four|five)))\b|\b(?:which"
    rf"|what|who)(?:'s|\b)(?:(?!\b(?:laptop|phone|tablet)s do\b).){{0,80}}?\b(?:{RELATION_WORDS}|better|best"
    rf"|faster|fastest|newer|newest|stronger|"
    r"longer|longest|more (?!about|info|detail|accessories)\w+|most \w+|difference|recommend|should i (?:buy|get"
    r"|choose|pick|take)|would you (?:buy|choose|pick|take)|more(?=\s*(?::|\W*$))|worse|quieter|brighter"
    r"|thinner|slimmer)\b",
    re.IGNORECASE,
)


#: More pointers of one kind than this are no sentence.
_MOST = 8


def find_references(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    """What the clause points at, left to right, not overlapping; nothing where nothing can be meant."""
    found: list[Reference] = []
    if not salience.everything:
        return found
    for find in _FINDERS:
        for reference in find(text, salience, vocabulary)[:_MOST]:
            if reference.products and not any(reference.start < f.end and f.start < reference.end for f in found):
                found.append(reference)
    return sorted(found, key=lambda r: r.start)


def _ordinals(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    listed = salience.shown or salience.products
    found = []
    for match in _FIRST_N.finditer(text):
        count = _NUMBERS[match[2].lower()]
        picked = listed[-count:] if match[1].lower() == "last" else listed[:count]
        found.append(Reference(match.start(), match.end(), picked))
    for match in _ORDINAL.finditer(text):
        places = [_ORDINALS[g.lower()] for g in match.groups() if g]
        if all(-len(listed) <= place < len(listed) for place in places):
            found.append(Reference(match.start(), match.end(), tuple(listed[place] for place in places)))
    for match in _NUMBERED.finditer(text):
        if int(match[1]) <= len(listed):
            found.append(Reference(match.start(), match.end(), (listed[int(match[1]) - 1],)))
    return found


def _relational(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    found = []
    for match in _RELATIONAL.finditer(text):
        if _ASKS_WHICH.search(text[: match.start()]):
            continue
        group = salience.shown if len(salience.shown) > 1 else salience.group
        winner = by_relation(match[1], group, vocabulary)
        if winner is not None:
            found.append(Reference(match.start(), match.end(), (winner,)))
    return found


def _groups(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    found = [Reference(m.start(), m.end(), salience.group) for m in _GROUP.finditer(text)]
    spoken = [r for r in salience.everything if r.name.lower() in (salience.topic or "").lower()]
    plural = tuple(spoken) if len(spoken) == 1 else salience.group if len(salience.group) > 1 else salience.products[:1]
    found += [Reference(m.start(), m.end(), plural, m[1].lower() == "their") for m in _THEIR.finditer(text)]
    return found


def _other(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    match = _OTHER.search(text)
    if match is None:
        return []
    other = other_than_topic(salience, vocabulary)
    return [Reference(match.start(), match.end(), (other,))] if other else []


def other_than_topic(salience: Salience, vocabulary: Vocabulary) -> ProductRef | None:
    """The product in view that the last question was not about."""
    topic = (salience.topic or "").lower()
    spoken = [r for r in salience.everything if r.name.lower() in topic] or list(salience.products[:1])
    if set(salience.group) <= set(spoken):
        spoken = list(singular(salience, vocabulary))
    left = [r for r in unique_first(salience) if r not in spoken]
    alike = [r for r in left if any(_alike(r, s, vocabulary) for s in spoken)]
    return next(iter(alike or left), None)


def unique_first(salience: Salience) -> tuple[ProductRef, ...]:
    """Products in view, those of the last comparison or list first."""
    return tuple({r.id: r for r in (*salience.group, *salience.products, *salience.shown)}.values())


def _alike(a: ProductRef, b: ProductRef, vocabulary: Vocabulary) -> bool:
    first, second = vocabulary.product(a.id), vocabulary.product(b.id)
    return first is not None and second is not None and first.category == second.category


def singular(salience: Salience, vocabulary: Vocabulary) -> tuple[ProductRef, ...]:
    """What "it" means: the answer to a comparison just asked ("which is cheaper?"), else the last product."""
    topic = salience.topic or ""
    group = tuple(r for r in salience.everything if r.name.lower() in topic.lower())
    if len(group) > 1 and CHOICE.search(topic):
        winner = by_relation(topic, group, vocabulary)
        if winner is not None:
            return (winner,)
    if salience.products:
        return salience.products[:1]
    return salience.shown[:1] if len(salience.shown) == 1 else ()


def _named(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    """ "this laptop", "the gaming one": by the category or a word of the name of something in view."""
    found = []
    for match in _NAMED.finditer(text):
        word, following = match[2].lower(), (match[3] or "").lower()
        end: int = match.end(2)
        hits: tuple[ProductRef, ...] = ()
        if word in _THINGS:
            hits = singular(salience, vocabulary)
        else:
            hits = _of_category(word, salience, vocabulary)
            if not hits and following:
                end, hits = match.end(3), _of_category(f"{word} {following}", salience, vocabulary)
            if not hits and not ATTRIBUTE.search(word):
                end, hits = match.end(2), _called(word, salience)
        if hits:
            found.append(Reference(match.start(), end, hits[:1] if match[1].lower() in _SINGULAR else hits))
    return found


def _described(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    """ "the gaming one", "the 43 inch one": by words of the names in view."""
    found = []
    for match in _DESCRIBED.finditer(text):
        words = set(match[1].lower().split())
        shared = [(len(words & set(r.name.lower().split())), r) for r in salience.everything]
        most = max((count for count, _ in shared), default=0)
        best = [r for count, r in shared if count == most]
        if most and len(best) == 1:
            found.append(Reference(match.start(), match.end(), (best[0],)))
    return found


def _called(word: str, salience: Salience) -> tuple[ProductRef, ...]:
    """ "the hub" among accessories just shown: the one thing in view that has the word in its name."""
    hits = tuple(r for r in salience.everything if word in r.name.lower().split())
    return hits if len(hits) == 1 else ()


_SINGULAR = {"this", "that", "the"}
_THINGS = {"product", "item", "model", "device", "thing"}


def _of_category(words: str, salience: Salience, vocabulary: Vocabulary) -> tuple[ProductRef, ...]:
    category = vocabulary.category_of(words)
    if category is None:
        return ()
    plural = words.endswith("s")
    pool = salience.shown if plural else (*singular(salience, vocabulary), *salience.products)
    return tuple(r for r in pool if (p := vocabulary.product(r.id)) is not None and p.category == category)


def _pronouns(text: str, salience: Salience, vocabulary: Vocabulary) -> list[Reference]:
    meant = singular(salience, vocabulary)
    found = []
    for match in _IT.finditer(text):
        if match.group().lower() in {"this", "that"} and not _BEFORE_THAT.search(text[: match.start()]):
            continue
        possessive = match.group().lower() in {"its", "it's"}
        found.append(Reference(match.start(), match.end(), meant, possessive))
    return found


_FINDERS: tuple[Callable[[str, Salience, Vocabulary], list[Reference]], ...] = (
    _ordinals,
    _relational,
    _other,
    _groups,
    _described,
    _named,
    _pronouns,
)
