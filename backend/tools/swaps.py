"""What changing items before delivery and exchanging them after it share: the wish, and its lines looked up."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Customer, PaymentMethod
from backend.domain.errors import InvalidInput
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine
from backend.domain.policy import ShopPolicy
from backend.domain.rules.parts import part, pieces_left
from backend.domain.rules.swaps import Swap, difference_cents
from backend.store.records import Records
from backend.tools.base import Args, ToolContext
from backend.tools.ownership import chosen_method, own_customer, shop_policy


class SwapArgs(Args):
    """One line of the order and what takes its place."""

    line_id: str = Field(description="id of the order line")
    variant_id: str = Field(description="id of the variant of the same product")
    quantity: int | None = Field(None, ge=1, description="pieces of the line; none: all that are left")


class SwapsArgs(Args):
    """Everything that one order gets instead."""

    order_id: str = Field(description="order number, in any writing")
    items: tuple[SwapArgs, ...] = Field(min_length=1, description="every item at once: it is possible only once")
    method_id: str | None = Field(None, description="stored method for the difference; none: the one that paid")


@dataclass(frozen=True, slots=True)
class SwapPlan:
    """The order, its swaps and the method that pays or receives the difference."""

    order: Order
    customer: Customer
    policy: ShopPolicy
    swaps: tuple[Swap, ...]
    method: PaymentMethod

    @property
    def difference(self) -> int:
        """Cents that the customer pays; negative: gets back."""
        return difference_cents(self.swaps)

    @property
    def agreed(self) -> str:
        """The difference as it is agreed: who pays what by which method."""
        if self.difference == 0:
            return "no difference"
        amount = format_money(abs(self.difference), self.order.currency)
        return f"{amount} {'charged' if self.difference > 0 else 'refunded'} to your {self.method.label()}"

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """One (item, "black, M at $10.00 → blue, M at $12.00 (2 of 3 pieces)") for each swap."""
        return tuple((swap.line.name, _change(self.order, swap)) for swap in self.swaps)

    @property
    def settled(self) -> SwapsArgs:
        """The wish with nothing left open."""
        items = tuple(
            SwapArgs(line_id=swap.line.id, variant_id=swap.variant.id, quantity=swap.line.quantity or None)
            for swap in self.swaps
        )
        return SwapsArgs(order_id=self.order.id, items=items, method_id=self.method.id)


async def look_up_swaps(records: Records, context: ToolContext, order: Order, args: SwapsArgs) -> SwapPlan:
    """What is behind the ids. Raises InvalidInput for an id that names nothing, and as `chosen_method`."""
    customer, swaps = await own_customer(records, context), []
    for item in args.items:
        line, variant = order.line(item.line_id), await records.catalogue.variant(item.variant_id)
        if line is None:
            raise InvalidInput(f"Order {order.id} has no item {item.line_id}.", field="items")
        if variant is None:
            raise InvalidInput(f"There is no variant {item.variant_id}.", field="items")
        swaps.append(Swap(line=part(line, item.quantity or pieces_left(order, line)), variant=variant))
    method = chosen_method(order, customer, args.method_id)
    return SwapPlan(order, customer, await shop_policy(records), tuple(swaps), method)


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
