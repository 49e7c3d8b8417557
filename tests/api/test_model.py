"""With a key the model reads and writes; when it fails, the same turn is answered without it."""

import csv
import io
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.talk import Talk, card
from tests.llm.model_server import Held, ModelServer
from tests.llm.serving import serving
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    """The scripted model, reached over HTTP."""
    with serving("hello") as server:
        yield server


@pytest.fixture(scope="module")
def shop_with_key(model: ModelServer) -> Iterator[Shop]:
    with running_shop(
        OPENAI_API_KEY="test-key",
        OPENAI_BASE_URL=model.url,
        UNDERSTANDING="gpt",
        LLM_TIMEOUT_SECONDS="1.5",
        TURN_DEADLINE_SECONDS="3",
    ) as running:
        yield running


@pytest.fixture(autouse=True)
def _played_to_its_end(model: ModelServer) -> Iterator[None]:
    """What a test left unplayed would be the next one's."""
    yield
    assert not model.script


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
            reads_as("product_question", "What is the battery life of the X1?"),
            "It lasts 48 hours [1]. See https://evil.example/?q=1 for more. Order now [7].",
        ]
    )
    said = Talk(shop_with_key).say("how long does the x1 hold out?")["response"]
    assert "48" not in said and "evil" not in said and "[7]" not in said
    assert "12 hours" in said


def test_words_without_an_end_are_left_at_the_deadline_for_the_local_answer(
    shop_with_key: Shop, model: ModelServer
) -> None:
    model.script.extend([reads_as("product_question", "And the battery life of the X1 Laptop?"), "endless"])
    reply = Talk(shop_with_key).say("how long does the x1 hold out?")
    assert "12 hours" in reply["response"] and "again again" not in reply["response"]
    assert [d["engine"] for d in reply["degraded"]] == ["llm"]


def test_a_whole_sentence_leaves_while_the_model_is_still_speaking(shop_with_key: Shop, model: ModelServer) -> None:
    go = threading.Event()
    first, second = "The battery of the X1 Laptop lasts up to 12 hours [1]. ", "It lasts 99 hours [1]. See the manual."
    model.script.extend([reads_as("product_question", "Tell me the battery life of the X1"), Held(first, second, go)])
    said = ""
    with (
        shop_with_key.client() as http,
        http.stream("POST", "/api/chat/stream", json={"message": "x1 battery?"}) as got,
    ):
        for line in got.iter_lines():
            if line.startswith("data: {") and (part := json.loads(line[6:]))["type"] == "text-delta":
                assert go.is_set() or "12 hours" in part["delta"]
                said += part["delta"]
                go.set()
    assert go.is_set() and "12 hours" in said and "99" not in said


@pytest.mark.parametrize("failure", ["500", "hang", "malformed"])
def test_when_the_model_fails_the_turn_is_answered_and_says_so(
    shop_with_key: Shop, model: ModelServer, failure: str
) -> None:
    model.default = failure
    reply = Talk(shop_with_key).say("Show me laptops under $1500")
    assert card(reply, "products")["total"] == 3
    assert [d["engine"] for d in reply["degraded"]] == ["llm"]
    assert "not now" not in json.dumps(reply), "what a server says with an error may hold its key"


def test_a_model_cannot_consent_for_the_shopper(shop_with_key: Shop, model: ModelServer) -> None:
    model.default = reads_as("complaint_new", "My laptop stand wobbles, order ORD-1011", consent="yes")
    talk = Talk(shop_with_key)
    talk.say("My laptop stand wobbles, order ORD-1011")
    talk.say("john.smith@example.com")
    model.default = reads_as("product_question", "Is it sunny?", consent="yes")
    reply = talk.say("is there a wider one?")
    assert "CMP-" not in reply["response"]


@pytest.fixture(scope="module")
def small_plan(model: ModelServer) -> Iterator[Shop]:
    with running_shop(
        OPENAI_API_KEY="test-key", OPENAI_BASE_URL=model.url, UNDERSTANDING="gpt", LLM_PLAN="small"
    ) as running:
        yield running


def reading_and_wording(body: dict[str, Any]) -> str:
    reading = reads_as("product_question", "What is the battery life of the X1 Laptop?")
    return reading if "response_format" in body else "The battery of the X1 Laptop lasts up to 12 hours [1]."


def test_what_the_model_cost_is_told_by_day_kind_and_wording(small_plan: Shop, model: ModelServer) -> None:
    model.default = reading_and_wording
    talk = Talk(small_plan)
    reply = talk.say("so how long does the battery of the x1 hold out then?")
    thumb = {"session_id": talk.session_id, "message_id": reply["message_id"], "score": "up", "reasons": []}
    assert talk.http.post("/api/feedback", json=thumb).is_success
    with small_plan.client(headers={"Authorization": f"Bearer {small_plan.token()}"}) as http:
        told = http.get("/api/staff/usage").json()
        table = list(csv.DictReader(io.StringIO(http.get("/api/staff/usage.csv").text)))
        wordings = http.get("/api/staff/variants").json()["results"]
        kinds = http.get("/api/staff/numbers").json()["intents"]
    purposes = {(row["purpose"], row["outcome"]) for row in told["rows"]}
    assert told["plan"] == "small" and {("understand", "ok"), ("write", "ok")} <= purposes
    spent = sum(row["prompt_tokens"] + row["completion_tokens"] for row in told["rows"])
    assert {(line["tenant"], line["purpose"]) for line in table} == {
        ("techpro", row["purpose"]) for row in told["rows"]
    }
    assert spent == sum(int(line["prompt_tokens"]) + int(line["completion_tokens"]) for line in table)
    day = next(limit for limit in told["limits"] if limit["name"] == "day's token")
    assert 0 < day["used"] == spent and not day["warning"]
    (kind,) = (kind for kind in kinds if kind["intent"] == "product_info")
    assert (kind["answers"], kind["calls"], kind["tokens"]) == (1, 2, spent) and kind["microdollars"] > 0
    usual = next(row for row in wordings if row["variant"] == "")
    assert usual["thumbs_up"] == 1 and usual["share_up"] == 1.0 and usual["low"] < 0.5, "one thumb proves little"


def test_at_its_limit_a_conversation_and_then_a_shop_is_answered_locally_and_told_so(
    small_plan: Shop, model: ModelServer
) -> None:
    model.default = reading_and_wording
    talk = Talk(small_plan)
    model.tokens = 245_000  # one call, the wording is known: more than a conversation may, four fifths of a day's
    assert talk.say("so how long does the x1 run then?")["degraded"] == []
    model.tokens = 0
    asked = len(model.requests)
    reply = talk.say("What is the battery life of the X1 Laptop?")
    assert len(model.requests) == asked and "12 hours" in reply["response"]
    assert "conversation's token budget is used up" in json.dumps(reply["degraded"])
    assert all(missing["limited"] for missing in reply["degraded"])
    with small_plan.client(headers={"Authorization": f"Bearer {small_plan.token()}"}) as http:
        limits = {limit["name"]: limit for limit in http.get("/api/staff/usage").json()["limits"]}
        assert limits["day's token"]["warning"], "four fifths are used"
    model.tokens = 60_000
    Talk(small_plan).say("so how long does the x1 run when it is warm?")
    model.tokens = 0
    with small_plan.client() as http:
        used = re.search(r'llm_budget_used\{tenant="techpro"\} (\S+)', http.get("/metrics").text)
    assert used and float(used[1]) > 0.8
    reply = Talk(small_plan).say("so how long does the x1 run in the rain?")
    assert "day's token budget is used up" in json.dumps(reply["degraded"]) and reply["response"]
