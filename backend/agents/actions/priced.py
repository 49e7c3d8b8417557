"""Items or orders picked by their price: "the more expensive of the two", "my two cheapest items"."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from backend.domain.orders import Order, OrderLine

T = TypeVar("T")

_COUNT = {"two": 2, "2": 2, "three": 3, "3": 3}
_BY_PRICE = re.compile(
    r"\b(?:the|my|its|whichever(?: one| item)? (?:is|was|costs?)(?: the)?|which(?:ever)? (?:is|was))\s+"
    r"(?:(?P<count>two|three|2|3) )?(?:(?P<most>(?:most|more) (?:expensive|costly|pricey)|pric(?:iest|ier)"
    r"|dear(?:est|er)|costliest|high(?:est|er)[- ]pric(?:ed|e))|(?P<least>cheap(?:est|er)|(?:least|less) expensive"
    r"|low(?:est|er)[- ]pric(?:ed|e)))\b(?!\s+(?:than|elsewhere|price|version|option|variant|model))",
    re.IGNORECASE,
)


def by_price(text: str, lines: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    """The lines whose price the words pick; empty when they pick none, or a tie leaves it open."""
    return _picked(text, lines, lambda line: line.unit_price_cents, lambda line: line.variant_id)


def by_total(text: str, orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders whose total the words pick: "the cheaper of my two orders"."""
    return _picked(text, orders, lambda order: order.total_cents, lambda order: order.id)


def _picked(text: str, things: Sequence[T], price: Callable[[T], int], kind: Callable[[T], str]) -> tuple[T, ...]:
    found = _BY_PRICE.search(text)
    if found is None or len(things) < 2:
        return ()
    count = _COUNT.get((found["count"] or "").lower(), 1)
    ranked = sorted(things, key=price, reverse=bool(found["most"]))
    if count >= len(ranked):
        return ()
    last, following = ranked[count - 1], ranked[count]
    tied = price(last) == price(following) and kind(last) != kind(following)
    return () if tied else tuple(ranked[:count])
