"""Order numbers a wish names, told apart from the numbers of items and from orders it only refers to."""

import re
from dataclasses import dataclass

from backend.tools.order_ids import canonical, find_order_ids

_ITEM_NUMBER = re.compile(
    r"\b(?:items?|products?|variants?|skus?|articles?)\b\s*(?:numbers?|ids?|nos?\.?|#)?\W{0,3}"
    r"\d{6,14}(?:\s*(?:,|and|&)\s*\d{6,14})*",
    re.IGNORECASE,
)
_METHOD_NUMBER = re.compile(r"\b(?:credit_card|paypal|gift_card)_\d+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:same (?:\w+ ){0,3}(?:as|like|of|in|from)|as (?:in|on|for|with)|(?:used|given|entered) (?:in|for|on)"
    r"|address (?:of|from|in|on|for) (?:my )?other)\b[^.;!?]{0,30}$",
    re.IGNORECASE,
)
#: "order 12", "order no. 12", "orders 12, 13 and 14"
_MARK = re.compile(
    r"\borders?\W*(?:(?:number|num|no|nr|id|reference|ref)s?\W*)?(?:\d+\s*(?:,|and|&)\s*)*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """An order number and where it stands."""

    written: str
    start: int
    end: int


def blanked(text: str) -> str:
    """The text with the numbers of items and payment methods blanked, every place kept."""
    for pattern in (_METHOD_NUMBER, _ITEM_NUMBER):
        text = pattern.sub(lambda m: re.sub(r"\d", " ", m.group()), text)
    return text


def order_numbers(text: str) -> tuple[Number, ...]:
    """The orders a text is about, in order. Bare digits count only where nothing is marked as a number of an order."""
    plain = blanked(text)
    found = [number for written in find_order_ids(plain) if (number := _place(written, plain)) is not None]
    marked = [n for n in found if not n.written.isdigit() or _MARK.search(plain[: n.start])]
    targets = [n for n in (marked or found) if not _REFERENCE.search(plain[: n.start])]
    return tuple(sorted(targets, key=lambda n: n.start))


def order_ids(text: str) -> tuple[str, ...]:
    """The same as written."""
    return tuple(number.written for number in order_numbers(text))


def referred_order(text: str) -> str | None:
    """The order a text only points at: "the same address as order 12"."""
    targets = {canonical(written) for written in order_ids(text)}
    return next((w for w in find_order_ids(blanked(text)) if canonical(w) not in targets), None)


def _place(written: str, text: str) -> Number | None:
    spaced = r"[\s\-–_/]*".join(re.escape(c) for c in canonical(written))
    match = re.search(rf"#?\s?(?<![0-9a-z]){spaced}(?![0-9a-z])", text, re.IGNORECASE)
    return Number(written, match.start(), match.end()) if match else None
