"""Other variants of the same products: in a pending order (item change) or after delivery (exchange)."""

from collections import Counter

from backend.domain.base import Moment, Value
from backend.domain.catalogue import Variant
from backend.domain.customers import PaymentMethod
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine
from backend.domain.policy import ShopPolicy, Verdict
from backend.domain.rules.changes import open_for_changes, too_little
from backend.domain.rules.money import covers, refundable_cents
from backend.domain.rules.parts import ARRIVED, part, pieces_left
from backend.domain.rules.returns import window
from backend.domain.rules.verdicts import allowed, refused
from backend.domain.rules.words import status_words


class Swap(Value):
    """One order line, or the part of it that is meant, and the variant that takes its place."""

    line: OrderLine
    variant: Variant

    @property
    def difference_cents(self) -> int:
        """What the line costs more (positive) or less, from what was paid for it to the new variant's price."""
        return self.line.quantity * (self.variant.price_cents - self.line.unit_price_cents)


def difference_cents(swaps: tuple[Swap, ...]) -> int:
    """The price difference of all swaps together; positive: the customer pays."""
    return sum(swap.difference_cents for swap in swaps)


def may_change_items(order: Order, swaps: tuple[Swap, ...], method: PaymentMethod) -> Verdict:
    """Whether a pending order may hold these variants instead, once; the amount is the signed difference."""
    verdict = open_for_changes(order, "changed")
    if not verdict.allowed:
        return verdict
    return _checked(order, swaps, method, "The items can be changed to the chosen options.")


def may_exchange(
    order: Order, swaps: tuple[Swap, ...], method: PaymentMethod, policy: ShopPolicy, now: Moment
) -> Verdict:
    """Whether delivered lines may be swapped, once; the amount is the signed difference, settled on fulfilment."""
    if order.status not in ARRIVED:
        return refused(
            "only_delivered", f"Order {order.id} is {status_words(order)}; only delivered goods can be exchanged."
        )
    verdict = window(order, policy, now)
    if not verdict.allowed:
        return verdict
    checked = _checked(order, swaps, method, "The items can be exchanged.")
    return checked.model_copy(update={"days_left": verdict.days_left})


def _checked(order: Order, swaps: tuple[Swap, ...], method: PaymentMethod, reason: str) -> Verdict:
    refusal = _wrong_variant(order, swaps) or _out_of_stock(swaps)
    if refusal:
        return refusal
    difference = difference_cents(swaps)
    if not covers(method, difference):
        return refused("gift_card_balance", too_little(method, difference, order.currency))
    if -difference > refundable_cents(order):
        most = format_money(refundable_cents(order), order.currency)
        return refused("refund_limit", f"At most {most} of this order can be refunded.")
    return allowed("same_product", reason, amount=difference)


def _wrong_variant(order: Order, swaps: tuple[Swap, ...]) -> Verdict | None:
    if not swaps:
        return refused("no_lines", "Please choose at least one item and what it should become.")
    wanted: Counter[str] = Counter()
    for swap in swaps:
        bought = order.line(swap.line.id)
        if bought is None or part(bought, swap.line.quantity) != swap.line:
            return refused("not_in_order", f"{swap.line.name} is not part of order {order.id}.")
        wanted[bought.id] += swap.line.quantity
        refusal = _too_many(order, bought, wanted[bought.id], twice=wanted[bought.id] > swap.line.quantity)
        if refusal:
            return refusal
        if swap.variant.product_id != swap.line.product_id:
            return refused("same_product", f"{swap.line.name} can only become another option of the same product.")
        if swap.variant.id == swap.line.variant_id:
            return refused("same_variant", f"The chosen {swap.line.name} is the one the order has already.")
    return None


def _too_many(order: Order, bought: OrderLine, wanted: int, *, twice: bool) -> Verdict | None:
    left = pieces_left(order, bought)
    if wanted <= left:
        return None
    if twice:
        return refused("line_twice", "Each item can be changed only once in one request.")
    held = f"only {left} of" if left else "no more of"
    return refused("pieces_left", f"There is {held} your {bought.name} in order {order.id}, not {wanted}.")


def _out_of_stock(swaps: tuple[Swap, ...]) -> Verdict | None:
    wanted: Counter[str] = Counter()
    for swap in swaps:
        wanted[swap.variant.id] += swap.line.quantity
        stock = swap.variant.stock
        if not swap.variant.available or (stock is not None and stock < wanted[swap.variant.id]):
            return refused("not_available", f"The chosen {swap.line.name} is not available at the moment.")
    return None
