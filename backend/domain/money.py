"""Money is integer cents with an ISO 4217 currency; only this file turns it into text."""

from decimal import ROUND_HALF_EVEN, Decimal

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹"}


def to_cents(amount: Decimal | float | str | int) -> int:
    """Major units ("47.84") to cents, by way of the decimal text so that no float error enters.

    Raises decimal.InvalidOperation when the text is no number.
    """
    exact = Decimal(str(amount)) * 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def format_money(cents: int, currency: str = "USD") -> str:
    """Cents as a shopper reads them: 129999 → "$1,299.99", -500 → "-$5.00"."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    symbol = _SYMBOLS.get(currency)
    number = f"{whole:,}.{rest:02d}"
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{number} {currency}"
