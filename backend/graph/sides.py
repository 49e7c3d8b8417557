"""The sides of a comparison as they were said ("compare A and B", "A vs B"), each a product or not sold here."""

import re
from dataclasses import dataclass

from backend.domain.catalogue import Product
from backend.graph.said_values import stop_words
from backend.graph.shop_words import ShopWords
from backend.graph.text import words as words_of

_SIDES = (
    re.compile(
        r"\b(?:compare|comparison (?:of|between)|differences? between|choose between|decide between|choice between)\s+"
        r"(?P<a>.+?)\s+(?:and|with|to|against|or|vs\.?|versus)\s+(?P<b>(?:[^,.;?!]|\.(?=\d))+)", re.IGNORECASE,
    ),
    re.compile(r"^\W*(?P<a>(?:[^,.;?!]|\.(?=\d))+?)\s+(?:vs\.?|versus)\s+(?P<b>(?:[^,.;?!]|\.(?=\d))+)", re.IGNORECASE),
    _CHOICE := re.compile(
        r"^\W*(?:the )?(?P<a>[^,.;:?!]{2,60}?)\s+or\s+(?P<b>[^,.;:?!]{2,60})\s*[,:;-]\s*(?:which|what)\b", re.IGNORECASE
    ),
)  # fmt: skip
#: between the names of a list
_LIST = re.compile(r",\s+(?:and\s+)?")
_ARTICLE = re.compile(r"^(?:the|an?|your|our|my)\s+", re.IGNORECASE)
#: what points at something spoken of before, or at a part of it, rather than naming goods
_POINTS = re.compile(
    r"\b(?:it|its|this|that|these|those|them|they|one|ones|both|first|second|third|last|former|latter|other|others|two"
    r"|three|four|five|all|previous|same|mine|yours|price|prices|cheapest|best|each)\b",
    re.IGNORECASE,
)
_LONGEST = 5  # words of a name that is not known


@dataclass(frozen=True)
class Sides:
    """The products that were named, and the names that this shop does not know."""

    products: tuple[Product, ...]
    unknown: tuple[str, ...]


def compared_sides(text: str, words: ShopWords) -> Sides | None:
    """Both sides of a comparison where each names goods; None where one only points or nothing is compared."""
    match = next((found for pattern in _SIDES if (found := pattern.search(text))), None)
    if match is None:
        return None
    products: list[Product] = []
    unknown: list[str] = []
    for side in (*_LIST.split(match["a"]), match["b"]):
        said = _ARTICLE.sub("", side.strip())
        named = words.find_mentions(side)
        if named:
            if any(len(mention.products) != 1 for mention in named):
                return None
            products += [mention.products[0] for mention in named]  # "the X1, the X2 and the …"
        elif (one := _twin(said, products, words) or _only(said, words) or words.spelt_like(said)) is not None:
            products.append(one)
        elif _is_name(side, said, words):
            unknown.append(said)
        else:
            return None
    return None if unknown and match.re is _CHOICE else Sides(tuple(products), tuple(unknown))


def _twin(said: str, before: list[Product], words: ShopWords) -> Product | None:
    """What is called as the product said before it but for its last words: "Filter 60 vs 150"."""
    begun = before[-1].name.split() if before else []
    length = len(said.split())
    return words.named(" ".join((*begun[:-length], said))) if 0 < length < len(begun) else None


def _only(said: str, words: ShopWords) -> Product | None:
    """The one product of the kind that is named, where the shop has one."""
    category = words.category_of(said)
    found = [p for p in words.snapshot.products if p.category == category] if category else []
    return found[0] if len(found) == 1 else None


def _is_name(side: str, said: str, words: ShopWords) -> bool:
    """Whether it names goods: an article or a capital before it, and neither a known kind nor a specification."""
    own = words_of(said)
    if not own or len(own) > _LONGEST or _POINTS.search(said) or all(word in stop_words() for word in own):
        return False
    if words.category_of(said) is not None or words.names_specification(said):
        return False
    return side != said or side[:1].isupper() or any(map(str.isdigit, said))
