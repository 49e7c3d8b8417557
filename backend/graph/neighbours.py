"""Goods near a product in the graph: like it, cheaper, a step up, bought with it, or linked by a path."""

import re
from collections.abc import Sequence
from typing import Final

from backend.domain.catalogue import Product, ProductFilter, RelationKind
from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.cards import products_card, refs
from backend.graph.products import ProductGraph
from backend.graph.shop_words import ShopWords
from backend.graph.wording import described, listed, price, priced

_CHEAPER = re.compile(
    r"\b(?:cheap(?:er)?|less expensive|lower[- ]priced?|lower price|costs? less|(?:for|at|with) less|less money"
    r"|save money|budget|affordable)\b",
    re.I,
)
_BETTER = re.compile(r"\b(?:better|upgrade|more powerful|faster|step up|higher[- ]end|superior|stronger)\b", re.I)
_TOGETHER = re.compile(
    r"\b(?:(?:bought|buy|purchased?|ordered) (?:(?:along|often|usually|commonly) )?(?:with|together|alongside)"
    r"|(?:others?|people|customers|shoppers|everyone|everybody) (?:\w+ )?(?:buy|bought|order(?:ed)?|get|take)"
    r"|goes? (?:well )?with)\b",
    re.I,
)
_BOUGHT = re.compile(r"\b(?:bought|buy|purchased?|ordered|order)\b", re.I)
_CONNECTED = re.compile(
    r"\b(?:how (?:are|is|do|does)\b.*\b(?:relate[ds]?|connect(?:s|ed)?|linked|hang together)"
    r"|what (?:links|connects|relates)"
    r"|(?:relation(?:ship)?|connection|link|path|way) (?:between|from)|have to do with|in common)\b",
    re.I,
)
_ALIKE: Final = {"bought_with": "Often bought with", "cheaper": "Cheaper than", "better": "A step up from"}
#: so many are named in words
_SUCH: Final = 5
_NONE: Final = {
    "bought_with": "I can't tell yet what others buy with the {name}.",
    "cheaper": "I know of nothing like the {name} that costs less than its {price}.",
    "better": "I know of no step up from the {name} in our catalogue.",
}
_LINKS: Final = {
    RelationKind.COMPATIBLE_WITH: "works with it",
    RelationKind.SIMILAR_TO: "similar",
    RelationKind.BOUGHT_WITH: "often bought together",
}


def asks_for_link(text: str) -> bool:
    """Whether it is asked how two products hang together."""
    return bool(_CONNECTED.search(text))


def is_bought_question(text: str) -> bool:
    """Whether it is asked what others bought with a product."""
    return bool(_TOGETHER.search(text) and _BOUGHT.search(text))


def way_of(text: str) -> str:
    """In which way goods near a product are asked for: "bought_with", "cheaper", "better", or "" for like it."""
    ways = (("bought_with", _TOGETHER), ("cheaper", _CHEAPER), ("better", _BETTER))
    return next((way for way, said_so in ways if said_so.search(text)), "")


class Neighbours:
    """Answers about what is near a product. It only reads."""

    def __init__(self, graph: ProductGraph) -> None:
        self._graph = graph

    async def near(self, turn: Turn, request: Request, product: Product, way: str) -> Evidence:
        """What is bought with it, costs less, is a step up, or is simply like it."""
        title = f"{_ALIKE.get(way, 'Similar to')} the {product.name}"
        if way == "bought_with":
            found = await self._graph.bought_together(turn.tenant, product.id)
        else:
            cheaper, better = way == "cheaper", way == "better"
            found = await self._graph.similar(turn.tenant, product.id, cheaper=cheaper, better=better)
        if not found:
            text = _NONE.get(way, "I know of nothing in our catalogue that is like the {name}.").format(
                name=product.name, price=price(product)
            )
            return Evidence(request=request, text=text, found=False, focus_products=refs((product,)))
        goods_found = await self._graph.catalogue.live(turn.tenant, [one.product for one in found])
        facts = tuple(_reasoned(p, one.reason, product) for p, one in zip(goods_found, found, strict=True))
        wanted = ProductFilter(category=product.category)
        return Evidence(
            request=request,
            text=f"{title} ({price(product)}): {'; '.join(facts)}.",
            facts=facts,
            cards=(products_card(title, goods_found, len(found), wanted).model_copy(update={"filter": None}),),
            focus_products=refs((product,)),
            focus_shown=refs(goods_found),
        )

    async def such(
        self, turn: Turn, request: Request, words: ShopWords, product: Product, wanted: ProductFilter, *, cheaper: bool
    ) -> Evidence:
        """Other goods of the product's kind that meet conditions, the best rated first."""
        bound = {"max_price_cents": product.price_cents, "max_price_exclusive": True} if cheaper else {}
        asked = wanted.model_copy(update={**bound, "sort": "rating"})
        page = await self._graph.catalogue.search(turn.tenant, asked)
        found = [other for other in page.products if other.id != product.id]
        what = described(asked, words.snapshot)
        told = listed([priced(other) for other in found[:_SUCH]])
        return Evidence(
            request=request,
            text=f"Beside the {product.name} we have these {what}: {told}." if found else f"We have no other {what}.",
            facts=tuple(map(priced, found[:_SUCH])),
            found=bool(found),
            cards=(products_card("Similar", found, len(found), asked),) if found else (),
            focus_products=refs((product,)),
            focus_shown=refs(found),
        )

    async def path(self, turn: Turn, request: Request, words: ShopWords, chosen: Sequence[Product]) -> Evidence:
        """How two products hang together, step by step."""
        steps = await self._graph.path(turn.tenant, chosen[0].id, chosen[1].id)
        names = [words.product(step.target_id) for step in steps]
        if not steps or None in names:
            text = f"I know of nothing that links {chosen[0].name} and {chosen[1].name}."
            return Evidence(request=request, text=text, found=False, focus_products=refs(chosen))
        told = [f"{p.name} ({_LINKS[s.kind]}: {s.reason})" for p, s in zip(names, steps, strict=True) if p is not None]
        text = f"From {chosen[0].name} the way goes to {listed(told, 'and then')}."
        return Evidence(request=request, text=text, facts=tuple(told), focus_products=refs(chosen))


def _reasoned(found: Product, reason: str, product: Product) -> str:
    """A product with what makes it alike; that it is of the same category goes without saying."""
    said = reason.rstrip(".")
    return priced(found) if said == f"also in {product.category}" else f"{priced(found)}: {said}"
