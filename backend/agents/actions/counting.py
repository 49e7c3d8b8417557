"""How many items are meant: pieces of one line, or some of several lines of one name."""

import re

from backend.agents.actions.naming import Mention, by_id, places_of
from backend.domain.orders import OrderLine

_PIECES = re.compile(
    r"\b(?P<n>one|single|two|three|four|five|six|\d{1,2})(?:\s*(?:x|×|pieces?|pcs|pairs?|units?|copies|copy))?"
    r"(?:\s+(?:of|only|from))*\s+(?:(?:the|my|these|those|them|\d{1,2}|two|three|four|five|six|all)\s+)*(?:[\w-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def pieces_meant(text: str, line: OrderLine) -> int | None:
    """How many pieces of a line are meant when fewer than it holds: "one of the two mice"; None for all of them."""
    if line.quantity < 2:
        return None
    places = places_of(text, [line]) or by_id(text, [line])
    before = text[: places[0].start] if places else text + " "
    found = _PIECES.search(before) or (re.search(r"\b(?:(?:only|just)\s+)(?P<n>one|two|\d{1,2})\b", text, re.I))
    if found is None and not places:
        found = re.fullmatch(r"\W*(?:just|only)?\W*(?P<n>one|two|three|four|five|six|\d{1,2})\b.*", text, re.I)
    pieces = (_NUMBERS.get(found["n"].lower()) or int(found["n"])) if found else 0
    return pieces if 0 < pieces < line.quantity else None


_SOME = re.compile(
    r"\b(?P<some>one|1|two|2|three|3)(?: (?:only|just))? of (?:the |my |these |those |both )?(?:\w+ ){0,2}?$"
    r"|\b(?:only|just) (?P<only>one|1|two|2)(?: of)?(?: the| my| these)?(?: \w+){0,2}? ?$",
    re.IGNORECASE,
)
#: Said after the name: "two kettles came, I only return one".
_JUST_ONE = re.compile(
    r"\b(?:(?:just|only)(?: (?:want|need|wish|like) to)?(?: (?:return|exchange|swap|refund|send(?: back)?|keep))?"
    r"|return|exchange|swap|refund)"
    r" (?P<some>one|1|two|2)\b(?! (?:for|of (?:the )?(?:each|both)))|\bfor (?P<only>one) of (?:them|those|these)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:both|all|two|three|every|each|2|3)\b(?:\s+(?!wish|order)[\w-]+){0,3}\s*$", re.IGNORECASE)
_OF_THEM = re.compile(r"^\W*(?:[\w-]+\W+){0,3}?(?:both|all)(?: (?:of )?them)?\b", re.IGNORECASE)
_COUNT = {"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}


def counted(text: str, place: Mention, group: list[OrderLine]) -> list[Mention] | None:
    """As many lines of one name as are counted: "one of the two jackets", "both mugs"; None when none are."""
    some = _SOME.search(text[: place.start]) or _JUST_ONE.search(text)
    if some is None:
        every = _EVERY.search(text[: place.start]) or _OF_THEM.match(text[place.end :])
        return [Mention(line, place.start, place.end) for line in group] if every else None
    number = _COUNT[(some["some"] or some["only"]).lower()]
    if number >= len(group):
        return [Mention(line, place.start, place.end) for line in group]
    alike = len({line.variant_id for line in group}) == 1
    return [Mention(line, place.start, place.end) for line in group[:number]] if alike else None
