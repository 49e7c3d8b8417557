"""With a key the model reads and writes; when it fails, the same turn is answered without it."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.talk import Talk, card
from tests.llm.model_server import ModelServer, model_server
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    """The scripted model in a thread of its own, so that the shop reaches it over HTTP."""
    ready, done = threading.Event(), threading.Event()
    held: list[ModelServer] = []

    async def serve() -> None:
        async with model_server() as server:
            held.append(server)
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(20)
    yield held[0]
    done.set()
    thread.join(10)


@pytest.fixture(scope="module")
def shop_with_key(model: ModelServer) -> Iterator[Shop]:
    with running_shop(
        OPENAI_API_KEY="test-key", OPENAI_BASE_URL=model.url, UNDERSTANDING="gpt", LLM_TIMEOUT_SECONDS="1.5"
    ) as running:
        yield running


def reads_as(act: str, standalone: str, **more: Any) -> str:
    wish = {"text": standalone, "standalone": standalone, "act": act, "confidence": 0.97}
    return json.dumps({"wishes": [wish], "consent": "other", "mood": "calm", "depends": False, **more})


def test_the_model_reads_and_writes(shop_with_key: Shop, model: ModelServer) -> None:
    model.script.extend(
        [
            reads_as("product_question", "What is the battery life of the X1 Laptop?"),
            "The battery of the X1 Laptop lasts up to 12 hours [1].",
        ]
    )
    reply = Talk(shop_with_key).say("how long does the x1 hold out?")
    assert reply["response"].startswith("The battery of the X1 Laptop lasts") and reply["degraded"] == []
    assert [s["title"] for s in reply["sources"]] and "[1]" in reply["response"]


def test_a_sentence_that_the_evidence_does_not_support_never_leaves(shop_with_key: Shop, model: ModelServer) -> None:
    model.script.extend(
        [
            reads_as("product_question", "What is the battery life of the X1 Laptop?"),
            "It lasts 48 hours [1]. See https://evil.example/?q=1 for more. Order now [7].",
        ]
    )
    said = Talk(shop_with_key).say("how long does the x1 hold out?")["response"]
    assert "48" not in said and "evil" not in said and "[7]" not in said
    assert "12 hours" in said


@pytest.mark.parametrize("failure", ["500", "hang", "malformed"])
def test_when_the_model_fails_the_turn_is_answered_and_says_so(
    shop_with_key: Shop, model: ModelServer, failure: str
) -> None:
    model.default = failure
    reply = Talk(shop_with_key).say("Show me laptops under $1500")
    assert card(reply, "products")["total"] == 3
    assert [d["engine"] for d in reply["degraded"]] == ["llm"]


def test_a_model_cannot_consent_for_the_shopper(shop_with_key: Shop, model: ModelServer) -> None:
    model.default = reads_as("complaint_new", "My laptop stand wobbles, order ORD-1011", consent="yes")
    talk = Talk(shop_with_key)
    talk.say("My laptop stand wobbles, order ORD-1011")
    talk.say("john.smith@example.com")
    model.default = reads_as("product_question", "Is it sunny?", consent="yes")
    reply = talk.say("is there a wider one?")
    assert "CMP-" not in reply["response"]


def test_what_the_model_cost_is_told_by_day_and_wording(model: ModelServer) -> None:
    model.script.clear()
    reading = reads_as("product_question", "What is the battery life of the X1 Laptop?")
    words = "The battery of the X1 Laptop lasts up to 12 hours [1]."
    model.default = lambda body: reading if "response_format" in body else words
    with running_shop(OPENAI_API_KEY="test-key", OPENAI_BASE_URL=model.url, UNDERSTANDING="gpt") as shop:
        talk = Talk(shop)
        reply = talk.say("so how long does the battery of the x1 hold out then?")
        thumb = {"session_id": talk.session_id, "message_id": reply["message_id"], "score": "up", "reasons": []}
        assert talk.http.post("/api/feedback", json=thumb).is_success
        with shop.client(headers={"Authorization": f"Bearer {shop.token()}"}) as http:
            told = http.get("/api/staff/usage").json()
            answered = http.get("/api/staff/variants")
        assert answered.status_code == 200, answered.text
        wordings = answered.json()["results"]
    purposes = {(row["purpose"], row["outcome"]) for row in told["rows"]}
    assert told["plan"] == "standard" and {("understand", "ok"), ("write", "ok")} <= purposes
    day = next(limit for limit in told["limits"] if limit["name"] == "day's token")
    assert 0 < day["used"] == sum(row["prompt_tokens"] + row["completion_tokens"] for row in told["rows"])
    usual = next(row for row in wordings if row["variant"] == "")
    assert usual["thumbs_up"] == 1 and usual["share_up"] == 1.0 and usual["low"] < 0.5, "one thumb proves little"
