"""Rows of a catalogue, one for each thing on sale, put together to products with their variants."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import Any

from backend.domain.catalogue import ON_SALE, Product, Spec, Variant
from backend.domain.money import format_money, to_cents
from backend.store.loading.alike import placed_alike
from backend.store.loading.source import BadRow, Placed, reason_of
from backend.store.loading.specs import flat_specs

#: the kind of goods of which a catalogue says nothing
NO_CATEGORY = "Other"
_PRICE = re.compile(r"^([A-Z]{3}|[$€£₹])?(-?\d(?:[\d.,]*\d)?)(?:[.,][-–—]{1,2})?([A-Z]{3}|[$€£₹])?$")
_BETWEEN = re.compile(r"[\s'’]")
#: titles of variants by which a product is found
_ALIASES = 20
_FIGURE = re.compile(r"^[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?$")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
_WRONG = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Offer:
    """One row. `price_cents` and `stock` None mean that the row does not say; `head` rows describe the product."""

    place: str
    product_id: str
    variant_id: str
    name: str
    category: str = NO_CATEGORY
    brand: str | None = None
    model: str | None = None
    aliases: tuple[str, ...] = ()
    description: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    specs: Mapping[str, Any] = field(default_factory=dict)
    #: figure and unit, where each thing on sale has its own
    weight: tuple[float, str] | None = None
    tags: tuple[str, ...] = ()
    price_cents: int | None = None
    #: what it cost before, where it is reduced
    regular_cents: int | None = None
    currency: str = "USD"
    stock: int | None = None
    available: bool = True
    rating: float | None = None
    review_count: int | None = None
    image: str | None = None


def read_offers(rows: Iterable[tuple[str, Any]], build: Callable[[str, Any], Offer | None]) -> Iterator[Offer | BadRow]:
    """An offer for each (place, row); a row that `build` cannot read is bad, one for which it returns None is none."""
    for place, row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            offer = build(place, row)
        except _WRONG as wrong:
            yield BadRow(place=place, reason=reason_of(wrong))
            continue
        if offer is not None:
            yield offer


def products_of(offers: Iterable[Offer | BadRow]) -> Iterator[Placed | BadRow]:
    """Products in the order of their first row. A bad row leaves out one variant, not its product."""
    groups: dict[str, list[Offer]] = {}
    taken: dict[str, str] = {}
    for offer in offers:
        if isinstance(offer, BadRow):
            yield offer
        elif (before := taken.setdefault(offer.variant_id, offer.place)) != offer.place:
            yield BadRow(place=offer.place, reason=f"the id {offer.variant_id} was given before, at {before}")
        else:
            groups.setdefault(offer.product_id, []).append(offer)
    sales = any(_reduced(offer) for group in groups.values() for offer in group)
    yield from placed_alike((group[0].place, partial(_product, group, sales)) for group in groups.values())


def _reduced(offer: Offer) -> bool:
    return None not in (offer.price_cents, offer.regular_cents) and offer.price_cents < offer.regular_cents  # type: ignore[operator]


def _sale(group: list[Offer]) -> Spec:
    """Whether it is reduced, with what it cost before; told of every product of a shop that has a sale."""
    reduced = [offer for offer in group if _reduced(offer)]
    was = {format_money(offer.regular_cents or 0, offer.currency) for offer in reduced}
    text = f"Yes, was {was.pop()}" if len(was) == 1 else "Yes" if reduced else "No"
    return Spec(name=ON_SALE, label="On sale", value=bool(reduced), text=text)


def _weight(group: list[Offer]) -> Iterator[Spec]:
    """What the lightest weighs, and up to what the others do."""
    stated = sorted({offer.weight for offer in group if offer.weight is not None and offer.weight[0] > 0})
    if stated and len({unit for _, unit in stated}) == 1:
        (least, unit), (most, _) = stated[0], stated[-1]
        text = f"{least:g} to {most:g} {unit}" if most > least else f"{least:g} {unit}"
        yield Spec(name=f"weight_{unit}", label="Weight", value=least, unit=unit, text=text)


def _product(group: list[Offer], sales: bool) -> Product:
    head = group[0]
    several = len(group) > 1
    name = _shared_name(group) or head.name
    priced = any(offer.price_cents is not None for offer in group)
    return Product(
        id=head.product_id,
        name=name,
        brand=head.brand,
        model=head.model,
        category=head.category,
        description=head.description,
        aliases=_aliases(group, name),
        tags=head.tags,
        specs=(
            *flat_specs(head.category, {**_typed(head.specs), **({} if several and priced else _range(group))}),
            *_weight(group),
            *((_sale(group),) if sales else ()),
        ),
        variants=tuple(_variant(offer, name, several) for offer in group if offer.price_cents is not None),
        rating=head.rating,
        review_count=head.review_count,
        currency=head.currency,
        image=next((offer.image for offer in group if offer.image), None),
    )


def _aliases(group: list[Offer], name: str) -> tuple[str, ...]:
    said = (alias for offer in group for alias in (*offer.aliases, offer.name) if alias and alias != name)
    return tuple(dict.fromkeys(said))[:_ALIASES]


def _range(group: list[Offer]) -> dict[str, Any]:
    """In what a product without variants of its own comes."""
    names = dict.fromkeys(name for offer in group for name in offer.options)
    found = {name: list(dict.fromkeys(o.options[name] for o in group if name in o.options)) for name in names}
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _typed(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {label: typed(value) for label, value in stated.items() if value not in (None, "")}


def typed(value: Any) -> Any:
    """A text that is a number, as one; "yes" and "true" as truth."""
    if not isinstance(value, str):
        return value
    said = value.strip()
    if said.lower() in ("true", "false", "yes", "no"):
        return said.lower() in ("true", "yes")
    if not _FIGURE.match(said):
        return said
    number = float(said.replace(",", ""))
    return int(number) if number.is_integer() and "." not in said else number


def _shared_name(group: list[Offer]) -> str:
    """What the titles have in common: without the words of each one's options ("Lamp, red" and "Lamp, blue"), else the
    words with which all begin where each says more; empty where all are the same or nothing is shared.
    """
    words = [re.findall(r"\w\S*", offer.name) for offer in group if offer.name]
    if len({tuple(map(_bare, title)) for title in words}) < 2:
        return ""
    without = [_without_options(offer) for offer in group if offer.name]
    if len({tuple(map(_bare, title)) for title in without}) == 1 and len(without[0]) > 1:
        return _ended(without[0])
    same = itertools.takewhile(lambda at: len({_bare(word) for word in at}) == 1, zip(*words, strict=False))
    shared = [at[0] for at in same]
    return _ended(shared) if len(shared) < min(map(len, words), default=0) else ""


def _without_options(offer: Offer) -> list[str]:
    values = {_bare(word) for value in offer.options.values() for word in value.split()}
    return [word for word in re.findall(r"\w\S*", offer.name) if _bare(word) not in values]


def _ended(words: list[str]) -> str:
    return " ".join(words).rstrip(",.;:–—-/|(")


def _bare(word: str) -> str:
    return word.casefold().strip(",.;:–—-/|()[]")


def _own_title(offer: Offer, name: str) -> str:
    """What a variant's title says beyond the product's name and the options."""
    known = {_bare(word) for said in (name, *offer.options.values()) for word in said.split()}
    return " ".join(word for word in map(_bare, offer.name.split()) if word and word not in known)


def _variant(offer: Offer, name: str, several: bool) -> Variant:
    title = {"version": own} if several and (own := _own_title(offer, name)) else {}
    return Variant(
        id=offer.variant_id,
        product_id=offer.product_id,
        options={**offer.options, **title} if several else {},
        price_cents=offer.price_cents or 0,
        stock=offer.stock,
        available=offer.available,
    )


def price_of(text: Any) -> tuple[int | None, str | None]:
    """Cents and currency of "15.00 USD", "$1,299.99", "1.299,99 €" or a number; (None, None) where none is stated.

    Raises ValueError for what is no price, and for one below zero.
    """
    said = str(text if text is not None else "").strip()
    if not said:
        return None, None
    match = _PRICE.match(_BETWEEN.sub("", said))
    if match is None:
        raise ValueError(f"{said!r} is no price")
    cents = to_cents(_decimal(match[2]))
    if cents < 0:
        raise ValueError("the price is below zero")
    currency = match[1] or match[3]
    return cents, _SIGNS.get(currency, currency) if currency else None


def _decimal(digits: str) -> str:
    """Digits with a point before the fraction: the last of "." and "," is it, unless three digits follow a comma."""
    head, mark, tail = max((digits.rpartition(mark) for mark in ".,"), key=lambda parts: len(parts[0]))
    if not mark or not head:
        return digits
    grouped = len(tail) == 3 and (mark == "," or digits.count(mark) > 1)
    whole = re.sub(r"[.,]", "", head)
    return whole + tail if grouped else f"{whole}.{tail}"


def whole_number(text: Any) -> int | None:
    """A count as it stands in a file, or None where none does. Raises ValueError for what is no whole number."""
    said = str(text if text is not None else "").strip()
    if not said:
        return None
    number = float(said)
    if not number.is_integer():
        raise ValueError(f"{said!r} is no whole number")
    return int(number)


def above(path: str) -> tuple[str, ...]:
    """The wider kinds of a path, by which goods are found too: "Dogs > Dry Food" → ("Dogs",)."""
    return tuple(part.strip() for part in path.split(">")[:-1] if part.strip() and not part.strip().isdigit())


def last_of_path(path: str) -> str:
    """The kind of goods at the end of a path: "Apparel > Clothing > Shirts" → "Shirts"."""
    parts = [part.strip() for part in re.split(r"\s*>\s*", path) if part.strip()]
    return parts[-1] if parts and not parts[-1].isdigit() else ""


def without_markup(html: str) -> str:
    """The text of a piece of HTML, blanks put together."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
