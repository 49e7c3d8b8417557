"""Live events of the desk: across processes, without a word lost in between."""

import contextlib
import json
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.talk import Talk
from tests.shop import Shop, running_shop


@contextlib.contextmanager
def _listening(shop: Shop, **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Events as they arrive, each with its id and kind."""
    headers["Authorization"] = f"Bearer {shop.token('support')}"
    with shop.client(headers=headers) as http, http.stream("GET", "/api/staff/events", timeout=60) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[dict[str, Any]]:
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if line.startswith("retry:"):
            yield {"event": "open"}
        elif ": " in line and not line.startswith(":"):
            name, value = line.split(": ", 1)
            fields[name] = value
        elif not line and "data" in fields:
            yield {**fields, "data": json.loads(fields["data"])}
            fields = {}


def _said(events: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return next(event for event in events if event["event"] == "conversation.message")


@pytest.fixture(scope="module")
def two(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shop, Shop]]:
    """Two processes on the same records, Redis between them."""
    with (
        running_shop(REDIS_URL=redis_url) as one,
        running_shop(
            REDIS_URL=redis_url, DATABASE_URL=f"sqlite+aiosqlite:///{one.env['DATA_DIR']}/support.db"
        ) as other,
    ):
        yield one, other


def test_what_happens_in_one_process_is_seen_in_the_other(two: tuple[Shop, Shop]) -> None:
    here, there = two
    with _listening(there) as events:
        assert next(events)["event"] == "open"
        talk = Talk(here)
        talk.say("Do you ship to Norway?")
        seen = _said(events)
    assert seen["data"]["roles"] == ["shopper", "assistant"]
    assert "Norway" not in json.dumps(seen)
    with there.client(headers={"Authorization": f"Bearer {there.token()}"}) as http:
        assert http.get(f"/api/staff/cases/{seen['data']['conversation']}").json()["conversation"]["title"]


def test_what_was_missed_comes_first_after_a_broken_connection(two: tuple[Shop, Shop]) -> None:
    here, there = two
    talk = Talk(here)
    with _listening(here) as events:
        assert next(events)["event"] == "open"
        talk.say("hello")
        last = _said(events)["id"]
    talk.say("what is your return policy?")
    talk.say("thanks")
    with _listening(there, **{"Last-Event-ID": last}) as events:
        missed = [_said(events), _said(events)]
    assert [event["data"]["conversation"] for event in missed] == [missed[0]["data"]["conversation"]] * 2
    assert last not in [event["id"] for event in missed]


def test_a_screen_that_was_away_too_long_is_told_to_read_again(two: tuple[Shop, Shop]) -> None:
    with _listening(two[0], **{"Last-Event-ID": "1-0"}) as events:
        Talk(two[1]).say("hello")
        assert next(event["event"] for event in events if event["event"] != "open") in ("reset", "conversation.message")


def test_another_shop_hears_nothing(two: tuple[Shop, Shop]) -> None:
    here, _ = two
    with here.client(headers={"Authorization": f"Bearer {here.token()}"}) as http:
        heard = http.get("/api/staff/events?seconds=0.5", headers={"X-Tenant": "techpro"})
        assert heard.status_code == 200


def test_a_server_that_stops_does_not_wait_for_its_listeners() -> None:
    with running_shop() as shop, _listening(shop) as events:
        assert next(events)["event"] == "open"
        shop.process.terminate()
        assert list(events) == []
        assert shop.process.wait(60) in (0, -signal.SIGTERM)
