"""What a person wrote while the assistant was silent is part of the session's history, whichever memory keeps it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from backend.agents.conversations import Conversations
from backend.domain.conversation import SessionState
from backend.domain.messages import Message, Role, StoredMessage
from backend.memory.base import SessionMemory
from backend.store.database import Database
from backend.tools.handoff_desk import HandoffDesk
from tests.memory.test_memory import memory

__all__ = ["memory"]
SHOP, LONG = "corner", 24
START = datetime(2026, 3, 11, 10, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def message(name: str, minutes: int, role: Role = Role.SHOPPER) -> Message:
    return Message(id=name, role=role, text=f"words of {name}", at=at(minutes))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'records.db'}")
    yield opened
    await opened.close()


async def talk(database: Database, memory: SessionMemory, *history: Message) -> SessionState:
    """A conversation of that history, in the records and in the memory."""
    state = SessionState(session_id=uuid4().hex, conversation_id=uuid4().hex, history=history)
    await memory.save(SHOP, state)
    async with database.records(SHOP, write=True) as records:
        await records.tenants.ensure("Corner")
        said = [StoredMessage(**m.model_dump()) for m in history]
        await records.conversations.append(state.conversation_id, state.session_id, None, said)
    return state


async def remembered(memory: SessionMemory, state: SessionState) -> SessionState:
    found = await memory.load(SHOP, state.session_id)
    assert found is not None
    return found


async def test_a_persons_words_are_in_their_place_once(database: Database, memory: SessionMemory) -> None:
    state = await talk(database, memory, message("first", 0), message("reply", 0, Role.ASSISTANT))
    desk, turns = HandoffDesk(database), Conversations(database)
    case = await desk.take_conversation(SHOP, state.conversation_id, "staff:ida", at(1))
    own = await desk.reply(SHOP, case.id, "I have sent you a new handle.", "staff:ida", at(2))

    taken = await turns.caught_up(SHOP, await remembered(memory, state), LONG)
    assert taken.handoff is not None and [m.id for m in taken.history] == ["first", "reply", own.id]
    thanks = taken.model_copy(update={"history": (*taken.history, message("thanks", 3))})
    await memory.save(SHOP, thanks)
    last = await desk.reply(SHOP, case.id, "It arrives on Friday.", "staff:ida", at(4))
    await desk.hand_back(SHOP, case.id, "staff:ida", at(5))

    for _ in range(2):
        after = await turns.caught_up(SHOP, await remembered(memory, state), LONG)
        assert after.handoff is None
        assert [m.id for m in after.history] == ["first", "reply", own.id, "thanks", last.id]
        assert after.history[-1] == Message(id=last.id, role=Role.STAFF, text="It arrives on Friday.", at=at(4))
        await memory.save(SHOP, after)


async def test_no_more_is_remembered_than_was_set(database: Database, memory: SessionMemory) -> None:
    state = await talk(database, memory, *(message(f"m{n}", n) for n in range(4)))
    desk = HandoffDesk(database)
    case = await desk.take_conversation(SHOP, state.conversation_id, "staff:ida", at(4))
    for n in range(3):
        await desk.reply(SHOP, case.id, f"answer {n}", "staff:ida", at(5 + n))
    seen = await Conversations(database).caught_up(SHOP, await remembered(memory, state), 4)
    assert [m.text for m in seen.history] == ["words of m3", "answer 0", "answer 1", "answer 2"]


async def test_a_conversation_without_a_person_stays_as_it_is(database: Database, memory: SessionMemory) -> None:
    state = await talk(database, memory, message("first", 0))
    assert await Conversations(database).caught_up(SHOP, state, LONG) == state
