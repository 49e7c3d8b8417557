"""A follow-up with its history finds what the question that stands alone finds."""

import json
from pathlib import Path
from typing import Any

from tests.shop import Shop

ROWS = [json.loads(line) for line in (Path(__file__).parents[1] / "rag" / "followups.jsonl").read_text().splitlines()]
#: Of our own rows so many must lead to the passage that the stand-alone question leads to.
FLOOR = 0.9


def test_followups_find_what_stands_alone_finds(shop: Shop) -> None:
    with shop.client() as http:

        def found(question: str) -> list[str]:
            answer = http.get("/api/knowledge/search", params={"q": question, "k": 5}).json()
            return [result["id"] for result in answer["results"]]

        def asked(body: dict[str, Any]) -> Any:
            return http.post("/api/knowledge/ask", json=body).json()

        missed = []
        for row in ROWS:
            answer = asked({"question": row["followup"], "history": row["history"]})
            if found(row["standalone"])[0] not in found(answer["standalone"]):
                missed.append((row["followup"], answer["standalone"]))
    assert len(ROWS) - len(missed) >= FLOOR * len(ROWS), missed


def test_a_history_may_be_texts_or_messages_with_roles(shop: Shop) -> None:
    asked, said = "How do I reset the Wi-Fi Router R6?", "Hold the reset key."
    histories = [asked, said], [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]
    with shop.client() as http:
        bodies = ({"question": "and how do I update it?", "history": history} for history in histories)
        texts, messages = (http.post("/api/knowledge/ask", json=body).json() for body in bodies)
    assert texts == messages and texts["found"]
    assert {source["title"] for source in texts["sources"]} == {"Wi-Fi Router R6 manual"}


def test_a_question_that_stands_alone_is_left_as_it_is(shop: Shop) -> None:
    history = ["Do gift cards expire?", "No, they never expire."]
    question = "How long is the warranty of the X1 Laptop?"
    with shop.client() as http:
        answer = http.post("/api/knowledge/ask", json={"question": question, "history": history}).json()
    assert answer["standalone"] == question and answer["found"]
