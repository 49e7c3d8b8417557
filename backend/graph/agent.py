"""The graph's agent: answers searches, comparisons, questions of fit and of likeness from catalogue and graph."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from backend.domain.acts import Act
from backend.domain.cards import ChoicesCard, ComparisonCard
from backend.domain.catalogue import Fit, Product
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, Turn
from backend.graph.cards import product_card, refs, summary
from backend.graph.choosing import chosen as chosen_of
from backend.graph.choosing import untold
from backend.graph.finding import Finder
from backend.graph.fitting import Fitter
from backend.graph.neighbours import Neighbours, asks_for_link, is_bought_question, way_of
from backend.graph.offers import is_offer_question, offer, said_price
from backend.graph.pairing import asks_of_one_more, asks_of_two, asks_what_fits, asks_yes_or_no, wanted_of
from backend.graph.products import ProductGraph
from backend.graph.relating import Relating
from backend.graph.relative import with_own
from backend.graph.shop_words import ShopWords
from backend.graph.sides import Sides, compared_sides
from backend.graph.stated_fit import takes
from backend.graph.wording import availability, compared, listed, named_spec, price, states_all

_KEY_SPECS: Final = 6


class GraphAgent:
    """Gathers evidence for the acts about goods. It only reads."""

    def __init__(self, graph: ProductGraph) -> None:
        self._graph, self._catalogue = graph, graph.catalogue
        self._finder, self._fitter, self._neighbours = Finder(graph.catalogue), Fitter(graph), Neighbours(graph)
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
        if turn.state.focus.products:
            own = with_own(request.standalone, turn.state.focus.products[0].name)
            request = request.model_copy(update={"standalone": own}) if own != request.standalone else request
        put_together = request.act is not Act.COMPATIBILITY and await self.asks_of_two(turn, request)
        gathering = self._fit if put_together else self._by_act.get(request.act, self._search)
        if request.act is not Act.COMPATIBILITY and words.compares(request.standalone):
            gathering = self._finder.find
        elif len(request.entities.products) == 2 and asks_for_link(request.standalone):
            gathering = self._linked
        elif request.entities.products and is_bought_question(request.standalone):
            gathering = self._similar
        evidence = await gathering(turn, request, words)
        return evidence.model_copy(update={"degraded": self._graph.degraded()})

    async def sells_nothing(self, turn: Turn) -> bool:
        """Whether the shop has no goods at all: only what it has written."""
        return not (await self._catalogue.words(turn.tenant)).categories()

    async def asks_of_two(self, turn: Turn, request: Request) -> bool:
        """Whether the request asks if two products of kinds that rules speak of go together, whatever its act."""
        words = await self._catalogue.words(turn.tenant)
        chosen = words.known(request.entities.products)
        if not any(asks_of_two(said, chosen, words) for said in dict.fromkeys((request.text, request.standalone))):
            return False
        return await self._graph.has_rules(turn.tenant, chosen[0].id, chosen[1].id)

    async def chooses(self, turn: Turn, request: Request) -> bool:
        """Whether the request only names options of the one product it is about."""
        words = await self._catalogue.words(turn.tenant)
        chosen = words.known(request.entities.products)
        return len(chosen) == 1 and words.chooses(chosen[0], request.standalone)

    async def about_it(self, turn: Turn, request: Request) -> Request:
        """The request, of the one product spoken of where it only names something that this one states ("weight?")."""
        words, focus = await self._catalogue.words(turn.tenant), turn.state.focus.products
        entities = request.entities
        if len(focus) != 1 or entities.products or entities.candidates or entities.unknown_products:
            return request
        product = words.product(focus[0].id)
        if product is None or not states_all(product, request.standalone):
            return request
        told = f"{request.standalone.rstrip(' ?.!')} of the {product.name}?"
        return request.model_copy(
            update={"standalone": told, "entities": entities.model_copy(update={"products": focus[:1]})}
        )

    async def compares(self, turn: Turn, request: Request) -> bool:
        """Whether goods are looked for by what a named product has, whatever the request's act."""
        return (await self._catalogue.words(turn.tenant)).compares(request.standalone)

    async def relate(self, turn: Turn, request: Request, wish: Relating) -> Evidence:
        """The answer to a named question over the graph whose arguments are known goods of the shop."""
        words = await self._catalogue.words(turn.tenant)
        product, other = words.product(wish.product_id), words.product(wish.other_id)
        if product is None:
            return await self._which(turn, request, words, "Which product do you mean?")
        match wish.question:
            case "fits" if other is not None:
                evidence = await self._fitter.verdicts(turn, request, (product, other))
            case "link" if other is not None:
                evidence = await self._neighbours.path(turn, request, words, (product, other))
            case "what_fits" | "fits" | "link":
                evidence = await self._fitter.goods(turn, request, words, product, wish.filter, wish.want)
            case _:
                evidence = await self._neighbours.near(turn, request, product, wish.question)
        return evidence.model_copy(update={"degraded": self._graph.degraded()})

    async def _search(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        product, said = _only(request, words), request.standalone
        if product is not None and asks_what_fits(said, product, words):
            return await self._fitter.goods(turn, request, words, product, want=wanted_of(said))
        if product is not None and (words.options_asked(product, said) or not words.parse(said).any):
            return await self._detail(turn, request, words)
        return await self._finder.find(turn, request, words)

    async def _detail(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        """One product: price, stock, description and its first specifications."""
        product = _only(request, words) or _only_of_kind(request, words)
        named = words.parse(request.standalone).filter.text if product is None else ""
        meant = request.entities.candidates or request.entities.unknown_products
        if named and not meant and not words.names_specification(named):
            return await self._finder.find(turn, request, words)
        if product is None:
            return await self._which(turn, request, words, "Which product do you mean?")
        return await self._about(turn, request, words, product)

    async def _about(self, turn: Turn, request: Request, words: ShopWords, product: Product) -> Evidence:
        said, product = request.standalone, (await self._catalogue.live(turn.tenant, (product,)))[0]
        wanted = words.options_asked(product, said)
        if wanted or is_offer_question(said, request.entities.options):
            text, told = offer(product, said, wanted, words.chosen(product, wanted))
            return _detailed(request, product, text, (f"{product.name}: {price(product)}", *told))
        facts = tuple(f"{spec.label}: {spec.text}" for spec in product.specs[:_KEY_SPECS])
        unknown = f"The {product.name} has no stated price (price unknown)."
        text = f"{said_price(product) if product.variants else unknown} {availability(product)}"
        if asked := named_spec(product, said):
            text = f"The {asked.label.lower()} of the {product.name}: {asked.text}. {text}"
        text += f" {product.description}" if product.description else ""
        text += f" In short: {'; '.join(facts)}." if facts else ""
        return _detailed(request, product, text, (f"{product.name}: {price(product)}", availability(product), *facts))

    async def _compare(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        chosen = words.known(request.entities.products)
        if (sides := compared_sides(request.text, words)) is not None:
            chosen = list(sides.products) or chosen
            if sides.unknown:
                return await self._one_unknown(turn, request, words, sides)
        if len(chosen) == 1:
            focus = words.known((*turn.state.focus.products, *turn.state.focus.shown))
            chosen += [p for p in focus if p.id != chosen[0].id][:1]
        if not chosen:
            view = turn.state.focus
            chosen = words.known(view.products if len(view.products) > 1 else view.shown)
        if len(chosen) == 1 and not request.entities.candidates and not words.find_mentions(request.text):
            return await self._about(turn, request, words, chosen[0])
        if not 2 <= len(chosen) <= 5:
            few = "Which two to five products shall I compare?"
            many = "I can compare at most five products at once. Which ones?"
            return await self._which(turn, request, words, many if len(chosen) > 5 else few)
        table = await self._graph.compare(turn.tenant, [p.id for p in chosen])
        text, facts = compared(table)
        text = chosen_of(request.standalone, table) or untold(request.standalone) + text
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
        chosen = words.known(request.entities.products)
        strange = request.entities.unknown_products
        if len(chosen) == 1 and strange:
            text = f"I can't tell whether {chosen[0].name} works with {strange[0]}: we do not sell that."
            return Evidence(request=request, text=text, found=False, focus_products=refs(chosen))
        if len(chosen) >= 2:
            return await self._fitter.verdicts(turn, request, chosen)
        if not chosen and not request.entities.candidates and words.parse(request.standalone).any:
            return await self._finder.find(turn, request, words)
        if not chosen or request.entities.candidates:
            return await self._which(turn, request, words, "Which products do you mean?")
        if (other := _spoken_of(turn, words, chosen[0])) and asks_of_one_more(request.standalone, chosen[0], words):
            return await self._fitter.verdicts(turn, request, (chosen[0], other))
        if (told := self._takes(request, words, chosen[0])) is not None:
            return told
        return await self._fitter.goods(turn, request, words, chosen[0], want=wanted_of(request.standalone))

    def _takes(self, request: Request, words: ShopWords, product: Product) -> Evidence | None:
        """Yes or no where it is asked if the product goes with a standard: "does it work with AM5?"."""
        said = words.standard_said(request.standalone, product) if asks_yes_or_no(request.standalone) else None
        fit, reasons = takes(product, *said) if said is not None else (Fit.UNKNOWN, ())
        if said is None or fit is Fit.UNKNOWN:
            return None
        answer = "Yes" if fit is Fit.YES else "No"
        text = (
            f"{answer}, the {product.name} {'goes' if fit is Fit.YES else 'does not go'} with {said[0]}: {reasons[0]}."
        )
        return Evidence(request=request, text=text, facts=(text,), focus_products=refs((product,)))

    async def _similar(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        chosen = words.known(request.entities.products or turn.state.focus.products[:1])
        if not chosen:
            return await self._which(turn, request, words, "Like which product?")
        way, wanted = way_of(request.standalone), words.conditions(chosen[0], request.standalone)
        if wanted.specs and way in ("", "cheaper"):
            return await self._neighbours.such(turn, request, words, chosen[0], wanted, cheaper=way == "cheaper")
        return await self._neighbours.near(turn, request, chosen[0], way)

    async def _linked(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        return await self._neighbours.path(turn, request, words, words.known(request.entities.products))

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


def _spoken_of(turn: Turn, words: ShopWords, product: Product) -> Product | None:
    """The product of another kind that the conversation is about."""
    before = words.known(turn.state.focus.products[:1])
    return before[0] if before and before[0].category != product.category else None


def _only(request: Request, words: ShopWords) -> Product | None:
    found = words.known(request.entities.products)
    return found[0] if found else None


def _only_of_kind(request: Request, words: ShopWords) -> Product | None:
    """The product of a kind of which the shop has one: "the red water bottle" where it sells one water bottle."""
    if request.entities.candidates or request.entities.unknown_products:
        return None
    category = words.parse(request.standalone).filter.category
    found = [p for p in words.snapshot.products if p.category == category] if category else []
    return found[0] if len(found) == 1 else None
