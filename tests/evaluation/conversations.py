"""Our own conversations, judged turn by turn by the answer of POST /api/chat.

`python -m tests.evaluation.conversations` prints every wrong turn. A line of
tests/understanding/conversations.jsonl is {name, turns: [{say, expect}]}; `expect` may hold intent ("a|b" allows
both), contains (every entry has to be said, "a|b" allows both), not_contains (none may be said) and products (each
has to be shown or named). A turn that says {code} sends the code of the newest mail.
"""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from tests.shop import running_shop

CONVERSATIONS = Path(__file__).resolve().parents[1] / "understanding" / "conversations.jsonl"


@dataclass(frozen=True)
class Judged:
    """One turn: what is wrong with its answer, nothing when it is right."""

    name: str
    place: int
    say: str
    wrong: tuple[str, ...]
    response: str


def judge(expect: Mapping[str, Any], reply: Mapping[str, Any]) -> tuple[str, ...]:
    """What a shopper would call wrong about a reply."""
    read = " ".join(shown_text(reply))
    goods = " ".join((read, *shown_goods(reply["cards"])))
    wrong = []
    if "intent" in expect and not set(reply["intents"]) & set(expect["intent"].split("|")):
        wrong.append(f"intent {reply['intent']}, not {expect['intent']}")
    wrong += [f"lacks {text!r}" for text in expect.get("contains", ()) if not _says(read, text)]
    wrong += [f"says {text!r}" for text in expect.get("not_contains", ()) if _says(goods, text)]
    wrong += [f"does not show {name}" for name in expect.get("products", ()) if name not in goods]
    return tuple(wrong)


def shown_text(reply: Mapping[str, Any]) -> Iterator[str]:
    """The words of the reply, of its proposed action, and of cards about orders and cases; a product card's facts
    count only as far as the reply says them.
    """
    yield reply["response"]
    if reply["pending_action"]:
        yield json.dumps(reply["pending_action"], ensure_ascii=False)
    for card in reply["cards"]:
        if card["type"] in ("order", "orders", "delivery", "refund", "complaint", "choices", "form"):
            yield json.dumps(card, ensure_ascii=False)


def shown_goods(value: Any) -> Iterator[str]:
    """The names of the products in cards."""
    if isinstance(value, list):
        for one in value:
            yield from shown_goods(one)
    if isinstance(value, dict):
        if "name" in value and "price_cents" in value:
            yield value["name"]
        for one in value.values():
            yield from shown_goods(one)


def _says(text: str, wanted: str) -> bool:
    return any(one in text for one in wanted.split("|"))


async def talk(client: httpx.AsyncClient, conversation: Mapping[str, Any], desk: str) -> list[Judged]:
    """Hold one conversation; a wrong answer does not end it. `desk` is a token that may read the outbox."""
    session, judged = None, []
    for place, turn in enumerate(conversation["turns"]):
        said = await _newest_code(client, desk) if turn["say"] == "{code}" else turn["say"]
        body = {"message": said} | ({"session_id": session} if session else {})
        answer = await client.post("/api/chat", json=body)
        if answer.status_code != 200:
            wrong, response = (f"status {answer.status_code}",), answer.text
        else:
            reply = answer.json()
            session = reply["session_id"]
            wrong, response = judge(turn["expect"], reply), reply["response"]
        judged.append(Judged(conversation["name"], place, turn["say"], wrong, response))
    return judged


async def _newest_code(client: httpx.AsyncClient, desk: str) -> str:
    mails = await client.get("/api/staff/outbox", headers={"Authorization": f"Bearer {desk}"})
    found = re.search(r"\b\d{6}\b", mails.json()["results"][0]["text"])
    return found[0] if found else ""


async def hold(report: Callable[[int, int], None]) -> list[Judged]:
    """Every conversation with a running shop."""
    lines = CONVERSATIONS.read_text(encoding="utf-8").splitlines()
    conversations = [json.loads(line) for line in lines]
    with running_shop() as shop:
        judged: list[Judged] = []
        desk = shop.token()
        async with httpx.AsyncClient(base_url=shop.url, timeout=30) as client:
            for number, conversation in enumerate(conversations, start=1):
                judged += await talk(client, conversation, desk)
                report(number, len(conversations))
    return judged


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """The share of right turns, and of right turns among those that lean on an earlier one."""
    judged = await hold(report)
    later = [j for j in judged if j.place]
    return [_score("every turn", judged), _score("turns after the first", later)]


def _score(check: str, judged: list[Judged]) -> Score:
    right = sum(not j.wrong for j in judged)
    return Score("local", check, len(judged), right / len(judged), *wilson(right, len(judged)))


def main() -> None:
    """Print every wrong turn."""
    judged = asyncio.run(hold(lambda done, total: None))
    for j in judged:
        if j.wrong:
            sys.stdout.write(f"{j.name} / {j.place + 1}: {j.say}\n   {'; '.join(j.wrong)}\n   << {j.response}\n")
    sys.stdout.write(f"{sum(not j.wrong for j in judged)} of {len(judged)}\n")


if __name__ == "__main__":
    main()
