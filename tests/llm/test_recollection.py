"""What a model is told of a conversation stays as short in the twentieth turn, and nothing that counts is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from backend.agents.recollection import HISTORY_TOKENS, Recollection, last_words, spoken, told
from backend.domain.conversation import SessionState
from backend.domain.messages import Message, Role
from backend.domain.usage import ModelCall, Purpose
from backend.llm import accounts
from backend.llm.base import ModelUnavailable, Prompt
from backend.llm.tokens import estimate
from backend.memory.in_process import InProcessMemory

AT = datetime(2026, 11, 21, tzinfo=UTC)


class Scribe:
    """A model that sums up in a set sentence, or is away; what it was told is kept."""

    name = "scribe"

    def __init__(self, words: str | None = "Wants a light laptop for a course, has seen three.") -> None:
        self.words, self.told = words, list[str]()

    async def write(self, prompt: Prompt, purpose: Any = "write") -> AsyncIterator[str]:
        self.told.append(prompt.messages[0][1])
        if self.words is None:
            raise ModelUnavailable("away")
        yield self.words

    def count(self, text: str) -> int:
        return estimate(text)


class Books:
    """Where the cost of summing up is written down."""

    async def book(self, tenant: str, conversation_id: str, calls: Sequence[Any]) -> None: ...


def said(state: SessionState, n: int) -> SessionState:
    texts = (f"Question {n}: which of them is the lighter one, please?", f"Answer {n}: the UltraBook 13, 1.1 kg. " * 4)
    messages = [
        Message(id=f"{n}-{role}", role=role, text=text, at=AT)
        for role, text in zip((Role.SHOPPER, Role.ASSISTANT), texts, strict=True)
    ]
    return state.model_copy(update={"history": (*state.history, *messages)[-24:]})


async def talked(model: Scribe, purposes: Sequence[Purpose]) -> tuple[SessionState, list[int]]:
    """The state after turns with such calls, and what a prompt was told at each, in tokens. Each turn is answered by
    another of two processes.
    """
    memory, lengths = InProcessMemory(600), list[int]()
    processes = [Recollection(model, Books(), memory) for _ in range(2)]  # type: ignore[arg-type]
    await memory.save("shop", SessionState(session_id="s", conversation_id="c"))
    for n, purpose in enumerate(purposes, start=1):
        before = await loaded(memory)
        lengths.append(estimate(spoken(before, model.count)))
        with accounts.opened("shop", "s", 20) as account:
            account.calls.append(ModelCall(purpose=purpose, model="m", at=AT, seconds=0.1))
            state = told(said(before, n))
            await memory.save("shop", state)
            processes[n % 2].consider("shop", state, before.told_up_to)
        for _ in range(10):
            await asyncio.sleep(0)
    return await loaded(memory), lengths


async def loaded(memory: InProcessMemory) -> SessionState:
    state = await memory.load("shop", "s")
    assert state is not None
    return state


READ: Sequence[Purpose] = ["understand"] * 20


async def test_the_twentieth_turn_is_told_no_more_than_an_early_one() -> None:
    model = Scribe()
    state, lengths = await talked(model, READ)
    assert max(lengths) <= HISTORY_TOKENS + estimate(model.words or "") + 5
    assert sum(lengths[15:]) <= 1.3 * sum(lengths[3:8])
    assert state.summary == model.words and "Question 20" in spoken(state, model.count)


async def test_every_message_is_summed_up_once_or_told_whole() -> None:
    model = Scribe()
    state, _ = await talked(model, READ)
    heard = "".join((*model.told, spoken(state, model.count)))
    for n in range(1, 21):
        assert heard.count(f"Question {n}:") == 1 and heard.count(f"Answer {n}:") in (1, 4)
    assert all("Wants a light laptop" in memory for memory in model.told[1:]), "each memory is built on the last"


async def test_without_a_summary_the_newest_words_are_told_within_the_budget() -> None:
    state, lengths = await talked(Scribe(words=None), READ)
    words = spoken(state, estimate)
    assert max(lengths) <= HISTORY_TOKENS and "Question 20" in words and "Question 1:" not in words
    assert "Answer 20" in last_words(state, estimate) and estimate(last_words(state, estimate)) < 160


async def test_a_conversation_that_no_model_reads_is_not_summed_up() -> None:
    model = Scribe()
    state, _ = await talked(model, ["write"] * 20)
    assert model.told == [] and state.summary == ""
    state, _ = await talked(model, ["understand" if n == 12 else "write" for n in range(20)])
    assert model.told == [], "one message that it read is no reason either"
