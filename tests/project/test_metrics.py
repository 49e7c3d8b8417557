"""What operators see: /metrics of one and of several processes, traces at a collector, slow turns with their reason."""

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from backend.cli.bench.server import Server
from tests.shop import Shop, running_shop

ASKED = ("hello", "Show me laptops under $1500", "What's the battery life of the X1?", "Where is ORD-1002?")


def numbers(shop: Shop) -> dict[str, dict[tuple[str, ...], float]]:
    """Every sample of /metrics: name → values of its labels → number."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    with shop.client() as http:
        text = http.get("/metrics").text
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def ask(shop: Shop, *messages: str) -> None:
    with shop.client() as http:
        for message in messages:
            http.post("/api/chat", json={"message": message}).raise_for_status()


def logged(shop: Shop, event: str) -> list[dict[str, Any]]:
    lines = (Path(shop.env["DATA_DIR"]) / "server.log").read_text().splitlines()
    rows = [json.loads(line) for line in lines if line.startswith("{")]
    return [row for row in rows if row["event"] == event]


class Collector:
    """Takes in traces as an OpenTelemetry collector does."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def spans(self) -> list[Any]:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [s for r in requests for rs in r.resource_spans for ss in rs.scope_spans for s in ss.spans]


@contextmanager
def collector() -> Iterator[tuple[str, Collector]]:
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                import gzip

                body = gzip.decompress(body)
            kept.bodies.append(body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()


@pytest.fixture(scope="module")
def watched() -> Iterator[tuple[Shop, Collector]]:
    """A shop that calls every turn slow and sends its traces."""
    with (
        collector() as (address, kept),
        running_shop(
            OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_BSP_SCHEDULE_DELAY="200", SLOW_TURN_SECONDS="0.000001"
        ) as shop,
    ):
        ask(shop, *ASKED)
        yield shop, kept


def test_turns_steps_tools_and_queues_are_counted(watched: tuple[Shop, Collector]) -> None:
    found = numbers(watched[0])
    assert sum(found["chat_turns_total"].values()) == len(ASKED)
    assert {outcome for _, outcome in found["chat_turns_total"]} <= {"answered", "asked"}
    assert len({intent for intent, _ in found["chat_turns_total"]}) > 2
    kinds = {kind for kind, _ in found["chat_step_seconds_count"]}
    assert {"understand", "agent", "search", "write"} <= kinds
    assert found["chat_turn_seconds_count"][()] == len(ASKED)
    assert found["retrieval_score_count"][()] >= 1
    assert set(found["queue_waiting"]) == {("mail",), ("webhook",), ("webhook_dead",)}
    assert found["engine_away"] == {("records",): 0.0, ("records_writes",): 0.0}


def test_a_slow_turn_names_its_step_and_no_words_of_the_shopper(watched: tuple[Shop, Collector]) -> None:
    rows = logged(watched[0], "slow_turn")
    assert len(rows) == len(ASKED)
    assert all(row["tenant"] == "techpro" and re.fullmatch("[0-9a-f]{12}", row["session"]) for row in rows)
    assert all(len(row["request_id"]) == 16 and ":" in row["longest"] for row in rows)
    text = json.dumps(rows)
    assert "battery" not in text and "ORD-1002" not in text


def test_a_turn_is_one_trace_without_words_of_the_shopper(watched: tuple[Shop, Collector]) -> None:
    deadline = time.monotonic() + 20
    while sum(span.name == "turn" for span in watched[1].spans()) < len(ASKED) and time.monotonic() < deadline:
        time.sleep(0.1)
    spans = watched[1].spans()
    turns = {span.trace_id: span for span in spans if span.name == "turn"}
    assert len(turns) == len(ASKED)
    for span in spans:
        turn = turns[span.trace_id]
        assert turn.start_time_unix_nano <= span.start_time_unix_nano <= span.end_time_unix_nano
        assert span is turn or span.parent_span_id
    assert "search passages" in {span.name for span in spans}
    assert not any(word in body for body in watched[1].bodies for word in (b"battery", b"ORD-1002", b"laptops under"))


def test_a_caller_may_name_its_request_and_nothing_else(watched: tuple[Shop, Collector]) -> None:
    with watched[0].client() as http:
        assert http.get("/health", headers={"X-Request-Id": "shop-front-0001"}).headers["x-request-id"] == (
            "shop-front-0001"
        )
        forged = http.get("/health", headers={"X-Request-Id": "no spaces, no {json}"}).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{16}", forged)


def test_four_workers_count_together_and_one_that_is_killed_comes_back(redis_url: str) -> None:
    with running_shop(WORKERS="4", REDIS_URL=redis_url) as shop:
        ask(shop, *ASKED * 5)
        assert sum(numbers(shop)["chat_turns_total"].values()) == 5 * len(ASKED)
        workers = Server(0, shop.process.pid, {}, 0.0).workers
        before = workers()
        assert len(before) == 4
        os.kill(before[0], signal.SIGKILL)
        deadline = time.monotonic() + 60
        while len(set(workers()) - {before[0]}) < 4 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert len(set(workers()) - {before[0]}) == 4
        ask(shop, *ASKED)
        assert sum(numbers(shop)["chat_turns_total"].values()) == 6 * len(ASKED), "the dead one's turns still count"
