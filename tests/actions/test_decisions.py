"""A yes binds for ten minutes, and only in the session and to the action it answers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.agents.actions.agent import ActionAgent
from backend.agents.actions.proof import Proof
from backend.agents.decisions import Decisions
from backend.domain.conversation import Consent, PendingAction, SessionState, Turn, Understanding
from backend.domain.errors import NotFound
from backend.domain.orders import OrderStatus
from backend.memory.limiter import Limiter
from backend.store.database import Database
from backend.tools.identity import Identification
from backend.tools.toolbox import build_toolbox
from tests.tools import shop


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'records.db'}")
    await shop.fill(opened)
    yield opened
    await opened.close()


def decisions_on(database: Database) -> Decisions:
    toolbox = build_toolbox(database)
    return Decisions(toolbox, ActionAgent(database, toolbox, Proof(Identification(database, Limiter(), "secret" * 8))))


async def proposed(database: Database) -> PendingAction:
    arguments = {"order_id": "ORD-1", "reason": "no longer needed"}
    return await build_toolbox(database).desk.propose(shop.signed_in(), "cancel_order", arguments)


def turn(pending: PendingAction, *, minutes: int, session: str = "s-ada") -> Turn:
    state = SessionState(session_id=session, identity=shop.signed_in().identity, pending=pending)
    return Turn(tenant=shop.TENANT, message_id="m", text="yes", at=shop.NOW + timedelta(minutes=minutes), state=state)


async def status(database: Database) -> OrderStatus:
    async with database.records(shop.TENANT) as records:
        order = await records.orders.get("ORD-1")
    assert order is not None
    return order.status


YES = Understanding(requests=(), consent=Consent.YES)


async def test_a_yes_in_time_is_carried_out_once(database: Database) -> None:
    pending, decisions = await proposed(database), decisions_on(database)
    first = await decisions.settle(turn(pending, minutes=9), YES)
    second = await decisions.settle(turn(pending, minutes=9), YES)
    assert await status(database) is OrderStatus.CANCELLED
    assert first.evidence[0].text == second.evidence[0].text


async def test_a_late_yes_changes_nothing_and_says_so(database: Database) -> None:
    settled = await decisions_on(database).settle(turn(await proposed(database), minutes=11), YES)
    assert "expired" in settled.evidence[0].text
    assert settled.evidence[0].closes
    assert await status(database) is OrderStatus.PENDING


async def test_a_yes_in_another_session_is_not_heard(database: Database) -> None:
    pending = await proposed(database)
    with pytest.raises(NotFound):
        await decisions_on(database).decide(turn(pending, minutes=1, session="other"), pending.id, accept=True)
    assert await status(database) is OrderStatus.PENDING
