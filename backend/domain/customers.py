"""Who buys: customers, their addresses and the ways in which they pay."""

from enum import StrEnum

from backend.domain.base import Value


class Address(Value):
    """A postal address. `country` is as the shop writes it."""

    line1: str
    line2: str = ""
    city: str
    state: str = ""
    zip: str
    country: str = "USA"

    def one_line(self) -> str:
        """The address on one line, as a shopper confirms it."""
        street = f"{self.line1}, {self.line2}" if self.line2 else self.line1
        area = f"{self.state} {self.zip}".strip()
        return ", ".join(part for part in (street, self.city, area, self.country) if part)


class PaymentKind(StrEnum):
    CREDIT_CARD = "credit_card"
    PAYPAL = "paypal"
    GIFT_CARD = "gift_card"


class PaymentMethod(Value):
    """A way to pay that the customer has stored. `balance_cents` only for gift cards."""

    id: str
    customer_id: str
    kind: PaymentKind
    brand: str | None = None
    last_four: str | None = None
    balance_cents: int | None = None

    def label(self) -> str:
        """How it is named to its owner: "Mastercard ending in 9212", "PayPal", "gift card"."""
        if self.kind is PaymentKind.CREDIT_CARD:
            brand = (self.brand or "card").capitalize()
            return f"{brand} ending in {self.last_four}" if self.last_four else brand
        return "PayPal" if self.kind is PaymentKind.PAYPAL else "gift card"


class Customer(Value):
    """A person who buys. Never part of an answer to anyone but that person and the staff."""

    id: str
    name: str
    email: str
    phone: str | None = None
    address: Address | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()

    def payment_method(self, method_id: str) -> PaymentMethod | None:
        """The stored method of that id, or None."""
        return next((m for m in self.payment_methods if m.id == method_id), None)
