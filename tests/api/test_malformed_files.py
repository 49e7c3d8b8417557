"""Two hundred files that are broken in as many ways: each is taken or refused in a moment, and nothing falls over."""

import time
from collections.abc import Iterator

import httpx
import pytest

from backend.cli.bench.malformed import HTML, MARKDOWN, broken, whole_pdf
from backend.domain.identity import StaffRole
from backend.tools.tokens import TokenKind
from tests.api.people import bearer
from tests.api.talk import complaint_of, customer
from tests.shop import Shop, running_shop

#: Longest wait for one answer; a file that keeps its reader busy would take for ever.
_SECONDS = 60.0
FILES = 200


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)


@pytest.fixture(scope="module")
def spoiled() -> Iterator[Shop]:
    """A shop that may be spoiled."""
    with running_shop() as running:
        yield running


def _send(http: httpx.Client, path: str, name: str, content: bytes) -> httpx.Response:
    started = time.monotonic()
    answer = http.post(path, files={"file": (name, content)}, timeout=_SECONDS)
    assert answer.status_code < 500, (name, content[:200], answer.text[:300])
    assert time.monotonic() - started < _SECONDS
    return answer


def test_documents(spoiled: Shop) -> None:
    with spoiled.client(headers=bearer(TokenKind.STAFF, "s", role=StaffRole.ADMIN)) as http:
        found = [
            _send(http, "/api/knowledge", n, c).status_code
            for n, c in broken((whole_pdf(), HTML, MARKDOWN), FILES * 3 // 4)
        ]
        assert set(found) <= {200, 201, 202, 400, 413, 415, 422} and found.count(422) > 10
        assert http.get("/api/knowledge/search", params={"q": "battery life of the X1"}).json()["results"]


def test_attachments(spoiled: Shop) -> None:
    with spoiled.client(headers=customer(spoiled)) as http:
        path = f"/api/complaints/{complaint_of(http)}/attachments"
        found = [_send(http, path, n, c).status_code for n, c in broken((PNG, JPEG, whole_pdf()), FILES // 4)]
        assert set(found) <= {201, 400, 409, 413, 422} and 422 in found
        for kept in http.get(path).json()["results"]:
            assert kept["media_type"] in ("image/png", "image/jpeg", "application/pdf")
            shown = http.get(kept["url"])
            assert shown.headers["content-disposition"].startswith("attachment") and "sandbox" in str(shown.headers)
