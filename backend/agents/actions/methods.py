"""Which stored payment method a shopper means."""

import re

from backend.domain.customers import Customer, PaymentKind, PaymentMethod

_KINDS = {
    PaymentKind.GIFT_CARD: re.compile(r"\b(gift ?card|store credit|gift certificate|voucher)s?\b", re.IGNORECASE),
    PaymentKind.PAYPAL: re.compile(r"\bpay ?pal\b", re.IGNORECASE),
    PaymentKind.CREDIT_CARD: re.compile(r"\b(credit|debit|visa|master ?card|amex)\b|(?<!gift )\bcard\b", re.IGNORECASE),
}


def methods_meant(text: str, customer: Customer) -> tuple[PaymentMethod, ...]:
    """The stored methods that the words fit: by id, by last four digits, by brand, by kind. Empty: none named."""
    methods = customer.payment_methods
    by_id = [m for m in methods if re.search(rf"(?<![\w-]){re.escape(m.id)}(?![\w-])", text, re.IGNORECASE)]
    if by_id:
        return tuple(by_id)
    digits = [m for m in methods if m.last_four and re.search(rf"(?<!\d){m.last_four}(?!\d)", text)]
    if digits:
        return tuple(digits)
    branded = [m for m in methods if m.brand and re.search(rf"\b{re.escape(m.brand)}\b", text, re.IGNORECASE)]
    if branded:
        return tuple(branded)
    for kind, named in _KINDS.items():
        if named.search(text):
            return tuple(m for m in methods if m.kind is kind)
    return ()


def names_a_method(text: str) -> bool:
    """Whether the words name any kind of payment, stored or not."""
    return any(named.search(text) for named in _KINDS.values())
