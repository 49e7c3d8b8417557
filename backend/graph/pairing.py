"""Whether words ask if two products go together: "X in the Y, ok?", or "will the X fit?" after talk of the Y."""

import re
from collections.abc import Sequence

from backend.domain.catalogue import Product
from backend.graph.relating import Want
from backend.graph.shop_words import ShopWords

#: between two names, what puts the one to the other
_JOINED = re.compile(
    r"^\W*(?:[\w']+\W+){0,4}?(?:with|into|in|inside|within|on|onto|to|for|under)\W+(?:(?:the|a|an|my|our|your|this)\W+)?$",
    re.IGNORECASE,
)
#: what asks for something else of two products
_OTHERWISE = re.compile(
    r"\b(?:compar\w*|versus|vs|differen\w*|better|cheaper|best|which|what|how|why|when|where|price|cost|or)\b",
    re.IGNORECASE,
)
_GOES_WITH = re.compile(
    r"\b(?:fits?|takes?|accepts?|works?|goes|go|compatible|match(?:es)?|suits?|supports?"
    r"|(?:made |right )?for (?:my|a|the))\b",
    re.IGNORECASE,
)
_BRANDS = re.compile(
    r"\b(?:which|what|whose)\W+(?:\w+\W+){0,2}?(?:brands?|makers?|manufacturers?|compan(?:y|ies))\b|^\W*who makes?\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:how many|number of|count)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|then)\W+)*(?:will|would|does|do|is|are|can|could|should)\b.*"
    r"\b(?:fits?|works?|go(?:es)?|compatible|match(?:es)?|suits?|support(?:s|ed)?|use|used|pair|install|connect)\b",
    re.IGNORECASE,
)


def asks_of_two(text: str, products: Sequence[Product], words: ShopWords) -> bool:
    """Whether the two named products are put together in the text, and nothing else is asked of them."""
    if len(products) != 2:
        return False
    ids = {product.id for product in products}
    spans = [(m.start, m.end) for m in words.find_mentions(text) if len(m.products) == 1 and m.products[0].id in ids]
    if len(spans) != 2:
        return False
    (first, end), (start, last) = spans
    around = f"{text[:first]} {text[last:]}"
    return bool(_JOINED.match(text[end:start])) and not _OTHERWISE.search(around)


def asks_of_one_more(text: str, product: Product, words: ShopWords) -> bool:
    """Whether it is asked if this one fits, yes or no, beside something spoken of before."""
    spans = [(m.start, m.end) for m in words.find_mentions(text) if product in m.products]
    rest = text
    for start, end in reversed(spans):
        rest = f"{rest[:start]}it{rest[end:]}"
    return bool(_YES_OR_NO.search(rest)) and words.parse(rest).filter.category is None


def asks_yes_or_no(text: str) -> bool:
    """Whether a question of fit wants a yes or a no."""
    return bool(_YES_OR_NO.search(text))


def asks_what_fits(text: str, product: Product, words: ShopWords) -> bool:
    """Whether goods of another kind are looked for that go with the product ("boards that take my Ryzen 7")."""
    rest = text
    for mention in reversed(words.find_mentions(text)):
        if product in mention.products:
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    category = words.parse(rest).filter.category
    return category is not None and category != product.category and bool(_GOES_WITH.search(rest))


def wanted_of(text: str) -> Want:
    """What is asked of the goods that fit."""
    return "brands" if _BRANDS.search(text) else "count" if _HOW_MANY.search(text) else "goods"
