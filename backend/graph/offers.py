"""What a product costs, in what it comes and what is in stock: the variants of this moment, in plain words."""

import re
from collections.abc import Mapping, Sequence

from backend.domain.catalogue import Product, Variant
from backend.domain.money import format_money
from backend.graph.wording import availability, listed, price

_PRICE = re.compile(r"\b(?:price[ds]?|pric(?:ing|ey)|costs?|how much|expensive)\b", re.IGNORECASE)
_STOCK = re.compile(
    r"\b(?:in[ -]stock|available|availability|sold[ -]out|(?:how many|any) (?:\w+ ){0,3}left|buy|order|get)\b",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    r"\b(?:colou?rs?|sizes?|options?|versions?|variants?|configurations?|(?:come|comes|available) (?:in|with))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:price|priced|pricing|costs?|how expensive|in[ -]stock|availab(?:le|ility)|sold[ -]out|out of stock"
    r"|how much(?=\s*(?:\?|$)|(?:'s|\s+(?:is|are|for|does\b.*\bcost|do\b.*\bcost|would|will)\b))"
    r"|(?:what|which|other|more|any|different) (?:colou?rs?|sizes?|versions?|variants?|configurations?)"
    r"|(?:colou?r|size) (?:options|choices)|comes? in (?!the box)|how many (?:\w+ ){0,3}left)\b",
    re.IGNORECASE,
)
#: beside the name of an option ("a 256 GB version", "in black")
_COMES = re.compile(
    r"\b(?:come|comes|available|have|has|get|buy|order|sell|offer|stock|is there|are there|version|model)\b",
    re.IGNORECASE,
)
#: more values of an option than this are not listed
_MOST = 8


def is_offer_question(said: str, options: Mapping[str, str]) -> bool:
    """Whether only the live catalogue can answer: price, stock, or in what a product comes."""
    return bool(_ASKS.search(said)) or (bool(options) and bool(_COMES.search(said)))


def offer(product: Product, said: str, wanted: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The answer to a question of price, stock or options, as a text and as facts.

    `wanted` are options that the question names ("color": "black"); those that the product does not have are said so.
    """
    own = options_of(product)
    asked = {name: value for name, value in wanted.items() if name in own}
    chosen = [v for v in product.variants if _has(v, asked)]
    facts = _named_options(product, asked, chosen, own) if asked and _asks_beside_price(said) else []
    if _PRICE.search(said) or not (facts or _STOCK.search(said) or _OPTIONS.search(said)):
        facts.append(_priced(product, chosen or product.variants, own))
    if not (asked and chosen and facts and "stock" in facts[0]):
        facts.append(_stocked(product, chosen if asked else ()))
    if own and not asked and (_OPTIONS.search(said) or not _PRICE.search(said)):
        facts.append(f"It comes in {_values(own)}.")
    return " ".join(facts), tuple(facts)


def options_of(product: Product) -> dict[str, tuple[str, ...]]:
    """Option name → the values that the product's variants have, in their order."""
    found: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def _asks_beside_price(said: str) -> bool:
    return not _PRICE.search(said) or bool(_STOCK.search(said))


def _named_options(
    product: Product, asked: Mapping[str, str], chosen: Sequence[Variant], own: Mapping[str, Sequence[str]]
) -> list[str]:
    """Yes or no to the options that were named."""
    named = " and ".join(f"{_in(name)}{value}" for name, value in asked.items())
    if not chosen:
        beside = {name: own[name] for name in asked}
        return [f"No, the {product.name} does not come {named}. It comes in {_values(beside)}."]
    left = [v for v in chosen if _buyable(v)]
    state = "in stock" if any(v.stock for v in left) else "available" if left else "out of stock at the moment"
    return [f"Yes, the {product.name} comes {named}, and it is {state}."]


def _priced(product: Product, variants: Sequence[Variant], own: Mapping[str, Sequence[str]]) -> str:
    """One price, or the lowest with what dearer variants have."""
    if not variants:
        return f"The {product.name}: {price(product)}."
    prices = sorted({v.price_cents for v in variants})
    low = format_money(prices[0], product.currency)
    if len(variants) < len(product.variants):
        shared = {n: v for n, v in variants[0].options.items() if all(o.options.get(n) == v for o in variants)}
        shown = ", ".join(v for n, v in shared.items() if len(own[n]) > 1)
        return f"The {product.name} ({shown}) costs {'' if len(prices) == 1 else 'from '}{low}."
    if len(prices) == 1:
        return f"The {product.name} costs {low}."
    dearest = max(variants, key=lambda v: v.price_cents)
    high = format_money(dearest.price_cents, product.currency)
    return f"The {product.name} costs {low}; other versions go up to {high} ({', '.join(dearest.options.values())})."


def _stocked(product: Product, chosen: Sequence[Variant]) -> str:
    """Whether it can be had, with the options that are sold out."""
    whole = product.model_copy(update={"variants": tuple(chosen)}) if chosen else product
    told = availability(whole)
    if whole.in_stock and len(whole.variants) > 1:
        gone = [", ".join(v.options.values()) for v in whole.variants if not _buyable(v)]
        if gone and any(gone):
            told += f" Out of stock at the moment: {listed(gone[:_MOST])}."
    return told


def _values(own: Mapping[str, Sequence[str]]) -> str:
    """ "silver or black; memory 16 GB; storage 512 GB or 1 TB"."""
    parts = [f"{'' if _is_colour(n) else n.replace('_', ' ') + ' '}{_few(values)}" for n, values in own.items()]
    return "; ".join(parts)


def _few(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST} more" if len(values) > _MOST else ""
    return f"{', '.join(values[:_MOST])}{more}" if more else listed(list(values), "and")


def _in(name: str) -> str:
    return "in " if _is_colour(name) else f"with {name.replace('_', ' ')} "


def _is_colour(name: str) -> bool:
    return name.lower() in ("color", "colour")


def _has(variant: Variant, asked: Mapping[str, str]) -> bool:
    return all(_plain(variant.options.get(name, "")) == _plain(value) for name, value in asked.items())


def _plain(value: str) -> str:
    return re.sub(r"[\s_-]+", "", value.lower().replace("grey", "gray"))


def _buyable(variant: Variant) -> bool:
    return variant.available and (variant.stock is None or variant.stock > 0)
