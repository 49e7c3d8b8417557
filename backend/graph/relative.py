"""Conditions measured on a named product: "lighter than the X1", "at least as much capacity as the X1"."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from backend.domain.catalogue import Comparator, Product, SpecFilter
from backend.graph.asking import Asked
from backend.graph.kinds import WORDS
from backend.graph.mentions import Mention
from backend.graph.text import plain, singular, stems, words
from backend.graph.vocabulary import Vocabulary

#: letters before a name in which it may be compared
_NEAR = 90
_ARTICLE = r"\s+(?:(?:the|my|your|our|this|that|a|an)\s+)?$"
_THAN = re.compile(rf"\bthan{_ARTICLE}")
_AS = re.compile(rf"\bas{_ARTICLE}")
#: what it is compared in, and how: the last of these words before "than"
_MORE = re.compile(
    r"\b(?P<up>more|higher|greater|bigger|larger|better|longer|taller|wider|deeper|faster|stronger|brighter)\b"
    r"|\b(?P<down>less|lower|fewer|smaller|shorter|narrower|slower)\b"
)
_SAME = re.compile(r"\b(?:the\s+)?(?:same|equal|identical)\s+(?P<rest>[a-z0-9]+(?:\s[a-z0-9]+){0,4})\s*$")
_OWN = re.compile(
    r"\b(?P<joint>than|as)\s+(?:mine|my (?:own|current|old|present)(?: one)?|the one (?:that )?i(?:'ve| have)(?: got)?"
    r"|what i(?:'ve| have)(?: got)?)\b",
    re.IGNORECASE,
)
_AS_MUCH = re.compile(r"\b(?:as|so)\s+(?P<word>[a-z]+)\s*(?P<rest>(?:\s[a-z0-9]+){0,4})\s*$")
_DENIED = re.compile(r"\b(?:no|not|isn'?t|aren'?t|never)\s+(?:[a-z]+\s+){0,2}$")
_COST = re.compile(r"\b(?:costs?|costing|priced?|pricey|expensive|money)\b")
_COSTING = re.compile(r"\b(?:costs?|costing|priced?)\s+$")
_FILLERS = frozenset("a an the in of for with is are it has have that which its and or at one ones".split())
_INVERSE = {
    Comparator.LT: Comparator.GTE, Comparator.GT: Comparator.LTE,
    Comparator.LTE: Comparator.GT, Comparator.GTE: Comparator.LT, Comparator.EQ: Comparator.NE,
}  # fmt: skip
PRICE = "price"


@dataclass(frozen=True)
class Relative:
    """What is asked of goods beside a product: the place of the words, the conditions, bounds of the price in cents."""

    start: int
    end: int
    product: Product
    specs: tuple[SpecFilter, ...] = ()
    price: Mapping[str, object] = field(default_factory=dict)
    #: what was said, where the product does not state it
    unmet: str = ""


@lru_cache
def _comparatives() -> tuple[dict[str, tuple[tuple[str, ...], bool]], int]:
    """ "lighter" → (specifications it may speak of, whether more is meant), of the superlatives that shops know."""
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for row in json.loads((WORDS / "superlatives.json").read_text(encoding="utf-8")):
        names = (PRICE,) if row.get("sort") in ("price", "-price") else tuple(row.get("specs", ()))
        more = row.get("sort") == "-price" or row.get("way") == "highest"
        for said in row["words"] if names else ():
            if said.endswith("est") and " " not in said:
                found[said[:-2] + "r"] = (names, more)
            elif said.startswith(("most ", "least ")):
                found[said.replace("most ", "more ").replace("least ", "less ")] = (names, more)
    return found, max(len(said.split()) for said in found)


def relative(text: str, mention: Mention, vocabulary: Vocabulary, category: str | None) -> Relative | None:
    """The condition that ends in a product's name; None where nothing is compared with it."""
    if len(mention.products) != 1:
        return None
    first = max(0, mention.start - _NEAR)
    ahead, product = plain(text[first : mention.start]), mention.products[0]
    if (than := _THAN.search(ahead)) is not None:
        found = _before_than(ahead[: than.start()], vocabulary, category or product.category)
    elif (alike := _AS.search(ahead)) is not None:
        found = _before_as(ahead[: alike.start()], vocabulary, category or product.category)
    else:
        return None
    if found is None:
        return None
    place, names, op = found
    if _DENIED.search(ahead[:place]):
        op = _INVERSE[op]
    said = text[first + place : mention.start].strip()
    return _measured(Relative(first + place, mention.end, product, unmet=said), names, op)


def _measured(found: Relative, names: Sequence[str], op: Comparator) -> Relative:
    """The condition with the product's own figure."""
    product = found.product
    if names == [PRICE]:
        if not product.variants:
            return found
        side = "max" if op in (Comparator.LT, Comparator.LTE) else "min"
        price = {
            f"{side}_price_cents": product.price_cents,
            f"{side}_price_exclusive": op in (Comparator.LT, Comparator.GT),
        }
        return Relative(found.start, found.end, product, price=price)
    for name in names:
        spec = product.spec(name)
        if spec is not None and isinstance(spec.value, int | float) and not isinstance(spec.value, bool):
            return Relative(found.start, found.end, product, (SpecFilter(name=name, op=op, value=spec.value),))
    return found


def with_own(text: str, name: str) -> str:
    """The text with the name of the shopper's own product where it only points at it: "as big as mine"."""
    return _OWN.sub(lambda match: f"{match['joint']} the {name}", text, count=1)


def beside(asked: Asked, compared: Sequence[Relative]) -> Asked:
    """The wish with what is asked of it beside named products; without a kind of goods, of their kind."""
    wanted = asked.filter
    specs = (*wanted.specs, *(spec for one in compared for spec in one.specs))
    bounds = {name: value for one in compared for name, value in one.price.items()}
    category = wanted.category or (None if wanted.text else compared[0].product.category)
    changed = wanted.model_copy(update={**bounds, "specs": tuple(dict.fromkeys(specs)), "category": category})
    unmet = tuple(one.unmet for one in compared if not (one.specs or one.price))
    return replace(asked, filter=changed, unmet=(*asked.unmet, *unmet))


_Found = tuple[int, list[str], Comparator]


def _before_than(ahead: str, vocabulary: Vocabulary, category: str) -> _Found | None:
    table, longest = _comparatives()
    said = list(re.finditer(r"[^\W_]+", ahead))
    for length in range(min(longest, len(said)), 0, -1):
        known = table.get(" ".join(match.group() for match in said[-length:]))
        if known is not None and (names := _columns(known[0], vocabulary, category)):
            return said[-length].start(), names, Comparator.GT if known[1] else Comparator.LT
    for match in reversed(list(_MORE.finditer(ahead))):
        rest = ahead[match.end() :]
        op = Comparator.GT if match["up"] else Comparator.LT
        if _COST.search(rest):
            return match.start(), [PRICE], op
        if not rest.strip() and (cost := _COSTING.search(ahead[: match.start()])) is not None:
            return cost.start(), [PRICE], op
        own = [singular(word) for word in words(rest) if word not in _FILLERS]
        if own and (names := vocabulary.named(own, category)):
            return match.start(), names, op
        if not own and (names := _named_last(ahead[: match.start()], vocabulary, category)):
            return match.start(), names, op
    return None


def _before_as(ahead: str, vocabulary: Vocabulary, category: str) -> _Found | None:
    """ "at least as light as", "as much capacity as", "the same capacity as"."""
    if (same := _SAME.search(ahead)) is not None:
        names = vocabulary.named([singular(word) for word in words(same["rest"])], category)
        return (same.start(), names, Comparator.EQ) if names else None
    match = _AS_MUCH.search(ahead)
    if match is None:
        return None
    own = [singular(word) for word in words(match["rest"]) if word not in _FILLERS]
    if own:
        names, more = vocabulary.named(own, category), match["word"] not in ("few", "little")
    else:
        table, _ = _comparatives()
        known = table.get(match["word"] + "er") or table.get(match["word"] + "r") or table.get(_doubled(match["word"]))
        names = _columns(known[0], vocabulary, category) if known else vocabulary.named([match["word"]], category)
        more = known[1] if known else True
    return (match.start(), names, Comparator.GTE if more else Comparator.LTE) if names else None


def _doubled(word: str) -> str:
    """ "big" → "bigger", "heavy" → "heavier"."""
    return f"{word[:-1]}ier" if word.endswith("y") else f"{word}{word[-1:]}er"


def _columns(labels: Sequence[str], vocabulary: Vocabulary, category: str) -> list[str]:
    if tuple(labels) == (PRICE,):
        return [PRICE]
    return [name for label in labels for name in vocabulary.named(stems(label), category, synonyms=False)]


def _named_last(ahead: str, vocabulary: Vocabulary, category: str) -> list[str]:
    """The specification of the last word: "that weigh less than"."""
    last = [singular(word) for word in words(ahead)[-1:]]
    return vocabulary.named(last, category) if last else []
