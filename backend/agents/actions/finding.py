"""Which order a wish is about: by its number, by what the conversation was about, by what was bought."""

import re
from collections.abc import Sequence

from backend.agents.actions.addresses import address_in
from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.places import Place, place_order, places_meant
from backend.agents.actions.possible import none_possible
from backend.agents.actions.priced import by_total
from backend.agents.actions.spreading import one_each, orders_meant
from backend.agents.actions.wishes import Wish
from backend.agents.actions.wording import phrase
from backend.domain.acts import Act
from backend.domain.cards import FormCard, FormField
from backend.domain.money import format_money
from backend.domain.orders import Order
from backend.domain.rules.words import status_words
from backend.store.records import Records
from backend.tools.order_ids import canonical, resolve
from backend.tools.ownership import own_customer, own_order, own_order_ids, shop_policy

_MOST_CHOICES = 6
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5, "last": 99}
_NEWEST = re.compile(r"\b(?:latest|newest|most recent)\b", re.IGNORECASE)
_AT_END = re.compile(rf"{_NEWEST.pattern}|\b(?:oldest|earliest)\b", re.IGNORECASE)
#: Speaks of orders side by side: "the cheaper one of my two orders".
_OF_ORDERS = re.compile(r"\borders?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<=\$)\d{1,6}\b|\b\d{1,6}(?=(?:\.\d\d)? ?(?:dollars|usd|bucks)\b)", re.IGNORECASE)
_PLACE = re.compile(rf"\b({'|'.join(_ORDINAL)})\b", re.IGNORECASE)


#: An order that was not spoken of yet.
_ANOTHER = re.compile(
    r"\b(?:one|some|any) of (?:my|the|our) (?:\w+ )?orders\b|\b(?:an(?:other)?|a different|my other|the other) "
    r"(?:\w+ )?order\b(?! (?:number|id))"
    r"|\b(?:something|(?:some|a few) (?:items|things|stuff))\b(?! (?:from|in|of) (?:it|this|that|my|the|order))",
    re.IGNORECASE,
)


#: "cancel the other one instead": not the order that was just spoken of.
_THE_OTHER = re.compile(
    r"\b(?:the|my) other (?:(?:pending|delivered|open|recent) )?(?:one|order)\b(?! (?:number|id)\b)"
    r"|\bnot (?:that|this) (?:one|order)\b",
    re.IGNORECASE,
)


async def find_order(case: Case, records: Records, wish: Wish) -> None:
    """Put policy, customer and order into the case. Raises Missing when the order is not clear, NotFound for a
    number that is not the customer's.
    """
    case.policy = await shop_policy(records)
    case.customer = await own_customer(records, case.context)
    if wish.moves_address:
        case.places = await _places(case, records)
    if not wish.needs_order:
        return
    if _ANOTHER.search(case.request.text) or _THE_OTHER.search(case.request.text):
        case.slots.pop("hint", None)
    written = case.slots.get("order_id")
    if written:
        case.order = await own_order(records, case.context, written)
        if canonical(written) in canonical(case.request.text) or case.answered("order"):
            return
    candidates = await candidate_orders(case, records, wish)
    if case.order is not None and not _meant_otherwise(case, candidates):
        return
    several = () if case.answered("order") or case.slots.get("hint") else orders_meant(case, candidates)
    if several:
        first, *others = one_each(case.request, several)
        case.request, case.further, case.order = first, tuple(others), several[0]
        case.slots["order_id"] = several[0].id
        return
    if case.answered("order") and len(candidates) > 1:
        candidates = picked(case.answered("order") or "", candidates) or candidates
    if len(candidates) == 1:
        case.order = candidates[0]
        if _THE_OTHER.search(case.request.text):
            case.slots["order_id"] = case.order.id  # from now on this one is spoken of
    elif case.act is not Act.COMPLAINT_NEW or candidates:
        if candidates and wish.statuses and not any(order.status in wish.statuses for order in candidates):
            raise none_possible(wish)
        raise _which_order(candidates)


def _meant_otherwise(case: Case, candidates: Sequence[Order]) -> bool:
    """Whether a number that was given only to prove who is asking is not the order that the wish is about."""
    if orders_meant(case, candidates):
        return True
    named = _holding(case, candidates)
    return bool(named) and case.order is not None and case.order.id not in {o.id for o in named}


async def _places(case: Case, records: Records) -> tuple[Place, ...]:
    """The default address, then those of the customer's orders."""
    orders = await records.orders.for_customer(case.context.customer_id, limit=100)
    known = [Place(order.address, order.id) for order in orders]
    default = case.customer.address if case.customer else None
    return (Place(default), *known) if default else tuple(known)


async def candidate_orders(case: Case, records: Records, wish: Wish) -> tuple[Order, ...]:
    """The customer's orders that the wish may mean: those that hold most of what was named, else those whose status
    allows it; the one the conversation was about wins among them.
    """
    readable = set(await own_order_ids(records, case.context))
    orders = [o for o in await records.orders.for_customer(case.context.customer_id, limit=100) if o.id in readable]
    if _THE_OTHER.search(case.request.text) and wish.tool != "exchange_items" and len(orders) > 1:
        orders = [o for o in orders if o.id not in case.turn.state.focus.orders[:1]]
    fitting = [o for o in orders if not wish.statuses or o.status in wish.statuses]
    if orders_meant(case, fitting):
        return tuple(fitting)
    named = _holding(case, fitting, at_least=_most_held(case, orders)) or _holding(case, orders)
    named = named or _going_to(case, fitting)
    hinted = resolve(case.slots.get("hint", ""), [o.id for o in orders])
    if hinted and not named:
        return tuple(o for o in orders if o.id == hinted)
    found = _described(case, named) or named or fitting or orders
    if _OF_ORDERS.search(case.request.text) and (picked_out := by_total(case.request.text, found)):
        return picked_out
    spoken_of = () if _ANOTHER.search(case.request.text) else case.turn.state.focus.orders[:1]
    in_focus = [o for o in found if o.id in spoken_of]
    return tuple(in_focus or found)


def _holding(case: Case, orders: Sequence[Order], at_least: int = 1) -> list[Order]:
    """The orders that hold most of the goods named."""
    most = max(_most_held(case, orders), at_least)
    return [o for o in orders if most and _held(case, o) == most]


def _described(case: Case, orders: Sequence[Order]) -> list[Order]:
    """The orders that hold a thing named with all its options; empty when every one does or none."""
    text = case.request.text

    def told(order: Order) -> bool:
        lines = (mention.line for mention in lines_meant(text, order).mentions)
        return any(
            len(line.options) > 1 and all(phrase(value).search(text) for value in line.options.values())
            for line in lines
        )

    return [order for order in orders if told(order)] if len(orders) > 1 else []


def _most_held(case: Case, orders: Sequence[Order]) -> int:
    return max((_held(case, order) for order in orders), default=0)


def _held(case: Case, order: Order) -> int:
    return len({m.line.name for m in lines_meant(case.request.text, order).mentions})


def _going_to(case: Case, orders: Sequence[Order]) -> list[Order]:
    """The orders named by their city ("my Chicago order"); for another address, without those already there."""
    named = [o for o in orders if place_order(case.request.text, o.address)]
    if named or case.act is not Act.ORDER_ADDRESS:
        return named
    target = address_in(case.request.text)
    meant = (target,) if target else places_meant(case.request.text, case.places, None)
    elsewhere = [o for o in orders if o.address not in meant]
    return elsewhere if meant and len(elsewhere) < len(orders) else []


def picked(said: str, orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders that an answer to "which order?" may mean: by its goods, its state, its place in the list."""
    held = [o for o in orders if lines_meant(said, o).mentions] or _told_apart(said, orders)
    states = [o for o in orders if re.search(rf"\b{re.escape(status_words(o))}\b", said, re.IGNORECASE)]
    place = _PLACE.search(said)
    if place and not held:
        return tuple(orders[: _ORDINAL[place.group(1).lower()]][-1:])
    return tuple(held or states)


def _told_apart(said: str, orders: Sequence[Order]) -> list[Order]:
    """The orders of the month or the total that is named, or the one at an end of their row, the newest first."""
    if priced := by_total(said, orders):
        return list(priced)
    if _AT_END.search(said):
        return list(orders[:1] if _NEWEST.search(said) else orders[-1:])
    dated = [o for o in orders if o.placed_at and re.search(rf"\b{o.placed_at:%B}\b", said, re.IGNORECASE)]
    amounts = {int(amount) for amount in _AMOUNT.findall(said)}
    return dated or [o for o in orders if o.total_cents // 100 in amounts]


def _which_order(orders: tuple[Order, ...]) -> Missing:
    if not orders:
        field = FormField(name="order_id", label="Order number")
        return Missing(
            "order",
            "Which order is it about? Please give me its number.",
            FormCard(id="order", title="Order", fields=(field,)),
        )
    labels = {order_label(order): order.id for order in orders[:_MOST_CHOICES]}
    again = "I could not tell which order that is. Which of these shall it be?"
    return Missing("order", "Which order is it about?", choices("Your orders", labels), again=again)


def order_label(order: Order) -> str:
    """An order on a button: number, goods, status, total."""
    goods = ", ".join(line.name for line in order.lines[:3]) + (", …" if len(order.lines) > 3 else "")
    return f"{order.id}: {goods} · {status_words(order)} · {format_money(order.total_cents, order.currency)}"
