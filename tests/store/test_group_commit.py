"""What many post at once is written together, and each hears of its own alone."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, ProgrammingError

from backend.domain.errors import EngineUnavailable
from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
from backend.store.group_commit import MOST, GroupCommit, Post
from backend.store.records import Records
from backend.store.row_security import EVERY_SHOP
from backend.store.tables.conversations import messages

_MANY = 3 * MOST


def _said(text: str) -> list[StoredMessage]:
    return [StoredMessage(id=text, role=Role.SHOPPER, text=text, at=datetime.now(UTC))]


async def _post(database: Database, conversation: str, tenant: str = "one") -> None:
    await database.post(tenant, lambda r: r.conversations.append(conversation, "s", None, _said(conversation)))


async def _kept(database: Database, conversation: str, tenant: str = "one") -> bool:
    async with database.records(tenant) as records:
        return await records.conversations.get(conversation) is not None


async def test_everything_posted_is_there_and_told_to_its_own_shop(database: Database) -> None:
    told: list[tuple[str, str]] = []
    database.on_commit = lambda tenant, happened: told.extend((tenant, data["conversation"]) for _, data in happened)
    posts = [(f"c{n}", ("one", "other")[n % 2]) for n in range(_MANY)]
    await asyncio.gather(*(_post(database, conversation, tenant) for conversation, tenant in posts))
    assert sorted(told) == sorted((tenant, conversation) for conversation, tenant in posts)
    for conversation, tenant in posts:
        assert await _kept(database, conversation, tenant)
        assert not await _kept(database, conversation, "other" if tenant == "one" else "one")


async def test_one_that_cannot_be_written_stands_alone(database: Database) -> None:
    async def homeless(records: Records) -> None:
        await records.conversations._add(
            messages, [_said("x")[0].model_dump() | {"conversation_id": "?", "position": 0}]
        )

    results = await asyncio.gather(
        *(_post(database, f"c{n}") for n in range(5)), database.post("one", homeless), return_exceptions=True
    )
    assert [result for result in results[:5] if result is not None] == []
    assert isinstance(results[5], IntegrityError)
    for n in range(5):
        assert await _kept(database, f"c{n}")


async def test_nothing_can_be_read_from_a_post(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")

    async def curious(records: Records) -> None:
        await records.conversations.get("c")

    with pytest.raises(ProgrammingError):
        await database.post("one", curious)
    await database.close()


async def test_every_shop_together_is_no_shop_to_write_to(database: Database) -> None:
    with pytest.raises(ValueError, match="no shop"):
        await _post(database, "c", EVERY_SHOP)


async def test_who_gives_up_takes_nobody_along(database: Database) -> None:
    leaving = asyncio.create_task(_post(database, "gone"))
    staying = [asyncio.create_task(_post(database, f"c{n}")) for n in range(5)]
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(*staying)
    assert [await _kept(database, f"c{n}") for n in range(5)] == [True] * 5


async def test_what_is_posted_when_the_end_comes_is_written(database: Database, database_url: str) -> None:
    posted = [asyncio.create_task(_post(database, f"c{n}")) for n in range(_MANY)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*posted)
    again = await Database.open(database_url)
    assert [await _kept(again, f"c{n}") for n in range(_MANY)] == [True] * _MANY
    await again.close()


async def test_when_the_engine_is_away_it_is_asked_once() -> None:
    asked: list[int] = []

    async def away(posts: Sequence[Post]) -> None:
        asked.append(len(posts))
        raise EngineUnavailable("away")

    async def work(_: Records) -> None:
        raise AssertionError("nobody runs it")

    group = GroupCommit(away)
    found = await asyncio.gather(*(group.add("one", work) for _ in range(MOST)), return_exceptions=True)
    assert asked == [MOST]
    assert all(isinstance(error, EngineUnavailable) for error in found)
