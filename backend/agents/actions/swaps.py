"""Which lines are to become which variants: each item named, with the words that belong to it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.counting import pieces_meant
from backend.agents.actions.grammar import asks_something
from backend.agents.actions.lines import Meant, line_label, lines_meant
from backend.agents.actions.options import describe, is_extreme, variant_meant
from backend.agents.understanding.consent import read_consent
from backend.domain.catalogue import Variant
from backend.domain.conversation import Consent
from backend.domain.errors import NotEligible
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine
from backend.domain.rules.parts import ARRIVED

#: The variants of a product, by product id.
Variants = Callable[[str], Awaitable[Sequence[Variant]]]

_MOST_CHOICES = 8
#: Nothing is to be changed after all.
_LEAVE = re.compile(
    r"\b(?:leave|keep|forget|never ?mind|stop|don'?t (?:bother|change)|no(?:ne)? of (?:them|those))\b", re.I
)
#: The choice is left to the shop.
_ANY = re.compile(
    r"\b(?:whatever|whichever|any(?:thing)?(?: one)?(?: of (?:them|those|these))?(?: (?:is|will|would) .*)?\W*$"
    r"|you (?:choose|pick|decide)|(?:doesn'?t|does not|don'?t|do not) (?:matter|care|mind)|no preference"
    r"|surprise me)\b",
    re.IGNORECASE,
)


async def swaps_meant(case: Case, order: Order, variants: Variants) -> list[dict[str, Any]]:
    """{line_id, variant_id} for every line to change. Raises Missing for what the words leave open."""
    said = case.answered("lines") or case.request.text
    meant = lines_meant(said, order)
    if meant.unclear or not meant.lines:
        lines = meant.unclear or order.lines
        if len(lines) > 1:
            options = {line_label(line): line_label(line) for line in lines}
            lines = lines if len(options) > 1 else lines[:1]  # of two alike, either will do
        if len(lines) > 1:
            raise Missing("lines", "Which item would you like to change?", choices("Items", options))
        meant = Meant(lines=tuple(lines))
    swaps = [await _swap(case, line, text, variants) for line, text in texts_of(said, meant)]
    if order.status not in ARRIVED:
        return swaps
    pieces = {line.id: pieces_meant(said, line) for line in meant.lines}
    return [{**swap, "quantity": n} if (n := pieces[swap["line_id"]]) else swap for swap in swaps]


async def _swap(case: Case, line: OrderLine, text: str, variants: Variants) -> dict[str, Any]:
    slot = f"variant:{line.id}"
    known = await variants(line.product_id)
    told = case.answered(slot)
    offered = variant_meant(text, line, known).possible
    pool = offered if told and offered and is_extreme(told) else known
    choice = variant_meant((told or text).replace("\n", ", "), line, pool)
    if told and choice.variant is None:  # told anew rather than in parts
        latest = variant_meant(told.rpartition("\n")[2], line, known)
        choice = latest if latest.variant is not None or choice.sold_out else choice
        if not choice.possible:  # still those that were offered
            choice = replace(choice, possible=offered)
        if len(offered) == 1 and read_consent(told.rpartition("\n")[2]) is Consent.YES:
            return {"line_id": line.id, "variant_id": offered[0].id}
    if choice.variant is None and case.answered(slot) is None and text != case.request.text:
        wider = variant_meant(case.request.text, line, known)
        alone = len(lines_of(case)) == 1 or case.answered("lines") is not None
        choice = wider if wider.variant is not None and alone else choice
    if choice.already:
        raise NotEligible(f"Your {line.name} is already the version you ask for.", rule="same_variant")
    if choice.variant is not None:
        return {"line_id": line.id, "variant_id": choice.variant.id}
    open_ones = choice.possible or [v for v in known if v.id != line.variant_id and v.available and v.stock != 0]
    if not open_ones:
        raise Missing(slot, f"There is no other version of the {line.name} in stock that I could give you instead.")
    if choice.sold_out and case.slots.get("otherwise"):
        raise NotEligible(f"That version of the {line.name} is not in stock.", rule="sold_out")
    if told and _LEAVE.search(told.rpartition("\n")[2]):
        raise NotEligible(f"All right, the {line.name} stays as it is; nothing was changed.", rule="declined")
    if told and _ANY.search(told.rpartition("\n")[2]):
        nearest = min(open_ones, key=lambda v: (abs(v.price_cents - line.unit_price_cents), v.price_cents, v.id))
        return {"line_id": line.id, "variant_id": nearest.id}
    currency = case.order.currency if case.order else "USD"
    options = {
        f"{describe(v, line)} · {format_money(v.price_cents, currency)}": f"{describe(v)} (item {v.id})"
        for v in open_ones[:_MOST_CHOICES]
    }
    gone = "That version is not in stock. " if choice.sold_out else ""
    question = f"{gone}Which version of the {line.name} would you like instead?"
    lead = gone or "" if asks_something(told or "") or choice.possible else "I could not find a version like that. "
    again = f"{lead}Which of these versions of the {line.name} shall it be?"
    raise Missing(slot, question, choices(line.name, options), again=again)


def lines_of(case: Case) -> tuple[OrderLine, ...]:
    """The lines of the order at hand."""
    return case.order.lines if case.order else ()


def texts_of(said: str, meant: Meant) -> list[tuple[OrderLine, str]]:
    """Each line with the part of the text that speaks of it: from its name to the next one's."""
    if len(meant.mentions) < 2:
        return [(line, said) for line in meant.lines]
    starts = [m.start for m in meant.mentions] + [len(said)]
    parts: dict[str, list[str]] = {}
    if all(_REPLACED.search(said[:start]) for start in starts[:-1]):  # "the red one instead of the mug"
        ends = [0] + [m.end for m in meant.mentions]
        for mention, (start, end) in zip(meant.mentions, pairwise(ends), strict=True):
            parts.setdefault(mention.line.id, []).append(said[start:end])
        return [(line, " ".join(parts[line.id])) for line in meant.lines]
    for mention, (start, end) in zip(meant.mentions, pairwise(starts), strict=True):
        parts.setdefault(mention.line.id, []).append(_before(said, start) + said[start:end])
    return [(line, " ".join(parts[line.id])) for line in meant.lines]


#: Before the thing that goes.
_REPLACED = re.compile(
    r"\b(?:instead of|in place of|rather than|to replace|replacing)\s+(?:(?:the|my|a|an|this|that|item|number)\s+)*"
    r"(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)


def _before(said: str, start: int) -> str:
    """Adjectives just before a name belong to it: "the blue T-shirt"."""
    link = r"the|my|an?|for|and|to|with|items?"
    match = re.search(rf"(?:\b(?:{link})|,)\s+((?:(?!(?:{link})\b)[\w\-]+ ?){{0,4}})$", said[:start], re.IGNORECASE)
    return f"from the {match.group(1)}, " if match and match.group(1).strip() else ""
