"""Which variant of a product a shopper means, from the options named, with what stays the same taken over."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.agents.actions.sizes import relative_options
from backend.agents.actions.wording import phrase, words
from backend.domain.catalogue import Variant
from backend.domain.orders import OrderLine
from backend.graph.said_values import colors

_CHEAPEST = re.compile(r"\b(cheapest|least expensive|lowest[- ]priced)\b", re.IGNORECASE)
_DEAREST = re.compile(r"\b(most expensive|priciest|highest[- ]priced)\b", re.IGNORECASE)
#: What must not change.
_SAME = re.compile(r"\b(?:same|keep(?:ing)?(?: the)?|identical)\s+(?P<what>[^.;,!?]{1,60})", re.IGNORECASE)
_REST_SAME = re.compile(
    r"\b(?:same otherwise|otherwise (?:the )?same|(?:everything|all|the rest) else (?:the |stays? (?:the )?)?same"
    r"|(?:the )?rest (?:stays |is |being )?(?:the )?same|same (?:everything|in every other way))\b",
    re.IGNORECASE,
)
#: what follows describes the item as it is now
_FROM = re.compile(
    r"\b(?:from|instead of|rather than|not) (?:the |a |my )?([^,;.]*?)(?=\bto\b|\binto\b|\bfor\b|[,;.]|$)", re.I
)


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """The variant meant, or the ones still possible; both empty when the words name no option."""

    variant: Variant | None = None
    possible: tuple[Variant, ...] = ()
    #: an option was named that no variant has in stock
    sold_out: bool = False
    #: the one the order has is what was asked for
    already: bool = False


def variant_meant(text: str, line: OrderLine, variants: Sequence[Variant]) -> VariantChoice:
    """The variant to replace the line's by. Options that are not named stay as they are."""
    for variant in variants:
        if variant.id != line.variant_id and re.search(rf"(?<![\w-]){re.escape(variant.id)}(?![\w-])", text, re.I):
            return VariantChoice(variant=variant)
    others = [v for v in variants if v.id != line.variant_id]
    buyable = [v for v in others if v.available and v.stock != 0]
    named = _named(_FROM.sub(" ", text), line, variants) or _named(text, line, variants)
    if missing := _strange_color(text, line, variants):
        named |= missing
    named |= {k: v for k, v in relative_options(text, line, variants).items() if k not in named}
    if extreme := _extreme(text):
        pool = [v for v in variants if v in buyable or v.id == line.variant_id]
        pool = [v for v in pool if all(v.options.get(k) == value for k, value in named.items())]
        best = extreme(pool, key=lambda v: v.price_cents) if pool else None
        if best is not None:
            return VariantChoice(
                variant=None if best.id == line.variant_id else best, already=best.id == line.variant_id
            )
    if other := _other_value(text, line, named):
        changed = [v for v in buyable if all(v.options.get(k) != line.options[k] for k in other)]
        alike = [
            v
            for v in changed
            if all(v.options.get(k) == named.get(k, o) for k, o in line.options.items() if k not in other)
        ]
        return VariantChoice(variant=alike[0] if len(alike) == 1 else None, possible=tuple(alike or changed))
    if not named:
        return VariantChoice(possible=tuple(buyable) if len(buyable) == 1 else ())
    fitting = [v for v in buyable if all(v.options.get(k) == value for k, value in named.items())]
    if not fitting:
        return VariantChoice(possible=tuple(buyable), sold_out=True)
    if pinned := _pinned(text, line, named):
        pinned_ones = [v for v in fitting if all(v.options.get(k) == line.options[k] for k in pinned)]
        if not pinned_ones:
            return VariantChoice(possible=tuple(fitting), sold_out=True)
        fitting = pinned_ones
    same = [v for v in fitting if all(v.options.get(k, o) == o for k, o in line.options.items() if k not in named)]
    if len(same) == 1:
        return VariantChoice(variant=same[0])
    # what was not named stays: where it cannot, the closest ones are offered
    return VariantChoice(possible=tuple(same or fitting), sold_out=not same and len(fitting) == 1)


def describe(variant: Variant, line: OrderLine | None = None) -> str:
    """The options in words; with `line`, only those in which they differ."""
    options = {k: v for k, v in variant.options.items() if line is None or line.options.get(k) != v}
    return ", ".join(f"{name} {value}" for name, value in (options or variant.options).items())


def _other_value(text: str, line: OrderLine, named: dict[str, str]) -> set[str]:
    """The options that shall be anything but what they are: "in another colour"."""
    found = set()
    for name in line.options.keys() - named.keys():
        spelled = name.replace("color", "colou?r")
        if re.search(rf"\b(?:different|another|other|new)\s+{spelled}s?\b", text, re.IGNORECASE):
            found.add(name)
    return found


def _strange_color(text: str, line: OrderLine, variants: Sequence[Variant]) -> dict[str, str]:
    """The colour that a text names though no variant has it."""
    name = next((option for option in line.options if option.lower() in ("color", "colour")), None)
    known = {word.replace("gray", "grey") for v in variants for word in words(v.options.get(name or "", ""))}
    said = [word.replace("gray", "grey") for word in words(text)]
    strange = [color for color in colors() if color.replace("gray", "grey") in said and color != "gray"]
    return {name: strange[0]} if name and strange and not known & set(said) else {}


def _pinned(text: str, line: OrderLine, named: dict[str, str]) -> set[str]:
    """The options that must stay what they are: "with the same material and color", "otherwise the same"."""
    left = line.options.keys() - named.keys()
    if _REST_SAME.search(text):
        return set(left)
    said = " ".join(found["what"] for found in _SAME.finditer(text)).lower().replace("colour", "color")
    return {name for name in left if re.search(rf"\b{re.escape(name)}s?\b", said)}


def is_extreme(text: str) -> bool:
    """Whether a price picks the variant: "the cheapest one"."""
    return _extreme(text) is not None


def _extreme(text: str) -> Callable[..., Variant] | None:
    if _CHEAPEST.search(text):
        return min
    return max if _DEAREST.search(text) else None


def _named(text: str, line: OrderLine, variants: Sequence[Variant]) -> dict[str, str]:
    """Option → value for every value that the text names; longer values first, each place used once."""
    values = {(name, value) for v in variants for name, value in v.options.items()}
    named: dict[str, str] = {}
    rest = text
    for name, value in sorted(values, key=lambda pair: -len(pair[1])):
        match = _find(rest, name, value)
        if match is None:
            continue
        if name not in named or named[name] == line.options.get(name):
            named[name] = value
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    return named | _by_parts(rest, {pair for pair in values if pair[0] not in named})


def _by_parts(text: str, values: set[tuple[str, str]]) -> dict[str, str]:
    """Values named by a word that only they have: "1TB" for "1TB SSD", "stainless" for "stainless steel"."""
    found: dict[str, str] = {}
    for name, value in sorted(values):
        others = {word for n, v in values if n == name and v != value for word in words(v)}
        own = [word for word in words(value) if word not in others and (len(word) > 3 or word[0].isdigit())]
        if len(words(value)) > 1 and any(len(word) > 1 and phrase(word).search(text) for word in own):
            found[name] = value
    return found


def _find(text: str, name: str, value: str) -> re.Match[str] | None:
    """The value as a word; a bare number, letter or yes/no only beside the option's name."""
    if len(value) > 2 and value.lower() not in ("yes", "no", "none"):
        return phrase(value).search(text)
    joined = r"(?:\s+(?:is|of|to|in|as|=|:)?\s*|\s*[:=]\s*)"
    name, said = re.escape(name), re.escape(value)
    near = rf"(?<!\w){name}{joined}{said}(?!\w)|(?<!\w){said}[\s-]+{name}(?!\w)"
    found = re.search(near, text, re.IGNORECASE)
    if found or value.lower() in ("yes", "no", "none"):
        return found
    # sizes are said alone ("in M", "a 9"): capital letters and numbers only
    return re.search(rf"(?<![\w$#.-]){re.escape(value)}(?![\w.-])", text)
