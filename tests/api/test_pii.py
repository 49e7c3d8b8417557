"""A conversation full of personal data leaves none in the log, whatever breaks on its way."""

import io
import json
import logging
import re
from pathlib import Path

import pytest
import structlog

from backend.logs import configure_logs
from tests.api.people import JOHN
from tests.api.talk import Talk
from tests.shop import running_shop

SAID = [
    "Hi, I am Ines Vidal, ines.vidal@ghent.example, +32 470 12 34 56",
    "Where is my order ORD-1001? I live at 12 Harbour Street, Ghent",
    JOHN,
    "my card is 4111 1111 1111 1111 and my phone (555) 201-4477",
    "please change the address of ORD-1001 to 742 Willow Avenue, Springfield, IL 62704",
]
PRIVATE = ["ines.vidal", "470 12 34 56", "Harbour Street", "4111 1111", "201-4477", "742 Willow", JOHN]


def test_a_conversation_leaves_nothing_personal_in_the_log() -> None:
    """The model is a port that nobody listens on, and Redis is away: both are logged on every turn."""
    away = {"OPENAI_API_KEY": "sk-test-" + "0123456789abcdefghij", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    with running_shop(LOG_LEVEL="DEBUG", REDIS_URL="redis://127.0.0.1:9/0", UNDERSTANDING="gpt", **away) as shop:
        log = Path(shop.env["DATA_DIR"]) / "server.log"
        talk = Talk(shop)
        for message in SAID:
            talk.say(message)
        talk.http.post("/api/auth/code", json={"email": JOHN}).raise_for_status()
        code = talk.code(JOHN)
        token = shop.token()
        talk.http.get("/api/staff/outbox", headers={"Authorization": f"Bearer {token}"}).raise_for_status()
        written = log.read_text(encoding="utf-8")
    assert "understanding_without_model" in written  # it does log the turns
    assert not [word for word in (*PRIVATE, token, "0123456789abcdefghij") if word in written]
    assert not re.search(rf"\b{code}\b", written)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    factory = logging.getLogRecordFactory()
    configure_logs("DEBUG")
    yield capsys  # type: ignore[misc]
    logging.setLogRecordFactory(factory)
    structlog.reset_defaults()


def test_errors_that_quote_what_was_said_are_masked(lines: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    other = logging.getLogger("some.library")
    other.addHandler(handler)
    try:
        raise ValueError(f"cannot send to {JOHN} at 12 Harbour Street")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error, detail={"to": [JOHN], "n": 3}, reason="code 482913")
        other.error("failed for %s", JOHN, exc_info=error)
    other.removeHandler(handler)
    event = json.loads(lines.readouterr().out)
    assert event["detail"] == {"to": ["[email]"], "n": 3} and event["reason"] == "code [code]"
    assert "ValueError" in event["exception"] and "Traceback" in stream.getvalue()
    for text in (json.dumps(event), stream.getvalue()):
        assert JOHN not in text and "Harbour" not in text and "[email]" in text
