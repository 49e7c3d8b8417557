"""What the graph's agent finds for a request: words, cards, and what the conversation is about afterwards."""

from collections.abc import AsyncIterator

import pytest

from backend.domain.acts import Act
from backend.domain.base import utc_now
from backend.domain.cards import ComparisonCard, CompatibilityCard, ProductCard, ProductsCard
from backend.domain.catalogue import Fit, ProductFilter
from backend.domain.conversation import Entities, Evidence, Focus, ProductRef, Request, SessionState, Turn
from backend.graph.agent import GraphAgent
from backend.graph.embedded import EmbeddedGraph
from backend.graph.products import ProductGraph
from tests.graph import shop


class Chat:
    """A conversation with the agent; entities are resolved as the understanding does it."""

    def __init__(self, graph: ProductGraph) -> None:
        self._graph, self._agent, self.focus = graph, GraphAgent(graph), Focus()

    async def say(self, act: Act, text: str, unknown: tuple[str, ...] = ()) -> Evidence:
        words = await self._graph.catalogue.words("small")
        mentions = words.find_mentions(text)
        entities = Entities(
            products=tuple(
                ProductRef(id=m.products[0].id, name=m.products[0].name) for m in mentions if len(m.products) == 1
            ),
            candidates=tuple(
                ProductRef(id=p.id, name=p.name) for m in mentions if len(m.products) > 1 for p in m.products
            ),
            unknown_products=unknown,
        )
        request = Request(text=text, standalone=text, act=act, confidence=1, entities=entities)
        state = SessionState(session_id="s", focus=self.focus)
        evidence = await self._agent.gather(
            Turn(tenant="small", message_id="m", text=text, at=utc_now(), state=state), request
        )
        self.focus = Focus(products=evidence.focus_products, shown=evidence.focus_shown, filter=evidence.focus_filter)
        return evidence


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    graph = ProductGraph(shop.catalogue(), EmbeddedGraph(), shop.relations, shop.rules)
    yield Chat(graph)
    await graph.close()


async def test_a_list_carries_filter_total_and_page(chat: Chat) -> None:
    evidence = await chat.say(Act.PRODUCT_SEARCH, "show me laptops under $1200")
    (card,) = evidence.cards
    assert isinstance(card, ProductsCard) and card.filter is not None
    assert (card.total, card.page, card.filter.max_price_cents) == (2, 1, 120_000)
    assert {item.name for item in card.items} == {"Falcon 7 Laptop", "SwiftBook Air"}
    assert evidence.text == (
        "We have 2 laptops under $1,200: Falcon 7 Laptop ($1,100.00) and SwiftBook Air ($899.00, out of stock)."
    )
    assert {ref.id for ref in evidence.focus_shown} == {"1", "3"}


async def test_a_bare_condition_narrows_what_was_shown(chat: Chat) -> None:
    await chat.say(Act.PRODUCT_SEARCH, "show me laptops")
    evidence = await chat.say(Act.PRODUCT_SEARCH, "only those under $1000")
    assert [ref.id for ref in evidence.focus_shown] == ["3"]
    assert evidence.focus_filter == ProductFilter(category="Laptops", max_price_cents=100_000, max_price_exclusive=True)


async def test_counts_and_superlatives(chat: Chat) -> None:
    assert (await chat.say(Act.PRODUCT_SEARCH, "how many phones do you have?")).text.startswith("We have 2 smartphones")
    lightest = await chat.say(Act.PRODUCT_SEARCH, "which is the lightest laptop?")
    assert lightest.text.startswith(
        "Of our 4 laptops, SwiftBook Air ($899.00, out of stock) with 1.1 kg has the lowest weight."
    )
    unrated = await chat.say(Act.PRODUCT_SEARCH, "best rated motherboard")
    assert unrated.text.startswith("Our catalogue states no rating for motherboards, so I cannot rank them.")


async def test_what_is_not_sold_is_said_with_what_comes_nearest(chat: Chat) -> None:
    aprons = await chat.say(Act.PRODUCT_SEARCH, "Do you sell aprons?")
    assert aprons.text.startswith("We do not sell aprons.") and "laptops" in aprons.text and not aprons.found
    phone = await chat.say(Act.PRODUCT_SEARCH, "Tell me about the ZenPhone", unknown=("ZenPhone",))
    assert phone.text.startswith("We do not sell the ZenPhone. The nearest we have are smartphones: SmartPhone One")
    none = await chat.say(Act.PRODUCT_SEARCH, "phones under $100")
    (card,) = none.cards
    assert isinstance(card, ProductsCard) and card.total == 0 and not card.items
    assert none.text.startswith("We have no smartphones under $100. The nearest are SmartPhone One ($650.00)")


async def test_a_product_with_price_stock_and_specifications(chat: Chat) -> None:
    evidence = await chat.say(Act.PRODUCT_QUESTION, "Tell me more about the Falcon 7")
    assert isinstance(evidence.cards[0], ProductCard)
    assert evidence.text.startswith("The Falcon 7 Laptop costs $1,100.00. It is in stock.")
    assert ("Battery", "11 h") in evidence.cards[0].specs
    assert (await chat.say(Act.PRODUCT_QUESTION, "What's the price?")).question == "Which product do you mean?"


async def test_comparison_with_the_product_in_focus(chat: Chat) -> None:
    await chat.say(Act.PRODUCT_QUESTION, "Tell me more about the Falcon 7")
    evidence = await chat.say(Act.COMPARE, "compare it to the Falcon 9")
    assert isinstance(evidence.cards[0], ComparisonCard)
    assert {p.name for p in evidence.cards[0].products} == {"Falcon 7 Laptop", "Falcon 9 Laptop"}
    assert "Falcon 7 Laptop is ahead in price ($1,100.00)" in evidence.text
    assert (await chat.say(Act.COMPARE, "compare the Wave Buds")).cards, "with the last product spoken of"


async def test_fit_begins_with_the_answer(chat: Chat) -> None:
    yes = await chat.say(Act.COMPATIBILITY, "does the Ryzo 5 CPU work with the Board Pro WIFI?")
    assert yes.text == "Yes, the Ryzo 5 CPU works with the Board Pro WIFI: CPU socket AM5, board socket AM5."
    no = await chat.say(Act.COMPATIBILITY, "Will the Blaze GPU 12 go into the Cube Case?")
    assert no.text.startswith("No, the Blaze GPU 12 does not work with the Cube Case: card 300, case takes up to 250")
    unknown = await chat.say(Act.COMPATIBILITY, "does the Vista TV 50 work with the Zen Mouse?")
    assert unknown.text.startswith("I can't tell whether Vista TV 50")
    assert [c.fit for e in (yes, no, unknown) for c in e.cards if isinstance(c, CompatibilityCard)] == [
        Fit.YES,
        Fit.NO,
        Fit.UNKNOWN,
    ]
    strange = await chat.say(Act.COMPATIBILITY, "does the Zen Mouse work with the ZenPhone?", unknown=("ZenPhone",))
    assert strange.text == "I can't tell whether Zen Mouse works with ZenPhone: we do not sell that."


async def test_accessories_by_kind_and_with_conditions(chat: Chat) -> None:
    evidence = await chat.say(Act.COMPATIBILITY, "What accessories work with the Falcon 7?")
    (card,) = evidence.cards
    assert isinstance(card, CompatibilityCard)
    assert [item.product.name for item in card.groups["Accessories"]] == [
        "Zen Mouse",
        "Dock Station Mini",
        "Dock Station Max",
    ]
    cheap = await chat.say(Act.COMPATIBILITY, "what accessories under $50 work with the Falcon 7?")
    assert [ref.name for ref in cheap.focus_shown] == ["Zen Mouse"]


async def test_likeness(chat: Chat) -> None:
    cheaper = await chat.say(Act.SIMILAR, "something like the Falcon 7 but cheaper")
    assert [ref.name for ref in cheaper.focus_shown] == ["SwiftBook Air"]
    together = await chat.say(Act.SIMILAR, "what is often bought with the Falcon 7?")
    assert [ref.name for ref in together.focus_shown] == ["Sleeve 14"]


async def test_an_ambiguous_name_is_asked_about(chat: Chat) -> None:
    evidence = await chat.say(Act.PRODUCT_QUESTION, "how much is the dock station?")
    assert evidence.question == "Which one do you mean: Dock Station Mini or Dock Station Max?"
