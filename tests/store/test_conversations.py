"""Conversations keep their order, are cheap to write, and hold no message twice."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from backend.domain.messages import Channel, Role, StoredMessage
from backend.store.database import Database
from tests.store.world import NOON, SHOP

LATER = NOON + timedelta(minutes=1)


def _said(name: str, role: Role, minutes: int = 0, **more: Any) -> StoredMessage:
    return StoredMessage(id=name, role=role, text=name, at=NOON + timedelta(minutes=minutes), **more)


async def test_a_turn_is_two_statements_and_comes_back_in_order(shop: Database) -> None:
    turn = [_said("zz", Role.SHOPPER), _said("aa", Role.ASSISTANT, meta={"intents": ["delivery"], "path": "local"})]
    second = [_said("bb", Role.SHOPPER, 1), _said("ab", Role.ASSISTANT, 1)]
    seen: list[str] = []
    async with shop.records(SHOP, write=True) as records:
        listener = ("before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
        event.listen(shop._writer.sync_engine, *listener)
        await records.conversations.append("K-1", "s1", None, turn)
        event.remove(shop._writer.sync_engine, *listener)
        await records.conversations.append("K-1", "s2", "C-1", second)
        await records.conversations.append("K-1", "s2", None, second)
    assert len(seen) == 2
    async with shop.records(SHOP) as records:
        assert await records.conversations.messages("K-1") == (*turn, *second)
        assert await records.conversations.messages("K-1", limit=3) == (turn[1], *second)
        assert await records.conversations.messages("K-1", before=LATER) == tuple(turn)
        assert await records.conversations.message("aa") == turn[1]
        kept = await records.conversations.get("K-1")
    assert kept is not None and (kept.session_id, kept.customer_id) == ("s2", "C-1")
    assert (kept.started_at, kept.updated_at) == (NOON, LATER)


async def test_what_a_question_replaces_stays_marked_and_staff_are_not_taken_back(shop: Database) -> None:
    first, answer, staff, anew = (
        _said("q", Role.SHOPPER, 1),
        _said("q-r", Role.ASSISTANT, 1),
        _said("s", Role.STAFF, 2),
        _said("n", Role.SHOPPER, 3),
    )
    async with shop.records(SHOP, write=True) as records:
        await records.conversations.append("K-9", "s1", None, [first, answer], Channel.WIDGET)
        await records.conversations.append("K-9", "s1", None, [staff])
        for _ in range(2):  # a call that is made again changes nothing more
            await records.conversations.replace("K-9", ("unknown", "q"), anew)
            await records.conversations.append("K-9", "s1", None, [anew], Channel.API)
        kept = {m.id: m.replaced_by for m in await records.conversations.messages("K-9")}
        assert kept == {"q": "n", "q-r": "n", "s": None, "n": None}
        assert await records.conversations.counts(["K-9"]) == {"K-9": 2}
        found = await records.conversations.get("K-9")
    assert found is not None and (found.title, found.channel) == (anew.text, Channel.WIDGET)


async def test_the_latest_conversation_comes_first(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        for i, customer in enumerate([None, "C-1", "C-2"]):
            await records.conversations.append(f"K-{i}", f"s{i}", customer, [_said(f"m{i}", Role.SHOPPER, i)])
        listed = await records.conversations.list()
        assert [c.id for c in listed] == ["K-2", "K-1", "K-0"]
        assert [c.id for c in await records.conversations.list(customer_id="C-1")] == ["K-1"]
        assert [c.id for c in await records.conversations.list(session_id="s0")] == ["K-0"]
        assert [c.id for c in await records.conversations.list(limit=1, offset=1)] == ["K-1"]
