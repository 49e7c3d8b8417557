"""Which lines of an order a shopper means: by number, by name, by options, or all of them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from backend.agents.actions.wording import phrase, telling, words
from backend.domain.orders import Order, OrderLine

_ALL = re.compile(
    r"\b(all (of )?(it|them|the items|items|my items|things|products|of the items)|everything|all"
    r"|(the )?(whole|entire|full|complete) (thing|order|purchase|lot)"
    r"|both( items| of them)?|every (item|thing)|each (item|of them))\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|but not|apart from|other than|excluding|without)\b(.*)$", re.IGNORECASE | re.DOTALL)
_ORDINAL = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NTH = re.compile(rf"\bthe ({'|'.join(_ORDINAL)})(?: (?:one|item|line|product))?\b", re.IGNORECASE)


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


def _mentions(text: str, order: Order) -> tuple[tuple[Mention, ...], tuple[OrderLine, ...]]:
    """Every mention in the order of the text, and lines of one name that the options named do not tell apart."""
    found: list[Mention] = []
    unclear: list[OrderLine] = []
    for group in _by_name(order):
        places = _by_id(text, group) or _places(text, group)
        if not places:
            continue
        chosen = _told_apart(text, group, places)
        if chosen is None:
            unclear.extend(group)
        else:
            found.extend(chosen)
    return tuple(sorted(found, key=lambda m: m.start)), tuple(unclear)


def _by_name(order: Order) -> list[list[OrderLine]]:
    groups: dict[str, list[OrderLine]] = {}
    for line in order.lines:
        groups.setdefault(line.name.lower(), []).append(line)
    return list(groups.values())


def _by_id(text: str, group: list[OrderLine]) -> list[Mention]:
    """Lines named by their own number or by the variant's."""
    found: list[Mention] = []
    for line in group:
        for name in (line.id, line.variant_id):
            match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE)
            if match and not any(m.start == match.start() for m in found):
                found.append(Mention(line, match.start(), match.end()))
                break
    return found


def _places(text: str, group: list[OrderLine]) -> list[Mention]:
    """Where the product's name stands: whole, or by the last word of it ("shoes" for "Running Shoes")."""
    name = group[0].name
    spoken = words(name)
    shorter = [" ".join(spoken[i:]) for i in range(len(spoken))] + [
        " ".join(spoken[:i]) for i in range(len(spoken) - 1, 0, -1)
    ]
    for form in (name, *shorter):
        if len(form) < 3:
            continue
        matches = list(phrase(form).finditer(text))
        if matches:
            return [Mention(group[0], m.start(), m.end()) for m in matches]
    return []


def _told_apart(text: str, group: list[OrderLine], places: list[Mention]) -> list[Mention] | None:
    """The lines of one name that are meant, or None when the words fit several."""
    by_id = {m.line.id for m in places}
    if len(group) == 1 or len(by_id) > 1 or places[0].line is not group[0]:
        return places
    if re.search(r"\b(both|all|two|three|every)\b", text, re.IGNORECASE):
        return [Mention(line, places[0].start, places[0].end) for line in group]
    chosen = []
    for place, nearby in zip(places, _neighbourhoods(text, places), strict=True):
        scores = {line.id: len(telling(" ".join(line.options.values())) & telling(nearby)) for line in group}
        best = max(scores.values())
        winners = [line for line in group if scores[line.id] == best]
        if len(winners) > 1 and any(w.variant_id != winners[0].variant_id for w in winners):
            return None
        chosen.append(Mention(winners[0], place.start, place.end))
    return chosen


def _neighbourhoods(text: str, places: list[Mention]) -> list[str]:
    """For each place the text around it, up to the neighbours."""
    borders = [0, *((a.end + b.start) // 2 for a, b in pairwise(places)), len(text)]
    return [text[a:b] for a, b in pairwise(borders)]
