"""Two hundred files that are broken in as many ways: each is taken or refused in a moment, and nothing falls over."""

import random
import time
from collections.abc import Iterator

import httpx
import pytest
from fpdf import FPDF

from backend.domain.identity import StaffRole
from backend.tools.tokens import TokenKind
from tests.api.people import bearer
from tests.api.talk import complaint_of, customer
from tests.shop import Shop, running_shop

#: Longest wait for one answer; a file that keeps its reader busy would take for ever.
_SECONDS = 20.0
FILES = 200


def _pdf() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.multi_cell(0, text="The lamp is lit at dusk. Its wick wants trimming every week. " * 10)
    return bytes(page.output())


HTML = b"<html><head><title>Lamp</title></head><body><h1>Lamp</h1><table><tr><td>Lit at dusk</td></tr></table></body>"
MARKDOWN = b"---\ntitle: Lamp\nkind: manual\n---\n# Lamp\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- lit at dusk\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)
NAMES = (
    "a.pdf",
    "a.html",
    "a.md",
    "a.txt",
    "a.jsonl",
    "A.PDF",
    "a.pdf.html",
    "",
    "…",
    "a" * 300 + ".md",
    "con.md",
    "a\x00.md",
)


def _broken(drawn: random.Random, whole: bytes) -> bytes:
    """One way to break a file."""
    at = drawn.randrange(max(1, len(whole)))
    noise = drawn.randbytes(drawn.randint(1, 60))
    return drawn.choice(
        (
            whole[:at],  # cut off
            whole[at:],  # without its beginning
            whole[:at] + noise + whole[at:],
            whole[:at] + noise + whole[at + len(noise) :],
            bytes(b ^ (drawn.random() < 0.02) for b in whole),  # flipped bits
            whole[:at] + whole[:at] + whole[at:],
            whole.replace(b"obj", b"endobj", drawn.randint(1, 4)),
            whole.replace(b"<", b"<<<<", drawn.randint(1, 9)),
            whole.replace(b"0", b"99999999999", drawn.randint(1, 5)),
            b"\xef\xbb\xbf" + whole,
            whole.decode("latin-1").encode("utf-16"),
            (b"<div>" * 3000) + whole,
            (b"> " * 2000) + whole,
            (b"[" * 3000) + whole,
            noise * 500,
        )
    )


def _files(whole: tuple[bytes, ...], number: int) -> Iterator[tuple[str, bytes]]:
    drawn = random.Random(20)
    for _ in range(number):
        yield drawn.choice(NAMES), _broken(drawn, drawn.choice(whole))


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
            _send(http, "/api/knowledge", n, c).status_code for n, c in _files((_pdf(), HTML, MARKDOWN), FILES * 3 // 4)
        ]
        assert set(found) <= {200, 201, 202, 400, 413, 415, 422} and found.count(422) > 10
        assert http.get("/api/knowledge/search", params={"q": "battery life of the X1"}).json()["results"]


def test_attachments(spoiled: Shop) -> None:
    with spoiled.client(headers=customer(spoiled)) as http:
        path = f"/api/complaints/{complaint_of(http)}/attachments"
        found = [_send(http, path, n, c).status_code for n, c in _files((PNG, JPEG, _pdf()), FILES // 4)]
        assert set(found) <= {201, 400, 409, 413, 422} and 422 in found
        for kept in http.get(path).json()["results"]:
            assert kept["media_type"] in ("image/png", "image/jpeg", "application/pdf")
            shown = http.get(kept["url"])
            assert shown.headers["content-disposition"].startswith("attachment") and "sandbox" in str(shown.headers)
