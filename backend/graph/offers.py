"""What a product costs, in what it comes and what is in stock: the variants of this moment, in plain words."""

import re
from collections.abc import Mapping, Sequence

from backend.domain.catalogue import ON_SALE, Comparator, Product, Spec, SpecFilter, Variant
from backend.domain.money import format_money
from backend.graph.items import buyable, option_key, options_of, speaks
from backend.graph.snapshot import spec_texts
from backend.graph.text import stems
from backend.graph.wording import availability, is_plural, listed, named_spec, price

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
_SALE = re.compile(
    r"\b(?:on sale|on (?:special )?offer|reduced|discount(?:ed)?|(?:original|regular|old|previous) price"
    r"|(?:cost|price|was it|used to cost|cheaper than|more expensive) before|how much cheaper\b.{0,60}\bnow)\b",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:how\b[^.?!]{0,40}\brated|what do \w+ rate|(?:what(?:'s| is)|has|have) (?:the |its |a )?(?:\w+ )?rating"
    r"|how many (?:stars|reviews)|(?:good|bad) reviews)\b",
    re.IGNORECASE,
)
#: beside the name of an option ("a 256 GB version", "in black")
_COMES = re.compile(
    r"\b(?:come|comes|available|have|has|get|buy|order|sell|offer|stock|is there|are there|version|model)\b",
    re.IGNORECASE,
)
_SIGNS = {
    Comparator.NE: "other than ", Comparator.GT: "over ", Comparator.GTE: "at least ",
    Comparator.LT: "under ", Comparator.LTE: "at most ",
}  # fmt: skip
#: more values of an option than this are not listed
_MOST = 8
_VARIANTS = 4


def is_offer_question(said: str, options: Mapping[str, str]) -> bool:
    """Whether only the live catalogue can answer: price, stock, or in what a product comes."""
    asks = any(pattern.search(said) for pattern in (_ASKS, _SALE, _RATED))
    return asks or (bool(options) and bool(_COMES.search(said)))


def offer(
    product: Product, said: str, wanted: Sequence[SpecFilter], chosen: Sequence[Variant]
) -> tuple[str, tuple[str, ...]]:
    """The answer to a question of price, stock or options, as a text and as facts.

    `wanted` are the options that the question names, `chosen` the variants that have all of them.
    """
    own = options_of(product.variants)
    if wanted:
        own = {**_stated(product, wanted, own), **own}
        if not any(speaks(one, name) for one in wanted for name in own):
            labels = listed([one.name.replace("_", " ") for one in wanted])
            unknown = f"Our catalogue does not state the {labels} of the {product.name}."
            facts = [unknown, said_price(product), _stocked(product)]
            return " ".join(facts), tuple(facts)
        facts = _chosen(product, wanted, chosen, own)
        return " ".join(facts), tuple(facts)
    asked = [name for name in own if set(stems(name)) & set(stems(said))]
    if asked and _OPTIONS.search(said) and not _PRICE.search(said):
        facts = [_comes(product, {name: own[name] for name in asked})]
        return " ".join(facts), tuple(facts)
    if (sale := product.spec(ON_SALE)) is not None and _SALE.search(said):
        facts = [f"{_sale_text(product, sale)} {said_price(product)}", _stocked(product)]
        return " ".join(facts), tuple(facts)
    spec = named_spec(product, said)
    if _RATED.search(said) and spec is None:
        return (told := _rating(product)), (told,)
    if spec is not None and not asked and (_OPTIONS.search(said) or _RATED.search(said)):
        told = f"The {spec.label.lower()} of the {product.name}: {spec.text}."
        return told, (told, _stocked(product))
    facts = []
    if _PRICE.search(said) or not (_STOCK.search(said) or _OPTIONS.search(said)):
        facts.append(said_price(product))
    facts.append(_stocked(product))
    if own and (_OPTIONS.search(said) or not _PRICE.search(said)):
        facts.append(f"It comes in {_values(own)}.")
    return " ".join(facts), tuple(facts)


def _sale_text(product: Product, sale: Spec) -> str:
    was = sale.text.partition(", ")[2]
    if not sale.value:
        return f"No, the {product.name} is not reduced."
    return f"Yes, the {product.name} is reduced{f' ({was})' if was else ''}."


def _rating(product: Product) -> str:
    if product.rating is None:
        return f"Our catalogue states no rating of the {product.name}."
    many = f" by {product.review_count:,} reviews" if product.review_count else ""
    return f"The {product.name} is rated {product.rating:.1f} of 5{many}."


def _stated(
    product: Product, wanted: Sequence[SpecFilter], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """What is asked of a product and stated of it as a whole: it comes in nothing else."""
    asked = (product.spec(one.name) for one in wanted if not any(speaks(one, name) for name in own))
    return {spec.label.lower(): spec_texts(spec) for spec in asked if spec is not None}


def told_variants(product: Product, variants: Sequence[Variant]) -> str:
    """ "blue, M, cotton: $46.66, in stock; blue, M, polyester: $50.10, out of stock": what tells them apart."""
    ranked = sorted(variants, key=lambda v: (not buyable(v), v.price_cents))
    apart = {n for n, values in options_of(product.variants).items() if len(values) > 1}
    told = [
        f"{', '.join(_plainly(name, value) for name, value in v.options.items() if name in apart) or product.name}: "
        f"{format_money(v.price_cents, product.currency)}, {_state(v)}"
        for v in ranked[:_VARIANTS]
    ]
    more = f" and {len(ranked) - _VARIANTS} more" if len(ranked) > _VARIANTS else ""
    return "; ".join(told) + more


def _chosen(
    product: Product, wanted: Sequence[SpecFilter], chosen: Sequence[Variant], own: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Yes or no to the options that were named, with price and stock of the variants that have them all."""
    order = list(own)
    ranked = sorted(wanted, key=lambda one: next((order.index(name) for name in order if speaks(one, name)), 0))
    said = _conditions([_said(one, own, chosen) for one in ranked])
    if not chosen:
        beside = {name: values for name, values in own.items() if any(speaks(one, name) for one in wanted)}
        return [f"No, we do not have the {product.name} {said}. It comes in {_values(beside or own)}."]
    if not any(map(buyable, chosen)):
        return [
            f"The {product.name} {said} {_is(product)} out of stock at the moment: {told_variants(product, chosen)}."
        ]
    return [f"Yes, we have the {product.name} {said}: {told_variants(product, chosen)}."]


def _conditions(said: Sequence[str]) -> str:
    """ "in olive", "with width double", "with lid" → "in olive with width double and lid"."""
    having = [one.removeprefix("with ") for one in said if one.startswith("with ")]
    rest = [one for one in said if not one.startswith("with ")]
    return " ".join([*rest, *([f"with {listed(having)}"] if having else [])])


def _is(product: Product) -> str:
    return "are" if is_plural(product.name.rpartition(" ")[2].lower()) else "is"


def _said(one: SpecFilter, own: Mapping[str, tuple[str, ...]], chosen: Sequence[Variant]) -> str:
    """A condition in words, as the shop writes the value where there is one."""
    name = next((name for name in own if speaks(one, name)), one.name)
    if isinstance(one.value, bool):
        return f"{'without' if (one.op is Comparator.NE) == one.value else 'with'} {name}"
    written = options_of(chosen).get(name, ()) if one.op in (Comparator.EQ, Comparator.CONTAINS) else ()
    unit = one.name.removeprefix(option_key(name)).removeprefix("_")
    number = f"{one.value:g} {unit}".strip() if isinstance(one.value, int | float) else ""
    number = number or (listed(one.value, "or") if isinstance(one.value, tuple) else str(one.value))
    value = written[0] if len(written) == 1 else number
    return f"{'in' if _is_colour(name) else 'with ' + name.replace('_', ' ')} {_SIGNS.get(one.op, '')}{value}"


def _plainly(name: str, value: str) -> str:
    """ "waterproof" and "not waterproof" for yes and no."""
    return {"yes": name, "no": f"not {name}"}.get(value.lower(), value)


def _options(variant: Variant) -> str:
    return " / ".join(_plainly(*option) for option in variant.options.items())


def _comes(product: Product, own: Mapping[str, tuple[str, ...]]) -> str:
    """The values that can be had, and those that are sold out."""
    left = options_of([v for v in product.variants if buyable(v)])
    can = {name: left.get(name, ()) for name in own}
    gone = [value for name, values in own.items() for value in values if value not in can[name]]
    if not any(can.values()):
        return f"The {product.name} comes in {_values(own)}, but is out of stock at the moment."
    text = f"The {product.name} comes in {_values({n: v for n, v in can.items() if v})}."
    return f"{text} Out of stock at the moment: {listed(gone[:_MOST])}." if gone else text


def said_price(product: Product) -> str:
    """One price, or the lowest with what dearer variants have."""
    if not product.variants:
        return f"The {product.name}: {price(product)}."
    variants = [v for v in product.variants if buyable(v)] or product.variants
    dearest = max(variants, key=lambda v: v.price_cents)
    low = format_money(min(v.price_cents for v in variants), product.currency)
    high = format_money(dearest.price_cents, product.currency)
    cost = "cost" if _is(product) == "are" else "costs"
    if low == high:
        return f"The {product.name} {cost} {low}."
    return f"The {product.name} {cost} from {low} to {high} ({_options(dearest)})."


def _stocked(product: Product) -> str:
    """Whether it can be had, with the variants that are sold out."""
    told = availability(product)
    if product.in_stock and len(product.variants) > 1:
        gone = [_options(v) for v in product.variants if not buyable(v)]
        if any(gone):
            more = f" and {len(gone) - _VARIANTS} more" if len(gone) > _VARIANTS else ""
            told += f" Out of stock at the moment: {'; '.join(gone[:_VARIANTS])}{more}."
    return told


def _state(variant: Variant) -> str:
    if not buyable(variant):
        return "out of stock"
    return "available" if variant.stock is None else f"in stock ({variant.stock})"


def _values(own: Mapping[str, Sequence[str]]) -> str:
    """ "silver or black; memory 16 GB; storage 512 GB or 1 TB"."""
    parts = [f"{'' if _is_colour(n) else n.replace('_', ' ') + ' '}{_few(values)}" for n, values in own.items()]
    return "; ".join(parts)


def _few(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST} more" if len(values) > _MOST else ""
    return f"{', '.join(values[:_MOST])}{more}" if more else listed(list(values), "and")


def _is_colour(name: str) -> bool:
    return name.lower() in ("color", "colour")
