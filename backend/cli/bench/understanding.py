"""Understanding beside the bare embedding of the same sentence: one shopper on one thread, then 32 at once."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from backend.agents.base import Reader
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.messages import shopping
from backend.container import open_container
from backend.domain.conversation import SessionState, Turn, Understanding
from backend.rag.embedder import Embedder
from backend.settings import Settings

SHOPPERS = 32
_SECONDS = 4.0
_SAMPLES = 400
_SEVERAL = 60


def measure(data: Path, embedder: Embedder) -> Report:
    """Ratio of medians, and rates."""
    return asyncio.run(_measure(data, embedder))


async def _measure(data: Path, embedder: Embedder) -> Report:
    settings = Settings(data_dir=data, vector_dir=data / "vectors", openai_api_key=SecretStr(""), database_url="")
    settings = settings.model_copy(update={"redis_url": "", "neo4j_uri": ""})
    container = await open_container(settings)
    try:
        await container.warm_up()
        reader, tenant = container.reader, settings.default_tenant
        texts = shopping(1)
        read, bare = await _one_by_one(reader, tenant, embedder, texts[:_SAMPLES])
        pairs = zip(texts[-2 * _SEVERAL :: 2], texts[-2 * _SEVERAL + 1 :: 2], strict=False)
        several, _ = await _one_by_one(reader, tenant, embedder, [f"{a} And {b}" for a, b in pairs])
        best = max(embedder_rate(embedder, shopping(7), threads) for threads in (1, 2, 4))
        rate = await _reader_rate(reader, tenant, shopping(9))
    finally:
        await container.close()
    return _report(read, bare, several, rate, best)


def _turn(tenant: str, text: str) -> Turn:
    state = SessionState(session_id="bench")
    return Turn(tenant=tenant, message_id="1", text=text, at=datetime.now(UTC), state=state)


async def _one_by_one(
    reader: Reader, tenant: str, embedder: Embedder, texts: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Each message read, and its rewritten wishes embedded, one after the other, in turns of who goes first."""
    read: list[float] = []
    bare: list[float] = []
    for place, text in enumerate(texts):
        turn = _turn(tenant, text)
        if place % 2:
            _embed(embedder, text, bare)
        begun = time.perf_counter()
        found: Understanding = await reader.read(turn)
        read.append(time.perf_counter() - begun)
        if not place % 2:
            _embed(embedder, found.requests[0].standalone if found.requests else text, bare)
    return read, bare


def _embed(embedder: Embedder, text: str, into: list[float]) -> None:
    begun = time.perf_counter()
    embedder.embed([text])
    into.append(time.perf_counter() - begun)


def embedder_rate(embedder: Embedder, texts: Sequence[str], threads: int) -> float:
    """Texts a second, one a run."""
    until = time.perf_counter() + _SECONDS / 2

    def work(start: int) -> int:
        done = 0
        for text in itertools.islice(itertools.cycle(texts), start, None, threads):
            if time.perf_counter() > until:
                break
            embedder.embed([text])
            done += 1
        return done

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(work, range(threads)))
    return done / (time.perf_counter() - begun)


async def _reader_rate(reader: Reader, tenant: str, texts: Sequence[str]) -> float:
    """Messages a second that 32 shoppers get read, each waiting for its own; no message comes twice."""
    left, until = iter(texts), time.perf_counter() + _SECONDS
    done = 0

    async def shopper() -> None:
        nonlocal done
        for text in left:
            if time.perf_counter() > until:
                return
            await reader.read(_turn(tenant, text))
            done += 1

    begun = time.perf_counter()
    await asyncio.gather(*(shopper() for _ in range(SHOPPERS)))
    return done / (time.perf_counter() - begun)


def _report(read: list[float], bare: list[float], several: list[float], rate: float, best: float) -> Report:
    ratio = statistics.median(read) / statistics.median(bare)
    table = titled("Understanding beside the bare embedding", "figure", "understanding", "embedding", "ratio")
    table.add_row("one wish, ms, median / p99", str(Spread.of(read)), str(Spread.of(bare)), f"{ratio:.2f}")
    table.add_row("two wishes, ms, median / p99", str(Spread.of(several)), "", "")
    table.add_row(f"{SHOPPERS} shoppers, messages a second", f"{rate:,.0f}", f"{best:,.0f}", f"{rate / best:.2f}")
    figures = {
        "one_wish": asdict(Spread.of(read)),
        "bare_embedding": asdict(Spread.of(bare)),
        "ratio_of_medians": round(ratio, 3),
        "two_wishes": asdict(Spread.of(several)),
        "shoppers": {"number": SHOPPERS, "per_second": round(rate), "embedder_best_per_second": round(best)},
        "share_ofembedder_rate": round(rate / best, 3),
    }
    return Report(table, figures)
