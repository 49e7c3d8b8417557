"""The OpenAI client talks to the shop as to any other server."""

import openai

from tests.shop import Shop


def client(shop: Shop) -> openai.OpenAI:
    return openai.OpenAI(
        base_url=f"{shop.url}/v1", api_key="unused", default_headers={"Authorization": ""}, max_retries=0
    )


def test_an_answer_with_its_history(shop: Shop) -> None:
    answer = client(shop).chat.completions.create(
        model="support-desk",
        messages=[
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": "Tell me about the X1 Laptop"},
            {"role": "assistant", "content": "The X1 Laptop costs $1,299.99."},
            {"role": "user", "content": "What's the battery life of the X1 Laptop?"},
        ],
    )
    assert "12 hours" in (answer.choices[0].message.content or "")


def test_the_same_in_pieces(shop: Shop) -> None:
    stream = client(shop).chat.completions.create(
        model="support-desk", stream=True, messages=[{"role": "user", "content": "Show me laptops under $1500"}]
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    assert "X1 Laptop" in text and "UltraBook 13" in text


def test_a_session_is_named_by_user(shop: Shop) -> None:
    asked = client(shop)
    first = asked.chat.completions.create(
        model="m", user="crm-7", messages=[{"role": "user", "content": "Tell me about the X2 Laptop"}]
    )
    assert "X2" in (first.choices[0].message.content or "")
    second = asked.chat.completions.create(
        model="m", user="crm-7", messages=[{"role": "user", "content": "What's the battery life?"}]
    )
    assert "8 hours" in (second.choices[0].message.content or "")


def test_bad_messages_are_named(shop: Shop) -> None:
    with shop.client() as http:
        for messages in ([], [{"role": "assistant", "content": "hi"}], [{"role": "user", "content": " "}]):
            answer = http.post("/v1/chat/completions", json={"messages": messages})
            assert answer.status_code == 422 and "messages" in answer.json()["detail"]
