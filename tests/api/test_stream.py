"""The stream carries the same reply, in the parts that AI SDK clients read."""

import json
from typing import Any

from tests.shop import Shop


def parts(shop: Shop, body: dict[str, Any]) -> list[dict[str, Any]]:
    with shop.client() as http, http.stream("POST", "/api/chat/stream", json=body) as answer:
        assert answer.status_code == 200
        assert answer.headers["x-vercel-ai-ui-message-stream"] == "v1"
        lines = [line.removeprefix("data: ") for line in answer.iter_lines() if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_text_sources_and_the_whole_reply_arrive_in_order(shop: Shop) -> None:
    got = parts(shop, {"message": "What's the battery life of the X1?"})
    kinds = [part["type"] for part in got]
    assert kinds[0] == "start" and kinds[-1] == "finish"
    assert kinds.index("data-progress") < kinds.index("text-delta") < kinds.index("data-reply")
    text = "".join(part["delta"] for part in got if part["type"] == "text-delta")
    reply = next(part["data"] for part in got if part["type"] == "data-reply")
    assert text.strip() == reply["response"]
    assert [p["sourceId"] for p in got if p["type"] == "source-url"] == [s["id"] for s in reply["sources"]]


def test_a_citation_opens_its_passage(shop: Shop) -> None:
    reply = parts(shop, {"message": "What's your return policy?"})[-2]["data"]
    with shop.client() as http:
        source = reply["sources"][0]
        document_id = source["url"].split("document=")[1].split("&")[0]
        passages = http.get(f"/api/knowledge/documents/{document_id}").json()["passages"]
    assert source["id"] in {passage["id"] for passage in passages}
