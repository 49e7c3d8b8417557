"""Which lines of an order a shopper means: by number, by name, by options, or all of them."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from backend.agents.actions.counting import counted
from backend.agents.actions.naming import Mention, by_id, places_of
from backend.agents.actions.priced import by_price
from backend.agents.actions.wording import telling
from backend.domain.orders import Order, OrderLine

_ALL = re.compile(
    r"\b(all (of )?(it|them|that|this|(the |my )?(items|things|products|goods|stuff|lot))|everything"
    r"|all(?= (?:from|in|of) (?:the |my |this )?order\b|\W*$)"
    r"|(the )?(whole|entire|full|complete) (thing|order|purchase|lot)"
    r"|both( items| of them)?|every (item|thing)|each (item|of them))\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?P<word>except|but not|but (?=the|my|for)|apart from|other than|excluding|aside from|minus|save for|without)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: These say on their own that all the rest is meant: "return order 12 except the lamp".
_BARS = frozenset(("except", "apart from", "aside from", "excluding", "save for"))
_ORDINAL = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NTH = re.compile(rf"\bthe ({'|'.join(_ORDINAL)})(?: (?:one|item|line|product))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The lines that are meant; `unclear` are those among which the words do not decide."""

    lines: tuple[OrderLine, ...] = ()
    unclear: tuple[OrderLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    everything: bool = False
    #: all but something
    spares: bool = False


def line_label(line: OrderLine) -> str:
    """The line as a shopper tells it from the others: "T-Shirt (color blue, size M)"."""
    options = ", ".join(f"{name} {value}" for name, value in line.options.items())
    return f"{line.name} ({options})" if options else line.name


def lines_meant(text: str, order: Order) -> Meant:
    """The lines a text means; empty when it names none."""
    left_out = _EXCEPT.search(text)
    before = text[: left_out.start()] if left_out else ""
    whole = bool(_ALL.search(before))
    if left_out and (whole or (left_out["word"].lower() in _BARS and not any(_mentions(before, order)))):
        named, unclear = _mentions(left_out["rest"], order)
        spared = {m.line.id for m in named} | {line.id for line in by_price(left_out["rest"], unclear or order.lines)}
        if spared:
            return Meant(lines=tuple(line for line in order.lines if line.id not in spared), spares=True)
        if whole and left_out["word"].lower() != "without":  # something stays, and it is not clear what
            return Meant(unclear=order.lines, spares=True)
    if (staying := _STAYS.search(text)) and _REST.search(text):
        spared = {m.line.id for m in _mentions(staying["what"], order)[0]}
        others = tuple(line for line in order.lines if line.id not in spared)
        return Meant(lines=others, spares=True) if spared else Meant(unclear=order.lines, spares=True)
    if (only := _ONLY.search(text)) and not staying:
        named, unclear = _mentions(only["what"], order)
        if named and not unclear:
            return Meant(tuple({m.line.id: m.line for m in named}.values()), (), named)
    mentions, unclear = _mentions(text, order)
    if mentions or unclear:
        return Meant(tuple({m.line.id: m.line for m in mentions}.values()), unclear, mentions)
    if _ALL.search(text):
        return Meant(lines=order.lines, everything=True)
    picked = [_ORDINAL[m.group(1).lower()] for m in _NTH.finditer(text)]
    return Meant(lines=tuple(order.lines[n] for n in picked if -len(order.lines) <= n < len(order.lines)))


#: Before a thing that stays: "cancel the boots and keep the kettle".
_KEPT = re.compile(
    r"\b(?:keep(?:ing)?|retain|leave|not)\s+(?:(?:the|my|a|an|that|this)\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE
)
#: What alone goes back, whatever else is spoken of: "I would like to return only the case".
_ONLY = re.compile(
    r"\b(?:(?:return|exchange|swap|send(?:ing)? back|give back|bring back)(?:ing)? (?:only|just)"
    r"|(?:only|just) (?:want to |like to |need to )?(?:return|exchange|swap|send back|give back|bring back)(?:ing)?)\s+"
    r"(?P<what>[^.;!?\n]{3,120})",
    re.IGNORECASE,
)
#: All that stays, told as a list: "I keep the watch, the mug and the lamp, the rest goes back".
_STAYS = re.compile(
    r"\b(?:keep(?:ing)?|retain(?:ing)?|hold(?:ing)? on ?to|hang(?:ing)? on ?to)\s+(?P<what>[^.;!?]+?)(?=$|[.;!?]"
    r"|[\s,]+(?:(?:and|but|so|then)\s+)*(?:the rest|everything|all|the others?|i|we|you|return\w*|send\w*|giv\w+"
    r"|exchang\w+|refund\w*|cancel\w*|swap\w*|take|for|with)\b)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the (?:rest|others|remaining(?: \w+)?)|everything else|all (?:the )?(?:other\w*|rest)|all else)\b", re.I
)


#: All things that a short name may mean are meant: "both kettles", "the kettles".
_MANY = re.compile(r"\b(?:both|all|two|three|each|every|2|3)\b(?:\W+[\w-]+){0,3}$|s$", re.IGNORECASE)


def _mentions(text: str, order: Order) -> tuple[tuple[Mention, ...], tuple[OrderLine, ...]]:
    """Every mention in the order of the text, and lines of one name that the options named do not tell apart."""
    found: list[Mention] = []
    unclear: list[OrderLine] = []
    groups = _by_name(order)
    named = [places_of(text, group) for group in groups]
    shared = _shared(text, named)
    for group, places in zip(groups, named, strict=True):
        if any(p.start in shared for p in places) and not by_id(text, group):
            unclear.extend(group)
            continue
        own = [p for p in places if not any(_within(p, other) for others in named for other in others)]
        chosen = _chosen(text, group, own)
        if chosen is None:
            unclear.extend(group)
        else:
            found.extend(chosen)
    options = {name.lower().split()[-1] for line in order.lines for name in line.options}
    stays = [place.span("what") for place in _STAYS.finditer(text)]
    found = [m for m in found if not any(a <= m.start < b for a, b in stays) and not _is_value(text, m, options)]
    found = [m for m in found if not _KEPT.search(text[: m.start])]
    return _without_values(text, sorted(found, key=lambda m: m.start)), tuple(unclear)


def _shared(text: str, named: list[list[Mention]]) -> set[int]:
    """Where one short name may mean things of several names: "the kettle" beside an electric and a tea kettle."""
    places = Counter((p.start, p.end) for group in named for p in group)
    return {
        start
        for (start, end), count in places.items()
        if count > 1 and not _MANY.search(text[:start] + text[start:end])
    }


def _within(place: Mention, other: Mention) -> bool:
    """Whether a name for short is part of another thing's: the kettle of "electric kettle" beside a tea kettle."""
    return other.start <= place.start and place.end <= other.end and other.end - other.start > place.end - place.start


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


def _chosen(text: str, group: list[OrderLine], places: list[Mention]) -> list[Mention] | None:
    """The lines of one name that are meant, each where it is named, or None when the words fit several."""
    numbered = by_id(text, group)
    places = _sources(text, places)
    if len(group) == 1 or not places:
        return numbered or [Mention(group[0], place.start, place.end) for place in places]
    if len(places) == 1 and (some := counted(text, places[0], group)) is not None:
        return some
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


def _sources(text: str, places: list[Mention]) -> list[Mention]:
    """Without the names that say what the item is to become: "swap the red mug for a blue mug"."""
    return [place for i, place in enumerate(places) if not i or not _is_target(text[places[i - 1].end : place.start])]


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
