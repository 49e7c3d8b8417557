"""Processes that are told to stop finish what they began, and those that die leave nothing locked for long."""

import asyncio
import contextlib
import json
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from backend.cli.bench import server
from backend.memory.base import Granted, Incoming
from backend.memory.redis import TICKET_MILLISECONDS, RedisMemory
from tests.shop import running_shop


def test_a_server_told_to_stop_says_so_first_and_ends_the_streams_it_has() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        server.model(Path(folder), 0.5, {"BENCH_MODEL_PACE": "0.3"}) as model,
        running_shop(
            OPENAI_API_KEY="k", OPENAI_BASE_URL=f"http://127.0.0.1:{model.port}/v1", DRAIN_SECONDS="1"
        ) as shop,
        shop.client() as http,
    ):
        said = {"message": "What's the battery life of the X1?"}
        with httpx.stream("POST", f"{shop.url}/api/chat/stream", json=said, timeout=60) as answer:
            lines = answer.iter_lines()
            next(lines)
            assert (http.get("/ready").status_code, http.get("/health").status_code) == (200, 200)
            shop.process.send_signal(signal.SIGTERM)
            while http.get("/ready").status_code == 200:
                time.sleep(0.02)
            assert http.get("/health").status_code == 503, "a balancer that asks sends nobody here any more"
            assert http.get("/api/products").status_code == 200, "who was on the way is still served"
            rest = [line for line in lines if line]
        assert rest[-1] == "data: [DONE]"
        parts = [json.loads(line[6:]) for line in rest if line.startswith("data: {")]
        assert [part["type"] for part in parts if part["type"] in ("data-reply", "error")] == ["data-reply"]
        assert shop.process.wait(90) is not None


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


async def test_many_turns_stay_their_own(redis_url: str) -> None:
    """More than are renewed in one round trip."""
    memory = RedisMemory(redis_url, 60, timeout_seconds=3)
    keys = [f"support:{{t:many-{place}}}:turn" for place in range(230)]
    try:
        for place in range(len(keys)):
            assert isinstance(await memory.enter("t", f"many-{place}", Incoming("a", "one")), Granted)
        await asyncio.gather(*(memory._client.pexpire(key, 1_500) for key in keys[::20]))
        await asyncio.sleep(1.3)
        assert min([await memory._client.pttl(key) for key in keys]) > 1_500
    finally:
        await memory.close()


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


def workers_of(pid: int) -> list[int]:
    """The serving children of the supervisor."""
    return server.Server(0, pid, {}, 0.0).workers()


@pytest.mark.parametrize("records", ["sqlite", "postgresql"])
def test_workers_killed_during_writes_lose_and_double_nothing(
    records: str, redis_url: str, request: pytest.FixtureRequest
) -> None:
    own = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if records == "postgresql" else {}
    with running_shop(WORKERS="4", REDIS_URL=redis_url, **own) as shop:
        promised, stop = set[str](), threading.Event()

        def client() -> None:
            while not stop.is_set():
                mark = uuid4().hex
                body = {"text": f"Do you sell laptops in bulk? {mark}", "reply_to": "buyer@lanterns.example"}
                for _ in range(60):  # who gets no answer asks again under the same key
                    with contextlib.suppress(httpx.HTTPError):
                        sent = httpx.post(
                            f"{shop.url}/api/enquiries", json=body, headers={"Idempotency-Key": mark}, timeout=10
                        )
                        if sent.status_code == 201:
                            promised.add(mark)
                            break
                    time.sleep(0.1)

        clients = [threading.Thread(target=client) for _ in range(4)]
        for one in clients:
            one.start()
        for killed in range(3):
            while len(promised) < 6 * (killed + 1) and any(one.is_alive() for one in clients):
                time.sleep(0.05)
            if killed < 2:
                os.kill(workers_of(shop.process.pid)[0], signal.SIGKILL)
        stop.set()
        for one in clients:
            one.join()
        kept: Counter[str] = Counter()
        with shop.client(headers={"Authorization": f"Bearer {shop.token()}"}) as http:
            for page in range(1, 1000):
                rows = http.get("/api/staff/enquiries", params={"page": page, "page_size": 100}).json()["results"]
                kept.update(row["text"].rsplit(" ", 1)[-1] for row in rows)
                if not rows:
                    break
    assert len(promised) > 10
    assert {mark: kept[mark] for mark in promised if kept[mark] != 1} == {}
