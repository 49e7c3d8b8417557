"""The graph's agent: answers searches, comparisons, questions of fit and of likeness from catalogue and graph."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from backend.domain.cards import ChoicesCard, ComparisonCard, CompatibilityCard, FitItem
from backend.domain.catalogue import Product, ProductFilter, RelatedProduct
from backend.domain.conversation import Act, Entities, Evidence, ProductRef, Request, Turn
from backend.graph.cards import product_card, products_card, refs, summary
from backend.graph.choosing import chosen as chosen_of
from backend.graph.finding import Finder
from backend.graph.kinds import kind_of
from backend.graph.offers import is_offer_question, offer
from backend.graph.pairing import asks_of_one_more, asks_of_two
from backend.graph.products import ProductGraph
from backend.graph.search import matches
from backend.graph.shop_words import ShopWords
from backend.graph.sides import Sides, compared_sides
from backend.graph.text import singular
from backend.graph.text import words as words_of
from backend.graph.wording import availability, compared, goods, listed, price, priced, verdict_text

_CHEAPER = re.compile(
    r"\b(?:cheap(?:er)?|less expensive|lower[- ]priced?|costs? less|save money|budget|affordable)\b", re.I
)
_BETTER = re.compile(r"\b(?:better|upgrade|more powerful|faster|step up|higher[- ]end|superior|stronger)\b", re.I)
_TOGETHER = re.compile(
    r"\b(?:bought (?:with|together)|buy (?:with|together)|goes? (?:well )?with|others? (?:buy|bought))\b", re.I
)
_CONNECTED = re.compile(r"\b(?:relat(?:e|ed|ion|ionship)|connect(?:ed|ion)|have to do with|in common)\b", re.I)
_KEY_SPECS: Final = 6
_PER_KIND: Final = 4


class GraphAgent:
    """Gathers evidence for the acts about goods. It only reads."""

    def __init__(self, graph: ProductGraph) -> None:
        self._graph, self._catalogue = graph, graph.catalogue
        self._finder = Finder(graph.catalogue)
        self._by_act: dict[Act, Callable[[Turn, Request, ShopWords], Awaitable[Evidence]]] = {
            Act.PRODUCT_SEARCH: self._search,
            Act.PRODUCT_QUESTION: self._detail,
            Act.COMPARE: self._compare,
            Act.COMPATIBILITY: self._fit,
            Act.SIMILAR: self._similar,
        }

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        """Evidence for one request; it carries what the conversation is about from now on."""
        words = await self._catalogue.words(turn.tenant)
        put_together = request.act is not Act.COMPATIBILITY and await self.asks_of_two(turn, request)
        gathering = self._fit if put_together else self._by_act.get(request.act, self._search)
        evidence = await gathering(turn, request, words)
        return evidence.model_copy(update={"degraded": self._graph.degraded()})

    async def asks_of_two(self, turn: Turn, request: Request) -> bool:
        """Whether the request asks if two products of kinds that rules speak of go together, whatever its act."""
        words = await self._catalogue.words(turn.tenant)
        chosen = _known(request.entities.products, words)
        if not asks_of_two(request.standalone, chosen, words):
            return False
        return await self._graph.has_rules(turn.tenant, chosen[0].id, chosen[1].id)

    async def _search(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        product, said = _only(request, words), request.standalone
        if product is not None and (words.options_asked(product, said) or not words.parse(said).any):
            return await self._detail(turn, request, words)
        return await self._finder.find(turn, request, words)

    async def _detail(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        """One product: price, stock, description and its first specifications."""
        product, said = _only(request, words) or _only_of_kind(request, words), request.standalone
        if product is None:
            return await self._which(turn, request, words, "Which product do you mean?")
        product = (await self._catalogue.live(turn.tenant, (product,)))[0]
        wanted = words.options_asked(product, said)
        if wanted or is_offer_question(said, request.entities.options):
            text, told = offer(product, said, wanted, words.chosen(product, wanted))
            return _detailed(request, product, text, (f"{product.name}: {price(product)}", *told))
        facts = tuple(f"{spec.label}: {spec.text}" for spec in product.specs[:_KEY_SPECS])
        costs = f"costs {price(product)}" if product.variants else "has no stated price (price unknown)"
        text = f"The {product.name} {costs}. {availability(product)}"
        text += f" {product.description}" if product.description else ""
        text += f" In short: {'; '.join(facts)}." if facts else ""
        return _detailed(request, product, text, (f"{product.name}: {price(product)}", availability(product), *facts))

    async def _compare(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        chosen = _known(request.entities.products, words)
        if (sides := compared_sides(request.text, words)) is not None:
            chosen = list(sides.products) or chosen
            if sides.unknown:
                return await self._one_unknown(turn, request, words, sides)
        if len(chosen) == 1:
            focus = _known((*turn.state.focus.products, *turn.state.focus.shown), words)
            chosen += [p for p in focus if p.id != chosen[0].id][:1]
        if not 2 <= len(chosen) <= 5:
            few = "Which two to five products shall I compare?"
            many = "I can compare at most five products at once. Which ones?"
            return await self._which(turn, request, words, many if len(chosen) > 5 else few)
        table = await self._graph.compare(turn.tenant, [p.id for p in chosen])
        text, facts = compared(table)
        text = chosen_of(request.standalone, table) or text
        card = ComparisonCard(products=tuple(map(summary, table.products)), rows=table.rows)
        return Evidence(
            request=request,
            text=text,
            facts=facts,
            cards=(card,),
            focus_products=refs(chosen),
            focus_shown=refs(chosen),
        )

    async def _one_unknown(self, turn: Turn, request: Request, words: ShopWords, sides: Sides) -> Evidence:
        """A side of a comparison that is not sold here is said so; nothing else takes its place."""
        missing = await self._finder.not_sold(turn, request, words, listed(sides.unknown, "or"))
        told = [f"The {p.name} costs {price(p)}." for p in await self._catalogue.live(turn.tenant, sides.products)]
        return missing.model_copy(
            update={"text": " ".join((missing.text, *told)), "focus_products": refs(sides.products)}
        )

    async def _fit(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        chosen = _known(request.entities.products, words)
        strange = request.entities.unknown_products
        if len(chosen) == 1 and strange:
            text = f"I can't tell whether {chosen[0].name} works with {strange[0]}: we do not sell that."
            return Evidence(request=request, text=text, found=False, focus_products=refs(chosen))
        if len(chosen) >= 2:
            return await self._verdict(turn, request, chosen)
        if not chosen or request.entities.candidates:
            return await self._which(turn, request, words, "Which products do you mean?")
        if (other := _spoken_of(turn, words, chosen[0])) and asks_of_one_more(request.standalone, chosen[0], words):
            return await self._verdict(turn, request, (chosen[0], other))
        return await self._accessories(turn, request, words, chosen[0])

    async def _verdict(self, turn: Turn, request: Request, chosen: Sequence[Product]) -> Evidence:
        """The first product against each of the others."""
        verdicts = [await self._graph.fits(turn.tenant, chosen[0].id, other.id) for other in chosen[1:5]]
        cards = tuple(
            CompatibilityCard(product=summary(v.a), other=summary(v.b), fit=v.fit, reasons=v.reasons) for v in verdicts
        )
        texts = [verdict_text(verdict) for verdict in verdicts]
        return Evidence(
            request=request, text=" ".join(texts), facts=tuple(texts), cards=cards, focus_products=refs(chosen)
        )

    async def _accessories(self, turn: Turn, request: Request, words: ShopWords, product: Product) -> Evidence:
        found = await self._graph.accessories(turn.tenant, product.id)
        asked = words.parse(request.standalone).filter
        wanted = _conditions(asked, product)
        if wanted != ProductFilter():
            mask = matches(words.snapshot, wanted)
            allowed = {p.id for p, holds in zip(words.snapshot.products, mask, strict=True) if holds}
            found = tuple(one for one in found if one.product.id in allowed)
        found = _worded(found, asked.text)
        if not found:
            what = f"no {goods(wanted.category)}" if wanted.category else "nothing"
            text = f"I know of {what} in our catalogue that goes with the {product.name}."
            return Evidence(request=request, text=text, found=False, focus_products=refs((product,)))
        groups = _grouped(found)
        counts = _counted(found)
        lines = [f"{goods(kind, 2)}: {_named(items, counts[kind])}" for kind, items in groups.items()]
        card = CompatibilityCard(
            product=summary(product),
            groups={
                k: tuple(FitItem(product=summary(i.product), reason=i.reason) for i in v) for k, v in groups.items()
            },
        )
        facts = tuple(f"{i.product.name} ({price(i.product)}): {i.reason}" for v in groups.values() for i in v)
        return Evidence(
            request=request,
            text=f"These go with the {product.name}. " + " ".join(line[0].upper() + line[1:] + "." for line in lines),
            facts=facts,
            cards=(card,),
            focus_products=refs([*(i.product for i in found[:1] if len(found) == 1), product]),
            focus_shown=refs([i.product for v in groups.values() for i in v]),
        )

    async def _similar(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        chosen = _known(request.entities.products or turn.state.focus.products[:1], words)
        if not chosen:
            return await self._which(turn, request, words, "Like which product?")
        product, said = chosen[0], request.standalone
        if len(chosen) > 1 and _CONNECTED.search(said):
            return await self._path(turn, request, words, chosen)
        if _TOGETHER.search(said):
            found, title = (
                await self._graph.bought_together(turn.tenant, product.id),
                f"Often bought with the {product.name}",
            )
        else:
            cheaper, better = bool(_CHEAPER.search(said)), bool(_BETTER.search(said))
            found = await self._graph.similar(turn.tenant, product.id, cheaper=cheaper, better=better)
            kind = "Cheaper than" if cheaper else "A step up from" if better else "Similar to"
            title = f"{kind} the {product.name}"
        if not found:
            text = f"I found nothing in our catalogue under “{title[0].lower() + title[1:]}” ({price(product)})."
            return Evidence(request=request, text=text, found=False, focus_products=refs((product,)))
        goods_found = await self._catalogue.live(turn.tenant, [one.product for one in found])
        facts = tuple(f"{priced(p)}: {one.reason.rstrip('.')}" for p, one in zip(goods_found, found, strict=True))
        wanted = ProductFilter(category=product.category)
        return Evidence(
            request=request,
            text=f"{title} ({price(product)}): {'; '.join(facts)}.",
            facts=facts,
            cards=(products_card(title, goods_found, len(found), wanted).model_copy(update={"filter": None}),),
            focus_products=refs((product,)),
            focus_shown=refs(goods_found),
        )

    async def _path(self, turn: Turn, request: Request, words: ShopWords, chosen: Sequence[Product]) -> Evidence:
        steps = await self._graph.path(turn.tenant, chosen[0].id, chosen[1].id)
        names = [words.product(step.target_id) for step in steps]
        if not steps or None in names:
            text = f"I know of nothing that links {chosen[0].name} and {chosen[1].name}."
            return Evidence(request=request, text=text, found=False, focus_products=refs(chosen))
        told = [f"{p.name} ({s.reason})" for p, s in zip(names, steps, strict=True) if p is not None]
        text = f"From {chosen[0].name} the way goes to {listed(told, 'and then')}."
        return Evidence(request=request, text=text, facts=tuple(told), focus_products=refs(chosen))

    async def _which(self, turn: Turn, request: Request, words: ShopWords, question: str) -> Evidence:
        """Asks for what is missing, with what may be meant as buttons, or says that a product is not sold here."""
        entities = request.entities
        if entities.unknown_products and not entities.candidates:
            return await self._finder.not_sold(turn, request, words, entities.unknown_products[0])
        meant = entities.candidates or _in_view(turn, entities)
        if entities.candidates:
            question = f"Which one do you mean: {listed([c.name for c in meant], 'or')}?"
        return Evidence(
            request=request,
            question=question,
            found=False,
            cards=(_choices(question, request, meant, words),) if meant else (),
            suggestions=tuple(c.name for c in meant),
            focus_products=entities.products,
            focus_shown=meant,
        )


_MOST_CHOICES: Final = 6


def _in_view(turn: Turn, entities: Entities) -> tuple[ProductRef, ...]:
    """The goods last shown, where they are few enough to pick from."""
    shown = turn.state.focus.shown
    return shown if not entities.products and 2 <= len(shown) <= _MOST_CHOICES else ()


def _choices(question: str, request: Request, meant: Sequence[ProductRef], words: ShopWords) -> ChoicesCard:
    """A button asks the same question with the product named."""
    said, ids = request.standalone, {ref.id for ref in meant}
    spans = [(m.start, m.end) for m in words.find_mentions(said) if ids & {p.id for p in m.products}]

    def asked(name: str) -> str:
        if not spans or request.act not in (Act.PRODUCT_QUESTION, Act.COMPATIBILITY, Act.SIMILAR):
            return name
        start, end = spans[0]
        return f"{said[:start]}{name}{said[end:]}"

    return ChoicesCard(
        title=question, choices=tuple(ChoicesCard.Choice(label=ref.name, message=asked(ref.name)) for ref in meant)
    )


def _detailed(request: Request, product: Product, text: str, facts: tuple[str, ...]) -> Evidence:
    return Evidence(
        request=request,
        text=text,
        facts=facts,
        cards=(product_card(product),),
        suggestions=(f"What works with the {product.name}?", f"Show me something like the {product.name}"),
        focus_products=refs((product,)),
    )


def _known(wanted: Sequence[ProductRef], words: ShopWords) -> list[Product]:
    found = [words.product(one.id) for one in wanted]
    return list({p.id: p for p in found if p is not None}.values())


def _spoken_of(turn: Turn, words: ShopWords, product: Product) -> Product | None:
    """The product of another kind that the conversation is about."""
    before = _known(turn.state.focus.products[:1], words)
    return before[0] if before and before[0].category != product.category else None


def _only(request: Request, words: ShopWords) -> Product | None:
    found = _known(request.entities.products, words)
    return found[0] if found else None


def _only_of_kind(request: Request, words: ShopWords) -> Product | None:
    """The product of a kind of which the shop has one: "the red water bottle" where it sells one water bottle."""
    if request.entities.candidates or request.entities.unknown_products:
        return None
    category = words.parse(request.standalone).filter.category
    found = [p for p in words.snapshot.products if p.category == category] if category else []
    return found[0] if len(found) == 1 else None


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


def _counted(found: Sequence[RelatedProduct]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.product.category] = counts.get(one.product.category, 0) + 1
    return counts


def _named(items: Sequence[RelatedProduct], count: int) -> str:
    more = f" and {count - len(items)} more" if count > len(items) else ""
    return ("; " if more else ", ").join(f"{priced(i.product)}" for i in items) + more
