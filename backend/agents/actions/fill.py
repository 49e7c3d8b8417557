"""The arguments of each action out of a shopper's words, or the one thing to ask next."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from backend.agents.actions.addresses import address_in
from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.counting import pieces_meant
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.numbers import order_ids
from backend.agents.actions.paying import difference_method, method_id, other_method, refund_method
from backend.agents.actions.picking import lines_to
from backend.agents.actions.places import places_meant
from backend.agents.actions.reasons import DEFECT, answered_reason, opened, reason_in, takes_back
from backend.agents.actions.swaps import Variants, swaps_meant
from backend.agents.actions.wording import telling
from backend.agents.understanding.consent import read_consent
from backend.domain.cards import FormCard, FormField
from backend.domain.conversation import Consent
from backend.domain.customers import Address
from backend.domain.errors import NotEligible
from backend.domain.orders import Order, OrderLine

_MOST_CHOICES = 6
#: A sentence with fewer words of its own tells nothing of the trouble.
_TELLS = 2
#: What a filler may look up: the variants of a product.
Filler = Callable[[Case, Variants], Awaitable[dict[str, Any]]]

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
    told = case.answered("reason")
    reason = answered_reason(told, reasons) if told else reason_in(case.request.text, reasons)
    if reason is None and told and takes_back(told):
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
    reason = reason_in(said, reasons)
    lines = lines_to(case, order, "return")
    return {
        "order_id": order.id,
        "lines": [_part(said, line) for line in lines],
        "method_id": refund_method(case, order),
        "reason": reason,
        "opened": opened(case.answered("opened"), said),
        "defective": reason == "defective" or bool(DEFECT.search(said)),
    }


async def fill_swaps(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, items, method_id: for an exchange and for the items of a pending order alike"""
    order = _order(case)
    items = await swaps_meant(case, order, variants)
    return {"order_id": order.id, "items": items, "method_id": await difference_method(case, order, items, variants)}


async def fill_address(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, address"""
    return {"order_id": _order(case).id, "address": _address(case)}


async def fill_default_address(case: Case, variants: Variants) -> dict[str, Any]:
    """address"""
    return {"address": _address(case)}


async def fill_payment(case: Case, variants: Variants) -> dict[str, Any]:
    """order_id, method_id"""
    return {"order_id": _order(case).id, "method_id": method_id(case) or other_method(case, _order(case))}


async def fill_complaint(case: Case, variants: Variants) -> dict[str, Any]:
    """description, order_id, line_ids"""
    answer = case.answered("description") or ""
    description = answer if read_consent(answer) is Consent.OTHER and answer.strip() else _told(case)
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


def _part(said: str, line: OrderLine) -> dict[str, Any]:
    """The line, with the number of pieces when fewer than it holds are meant."""
    pieces = pieces_meant(said, line)
    return {"line_id": line.id, "quantity": pieces} if pieces else {"line_id": line.id}


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
