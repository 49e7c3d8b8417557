"""Wishes that hang on an amount: "if the refund is less than $50 exchange it, otherwise return it"."""

import re
from dataclasses import dataclass

from backend.agents.actions.case import Case
from backend.agents.actions.grammar import wishes_in
from backend.agents.actions.lines import lines_meant
from backend.agents.actions.swaps import Variants
from backend.domain.acts import Act
from backend.domain.catalogue import Variant
from backend.domain.errors import NotEligible
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderLine

_LESS = r"less than|under|below|lower than|cheaper than|smaller than"
_AT_MOST = r"no more than|not more than|at most|up to|not over|not above"
_MORE = r"more than|over|above|higher than|greater than|exceeds?|bigger than"
_AT_LEAST = r"at least|not less than|no less than|not under|not below"
_CONDITION = re.compile(
    r"\b(?P<link>(?:but )?only if|if|as long as|provided(?: that)?|unless|in case)\s+(?P<subject>[^.;!?]{1,80}?)\s*\b"
    rf"(?:(?P<at_most>{_AT_MOST})|(?P<at_least>{_AT_LEAST})|(?P<less>{_LESS})|(?P<more>{_MORE}))\s+"
    r"(?P<sign>\$\s?)?(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>\s*(?:\$|dollars?|bucks|usd))?"
    r"(?:\s+(?:back|for it|each))?",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\b(?:refund|pric|cost|total|difference|back|pay|amount|worth|charge)", re.IGNORECASE)
_ELSE = re.compile(
    r"[\s,;.]*\b(?:otherwise|or else|else|if (?:it'?s |it is )?not|if (?:it|that|the \w+) (?:isn't|is not|'s not))\b"
    r"[\s,:]*"
    r"(?P<rest>[^.;!?]+)",
    re.IGNORECASE,
)
_THEN = re.compile(r"^[\s,]*(?:then\b)?[\s,]*", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\bdifference\b|\bextra\b|\bmore to pay\b", re.IGNORECASE)
_SINGLE = re.compile(r"\b(?:one|each|a single)\b", re.IGNORECASE)
#: (below, inclusive) → the words
_BOUNDS = {
    (True, True): "at most",
    (True, False): "less than",
    (False, True): "at least",
    (False, False): "more than",
}
_SWAPS = frozenset({Act.EXCHANGE, Act.ORDER_ITEMS})


@dataclass(frozen=True, slots=True)
class Conditional:
    """A wish, the amount it hangs on, and what is wanted otherwise."""

    wish: str
    subject: str
    #: "less than", "at least"
    bound: str
    below: bool
    inclusive: bool
    cents: int
    otherwise: str

    @property
    def said(self) -> str:
        """The condition behind any wish, to be read again by `conditional_in`."""
        other = f"; otherwise {self.otherwise}" if self.otherwise else ""
        return f" only if {self.subject} {self.bound} ${self.cents / 100:.2f}{other}."


def conditional_in(text: str) -> Conditional | None:
    """The wish of a text that hangs on an amount of money; None when none does, or nothing is wished."""
    found = _CONDITION.search(text)
    if found is None or not (found["sign"] or found["unit"] or _PRICED.search(found["subject"])):
        return None
    rest = text[found.end() :]
    other = _ELSE.search(rest)
    then = _THEN.sub("", re.split(r"[.;!?]\s", rest[: other.start()] if other else rest, maxsplit=1)[0]).strip()
    wish = " ".join(filter(None, (text[: found.start()].rstrip(" ,"), then if wishes_in(then) else "")))
    if not any(wishes_in(sentence) for sentence in re.split(r"(?<=[.;!?])\s+", wish)) and not wishes_in(then):
        return None
    group = next(name for name in ("at_most", "at_least", "less", "more") if found[name])
    below, inclusive = group in ("at_most", "less"), group in ("at_most", "at_least")
    if found["link"].lower() == "unless":
        below, inclusive = not below, not inclusive
    return Conditional(
        wish=wish,
        subject=re.sub(r"\s+(?:is|are|was|were|be|costs?|comes? to|would|will)$", "", found["subject"].strip()),
        bound=_BOUNDS[below, inclusive],
        below=below,
        inclusive=inclusive,
        cents=round(float(found["amount"].replace(",", "")) * 100),
        otherwise=other["rest"].strip() if other else "",
    )


async def insist_condition(case: Case, condition: Conditional, items: list[dict[str, str]], variants: Variants) -> None:
    """Raises NotEligible with the amount when the condition does not hold. `items` are the swaps filled so far; an
    amount that only these tell is judged when they are there.
    """
    order = case.order
    if order is None:
        return
    if case.act in _SWAPS and not re.search(r"\brefund|\bback\b", condition.subject, re.IGNORECASE):
        if not items:
            return
        what, cents = await _of_swaps(condition, order, items, variants)
    else:
        what, cents = _of_lines(case, condition, order)
    holds = cents < condition.cents if condition.below else cents > condition.cents
    if holds or (condition.inclusive and cents == condition.cents):
        return
    limit, amount = (format_money(c, order.currency) for c in (condition.cents, cents))
    raise NotEligible(f"{what} is {amount}, not {condition.bound} {limit}.", rule="condition")


def _of_lines(case: Case, condition: Conditional, order: Order) -> tuple[str, int]:
    """What the goods of the wish cost, or of one of them."""
    lines = lines_meant(case.request.text, order).lines
    if case.act is Act.ORDER_CANCEL or not lines:
        return f"The total of order {order.id}", order.total_cents
    if _SINGLE.search(condition.subject):
        return f"The price of one {lines[0].name}", lines[0].unit_price_cents
    names = ", ".join(dict.fromkeys(line.name for line in lines))
    return f"The price of the {names}", sum(line.unit_price_cents * line.quantity for line in lines)


async def _of_swaps(
    condition: Conditional, order: Order, items: list[dict[str, str]], variants: Variants
) -> tuple[str, int]:
    """What the new versions cost, or what is to be paid on top."""
    pairs: list[tuple[OrderLine, Variant]] = []
    for item in items:
        line = order.line(item["line_id"])
        new = next((v for v in await variants(line.product_id) if v.id == item["variant_id"]), None) if line else None
        if line is not None and new is not None:
            pairs.append((line, new))
    if _DIFFERENCE.search(condition.subject):
        return "The difference in price", abs(sum((b.price_cents - a.unit_price_cents) * a.quantity for a, b in pairs))
    return "The price of the new version", sum(new.price_cents for _, new in pairs)
