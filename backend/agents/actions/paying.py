"""With which stored method money moves: the one named, the original one, or a question."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.methods import methods_meant, names_a_method
from backend.agents.actions.swaps import Variants
from backend.domain.customers import PaymentKind, PaymentMethod
from backend.domain.errors import NotEligible
from backend.domain.money import format_money
from backend.domain.orders import Order

#: The way it was paid, said without naming it.
_ORIGINAL = re.compile(
    r"\b(?:original|initial|same|first) (?:form of )?(?:payment|card|method|account|source|way)\w*"
    r"|\b(?:card|account|method|way|what) (?:that )?(?:i|we) (?:\w+ )?(?:paid|used|ordered|bought)\b"
    r"|\b(?:how|what) i paid\b|\bwhere (?:it|the money) came from\b|\boriginally paid\b",
    re.IGNORECASE,
)


_OTHER = re.compile(r"\b(?:other|another|different|remaining)\b", re.IGNORECASE)


def original_method(text: str, order: Order) -> str | None:
    """The method that paid the order, where the words mean that one without naming it."""
    return order.payments[0].method_id if order.payments and _ORIGINAL.search(text) else None


def method_id(case: Case) -> str | None:
    """The method named, None for the original one. Raises Missing when several fit."""
    if case.customer is None:
        return None
    said = case.answer("method")
    found = methods_meant(said, case.customer)
    if len(found) == 1:
        return found[0].id
    if len(found) > 1:
        original = original_method(said, case.order) if case.order else None
        if original in {method.id for method in found}:
            return original
        raise which_method(case, found)
    if case.answered("method") and names_a_method(said):
        raise which_method(case, case.customer.payment_methods)
    return None


def other_method(case: Case, order: Order) -> str:
    """The one method beside that which pays the order. Raises Missing where there are several, NotEligible for none."""
    methods = case.customer.payment_methods if case.customer else ()
    paid = {entry.method_id for entry in order.payments}
    others = tuple(method for method in methods if method.id not in paid)
    if not others:
        raise NotEligible("You have no other payment method with us than the one that paid this order.", rule="method")
    if len(others) == 1 and _OTHER.search(case.answer("method")):
        return others[0].id
    raise which_method(case, others)


def refund_method(case: Case, order: Order) -> str | None:
    """Where a refund goes; asked for when the shopper has a choice and named nothing."""
    named = method_id(case)
    if named or case.customer is None or _goes_back_as_paid(case):
        return named
    paid = {entry.method_id for entry in order.payments}
    open_to = [m for m in case.customer.payment_methods if m.id in paid or m.kind is PaymentKind.GIFT_CARD]
    if len(open_to) > 1 and paid & {m.id for m in open_to}:
        raise which_method(case, tuple(open_to), "Which payment method shall the refund go to?")
    return None


def _goes_back_as_paid(case: Case) -> bool:
    """Whether the original method is meant or the shop's own default. Where no terms of the shop's own were loaded,
    the shopper has to say it; a waiting action takes another method in either way.
    """
    terms = case.policy is not None and case.policy.has_dates
    return terms or case.answered("method") is not None or bool(_ORIGINAL.search(case.request.text))


async def difference_method(
    case: Case, order: Order, items: Sequence[Mapping[str, Any]], variants: Variants
) -> str | None:
    """With what a difference in price is settled; asked for when there is one, and several could."""
    named = method_id(case)
    if named or case.customer is None:
        return named
    owed = 0
    for item in items:
        line = order.line(item["line_id"])
        new = next((v for v in await variants(line.product_id) if v.id == item["variant_id"]), None) if line else None
        owed += (new.price_cents - line.unit_price_cents) * item.get("quantity", line.quantity) if new and line else 0
    open_to = tuple(m for m in case.customer.payment_methods if m.balance_cents is None or m.balance_cents >= owed)
    pays = {entry.method_id for entry in order.payments[:1]} & {m.id for m in open_to}
    if _goes_back_as_paid(case) and (pays or not open_to):
        return None
    if owed and len(open_to) == 1:
        return open_to[0].id
    if owed and (len(open_to) > 1 or not pays):
        amount = format_money(abs(owed), order.currency)
        way = "pay the difference with" if owed > 0 else "get the difference back on"
        raise which_method(case, open_to, f"Which payment method would you like to {way} ({amount})?")
    return None


def which_method(
    case: Case, methods: tuple[PaymentMethod, ...], question: str = "Which of your payment methods shall I use?"
) -> Missing:
    """The question which of the methods is meant."""
    options = {m.label(): f"Use {m.label()} ({m.id})" for m in methods}
    again = "I could not tell which of your payment methods that is. Which of these shall it be?"
    return Missing("method", question, choices("Payment methods", options), again=again)
