"""With a key shoppers are answered in their language: questions, confirmations, refusals too, every fact in place."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.talk import Talk
from tests.api.test_model import model, reads_as  # noqa: F401  the scripted model is a fixture
from tests.llm.model_server import ModelServer
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def shop_with_key(model: ModelServer) -> Iterator[Shop]:  # noqa: F811  the fixture named above
    with running_shop(OPENAI_API_KEY="test-key", OPENAI_BASE_URL=model.url, UNDERSTANDING="gpt") as running:
        yield running


def plays(act: str, standalone: str, spoken: str) -> Any:
    """A model that reads so and translates so."""

    def step(body: dict[str, Any]) -> str:
        reads = "response_format" in body
        return reads_as(act, standalone) if reads else spoken

    return step


def asked_to_translate(body: dict[str, Any]) -> bool:
    return "You translate finished words" in json.dumps(body)


def test_a_question_comes_in_the_shoppers_language(shop_with_key: Shop, model: ModelServer) -> None:  # noqa: F811
    model.default = plays("order_lookup", "Where is ORD-1002?", "¿Cuál es el correo electrónico de su pedido ORD-1002?")
    reply = Talk(shop_with_key).say("¿dónde está mi pedido ORD-1002?")
    assert reply["response"] == "¿Cuál es el correo electrónico de su pedido ORD-1002?"
    assert asked_to_translate(model.requests[-1])


def test_a_refusal_comes_in_the_shoppers_language(shop_with_key: Shop, model: ModelServer) -> None:  # noqa: F811
    said = "Dabei kann ich leider nicht helfen, aber ich zeige Ihnen gern unsere Produkte und Ihre Bestellungen."
    model.default = plays("out_of_scope", "What will the weather be tomorrow?", said)
    assert Talk(shop_with_key).say("wie wird das Wetter morgen bei uns?")["response"] == said


def test_a_translation_that_changes_a_fact_is_dropped(shop_with_key: Shop, model: ModelServer) -> None:  # noqa: F811
    model.default = plays("order_lookup", "Where is ORD-1002?", "¿Cuál es el correo de su pedido ORD-1003?")
    reply = Talk(shop_with_key).say("¿dónde está mi pedido ORD-1002?")
    assert "ORD-1003" not in reply["response"] and "e-mail" in reply["response"]


def test_english_is_never_translated(shop_with_key: Shop, model: ModelServer) -> None:  # noqa: F811
    model.default = plays("order_lookup", "Where is ORD-1002?", "nobody asked for this")
    before = len(model.requests)
    Talk(shop_with_key).say("where is ORD-1002?")
    assert not any(asked_to_translate(body) for body in model.requests[before:])
