"""Amounts of money a shopper names; bounds of a search are the catalogue's to read."""

import re
from decimal import Decimal

from backend.domain.money import to_cents

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s?(k\b)?"
#: Longer numbers are no money of anybody's, and more than the records hold.
_LONGEST = 15
_BEFORE = re.compile(rf"(?:[$€£₹]|\b(?:usd|eur|gbp|inr|rs\.?)\s?)\s?{_NUMBER}", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?<![\w.,-]){_NUMBER}\s?(?:[$€£₹]|(?:dollars?|bucks?|usd|euros?|eur|pounds?|gbp|rupees?)\b)", re.IGNORECASE
)


def find_amount(text: str) -> int | None:
    """The first amount written with a currency, in cents ("$1.5k" → 150000), or None."""
    match = _BEFORE.search(text) or _AFTER.search(text)
    if match is None or len(match.group(1)) > _LONGEST:
        return None
    amount = Decimal(match.group(1).replace(",", ""))
    return to_cents(amount * 1000 if match.group(2) else amount)
