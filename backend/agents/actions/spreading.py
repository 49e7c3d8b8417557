"""One wish that means several orders: "cancel all pending orders", "return the lamp and the mug", bought apart."""

import re
from collections.abc import Sequence

from backend.agents.actions.case import Case
from backend.agents.actions.lines import lines_meant
from backend.domain.acts import Act
from backend.domain.conversation import Request
from backend.domain.orders import Order

_ALL_ORDERS = re.compile(
    r"\b(?:all|every|both|each)\b(?: of)?(?: (?:my|the|our|pending|delivered|open|recent|other|two|three))*\s+orders?\b"
    r"|\borders\b.{0,20}\ball of them\b"
    r"|\b(?:everything|all (?:the )?(?:things|items|stuff)) (?:that )?(?:i(?:'ve| have)? )?"
    r"(?:ever )?(?:ordered|bought|received)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:both|two|all|three|different orders|2|3)\b", re.IGNORECASE)
_PER_ORDER = frozenset(
    {Act.ORDER_CANCEL, Act.RETURN, Act.EXCHANGE, Act.ORDER_ITEMS, Act.ORDER_ADDRESS, Act.ORDER_PAYMENT}
)


def orders_meant(case: Case, fitting: Sequence[Order]) -> tuple[Order, ...]:
    """The orders that a wish without a number means together; empty when it means one, or it is not clear."""
    if case.act not in _PER_ORDER or len(fitting) < 2:
        return ()
    text = case.request.text
    if _ALL_ORDERS.search(text):
        return tuple(fitting)
    held = {o.id: {m.line.name for m in lines_meant(text, o).mentions} for o in fitting}
    holding = [o for o in fitting if held[o.id]]
    names = set().union(*held.values())
    if len(names) == 1 and len(holding) > 1 and _SEVERAL.search(text):
        return tuple(holding)
    return _shared_out(holding, held, names) if len(names) > 1 else ()


def one_each(request: Request, orders: Sequence[Order]) -> tuple[Request, ...]:
    """The wish once for each order, each naming its number."""
    return tuple(
        request.model_copy(
            update={
                "text": f"{request.text.rstrip(' .')} (order {order.id}).",
                "entities": request.entities.model_copy(update={"order_ids": (order.id,)}),
            }
        )
        for order in orders
    )


def _shared_out(holding: Sequence[Order], held: dict[str, set[str]], names: set[str]) -> tuple[Order, ...]:
    """The fewest orders that hold all the goods named; empty when one does, or when two would do equally."""
    chosen: list[Order] = []
    left = set(names)
    while left:
        most = max(len(held[o.id] & left) for o in holding)
        best = [o for o in holding if most and len(held[o.id] & left) == most]
        if len({frozenset(held[o.id] & left) for o in best}) < len(best):
            return ()
        chosen.append(best[0])
        left -= held[best[0].id]
    return tuple(chosen) if len(chosen) > 1 else ()
