"""The arguments of each action out of a shopper's words, or the one thing to ask next."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.agents.actions.addresses import address_in
from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.lines import line_label, lines_meant, pieces_meant
from backend.agents.actions.methods import methods_meant, names_a_method
from backend.agents.actions.numbers import order_ids
from backend.agents.actions.places import places_meant
from backend.agents.actions.swaps import Variants, swaps_meant
from backend.agents.actions.wording import telling
from backend.domain.cards import FormCard, FormField
from backend.domain.customers import Address, PaymentKind, PaymentMethod
from backend.domain.errors import NotEligible
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine

_MOST_CHOICES = 6
_NO_REASON = re.compile(r"^\W*(?:no|nope|never ?mind|forget it|stop|keep it|leave it|don'?t)\b", re.IGNORECASE)
#: A sentence with fewer words of its own tells nothing of the trouble.
_TELLS = 2
#: What a filler may look up: the variants of a product.
Filler = Callable[[Case, Variants], Awaitable[dict[str, Any]]]

_DEFECT = re.compile(
    r"\b(defect(ive|s)?|faulty|broken|broke|damaged|does(n'?t| not) work|not working|dead|crack(ed)?|flicker\w*"
    r"|won'?t (turn on|start|charge)|stopped working|malfunction\w*)\b",
    re.IGNORECASE,
)
_UNOPENED = re.compile(
    r"\b(unopened|still sealed|sealed|never opened|not opened|(have|has)n'?t (been )?opened)\b", re.I
)
_OPENED = re.compile(r"\b(opened|unsealed|used|unboxed|out of the box|tried (it|them))\b", re.IGNORECASE)
_REASONS = {
    "defective": _DEFECT,
    "wrong item": re.compile(r"\b(wrong|incorrect|different) (item|product|size|colou?r|one|thing|model)\b", re.I),
    "not as described": re.compile(r"\bnot (as|what) (described|advertised|pictured|i expected|expected)\b", re.I),
    "changed my mind": re.compile(
        r"\b(chang\w+ (my|her|his|our) mind|don'?t (want|like|need) (it|them)|no longer (want|need))\b", re.I
    ),
    "ordered by mistake": re.compile(
        r"\b(mistake\w*|mistook|accident\w*|wrongly|in error|by error|an error|unintend\w+|oops"
        r"|did ?n[o'’]?t mean (?:to|it)|never meant to|wrong (?:button|thing|click)|misclick\w*|twice)\b",
        re.I,
    ),
    "no longer needed": re.compile(
        r"\b(no longer|any ?more|any longer|don[’']?t|do not|does ?n[’']?t|not) (\w+ ){0,2}?"
        r"(need|want|require|use|wish)\w*"
        r"|\b(no (?:longer )?(?:more )?(?:use|need|interest)|no longer interested|not (?:needed|required|interested)"
        r"|unneeded|unnecessary|needless|chang\w+ (?:my|our) mind|found (?:it|one) (?:cheaper|elsewhere)"
        r"|(?:can|could) do without)\b",
        re.I,
    ),
}
#: The way it was paid, said without naming it.
_ORIGINAL = re.compile(
    r"\b(?:original|initial|same|first) (?:form of )?(?:payment|card|method|account|source|way)\w*"
    r"|\b(?:card|account|method|way|what) (?:that )?(?:i|we) (?:\w+ )?(?:paid|used|ordered|bought)\b"
    r"|\b(?:how|what) i paid\b|\bwhere (?:it|the money) came from\b|\boriginally paid\b",
    re.IGNORECASE,
)
_STREET = re.compile(r"\d+\s+[A-Za-z]")
_COMPLAINT_WORDS = frozenset(
    (
        "complaint complain complaining file make lodge raise report issue problem order about something wrong "
        "help need submit register open ticket hi hello hey am im i'm very really so "
    ).split()
)


async def fill_cancel(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, reason"""
    order, reasons = _order(case), case.policy.cancel_reasons if case.policy else ()
    said = case.answer("reason")
    reason = _reason(said, reasons)
    if reason is None and case.answered("reason") and _NO_REASON.search(said):
        raise NotEligible("All right, nothing was cancelled.", rule="declined")
    if reason is None and order.status.value == "pending" and not order.items_modified:
        card = choices("Reason", {r.capitalize(): r.capitalize() for r in reasons})
        raise Missing("reason", f"Why would you like to cancel order {order.id}: {' or '.join(reasons)}?", card)
    return {"order_id": order.id, "reason": reason or (reasons[0] if reasons else "")}


async def fill_return(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, lines, method_id, reason, opened, defective"""
    order = _order(case)
    text = case.request.text
    said = " ".join((text, case.answered("reason") or "", case.answered("lines") or ""))
    reasons = case.policy.return_reasons if case.policy else ()
    reason = _reason(said, reasons)
    lines = _lines(case, order, "return")
    return {
        "order_id": order.id,
        "lines": [_part(said, line) for line in lines],
        "method_id": _refund_method(case, order),
        "reason": reason,
        "opened": _opened(case, said),
        "defective": reason == "defective" or bool(_DEFECT.search(said)),
    }


async def fill_swaps(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, items, method_id: for an exchange and for the items of a pending order alike"""
    order = _order(case)
    items = await swaps_meant(case, order, variants)
    return {"order_id": order.id, "items": items, "method_id": await _difference_method(case, order, items, variants)}


async def fill_address(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, address"""
    return {"order_id": _order(case).id, "address": _address(case)}


async def fill_default_address(case: Case, variants: Variants) -> dict[str, Any]:
    """address"""
    return {"address": _address(case)}


async def fill_payment(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, method_id"""
    method_id = _method_id(case)
    if method_id is None:
        raise _which_method(case, case.customer.payment_methods if case.customer else ())
    return {"order_id": _order(case).id, "method_id": method_id}


async def fill_complaint(case: Case, variants: Variants) -> dict[str, Any]:
    """description, order_id, line_ids"""
    description = case.answered("description") or _told(case)
    if not description:
        raise Missing(
            "description",
            "I'm sorry to hear that. What went wrong?",
            FormCard(
                id="complaint",
                title="Your complaint",
                fields=(FormField(name="description", label="What happened?", input="textarea"),),
                submit_label="Continue",
            ),
        )
    order = case.order
    lines = lines_meant(description, order).lines if order else ()
    return {
        "description": description,
        "order_id": order.id if order else None,
        "line_ids": [line.id for line in lines] or None,
    }


def _told(case: Case) -> str:
    """What the wish tells of the trouble: its sentences without "I want to file a complaint about order 12"."""
    ids = {word for written in order_ids(case.request.text) for word in telling(written)}
    sentences = re.split(r"(?<=[.!?])\s+|\n+", case.request.text.strip())
    telling_ones = [s for s in sentences if len(telling(s) - _COMPLAINT_WORDS - ids) >= _TELLS]
    return " ".join(telling_ones)


def _order(case: Case) -> Order:
    assert case.order is not None, "the order is found before the arguments are filled"
    return case.order


def _lines(case: Case, order: Order, verb: str) -> tuple[OrderLine, ...]:
    said = case.answered("lines") or _without_numbers(case)
    meant = lines_meant(said, order)
    if meant.unclear:
        raise _which_line(meant.unclear, verb)
    if meant.lines:
        return meant.lines
    whole = len(order.lines) == 1 or re.search(
        rf"\b(?:{verb}(?:ing)?|send|give|bring|back|refund)\s+(?:(?:back|my|the|this|that|whole|entire|full|all|of|for)\s+)*"
        r"(?:order|purchase|package)s?\b",
        said,
        re.IGNORECASE,
    )
    if whole and case.answered("lines") is None:
        return order.lines
    raise _which_line(order.lines, verb)


def _which_line(lines: tuple[OrderLine, ...], verb: str) -> Missing:
    labels = {line_label(line): line_label(line) for line in lines}
    labels["All of them"] = f"All of them: {verb} everything"
    return Missing("lines", f"Which item would you like to {verb}?", choices("Items", labels))


def _without_numbers(case: Case) -> str:
    """The wish without its order numbers, whose digits could be read as an item."""
    text = case.request.text
    for order_id in case.request.entities.order_ids:
        text = re.sub(re.escape(order_id), " ", text, flags=re.IGNORECASE)
    return text


def _method_id(case: Case) -> str | None:
    """The method named, None for the original one. Raises Missing when several fit."""
    if case.customer is None:
        return None
    said = case.answer("method")
    found = methods_meant(said, case.customer)
    if len(found) == 1:
        return found[0].id
    if len(found) > 1:
        raise _which_method(case, found)
    if case.answered("method") and names_a_method(said):
        raise _which_method(case, case.customer.payment_methods)
    return None


def _refund_method(case: Case, order: Order) -> str | None:
    """Where a refund goes; asked for when the shopper has a choice and named nothing."""
    named = _method_id(case)
    if named or case.customer is None or _goes_back_as_paid(case):
        return named
    paid = {entry.method_id for entry in order.payments}
    open_to = [m for m in case.customer.payment_methods if m.id in paid or m.kind is PaymentKind.GIFT_CARD]
    if len(open_to) > 1 and paid & {m.id for m in open_to}:
        raise _which_method(case, tuple(open_to), "Which payment method shall the refund go to?")
    return None


def _goes_back_as_paid(case: Case) -> bool:
    """Whether the original method is meant or the shop's own default. Where no terms of the shop's own were loaded,
    the shopper has to say it; a waiting action takes another method in either way.
    """
    terms = case.policy is not None and case.policy.has_dates
    return terms or case.answered("method") is not None or bool(_ORIGINAL.search(case.request.text))


async def _difference_method(
    case: Case, order: Order, items: Sequence[Mapping[str, Any]], variants: Variants
) -> str | None:
    """With what a difference in price is settled; asked for when there is one, and several could."""
    named = _method_id(case)
    if named or case.customer is None or _goes_back_as_paid(case):
        return named
    owed = 0
    for item in items:
        line = order.line(item["line_id"])
        new = next((v for v in await variants(line.product_id) if v.id == item["variant_id"]), None) if line else None
        owed += (new.price_cents - line.unit_price_cents) * item.get("quantity", line.quantity) if new and line else 0
    open_to = tuple(m for m in case.customer.payment_methods if m.balance_cents is None or m.balance_cents >= owed)
    if owed and len(open_to) > 1:
        amount = format_money(abs(owed), order.currency)
        way = "pay the difference with" if owed > 0 else "get the difference back on"
        raise _which_method(case, open_to, f"Which payment method would you like to {way} ({amount})?")
    return None


def _part(said: str, line: OrderLine) -> dict[str, Any]:
    """The line, with the number of pieces when fewer than it holds are meant."""
    pieces = pieces_meant(said, line)
    return {"line_id": line.id, "quantity": pieces} if pieces else {"line_id": line.id}


def _which_method(
    case: Case, methods: tuple[PaymentMethod, ...], question: str = "Which of your payment methods shall I use?"
) -> Missing:
    options = {m.label(): f"Use {m.label()} ({m.id})" for m in methods}
    return Missing("method", question, choices("Payment methods", options))


def _address(case: Case) -> dict[str, str]:
    """The address written out, else the one of the customer's records that is pointed at."""
    told = case.answered("address") or ""
    said = told.rpartition("\n")[2] or case.request.text
    for text in (said, told, f"{case.request.text}\n{told}"):  # told at once, in parts, or begun in the wish
        address = address_in(text)
        if address is not None:
            return address.model_dump()
    now = case.order.address if case.order else (case.customer.address if case.customer else None)
    meant = places_meant(said, case.places, now)
    if len(meant) == 1:
        return meant[0].model_dump()
    raise _which_address(case, meant, begun=bool(told and _STREET.search(told)))


def _which_address(case: Case, meant: tuple[Address, ...], *, begun: bool = False) -> Missing:
    if meant:
        lines = {address.one_line(): address.one_line() for address in meant[:_MOST_CHOICES]}
        question = "Which address do you mean? " + "; ".join(lines)
        return Missing("address", f"{question}?", choices("Addresses", lines))
    if begun:
        return Missing("address", "Thank you. What is the rest of the new address: city, state and ZIP?")
    about = f" for order {case.order.id}" if case.order else ""
    names = {"line1": "Street and number", "line2": "Apartment, suite", "city": "City", "state": "State", "zip": "ZIP"}
    fields = tuple(FormField(name=name, label=label) for name, label in names.items())
    return Missing(
        "address",
        f"What is the new address{about}? Please give street, city, state and ZIP, separated by commas.",
        FormCard(id="address", title="New address", fields=fields, submit_label="Continue"),
    )


def _opened(case: Case, said: str) -> bool | None:
    answer = case.answered("opened")
    if answer is not None:
        if _UNOPENED.search(answer) or re.search(r"\b(no|nope|not)\b", answer, re.IGNORECASE):
            return False
        return True if re.search(r"\b(yes|yeah|yep|opened|used)\b", answer, re.IGNORECASE) else None
    if _UNOPENED.search(said):
        return False
    return True if _OPENED.search(said) else None


def _reason(said: str, known: tuple[str, ...]) -> str | None:
    for reason in known:
        if reason.lower() in said.lower():
            return reason
    return next((r for r, pattern in _REASONS.items() if r in known and pattern.search(said)), None)
