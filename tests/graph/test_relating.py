"""With a key a model chooses among the named questions; what it gets wrong is answered by the local reading."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from backend.agents.relating import RelatingAgent
from backend.domain.acts import Act
from backend.domain.base import utc_now
from backend.domain.cards import CompatibilityCard
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, SessionState, Turn
from backend.graph.agent import GraphAgent
from backend.graph.embedded import EmbeddedGraph
from backend.graph.products import ProductGraph
from backend.llm.openai import OpenAIModel
from tests.graph import shop
from tests.llm.model_server import ModelServer, model_server

BOARDS = "Which brands make boards that take my Ryzo 5 CPU and cost under 200 dollars?"
CHOICE = {
    "question": "what_fits",
    "product": 1,
    "other": 0,
    "goods": "motherboards under 200 dollars",
    "want": "brands",
}


@dataclass
class Asking:
    server: ModelServer
    agent: RelatingAgent
    graph: ProductGraph

    async def say(self, text: str, act: Act = Act.PRODUCT_SEARCH) -> Evidence:
        words = await self.graph.catalogue.words("small")
        named = [m.products[0] for m in words.find_mentions(text) if len(m.products) == 1]
        entities = Entities(products=tuple(ProductRef(id=p.id, name=p.name) for p in named))
        request = Request(text=text, standalone=text, act=act, confidence=1, entities=entities)
        state = SessionState(session_id="s")
        return await self.agent.gather(
            Turn(tenant="small", message_id="m", text=text, at=utc_now(), state=state), request
        )


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    graph = ProductGraph(shop.catalogue(), EmbeddedGraph(), shop.relations, shop.rules)
    async with model_server() as server:
        model = OpenAIModel(api_key="k", base_url=server.url, models={"write": "m"}, timeout_seconds=2)
        yield Asking(server, RelatingAgent(model, graph.catalogue, GraphAgent(graph)), graph)
        await model.close()
    await graph.close()


async def test_one_call_chooses_the_question_and_its_arguments(asking: Asking) -> None:
    asking.server.default = json.dumps(CHOICE)
    evidence = await asking.say(BOARDS)
    assert evidence.text == (
        "Of the motherboards under $200 that go with the Ryzo 5 CPU, 1 in all, the brands are Vista (1)."
    )
    (card,) = evidence.cards
    assert isinstance(card, CompatibilityCard) and [i.product.id for i in card.groups["Motherboard"]] == ["16"]
    assert len(asking.server.requests) == 1 and not asking.server.wrong


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps({**CHOICE, "question": "MATCH (n) DETACH DELETE n"}),
        json.dumps({**CHOICE, "product": 7}),
        json.dumps({**CHOICE, "question": "none"}),
        "malformed",
        "refuse",
    ],
)
async def test_a_wrong_choice_is_answered_without_the_model(asking: Asking, answer: str) -> None:
    asking.server.default = answer
    evidence = await asking.say(BOARDS)
    assert evidence.text.startswith("Of the motherboards under $200 that go with the Ryzo 5 CPU")


async def test_conditions_hold_whatever_the_model_writes(asking: Asking) -> None:
    asking.server.default = json.dumps({**CHOICE, "goods": "motherboards over 5000 dollars", "want": "goods"})
    evidence = await asking.say(BOARDS)
    assert not evidence.found and "16" not in {ref.id for ref in evidence.focus_shown}


async def test_a_plain_question_of_fit_costs_no_call(asking: Asking) -> None:
    evidence = await asking.say("Does the Ryzo 5 CPU work with the Board Pro WIFI?", Act.COMPATIBILITY)
    assert evidence.text.startswith("Yes") and not asking.server.requests
