"""Processes that are told to stop finish what they began, and those that die leave nothing locked for long."""

import asyncio
import json
import signal
import tempfile
from pathlib import Path

import httpx

from backend.cli.bench import server
from backend.memory.base import Granted, Incoming
from backend.memory.redis import TICKET_MILLISECONDS, RedisMemory
from tests.shop import running_shop


def test_a_stream_that_has_begun_ends_whole_after_sigterm() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        server.model(Path(folder), 0.5, {"BENCH_MODEL_PACE": "0.3"}) as model,
        running_shop(OPENAI_API_KEY="k", OPENAI_BASE_URL=f"http://127.0.0.1:{model.port}/v1") as shop,
    ):
        said = {"message": "What's the battery life of the X1?"}
        with httpx.stream("POST", f"{shop.url}/api/chat/stream", json=said, timeout=60) as answer:
            lines = answer.iter_lines()
            next(lines)
            shop.process.send_signal(signal.SIGTERM)
            rest = [line for line in lines if line]
        assert rest[-1] == "data: [DONE]"
        parts = [json.loads(line[6:]) for line in rest if line.startswith("data: {")]
        assert [part["type"] for part in parts if part["type"] in ("data-reply", "error")] == ["data-reply"]
        assert shop.process.wait(40) is not None


async def test_a_dead_process_leaves_its_turn_to_the_next(redis_url: str) -> None:
    dead, alive = RedisMemory(redis_url, 60, timeout_seconds=3), RedisMemory(redis_url, 60, timeout_seconds=3)
    try:
        held = await dead.enter("t", "s", Incoming("a", "one"))
        assert isinstance(held, Granted)
        left = await alive._client.pttl("support:{t:s}:turn")
        assert 0 < left <= TICKET_MILLISECONDS
        assert dead._renewing is not None
        dead._renewing.cancel()  # as kill -9 does
        taken = await alive.enter("t", "s", Incoming("b", "two"))
        assert isinstance(taken, Granted) and taken.text == "two"
    finally:
        await dead.close()
        await alive.close()


async def test_a_turn_that_takes_long_stays_its_own(redis_url: str) -> None:
    memory = RedisMemory(redis_url, 60, timeout_seconds=3)
    try:
        held = await memory.enter("t", "long", Incoming("a", "one"))
        assert isinstance(held, Granted)
        await memory._client.pexpire("support:{t:long}:turn", 1_500)
        await asyncio.sleep(1.3)
        assert await memory._client.pttl("support:{t:long}:turn") > 1_500
        await memory.leave("t", "long", held.ticket)
        assert not await memory._client.exists("support:{t:long}:turn")
    finally:
        await memory.close()
