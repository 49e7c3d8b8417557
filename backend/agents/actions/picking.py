"""Which items of an order a wish takes: named, told later, picked by their price, or asked for."""

import re
from collections.abc import Sequence

from backend.agents.actions.case import Case, Missing, choices
from backend.agents.actions.lines import Meant, line_label, lines_meant
from backend.agents.actions.methods import names_a_method
from backend.agents.actions.priced import by_price
from backend.agents.actions.wording import words
from backend.domain.orders import Order, OrderLine

#: Questions beside which a thing may be named that was not before: "and the mug too".
_ASIDE = ("order", "method", "reason", "opened")
_TOO = re.compile(r"^\W*(?:and|plus|also|oh and)\b|\b(?:too|also|as well|both|add)\b", re.IGNORECASE)


def lines_to(case: Case, order: Order, verb: str) -> tuple[OrderLine, ...]:
    """The lines that a wish with this verb means. Raises Missing when the words leave it open."""
    _told_aside(case, order)
    said = case.answered("lines") or without_numbers(case)
    meant = lines_meant(said, order)
    if chosen := _chosen_by_price(said, meant, order):
        return chosen
    if meant.unclear:
        raise which_line(meant.unclear, verb)
    if meant.lines:
        return meant.lines
    if (foreign := _not_in_it(case, order)) and case.answered("lines") is None:
        held = ", ".join(dict.fromkeys(line.name for line in order.lines))
        raise which_line(order.lines, verb, f"There is no {foreign} in order {order.id}; it holds {held}. ")
    whole = len(order.lines) == 1 or re.search(
        rf"\b(?:{verb}(?:ing)?|send|give|bring|back|refund)\s+(?:(?:back|my|the|this|that|whole|entire|full|all|of|for)\s+)*"
        r"(?:order|purchase|package)s?\b",
        said,
        re.IGNORECASE,
    )
    if whole and case.answered("lines") is None:
        return order.lines
    raise which_line(order.lines, verb)


def _not_in_it(case: Case, order: Order) -> str:
    """Goods of the shop that are named and have nothing of their name in common with what the order holds."""
    named = case.request.entities.products
    held = {word for line in order.lines for word in (*words(line.name), *words(line.category or ""))}
    own = {line.product_id for line in order.lines}
    if any(product.id in own or held & set(words(product.name)) for product in named):
        return ""
    return named[0].name if named else ""


def which_line(lines: Sequence[OrderLine], verb: str, opening: str = "") -> Missing:
    """The question which of the lines is meant."""
    labels = {line_label(line): line_label(line) for line in lines}
    labels["All of them"] = f"All of them: {verb} everything"
    again = "I could not tell which item that is. Which of these shall it be?"
    return Missing("lines", f"{opening}Which item would you like to {verb}?", choices("Items", labels), again=again)


def without_numbers(case: Case) -> str:
    """The wish without its order numbers, whose digits could be read as an item."""
    text = case.request.text
    for order_id in case.request.entities.order_ids:
        text = re.sub(re.escape(order_id), " ", text, flags=re.IGNORECASE)
    return text


def _told_aside(case: Case, order: Order) -> None:
    """Goods named while something else was asked: more of them, or others instead. What was asked stays open."""
    said = case.answered("lines") or without_numbers(case)
    before = {line.id for line in lines_meant(said, order).lines}
    for slot in _ASIDE:
        answer = case.answered(slot) or ""
        named = {mention.line.id for mention in lines_meant(answer, order).mentions}
        if not named or named <= before:
            continue
        answers = dict(case.slots["answers"])
        answers["lines"] = f"{said} and {answer}" if _TOO.search(answer) else answer
        if slot != "order" and not names_a_method(answer):
            del answers[slot]
        case.slots["answers"] = answers


def _chosen_by_price(said: str, meant: Meant, order: Order) -> tuple[OrderLine, ...]:
    """The lines that a price picks among those of one name, among those named, or among all of the order."""
    if meant.everything:
        return ()
    others = {line.id for line in meant.unclear}
    chosen = by_price(said, meant.unclear or meant.lines or order.lines)
    kept = tuple(line for line in meant.lines if line.id not in others) if meant.unclear else ()
    return (*kept, *chosen) if chosen else ()
