"""An answer from documents is bought once: for one shop, one wording, one tone and language, and the same passages."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import redis.asyncio as redis

from backend.agents.base import SILENT
from backend.agents.response.local import LocalWriter
from backend.agents.response.remembered import Remembered
from backend.agents.response.variants import Variants
from backend.agents.response.written import ModelWriter
from backend.domain.acts import Act
from backend.domain.conversation import Entities, Evidence, Request, SessionState, Turn, Understanding
from backend.domain.knowledge import Source
from backend.domain.messages import Message, Role
from backend.llm import accounts
from backend.llm.base import ModelUnavailable, Prompt
from backend.llm.tokens import estimate
from backend.memory.redis_answers import RedisAnswers

AT = datetime(2026, 11, 21, tzinfo=UTC)
EXCERPT = "The kiln opens at 7 and closes at 19."


class Speaker:
    """A model that says the passage, and remembers what it was asked."""

    name = "speaker"

    def __init__(self) -> None:
        self.asked: list[Prompt] = []

    async def write(self, prompt: Prompt, purpose: Any = "write") -> AsyncIterator[str]:
        self.asked.append(prompt)
        yield "The kiln opens at 7 [1]."

    def count(self, text: str) -> int:
        return estimate(text)


class Slow(Speaker):
    """One that begins when it is told to, and fails the first times."""

    def __init__(self, failing: int = 0) -> None:
        super().__init__()
        self.reached, self.go, self._failing = asyncio.Event(), asyncio.Event(), failing

    async def write(self, prompt: Prompt, purpose: Any = "write") -> AsyncIterator[str]:
        self.asked.append(prompt)
        self.reached.set()
        await self.go.wait()
        if len(self.asked) <= self._failing:
            raise ModelUnavailable("away")
        yield "The kiln opens at 7 [1]."


class Voice:
    """The shop's tone."""

    def __init__(self, tone: str = "neutral") -> None:
        self.tone = tone

    async def __call__(self, tenant: str) -> Any:
        return self


def writer(
    speaker: Speaker, voice: Voice | None = None, variants: Variants | None = None, shared: RedisAnswers | None = None
) -> ModelWriter:
    return ModelWriter(speaker, LocalWriter(), variants or Variants(), voice, Remembered(shared))  # type: ignore[arg-type]


async def say(writing: ModelWriter, **more: Any) -> str:
    """One turn; `more` changes what it is about."""
    said = more.get("said", "When does the kiln open?")
    entities = Entities(order_ids=more.get("orders", ()))
    request = Request(text=said, standalone=said, act=Act.SHOP_QUESTION, confidence=1.0, entities=entities)
    source = Source(id="s", title="Kiln", section="Hours", excerpt=more.get("excerpt", EXCERPT), score=0.9)
    evidence = Evidence(request=request, text="The kiln opens at 7. [1]", sources=(source,))
    history = tuple(Message(id=text, role=Role.SHOPPER, text=text, at=AT) for text in more.get("history", ()))
    state = SessionState(session_id="s", conversation_id=more.get("conversation", "c"), history=history)
    turn = Turn(tenant=more.get("tenant", "shop"), message_id="m", text=said, at=AT, state=state)
    understanding = Understanding(requests=(request,), language=more.get("language", "en"), path="gpt")
    return (await writing.write(turn, understanding, (evidence,), SILENT)).response


async def test_the_same_question_is_answered_once_whatever_was_said_before_and_booked_as_saved() -> None:
    speaker = Speaker()
    writing = writer(speaker)
    first = await say(writing)
    with accounts.opened("shop", "s", 20) as account:
        assert await say(writing, history=("Hello", "I am Rosa"), conversation="another") == first
    assert len(speaker.asked) == 1 and "Rosa" not in str(speaker.asked)
    assert [(call.purpose, call.outcome, call.tokens) for call in account.calls] == [("write", "saved", 0)]


@pytest.mark.parametrize(
    "other",
    [
        {"tenant": "other"},
        {"said": "When does the kiln close?"},
        {"excerpt": "The kiln opens at 7 since May."},
        {"language": "de"},
    ],
)
async def test_what_differs_is_asked_anew(other: dict[str, Any]) -> None:
    speaker = Speaker()
    writing = writer(speaker)
    await say(writing)
    await say(writing, **other)
    assert len(speaker.asked) == 2


async def test_so_are_another_tone_and_another_wording() -> None:
    speaker, voice = Speaker(), Voice()
    writing = writer(speaker, voice)
    await say(writing)
    voice.tone = "formal"
    await say(writing)
    assert len(speaker.asked) == 2
    tried = writer(speaker, voice, Variants({"shop": {"reply.warm": 50}}))
    for conversation in map(str, range(20)):
        await say(tried, conversation=conversation)
    assert {prompt.variant for prompt in speaker.asked[2:]} == {"", "warm"} and len(speaker.asked) == 4


async def test_who_ask_the_same_at_one_moment_buy_it_once() -> None:
    speaker = Slow()
    writing = writer(speaker)
    asking = [asyncio.create_task(say(writing, conversation=str(n))) for n in range(5)]
    await speaker.reached.wait()
    for _ in range(20):  # the others come as far as they can
        await asyncio.sleep(0)
    speaker.go.set()
    assert set(await asyncio.gather(*asking)) == {"The kiln opens at 7 [1]."} and len(speaker.asked) == 1


async def test_who_waited_for_what_nobody_got_asks_for_himself() -> None:
    speaker = Slow(failing=1)
    writing = writer(speaker)
    asking = [asyncio.create_task(say(writing, conversation=str(n))) for n in range(2)]
    await speaker.reached.wait()
    speaker.go.set()
    first, second = await asyncio.gather(*asking)
    assert (first, second) == ("The kiln opens at 7. [1]", "The kiln opens at 7 [1].") and len(speaker.asked) == 2


async def test_who_names_an_order_is_never_answered_from_memory() -> None:
    speaker = Speaker()
    writing = writer(speaker)
    for _ in range(2):
        await say(writing, orders=("ORD-1001",))
    assert len(speaker.asked) == 2


async def test_processes_share_what_one_has_bought_until_it_is_forgotten(redis_url: str) -> None:
    first, second, records = RedisAnswers(redis_url), RedisAnswers(redis_url), redis.from_url(redis_url)
    one, other = Speaker(), Speaker()
    assert await say(writer(one, shared=first)) == await say(writer(other, shared=second))
    assert len(one.asked) == 1 and not other.asked
    (kept,) = await records.keys("answer:*")
    assert 0 < await records.ttl(kept) <= 3600
    for broken in ("no JSON", '{"a": 1}', "[7]", '["The kiln opens at 4 [1]."]'):  # the last is not what is told now
        await records.set(kept, broken)
        assert await say(writer(Speaker(), shared=second)) == "The kiln opens at 7 [1]."
        assert await records.get(kept) != broken.encode()
    await say(writer(other, shared=second), tenant="another shop")
    assert len(other.asked) == 1
    for client in (first, second, records):
        await client.aclose() if client is records else await client.close()


async def test_without_redis_each_has_its_own() -> None:
    speaker, shared = Speaker(), RedisAnswers("redis://127.0.0.1:1/0")
    writing = writer(speaker, shared=shared)
    assert await say(writing) == await say(writing) == "The kiln opens at 7 [1]."
    assert len(speaker.asked) == 1
    await shared.close()
