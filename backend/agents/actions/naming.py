"""Where an item of an order is named in a text: by its number, whole, for short, or with its words run together."""

import re
from dataclasses import dataclass

from backend.agents.actions.wording import phrase, words
from backend.agents.understanding.spelling import distance
from backend.domain.orders import OrderLine

#: Shorter names would be found in the middle of other words' parts.
_LONG_ENOUGH = 5
#: From this length on two slips are forgiven.
_LONG = 7
#: Words that tell nothing of the thing itself.
_COLLECTIVE = frozenset(("set", "kit", "puzzle", "pack", "bundle", "collection", "system"))

#: Those of them that say something else as often: "it was set up", "I will pack it".
_NO_NAME = frozenset(("set", "pack"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A line that a text names, and where the name starts and ends."""

    line: OrderLine
    start: int
    end: int


def by_id(text: str, group: list[OrderLine]) -> list[Mention]:
    """Lines named by their own number or by the variant's; the same item twice takes the lines in turn."""
    found: list[Mention] = []
    for line in group:
        names = [name for name in (line.id, line.variant_id) if len(name) > 2]
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text, re.IGNORECASE):
            if names and not any(m.start == match.start() for m in found) and not _is_new(text[: match.start()]):
                found.append(Mention(line, match.start(), match.end()))
                break
    return found


def places_of(text: str, group: list[OrderLine]) -> list[Mention]:
    """Where the product's name stands: whole, or by the last word of it ("shoes" for "Running Shoes")."""
    name = group[0].name
    spoken = words(name)
    for form in (name, *_shorter(spoken)):
        if len(form) < 3 and not re.search(rf"\b{re.escape(form.upper())}\b", name):  # "TV"
            continue
        matches = list(phrase(form).finditer(text))
        if matches:
            return [Mention(group[0], m.start(), m.end()) for m in matches]
    for form in (name, *_shorter(spoken)):
        matches = list(_run_together(form).finditer(text)) if len(form) > _LONG_ENOUGH else []
        if matches:
            return [Mention(group[0], m.start(), m.end()) for m in matches]
    return _misspelt(text, spoken, group[0]) or _by_kind(text, group[0])


def _by_kind(text: str, line: OrderLine) -> list[Mention]:
    """By its kind where that is one word, or the end of it: "the earbuds" for "Wireless Earbuds Lite", "the phone"."""
    kind = words(line.category or "")
    if len(kind) != 1:
        return []
    places = list(phrase(kind[0]).finditer(text)) or [
        m
        for m in re.finditer(r"[^\W\d_]{5,}", text)
        if kind[0].endswith(words(m.group())[0]) and len(kind[0]) > len(m.group())
    ]
    return [Mention(line, m.start(), m.end()) for m in places]


def _misspelt(text: str, spoken: list[str], line: OrderLine) -> list[Mention]:
    """The name with a slip or two in its longer words: "vaccum cleanr". All of its words, or the last for short."""
    said = list(re.finditer(r"[^\W\d_]{4,}", text))
    last = spoken[-1:] if spoken and spoken[-1] not in _COLLECTIVE else []
    for form in (spoken, last):
        if not form or any(len(word) < _LONG_ENOUGH for word in form):
            continue
        for at in range(len(said) - len(form) + 1):
            run = said[at : at + len(form)]
            if all(_slipped(m.group().lower(), word) for m, word in zip(run, form, strict=True)):
                return [Mention(line, run[0].start(), run[-1].end())]
    return []


def _slipped(said: str, word: str) -> bool:
    slips = 2 if len(word) > _LONG else 1
    return said[0] == word[0] and distance(said, word) <= slips and len(said) >= len(word) - 1


def _run_together(name: str) -> re.Pattern[str]:
    """A name with its words joined or parted otherwise: "book shelf", "tshirt"."""
    letters = [re.escape(c) for c in name.lower() if c.isalnum()]  # "tshirt" for "T-Shirt"
    return re.compile(r"(?<![a-z0-9])" + r"[\s\-]?".join(letters) + r"(?:e?s)?(?![a-z0-9])", re.IGNORECASE)


def _shorter(spoken: list[str]) -> list[str]:
    """What a thing is called for short: by its last words, or where these say nothing ("set") by its first."""
    if spoken and spoken[-1] in _COLLECTIVE:
        last = () if spoken[-1] in _NO_NAME else spoken[-1:]
        return [*(" ".join(spoken[:i]) for i in range(len(spoken) - 1, 0, -1)), *last]
    kind = [word for word in spoken if not any(c.isdigit() for c in word)] or spoken  # "LED TV 43" is a TV
    while len(kind) > 1 and kind[-1] in _TIERS:
        kind = kind[:-1]  # the "Phone Case Pro 12" is a case
    ends = [" ".join(part[i:]) for part in (spoken, kind) for i in range(1, len(part)) if not part[-1].isdigit()]
    model = [word for word in spoken if _MODEL.fullmatch(word)] if len(spoken) > 1 else []
    return [*ends, *(" ".join(spoken[:i]) for i in range(len(spoken) - 1, 1, -1)), *model]


#: Words behind a name that tell versions apart.
_TIERS = frozenset(("pro", "lite", "max", "mini", "plu", "ultra", "air", "duo", "se"))
#: "X2" for "X2 Laptop"
_MODEL = re.compile(r"[a-z]{1,4}\d{1,4}[a-z]?")


#: What leads from a number to the one that takes its place: "123 for item 456", "123 -> 456".
_NEW = re.compile(
    r"(?:\b(?:for|to|into|with|by|becomes?)|->|=>|→|>)\s*"
    r"(?:(?:the|an?|new|items?|variant|version|product|number|id|one|no)\b[\s.:#]*)*[#(]*$",
    re.IGNORECASE,
)


def _is_new(before: str) -> bool:
    """Whether the number that follows is what an item before it is to become."""
    link = _NEW.search(before)
    clause = re.split(r"[.;!?\n,]|\band\b", before[: link.start()])[-1] if link else ""
    return bool(re.search(r"(?<![\w#-])\d{6,}|[a-z]{3,} (?:item )?\(?\d{6,}", clause))
