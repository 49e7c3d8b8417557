"""Whatever is sent to whatever operation: no 5xx, and every answer is what the OpenAPI document says."""

import json
import threading
import time
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import httpx
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from backend.main import create_app
from backend.settings import Settings
from tests.api.fuzzing import NASTY, calls, complaint_about, send
from tests.shop import Shop, running_shop

EXAMPLES = 12
MESSAGES = 400


@lru_cache
def document() -> dict[str, Any]:
    app = create_app(Settings(_env_file=None, secret_key="x" * 40))  # type: ignore[call-arg, arg-type]
    return json.loads(json.dumps(app.openapi()))  # type: ignore[no-any-return]


OPERATIONS = [f"{method.upper()} {path}" for path, each in document()["paths"].items() for method in each]


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[Shop]:
    """A shop that may be spoiled."""
    with running_shop() as running:
        yield running


@pytest.fixture(scope="module")
def callers(fuzzed: Shop) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Nobody, and an admin."""
    with (
        fuzzed.client() as nobody,
        fuzzed.client(headers={"Authorization": f"Bearer {fuzzed.token()}"}) as admin,
    ):
        yield nobody, admin


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_call_breaks_it(callers: tuple[httpx.Client, httpx.Client], operation: str) -> None:
    method, path = operation.split(" ", 1)
    described = document()["paths"][path][method.lower()]

    @seed(20)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(calls(method, path, described, document()))
    def check(call: Any) -> None:
        for http in callers:
            answer = send(http, call)
            wrong = complaint_about(answer, described, document())
            assert wrong is None, f"{call}: {wrong}"

    check()


WORDS = st.sampled_from(
    "my order ORD-1001 refund X1 laptop under $1500 compare and cancel not the é 中文 שלום 👍 ? !".split()
)


def test_no_message_breaks_the_chat(callers: tuple[httpx.Client, httpx.Client]) -> None:
    """Words, nonsense and nastiness in any mixture, one conversation for many of them."""
    http = callers[0]
    pieces = st.lists(st.one_of(WORDS, WORDS, NASTY, st.text(max_size=12)), min_size=1, max_size=12)

    @seed(20)
    @settings(max_examples=MESSAGES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(pieces, st.integers(0, 5))
    def check(said: list[str], session: int) -> None:
        body = json.dumps({"message": " ".join(said), "session_id": f"fuzz-{session}"})
        answer = http.post("/api/chat", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (200, 422), (said, answer.text[:300])
        assert answer.status_code == 422 or answer.json()["response"] or answer.json()["handoff"], said

    check()


CIRCULAR = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"
UPLOADS: list[tuple[str, str, bytes]] = [
    ("empty", "a.md", b""),
    ("blanks", "a.md", b"   \n\n"),
    ("a picture called text", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    ("a ZIP called PDF", "a.pdf", b"PK\x03\x04" + bytes(100)),
    ("a program", "a.md", b"\x7fELF" + bytes(200)),
    ("a kind we do not read", "a.docx", b"hello"),
    ("no ending", "README", b"hello"),
    ("half a PDF", "a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"),
    ("a PDF of nonsense", "a.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40),
    ("a PDF that names itself", "a.pdf", CIRCULAR),
    ("binary in Markdown", "a.md", bytes(range(256)) * 10),
    ("broken front matter", "a.md", b"---\ntitle: [a\nkind: ???\n---\nhello"),
    ("a name that climbs", "../../../etc/passwd", b"hello"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "content"), UPLOADS, ids=[u[0] for u in UPLOADS])
def test_a_malformed_file_is_refused_by_name(
    callers: tuple[httpx.Client, httpx.Client], what: str, name: str, content: bytes
) -> None:
    answer = callers[1].post("/api/knowledge", files={"file": (name, content)})
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]


def _pdf_bomb() -> bytes:
    """A page whose compressed content unpacks to half a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m " * 1_000_000) for _ in range(80)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def test_files_that_unpack_to_giants_or_are_locked_hold_nobody_up(callers: tuple[httpx.Client, httpx.Client]) -> None:
    locked = FPDF()
    locked.add_page()
    locked.set_font("helvetica")
    locked.cell(text="secret")
    locked.set_encryption(owner_password="owner", user_password="user")
    for content in (_pdf_bomb(), bytes(locked.output())):
        answer = callers[1].post("/api/knowledge", files={"file": ("a.pdf", content)})  # or its client loses patience
        assert answer.status_code == 422, answer.text
    assert callers[0].get("/health").status_code == 200


def test_a_file_is_read_beside_the_chat(callers: tuple[httpx.Client, httpx.Client], fuzzed: Shop) -> None:
    """A long document must not keep shoppers waiting while it is split and embedded."""
    text = "\n\n".join(f"## Part {n}\n\nThe {n}th lamp of row {n % 7} is lit at {n % 24} o'clock." for n in range(1500))
    sender = threading.Thread(
        target=lambda: callers[1].post("/api/knowledge", files={"file": ("long.md", text.encode())}, timeout=120)
    )
    begun, slowest = time.monotonic(), 0.0
    sender.start()
    with fuzzed.client() as http:
        while sender.is_alive():
            started = time.monotonic()
            http.get("/api/actions")
            slowest = max(slowest, time.monotonic() - started)
            time.sleep(0.02)
    whole = time.monotonic() - begun
    assert slowest < whole / 3, f"a call waited {slowest:.1f} s of {whole:.1f}"
