"""Which order a wish is about: by its number, by what the conversation was about, by what was bought."""

from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.wishes import Wish
from backend.domain.cards import FormCard, FormField
from backend.domain.conversation import Act
from backend.domain.money import format_money
from backend.domain.orders import Order
from backend.domain.rules.words import status_words
from backend.store.records import Records
from backend.tools.ownership import own_customer, own_order, own_order_ids, shop_policy

_MOST_CHOICES = 6


async def find_order(case: Case, records: Records, wish: Wish) -> None:
    """Put policy, customer and order into the case. Raises Missing when the order is not clear, NotFound for a
    number that is not the customer's.
    """
    case.policy = await shop_policy(records)
    case.customer = await own_customer(records, case.context)
    if not wish.needs_order:
        return
    written = case.slots.get("order_id") or case.answered("order")
    if written:
        case.order = await own_order(records, case.context, written)
        return
    candidates = await candidate_orders(case, records, wish)
    if len(candidates) == 1:
        case.order = candidates[0]
    elif case.act is not Act.COMPLAINT_NEW or candidates:
        raise _which_order(candidates)


async def candidate_orders(case: Case, records: Records, wish: Wish) -> tuple[Order, ...]:
    """The customer's orders that the wish may mean: those that hold what was named, else those whose status allows
    it; the one the conversation was about wins among them.
    """
    readable = set(await own_order_ids(records, case.context))
    orders = [o for o in await records.orders.for_customer(case.context.customer_id, limit=100) if o.id in readable]
    named = [o for o in orders if lines_meant(case.request.text, o).mentions]
    fitting = [o for o in (named or orders) if not wish.statuses or o.status in wish.statuses]
    found = fitting or named or orders
    in_focus = [o for o in found if o.id in case.turn.state.focus.orders[:1]]
    return tuple(in_focus or found)


def _which_order(orders: tuple[Order, ...]) -> Missing:
    if not orders:
        field = FormField(name="order_id", label="Order number")
        return Missing(
            "order",
            "Which order is it about? Please give me its number.",
            FormCard(id="order", title="Order", fields=(field,)),
        )
    labels = {order_label(order): order.id for order in orders[:_MOST_CHOICES]}
    return Missing("order", "Which order is it about?", choices("Your orders", labels))


def order_label(order: Order) -> str:
    """An order on a button: number, status, total."""
    return f"{order.id} · {status_words(order)} · {format_money(order.total_cents, order.currency)}"
