"""The chosen variants of an item change or exchange, looked up and put into words."""

from collections.abc import Sequence

from pydantic import Field

from backend.domain.errors import InvalidInput
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine
from backend.domain.rules.parts import part, pieces_left
from backend.domain.rules.swaps import Swap
from backend.store.records import Records
from backend.tools.base import Args


class SwapArgs(Args):
    """One line of the order and what takes its place."""

    line_id: str = Field(description="id of the order line")
    variant_id: str = Field(description="id of the variant of the same product")
    quantity: int | None = Field(None, ge=1, description="pieces of the line; none: all that are left")


async def look_up_swaps(records: Records, order: Order, wanted: Sequence[SwapArgs]) -> tuple[Swap, ...]:
    """Lines and variants behind the ids. Raises InvalidInput for an id that names nothing."""
    swaps = []
    for item in wanted:
        line, variant = order.line(item.line_id), await records.catalogue.variant(item.variant_id)
        if line is None:
            raise InvalidInput(f"Order {order.id} has no item {item.line_id}.", field="items")
        if variant is None:
            raise InvalidInput(f"There is no variant {item.variant_id}.", field="items")
        swaps.append(Swap(line=part(line, item.quantity or pieces_left(order, line)), variant=variant))
    return tuple(swaps)


def as_args(swaps: Sequence[Swap]) -> tuple[SwapArgs, ...]:
    """The same as arguments."""
    return tuple(
        SwapArgs(line_id=swap.line.id, variant_id=swap.variant.id, quantity=swap.line.quantity or None)
        for swap in swaps
    )


def swap_lines(order: Order, swaps: Sequence[Swap]) -> tuple[tuple[str, str], ...]:
    """One (item, "black, M at $10.00 → blue, M at $12.00 (2 of 3 pieces)") for each swap."""
    return tuple((swap.line.name, _change(order, swap)) for swap in swaps)


def difference_words(cents: int, label: str, currency: str) -> str:
    """The signed difference as it is agreed: who pays what by which method."""
    if cents == 0:
        return "no difference"
    amount = format_money(abs(cents), currency)
    return f"{amount} charged to your {label}" if cents > 0 else f"{amount} refunded to your {label}"


def _change(order: Order, swap: Swap) -> str:
    old = f"{_options(swap.line.options)} at {format_money(swap.line.unit_price_cents, order.currency)}"
    new = f"{_options(swap.variant.options)} at {format_money(swap.variant.price_cents, order.currency)}"
    return f"{old} → {new}{_pieces(order, swap.line)}"


def _pieces(order: Order, meant: OrderLine) -> str:
    bought = order.line(meant.id) or meant
    if meant.quantity < bought.quantity:
        return f" ({meant.quantity} of {bought.quantity} pieces)"
    return f" ({meant.quantity} pieces)" if meant.quantity > 1 else ""


def _options(options: object) -> str:
    return ", ".join(f"{name} {value}" for name, value in dict(options).items()) or "as it is"  # type: ignore[call-overload]
