"""Items picked by their price: "the more expensive of the two", "my two cheapest items"."""

import re
from collections.abc import Sequence

from backend.domain.orders import OrderLine

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
    found = _BY_PRICE.search(text)
    if found is None or len(lines) < 2:
        return ()
    count = _COUNT.get((found["count"] or "").lower(), 1)
    ranked = sorted(lines, key=lambda line: line.unit_price_cents, reverse=bool(found["most"]))
    if count >= len(ranked):
        return ()
    last, following = ranked[count - 1], ranked[count]
    tied = last.unit_price_cents == following.unit_price_cents and last.variant_id != following.variant_id
    return () if tied else tuple(ranked[:count])
