"""Questions through POST /api/chat with no key: `python -m tests.graph.chatting KIND TENANT SEED [NUMBER]`.

The shop must be loaded into the records that the settings name. KIND is `catalogue` (half `questions.py`, half
`fresh_questions.py`), `varied` (conversations of `varied_questions.py`), `fit` (the labelled pairs in many phrasings)
or `parts` (pairs of `fit_questions.py`).
"""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from backend.container import open_container
from backend.main import create_app
from backend.settings import load_settings
from tests.graph.fit_questions import FitQuestions
from tests.graph.fresh_questions import FreshQuestions
from tests.graph.questions import Question, Questions
from tests.graph.reading import DATA
from tests.graph.varied_questions import Conversation, VariedQuestions


@asynccontextmanager
async def shop() -> AsyncIterator[httpx.AsyncClient]:
    """The app as the settings describe it, spoken to over HTTP within this process."""
    settings = load_settings()
    app = create_app(settings)
    app.state.container = await open_container(settings)
    try:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://shop", timeout=60
        ) as client:
            yield client
    finally:
        await app.state.container.close()


async def answer(client: httpx.AsyncClient, tenant: str, text: str) -> dict[str, Any]:
    """The reply to a message that begins a conversation."""
    reply = await client.post("/api/chat", json={"message": text}, headers={"X-Tenant": tenant})
    reply.raise_for_status()
    found: dict[str, Any] = reply.json()
    return found


async def is_right(client: httpx.AsyncClient, tenant: str, question: Question) -> tuple[bool, Any]:
    """Whether the card's total is right and its items are of the answer, the first too; with what was understood."""
    reply = await answer(client, tenant, question.text)
    card = next((c for c in reply["cards"] if c["type"] == "products"), None)
    if card is None:
        return False, reply["response"][:160]
    ids = [item["id"] for item in card["items"]]
    if question.first:
        return bool(ids) and ids[0] in question.ids, card["filter"]
    return card["total"] == len(question.ids) and set(ids) <= question.ids, card["filter"]


async def measure(tenant: str, seed: int, number: int = 150) -> dict[str, Any]:
    """How many of the seed's questions were answered rightly."""
    ours, fresh = Questions(seed), FreshQuestions(seed, DATA / "electronics" / "catalog.jsonl.gz")
    right = 0
    async with shop() as client:
        for place in range(number):
            question = (ours if place % 2 else fresh).ask()
            good, understood = await is_right(client, tenant, question)
            right += good
            if not good:
                said = {k: v for k, v in understood.items() if v} if isinstance(understood, dict) else understood
                print(f"missed [{len(question.ids)}] {question.text} | {said}", file=sys.stderr)
    return {"seed": seed, "questions": number, "right": right}


_FIT = (
    "Does the {a} work with the {b}?", "is the {a} compatible with the {b}", "will {a} fit {b}?",
    "can I use the {a} with the {b}?", "Would a {a} go in a {b}?", "{a} and {b}: do they work together?",
    "I have the {b}. Does the {a} fit?", "Is {b} ok for {a}?",
)  # fmt: skip


async def fits(tenant: str, seed: int) -> dict[str, Any]:
    """How many of the labelled pairs are answered rightly when asked by name."""
    rows = [json.loads(line) for line in (DATA / "dev" / "compat_pairs.jsonl").read_text("utf-8").splitlines()]
    chance, found = random.Random(seed), Counter[str]()
    async with shop() as client:
        for row in rows:
            text = chance.choice(_FIT).format(a=row["a"]["name"], b=row["b"]["name"])
            said = (await answer(client, tenant, text))["response"]
            begins = "Yes" if row["compatible"] else "No"
            unknown = said.startswith("I can't tell")
            found["right" if said.startswith(begins) else "unknown" if unknown else "wrong"] += 1
            if not said.startswith(begins):
                print("missed", row["relation"], text, "|", said[:160], file=sys.stderr)
    return {"seed": seed, "pairs": len(rows), **found}


async def varied(tenant: str, seed: int, number: int = 150) -> dict[str, Any]:
    """How many of the seed's conversations were answered rightly at their end."""
    source, right = VariedQuestions(seed, DATA / "electronics" / "catalog.jsonl.gz"), 0
    async with shop() as client:
        for _ in range(number):
            asked = source.ask()
            reply = await talk(client, tenant, asked.turns)
            good = _holds(reply, asked)
            right += good
            if not good:
                print("missed", len(asked.ids), " || ".join(asked.turns), "|", reply["response"][:160], file=sys.stderr)
    return {"seed": seed, "questions": number, "right": right}


async def parts(tenant: str, seed: int, number: int = 150) -> dict[str, Any]:
    """How many of the seed's questions of fit were answered rightly."""
    source, right = FitQuestions(seed, DATA / "electronics" / "catalog.jsonl.gz"), 0
    async with shop() as client:
        for _ in range(number):
            asked = source.ask()
            said = (await talk(client, tenant, asked.turns))["response"]
            good = said.startswith(asked.answer)
            right += good
            if not good:
                print("missed", asked.answer, " || ".join(asked.turns), "|", said[:160], file=sys.stderr)
    return {"seed": seed, "questions": number, "right": right}


async def talk(client: httpx.AsyncClient, tenant: str, turns: Sequence[str]) -> dict[str, Any]:
    """The reply to the last turn of a conversation."""
    reply: dict[str, Any] = {}
    for turn in turns:
        body = {"message": turn, "session_id": reply.get("session_id")}
        sent = await client.post("/api/chat", json=body, headers={"X-Tenant": tenant})
        sent.raise_for_status()
        reply = sent.json()
    return reply


def _holds(reply: dict[str, Any], asked: Conversation) -> bool:
    card = next((c for c in reply["cards"] if c["type"] in ("products", "product")), None)
    if card is None:
        return False
    if card["type"] == "product":
        return asked.first and card["product"]["id"] in asked.ids
    ids = [item["id"] for item in card["items"]]
    if asked.first:
        return bool(ids) and ids[0] in asked.ids
    whole = card["total"] == len(asked.ids) and set(ids) <= asked.ids
    return whole and (asked.family != "paged" or card["page"] == 2)


_KINDS: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
    "catalogue": measure, "varied": varied, "parts": parts, "fit": fits,
}  # fmt: skip


async def _main() -> None:
    kind, slug, seed, *more = sys.argv[1:]
    print(json.dumps(await _KINDS[kind](slug, int(seed), *map(int, more))))


if __name__ == "__main__":
    asyncio.run(_main())
