"""The bench measures what it says: its arithmetic, its ruler, and that the shop answers what is asked of it."""

import asyncio
from pathlib import Path

import pytest

from backend.cli.bench import server
from backend.cli.bench.figures import Spread
from backend.cli.bench.http import Connection, Refused
from backend.cli.bench.messages import KINDS, Kind, shopping
from backend.cli.bench.turns import PARALLEL, introduced
from tests.shop import Shop


def test_median_and_percentile_of_seconds_are_milliseconds() -> None:
    assert Spread.of([0.001 * n for n in range(1, 101)]) == Spread(50.5, 99.0, 100, 95.0)
    assert Spread.of([0.002]) == Spread(2.0, 2.0, 1, 2.0)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_message_comes_twice(kind: Kind) -> None:
    messages = list(kind.messages())
    assert len(messages) == len(set(messages)) >= sum(PARALLEL.values())
    assert len(set(shopping(1))) == len(shopping(1))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_the_shop_answers_every_kind_as_asked(shop: Shop, kind: Kind) -> None:
    port, answered = int(shop.url.rsplit(":", 1)[1]), 0
    async with Connection(port) as connection:
        for message in list(kind.messages())[:5]:
            session = await introduced(connection, kind)
            body = {"message": message} | ({"session_id": session} if session else {})
            answered += kind.is_answered(await connection.post("/api/chat", body))
    assert answered >= 4


def test_the_echo_says_back_what_it_is_told_and_refusals_are_noticed(tmp_path: Path) -> None:
    async def talk(port: int) -> None:
        async with Connection(port) as connection:
            assert (await connection.post("/api/chat", {"message": "hello"}))["response"] == "hello"
            with pytest.raises(Refused, match="422"):
                await connection.post("/api/chat", {"message": ""})

    with server.echo(tmp_path) as bare:
        asyncio.run(talk(bare.port))
        assert bare.memory_mb() is None or bare.memory_mb() > 10
