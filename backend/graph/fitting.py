"""What goes with a product and whether two go together, as evidence with both values."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from backend.domain.cards import CompatibilityCard, FitItem
from backend.domain.catalogue import Product, ProductFilter, RelatedProduct
from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.cards import refs, summary
from backend.graph.kinds import kind_of
from backend.graph.products import ProductGraph
from backend.graph.relating import Want
from backend.graph.search import matches
from backend.graph.shop_words import ShopWords
from backend.graph.text import singular
from backend.graph.text import words as words_of
from backend.graph.wording import described, goods, listed, price, priced, verdict_text

_PER_KIND: Final = 4
_MOST_JUDGED: Final = 4
#: goods told of a kind whose fit the catalogue does not state
_OFFERED: Final = 5


class Fitter:
    """Asks the graph what fits."""

    def __init__(self, graph: ProductGraph) -> None:
        self._graph = graph

    async def verdicts(self, turn: Turn, request: Request, chosen: Sequence[Product]) -> Evidence:
        """The first product against each of the others."""
        others = chosen[1 : 1 + _MOST_JUDGED]
        verdicts = [await self._graph.fits(turn.tenant, chosen[0].id, other.id) for other in others]
        cards = tuple(
            CompatibilityCard(product=summary(v.a), other=summary(v.b), fit=v.fit, reasons=v.reasons) for v in verdicts
        )
        texts = [verdict_text(verdict) for verdict in verdicts]
        return Evidence(
            request=request, text=" ".join(texts), facts=tuple(texts), cards=cards, focus_products=refs(chosen)
        )

    async def goods(
        self,
        turn: Turn,
        request: Request,
        words: ShopWords,
        product: Product,
        asked: ProductFilter | None = None,
        want: Want = "goods",
    ) -> Evidence:
        """What fits the product and meets the conditions: those given, else those that the request's words set."""
        said = words.parse(request.standalone).filter if asked is None else asked
        wanted = _conditions(said, product)
        found = await self._graph.accessories(turn.tenant, product.id)
        if wanted != ProductFilter():
            mask = matches(words.snapshot, wanted)
            allowed = {p.id for p, holds in zip(words.snapshot.products, mask, strict=True) if holds}
            found = tuple(one for one in found if one.product.id in allowed)
        found = _worded(found, said.text)
        if not found:
            return await self._none(turn, request, words, product, wanted)
        counted = _told_otherwise(found, described(wanted, words.snapshot), product, want)
        return _evidence(request, product, found, counted)

    async def _none(
        self, turn: Turn, request: Request, words: ShopWords, product: Product, wanted: ProductFilter
    ) -> Evidence:
        """Nothing is known to go with it; where the catalogue is silent on the kinds, what there is of that kind."""
        what = described(wanted, words.snapshot) if wanted.category else "goods"
        text = f"I know of no {what} in our catalogue that go with the {product.name}."
        shown: Sequence[Product] = ()
        if wanted.category and not await self._graph.rules_between(turn.tenant, product.id, wanted.category):
            page = await self._graph.catalogue.search(turn.tenant, wanted.model_copy(update={"page_size": _OFFERED}))
            shown = page.products
            if shown:
                text = f"Our catalogue does not say which {what} go with the {product.name}. "
                text += f"We have {page.total:,}, for you to choose: {listed([priced(one) for one in shown])}."
        return Evidence(
            request=request, text=text, found=False, focus_products=refs((product,)), focus_shown=refs(shown)
        )


def _evidence(request: Request, product: Product, found: Sequence[RelatedProduct], told: str) -> Evidence:
    groups, counts = _grouped(found), Counter(one.product.category for one in found)
    lines = [f"{goods(kind, 2)}: {_named(items, counts[kind])}" for kind, items in groups.items()]
    card = CompatibilityCard(
        product=summary(product),
        groups={k: tuple(FitItem(product=summary(i.product), reason=i.reason) for i in v) for k, v in groups.items()},
    )
    shown = [one for group in groups.values() for one in group]
    listing = f"These go with the {product.name}. " + " ".join(line[0].upper() + line[1:] + "." for line in lines)
    return Evidence(
        request=request,
        text=told or listing,
        facts=(*((told,) if told else ()), *(f"{i.product.name} ({price(i.product)}): {i.reason}" for i in shown)),
        cards=(card,),
        focus_products=refs([*(i.product for i in found[:1] if len(found) == 1), product]),
        focus_shown=refs([i.product for i in shown]),
    )


def _told_otherwise(found: Sequence[RelatedProduct], what: str, product: Product, want: Want) -> str:
    """How many there are, or who makes them with how many each, the most first; "" where the goods were asked for."""
    if want == "count":
        return f"{len(found):,} {what} {'goes' if len(found) == 1 else 'go'} with the {product.name}."
    if want == "brands":
        makers = Counter(one.product.brand for one in found if one.product.brand).most_common()
        names = listed([f"{name} ({count})" for name, count in makers])
        return f"Of the {what} that go with the {product.name}, {len(found):,} in all, the brands are {names}."
    return ""


def _conditions(asked: ProductFilter, product: Product) -> ProductFilter:
    """What a question of fit sets as conditions: "accessories" means whatever fits, and no words are searched."""
    category = asked.category
    if category is not None and (kind_of(category) == kind_of("accessory") or category == product.category):
        category = None
    specs = asked.specs if category is not None else ()
    return asked.model_copy(
        update={"text": "", "sort": "relevance", "category": category, "specs": specs, "page_size": 20}
    )


def _worded(found: Sequence[RelatedProduct], text: str) -> tuple[RelatedProduct, ...]:
    """Those that carry a word of the question in their name ("cases"), where there are some; else all."""
    said = set(words_of(text))
    named = [one for one in found if said & {singular(word) for word in words_of(one.product.name)}]
    return tuple(named or found)


def _grouped(found: Sequence[RelatedProduct]) -> dict[str, list[RelatedProduct]]:
    groups: dict[str, list[RelatedProduct]] = {}
    for one in found:
        group = groups.setdefault(one.product.category, [])
        if len(group) < _PER_KIND:
            group.append(one)
    return groups


def _named(items: Sequence[RelatedProduct], count: int) -> str:
    more = f" and {count - len(items)} more" if count > len(items) else ""
    return ("; " if more else ", ").join(f"{priced(i.product)}" for i in items) + more
