"""A message that is sent again because its answer was lost on the way gets that answer, and happens once."""

from uuid import uuid4

from tests.shop import Shop


def _said(shop: Shop, session: str) -> list[str]:
    with shop.client() as http:
        found = http.get("/api/conversations/current", headers={"X-Session": session}).json()
    return [message["role"] for message in found["messages"]]


def test_the_same_key_gets_the_same_reply_and_is_said_once(shop: Shop) -> None:
    session, key = f"repeat-{uuid4()}", {"Idempotency-Key": str(uuid4())}
    body = {"message": "What's the battery life of the X1?", "session_id": session}
    with shop.client() as http:
        first = http.post("/api/chat", json=body, headers=key).json()
        again = http.post("/api/chat", json=body, headers=key).json()
    assert again == first and first["sources"]
    assert _said(shop, session) == ["shopper", "assistant"]


def test_another_key_or_none_is_another_message(shop: Shop) -> None:
    session = f"repeat-{uuid4()}"
    body = {"message": "hello", "session_id": session}
    with shop.client() as http:
        ids = {
            http.post("/api/chat", json=body, headers=headers).json()["message_id"]
            for headers in ({"Idempotency-Key": "a"}, {"Idempotency-Key": "b"}, {}, {})
        }
    assert len(ids) == 4 and len(_said(shop, session)) == 8


def test_the_same_key_in_another_session_is_another_message(shop: Shop) -> None:
    with shop.client() as http:
        replies = [
            http.post(
                "/api/chat", json={"message": "hello", "session_id": f"repeat-{n}"}, headers={"Idempotency-Key": "one"}
            ).json()
            for n in range(2)
        ]
    assert replies[0]["message_id"] != replies[1]["message_id"]


def test_a_broken_stream_is_taken_up_again_with_the_whole_answer(shop: Shop) -> None:
    session, key = f"repeat-{uuid4()}", {"Idempotency-Key": str(uuid4())}
    body = {"message": "Compare the X1 and the Gaming Laptop", "session_id": session}
    with shop.client() as http:
        with http.stream("POST", "/api/chat/stream", json=body, headers=key) as answer:
            next(answer.iter_lines())  # and the line breaks
        whole = http.post("/api/chat", json=body, headers=key).json()
    assert "Gaming Laptop" in whole["response"] and whole["cards"]
    assert _said(shop, session) == ["shopper", "assistant"]
