"""Everything a clause names, typed and validated."""

import re
from datetime import date

from backend.agents.understanding.contacts import (
    find_code,
    find_complaint_ids,
    find_email,
    find_phone,
    find_refund_ids,
    find_zip,
)
from backend.agents.understanding.dates import find_dates
from backend.agents.understanding.money import find_amount
from backend.agents.understanding.options import find_options, find_quantity
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.catalogue import ProductFilter
from backend.domain.conversation import Entities, ProductRef
from backend.tools.order_ids import find_order_ids

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"\S+@\S+")
_NAMES_ORDER = re.compile(r"\border\b|\bord\b|#", re.IGNORECASE)


def read_entities(
    text: str, without_goods: str, products: tuple[ProductRef, ...], vocabulary: Vocabulary, today: date
) -> Entities:
    """The entities of a clause beside its goods, which are given: `products`, and the text without their names.

    `today` is the shopper's day.
    """
    digits = bool(_DIGIT.search(text))
    plain = _EMAIL.sub(" ", without_goods) if "@" in text else without_goods
    phone = find_phone(plain) if digits else None
    code = find_code(plain) if digits and phone is None else None
    zip_code = find_zip(plain) if digits else None
    known = [p for r in products if (p := vocabulary.product(r.id)) is not None]
    return Entities(
        order_ids=_orders(plain, code, phone, zip_code) if digits else (),
        products=products,
        options=find_options(plain, vocabulary.option_values(), known),
        quantity=find_quantity(plain),
        amount_cents=find_amount(text) if digits else None,
        dates=find_dates(text, today),
        email=find_email(text),
        phone=phone,
        zip=zip_code,
        code=code,
        complaint_ids=find_complaint_ids(text) if digits else (),
        refund_ids=find_refund_ids(text) if digits else (),
    )


def with_conditions(entities: Entities, without_goods: str, vocabulary: Vocabulary) -> Entities:
    """The entities with what the words look for; asked only of requests about goods, as it is the dearest part."""
    if entities.filter is not None:
        return entities
    found = vocabulary.parse_filter(without_goods)
    if found is None or not is_bound(found):
        return entities
    return entities.model_copy(update={"category": found.category, "brand": found.brand, "filter": found})


def is_bound(found: ProductFilter) -> bool:
    """Whether a filter sets any condition beyond its words."""
    return found.model_copy(update={"text": ""}) != ProductFilter()


def _orders(text: str, code: str | None, phone: str | None, zip_code: str | None) -> tuple[str, ...]:
    """Order numbers, without digits that are a code, a phone number or a ZIP."""
    found = find_order_ids(text)
    if _NAMES_ORDER.search(text):
        return found
    other = {code, zip_code, phone and phone.lstrip("+"), phone and phone[2:]}
    return tuple(o for o in found if re.sub(r"\D", "", o) not in other)
