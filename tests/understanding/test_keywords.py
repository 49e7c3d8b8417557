"""The keyword tier: whole words, and better than nothing when there is no embedding model."""

import json

import pytest

from backend.agents.understanding.keywords import classify
from backend.domain.acts import INTENT_OF_ACT, Act, Intent
from backend.settings import ROOT


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("do you sell tvs?", Intent.PRODUCT_INFO),
        ("Find me a fountain pen", Intent.PRODUCT_INFO),
        ("is this jug dishwasher safe", Intent.PRODUCT_INFO),
        ("X1 vs G1", Intent.COMPARISON),
        ("where's my parcel??", Intent.ORDER_STATUS),
        ("please cancel order 77120", Intent.ORDER_STATUS),
        ("how much is shipping to Malta", Intent.DELIVERY),
        ("I want my money back", Intent.REFUND),
        ("the vase came in broken", Intent.COMPLAINT),
        ("I forgot my password", Intent.GENERAL),
        ("put me through to a human", Intent.GENERAL),
        ("many thanks", Intent.GENERAL),
        ("will it rain, what's the weather", Intent.OUT_OF_SCOPE),
        ("purple monkey lamps dishwater", Intent.OUT_OF_SCOPE),
    ],
)
def test_cues(said: str, intent: Intent) -> None:
    found = classify(said)
    assert (found.intent, found.in_scope) == (intent, intent is not Intent.OUT_OF_SCOPE)


@pytest.mark.parametrize("said", ["my catalogue", "the atmosphere", "orderly", "unreturnable", "carpet"])
def test_cues_are_whole_words(said: str) -> None:
    assert classify(said).act is Act.OUT_OF_SCOPE


def test_shares_sum_to_one() -> None:
    found = classify("track my order")
    assert sum(found.acts.values()) == pytest.approx(1)
    of_intent = sum(p for act, p in found.acts.items() if INTENT_OF_ACT[act] is found.intent)
    assert found.confidence == pytest.approx(of_intent)


def test_our_own_rows_are_mostly_right() -> None:
    rows = [json.loads(line) for line in (ROOT / "seed_data/held_out_intents.jsonl").read_text().splitlines()]
    right = sum(classify(row["text"]).intent == row["intent"] for row in rows)
    assert right / len(rows) > 0.7
