"""Which lines of an order a shopper means: by number, by name, by options, or all of them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from backend.agents.actions.wording import phrase, telling, words
from backend.domain.orders import Order, OrderLine

_ALL = re.compile(
    r"\b(all (of )?(it|them|that|this|(the |my )?(items|things|products|goods|stuff|lot))|everything"
    r"|all(?= (?:from|in|of) (?:the |my |this )?order\b|\W*$)"
    r"|(the )?(whole|entire|full|complete) (thing|order|purchase|lot)"
    r"|both( items| of them)?|every (item|thing)|each (item|of them))\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|but not|apart from|other than|excluding|without)\b(.*)$", re.IGNORECASE | re.DOTALL)
_ORDINAL = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NTH = re.compile(rf"\bthe ({'|'.join(_ORDINAL)})(?: (?:one|item|line|product))?\b", re.IGNORECASE)

#: Shorter names would be found in the middle of other words' parts.
_LONG_ENOUGH = 5
#: Words that tell nothing of the thing itself.
_COLLECTIVE = frozenset(("set", "kit", "puzzle", "pack", "bundle", "collection", "system"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A line that a text names, and where the name starts and ends."""

    line: OrderLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meant:
    """The lines that are meant; `unclear` are those among which the words do not decide."""

    lines: tuple[OrderLine, ...] = ()
    unclear: tuple[OrderLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    everything: bool = False


def line_label(line: OrderLine) -> str:
    """The line as a shopper tells it from the others: "T-Shirt (color blue, size M)"."""
    options = ", ".join(f"{name} {value}" for name, value in line.options.items())
    return f"{line.name} ({options})" if options else line.name


def lines_meant(text: str, order: Order) -> Meant:
    """The lines a text means; empty when it names none."""
    left_out = _EXCEPT.search(text)
    if left_out and _ALL.search(text[: left_out.start()]):
        spared = {m.line.id for m in _mentions(left_out.group(1), order)[0]}
        return Meant(lines=tuple(line for line in order.lines if line.id not in spared))
    mentions, unclear = _mentions(text, order)
    if mentions or unclear:
        return Meant(tuple({m.line.id: m.line for m in mentions}.values()), unclear, mentions)
    if _ALL.search(text):
        return Meant(lines=order.lines, everything=True)
    picked = [_ORDINAL[m.group(1).lower()] for m in _NTH.finditer(text)]
    return Meant(lines=tuple(order.lines[n] for n in picked if -len(order.lines) <= n < len(order.lines)))


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
    places = _places(text, [line]) or _by_id(text, [line])
    before = text[: places[0].start] if places else text + " "
    found = _PIECES.search(before) or (re.search(r"\b(?:(?:only|just)\s+)(?P<n>one|two|\d{1,2})\b", text, re.I))
    if found is None and not places:
        found = re.fullmatch(r"\W*(?:just|only)?\W*(?P<n>one|two|three|four|five|six|\d{1,2})\b.*", text, re.I)
    pieces = (_NUMBERS.get(found["n"].lower()) or int(found["n"])) if found else 0
    return pieces if 0 < pieces < line.quantity else None


#: Before a thing that stays: "cancel the boots and keep the kettle".
_KEPT = re.compile(
    r"\b(?:keep(?:ing)?|retain|leave|not)\s+(?:(?:the|my|a|an|that|this)\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE
)


def _mentions(text: str, order: Order) -> tuple[tuple[Mention, ...], tuple[OrderLine, ...]]:
    """Every mention in the order of the text, and lines of one name that the options named do not tell apart."""
    found: list[Mention] = []
    unclear: list[OrderLine] = []
    for group in _by_name(order):
        chosen = _chosen(text, group)
        if chosen is None:
            unclear.extend(group)
        else:
            found.extend(chosen)
    options = {name.lower().split()[-1] for line in order.lines for name in line.options}
    found = [m for m in found if not _KEPT.search(text[: m.start]) and not _is_value(text, m, options)]
    return _without_values(text, sorted(found, key=lambda m: m.start)), tuple(unclear)


def _is_value(text: str, mention: Mention, options: set[str]) -> bool:
    """Whether a short name is the value of an option: the camera of "compartment camera"."""
    before = re.search(r"([\w-]+)[\s:=]+$", text[: mention.start])
    short = " " not in text[mention.start : mention.end].strip()
    return before is not None and short and " " in mention.line.name and before[1].lower() in options


def _without_values(text: str, mentions: list[Mention]) -> tuple[Mention, ...]:
    """Without names that stand in what another item is to become: "a backpack for one with laptop compartment"."""
    kept: list[Mention] = []
    for mention in mentions:
        value = kept and kept[-1].line is not mention.line and _is_target(text[kept[-1].end : mention.start])
        if not value:
            kept.append(mention)
    return tuple(kept)


def _by_name(order: Order) -> list[list[OrderLine]]:
    groups: dict[str, list[OrderLine]] = {}
    for line in order.lines:
        groups.setdefault(line.name.lower(), []).append(line)
    return list(groups.values())


def _chosen(text: str, group: list[OrderLine]) -> list[Mention] | None:
    """The lines of one name that are meant, each where it is named, or None when the words fit several."""
    numbered = _by_id(text, group)
    places = _sources(text, _places(text, group))
    if len(group) == 1 or not places:
        return numbered or [Mention(group[0], place.start, place.end) for place in places]
    if len(places) == 1 and (counted := _counted(text, places[0], group)) is not None:
        return counted
    taken: set[str] = set()
    chosen: list[Mention] = []
    for place, (start, end) in zip(places, _neighbourhoods(text, places), strict=True):
        line = next((m.line for m in numbered if start <= m.start < end), None)
        if line is not None and line.id in taken:  # the same item twice: its number means either line
            line = next((o for o in group if o.variant_id == line.variant_id and o.id not in taken), None)
        left = [other for other in group if other.id not in taken]
        line = line or _told_apart(_of_source(text, place, start, end), left) or _told_apart(text[start:end], left)
        if line is None:
            return None
        taken.add(line.id)
        chosen.append(Mention(line, place.start, place.end))
    return chosen + [m for m in numbered if m.line.id not in taken]


_SOME = re.compile(
    r"\b(?P<some>one|1|two|2|three|3)(?: (?:only|just))? of (?:the |my |these |those |both )?(?:\w+ ){0,2}?$"
    r"|\b(?:only|just) (?P<only>one|1|two|2)(?: of)?(?: the| my| these)?(?: \w+){0,2}? ?$",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:both|all|two|three|every|each|2|3)\b(?:\s+(?!wish|order)[\w-]+){0,3}\s*$", re.IGNORECASE)
_OF_THEM = re.compile(r"^\W*(?:[\w-]+\W+){0,3}?(?:both|all)(?: (?:of )?them)?\b", re.IGNORECASE)
_COUNT = {"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}


def _counted(text: str, place: Mention, group: list[OrderLine]) -> list[Mention] | None:
    """As many lines of one name as are counted: "one of the two jackets", "both mugs"; None when none are."""
    some = _SOME.search(text[: place.start])
    if some is None:
        every = _EVERY.search(text[: place.start]) or _OF_THEM.match(text[place.end :])
        return [Mention(line, place.start, place.end) for line in group] if every else None
    number = _COUNT[(some["some"] or some["only"]).lower()]
    if number >= len(group):
        return [Mention(line, place.start, place.end) for line in group]
    alike = len({line.variant_id for line in group}) == 1
    return [Mention(line, place.start, place.end) for line in group[:number]] if alike else None


def _by_id(text: str, group: list[OrderLine]) -> list[Mention]:
    """Lines named by their own number or by the variant's; the same item twice takes the lines in turn."""
    found: list[Mention] = []
    for line in group:
        names = [name for name in (line.id, line.variant_id) if len(name) > 2]
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text, re.IGNORECASE):
            if names and not any(m.start == match.start() for m in found) and not _is_new(text[: match.start()]):
                found.append(Mention(line, match.start(), match.end()))
                break
    return found


def _places(text: str, group: list[OrderLine]) -> list[Mention]:
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
    return []


def _run_together(name: str) -> re.Pattern[str]:
    """A name with its words joined or parted otherwise: "book shelf", "tshirt"."""
    letters = [re.escape(c) for c in name.lower() if c.isalnum()]  # "tshirt" for "T-Shirt"
    return re.compile(r"(?<![a-z0-9])" + r"[\s\-]?".join(letters) + r"(?:e?s)?(?![a-z0-9])", re.IGNORECASE)


def _shorter(spoken: list[str]) -> list[str]:
    """What a thing is called for short: by its last words, or where these say nothing ("set") by its first."""
    if spoken and spoken[-1] in _COLLECTIVE:
        return [" ".join(spoken[:i]) for i in range(len(spoken) - 1, 0, -1)]
    kind = [word for word in spoken if not any(c.isdigit() for c in word)] or spoken  # "LED TV 43" is a TV
    ends = [" ".join(part[i:]) for part in (spoken, kind) for i in range(1, len(part)) if not part[-1].isdigit()]
    return [*ends, *(" ".join(spoken[:i]) for i in range(len(spoken) - 1, 1, -1))]


def _sources(text: str, places: list[Mention]) -> list[Mention]:
    """Without the names that say what the item is to become: "swap the red mug for a blue mug"."""
    return [place for i, place in enumerate(places) if not i or not _is_target(text[places[i - 1].end : place.start])]


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


_GOES = re.compile(r"\b(?:instead of|in place of|rather than|replacing)\s+(?:(?:the|my|a|an)\s+)?$", re.IGNORECASE)


def _is_target(before: str) -> bool:
    if _GOES.search(before):
        return False
    link = re.search(r"\b(?:for|to|into|with|by)\s+([^.;!?]{0,60})$", before, re.IGNORECASE)
    return bool(link) and not re.search(r"\b(?:and|my|the other|another)\b|,", link.group(1) if link else "")


_BECOMES = re.compile(r"\b(?:for|to|into|become|replaced by)\b|->|=>|→", re.IGNORECASE)


def _of_source(text: str, place: Mention, start: int, end: int) -> str:
    """The words around a name that describe the thing itself, not what it is to become."""
    own = _BECOMES.split(text[place.end : end], maxsplit=1)[0]
    return (
        text[place.start : place.end] + own
        if _GOES.search(text[start : place.start])
        else (text[start : place.end] + own)
    )


def _told_apart(nearby: str, group: list[OrderLine]) -> OrderLine | None:
    """The line whose options the words around its name fit best; None when they fit several different ones."""
    if not group:
        return None
    scores = {line.id: len(telling(" ".join(line.options.values())) & telling(nearby)) for line in group}
    best = max(scores.values())
    winners = [line for line in group if scores[line.id] == best]
    return winners[0] if all(w.variant_id == winners[0].variant_id for w in winners) else None


def _neighbourhoods(text: str, places: list[Mention]) -> list[tuple[int, int]]:
    """For each place the stretch of text around it: up to the joint before the next name."""
    borders = [0]
    for a, b in pairwise(places):
        joint = [a.end + m.start() for m in re.finditer(r"\band\b|[,;]|\.\s", text[a.end : b.start])]
        borders.append(joint[-1] if joint else (a.end + b.start) // 2)
    return list(pairwise([*borders, len(text)]))
