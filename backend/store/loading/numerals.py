"""How a file writes its numbers: "1,299.50", or "1.299,50" as spreadsheets of much of Europe do."""

import re
from collections.abc import Iterable

_COMMA = re.compile(r",(\d{1,2}|[-–—]{1,2})\D{0,4}$")
_POINT = re.compile(r"\.\d{1,2}\D{0,4}$")
_GROUPED = re.compile(r"^\D{0,4}[1-9]\d{0,2}(\.\d{3})+\D{0,4}$")
#: a figure of such a file with what may stand around it, a currency or a unit, and nothing else
_FIGURE = re.compile(
    r"^([^\d.,]{0,4})([1-9]\d{0,2}(?:[.\s'’]\d{3})+|\d{1,15})(?:,(\d{1,9}|[-–—]{1,2}))?([^\d.,][^\d]{0,20})?$"
)


def writes_commas(prices: Iterable[object]) -> bool:
    """Whether the prices of a file have a comma before the cents. Where no price has cents ("89 €", "1.299 €"), a point
    before three digits groups them if others stand without one or the euro stands beside; else it is a fraction.
    """
    said = [text.strip() for text in prices if isinstance(text, str) and text.strip()]
    if any(map(_POINT.search, said)):
        return False
    if any(map(_COMMA.search, said)):
        return True
    grouped = [text for text in said if _GROUPED.match(text)]
    return bool(grouped) and (len(grouped) < len(said) or any("€" in text for text in grouped))


def with_point(text: str) -> str:
    """A figure of such a file as all others write it: "1.299,00 €" → "1299.00 €", "11,5 kg" → "11.5 kg"; else as is."""
    match = _FIGURE.match(text.strip())
    if match is None:
        return text
    before, whole, fraction, after = match.groups()
    cents = f".{fraction}" if fraction and fraction.isdigit() else ""
    return f"{before}{re.sub(r'[^0-9]', '', whole)}{cents}{after or ''}"
