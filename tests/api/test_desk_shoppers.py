"""The shopper's side of the desk: opinions, own conversations, a transcript, files on a complaint."""

import struct
import zlib
from collections.abc import Iterator

import httpx
import pytest

from tests.api.people import SARAH, TokenKind, bearer
from tests.api.talk import Talk
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def shop_here() -> Iterator[Shop]:
    with running_shop() as shop:
        yield shop


def _png(extra: bytes = b"") -> bytes:
    """The smallest picture there is, with something behind it to tell two of them apart."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture + extra


def _customer(shop: Shop, customer_id: str) -> httpx.Client:
    return shop.client(headers=bearer(TokenKind.CUSTOMER, customer_id))


@pytest.fixture
def complaint(shop_here: Shop) -> Iterator[tuple[httpx.Client, str]]:
    """John with a complaint of his own."""
    with _customer(shop_here, "C-101") as http:
        listed = http.get("/api/orders").json()["results"]
        body = {
            "order_id": listed[0]["id"],
            "description": f"The hinge squeaks, seen {zlib.crc32(str(http).encode())}.",
        }
        asked = http.post("/api/complaints", json=body).json()["id"]
        yield http, http.post(f"/api/actions/{asked}/confirm").json()["ids"]["complaint"]


def test_a_thumb_stays_with_its_answer_and_the_last_one_counts(shop_here: Shop) -> None:
    talk = Talk(shop_here)
    answer = talk.say("what is your return policy?")["message_id"]
    for score, reasons in (("up", []), ("down", ["wrong", "wrong", "too long"])):
        body = {"session_id": talk.session_id, "message_id": answer, "score": score, "reasons": reasons}
        given = talk.http.post("/api/feedback", json=body)
        assert given.status_code == 201, given.text
    assert given.json()["reasons"] == ["wrong", "too long"]
    case_id = talk.http.get("/api/conversations", headers={"X-Session": talk.session_id or ""}).json()["results"][0][
        "id"
    ]
    with shop_here.client(headers={"Authorization": f"Bearer {shop_here.token()}"}) as desk:
        said = desk.get(f"/api/staff/cases/{case_id}").json()["messages"]
    assert said[1]["feedback"]["score"] == "down" and said[0]["feedback"] is None


def test_nobody_rates_what_was_said_to_others(shop_here: Shop) -> None:
    talk, other = Talk(shop_here), Talk(shop_here)
    answer, _ = talk.say("hello")["message_id"], other.say("hello")
    wrong = {"session_id": other.session_id, "message_id": answer, "score": "down"}
    assert talk.http.post("/api/feedback", json=wrong).status_code == 404
    own_words = {"session_id": talk.session_id, "message_id": "none", "score": "down"}
    assert talk.http.post("/api/feedback", json=own_words).status_code == 404
    assert talk.http.post("/api/feedback", json=wrong | {"session_id": "nobodys"}).status_code == 404


def test_satisfaction_is_said_of_ones_own_conversation(shop_here: Shop) -> None:
    talk = Talk(shop_here)
    talk.say("hello")
    body = {"session_id": talk.session_id, "score": 4, "comment": "quick"}
    assert talk.http.post("/api/conversations/current/satisfaction", json=body).status_code == 201
    assert talk.http.post("/api/conversations/current/satisfaction", json=body | {"score": 6}).status_code == 422
    assert talk.http.post("/api/conversations/current/satisfaction", json=body | {"score": 2}).json()["score"] == 2


def test_the_transcript_holds_what_was_said_and_nothing_internal(shop_here: Shop) -> None:
    talk = Talk(shop_here)
    talk.say("what is your return policy?")
    own = {"X-Session": talk.session_id or ""}
    case_id = talk.http.get("/api/conversations", headers=own).json()["results"][0]["id"]
    with shop_here.client(headers={"Authorization": f"Bearer {shop_here.token()}"}) as desk:
        desk.post(f"/api/staff/cases/{case_id}/notes", json={"text": "a bit rude"})
        desk.post(f"/api/staff/cases/{case_id}/reply", json={"text": "Ida here."})
    answer = talk.http.get("/api/conversations/current/transcript", headers=own)
    assert (
        answer.headers["content-type"].startswith("text/plain")
        and "attachment" in answer.headers["content-disposition"]
    )
    for said in ("what is your return policy?", "30 days", "Support team:", "Ida here."):
        assert said in answer.text
    assert "rude" not in answer.text


def test_a_customer_finds_all_conversations_a_guest_only_the_present_one(shop_here: Shop) -> None:
    with _customer(shop_here, "C-102") as sarah:
        first = sarah.post("/api/chat", json={"message": "what is your return policy?"}).json()
        sarah.post("/api/chat", json={"message": "hello"})
        listed = sarah.get("/api/conversations").json()["results"]
        assert len(listed) == 2 and "what is your return policy?" in [c["title"] for c in listed]
        older = next(c["id"] for c in listed if c["messages"] and "return" in c["title"])
        assert sarah.get(f"/api/conversations/{older}").json()["messages"][1]["text"] == first["response"]
    with _customer(shop_here, "C-101") as john:
        assert john.get(f"/api/conversations/{older}").status_code == 404
    guest = Talk(shop_here)
    guest.say("Where is ORD-1002?")
    guest.say(SARAH)
    own = {"X-Session": guest.session_id or ""}
    assert [c["current"] for c in guest.http.get("/api/conversations", headers=own).json()["results"]] == [True]
    assert guest.http.get(f"/api/conversations/{older}", headers=own).status_code == 404


def test_a_picture_of_the_defect_is_seen_by_its_owner_and_the_desk(
    shop_here: Shop, complaint: tuple[httpx.Client, str]
) -> None:
    john, number = complaint
    path = f"/api/complaints/{number}/attachments"
    kept = john.post(path, files={"file": ("../../Mine.EXE", _png(b"1"), "application/x-msdownload")})
    assert kept.status_code == 201, kept.text
    assert (kept.json()["name"], kept.json()["media_type"]) == ("Mine.png", "image/png")
    again = john.post(path, files={"file": ("same.png", _png(b"1"), "image/png")})
    assert again.json()["id"] == kept.json()["id"], "the same file twice is one file"
    shown = john.get(kept.json()["url"])
    assert shown.content == _png(b"1") and shown.headers["content-type"] == "image/png"
    assert (
        shown.headers["x-content-type-options"] == "nosniff" and "sandbox" in shown.headers["content-security-policy"]
    )
    assert shown.headers["content-disposition"].startswith("attachment")
    with _customer(shop_here, "C-102") as sarah:
        assert sarah.get(path).status_code == sarah.get(kept.json()["url"]).status_code == 404
        assert sarah.post(path, files={"file": ("a.png", _png(b"2"), "image/png")}).status_code == 404
    with shop_here.client(headers={"Authorization": f"Bearer {shop_here.token('support')}"}) as desk:
        listed = desk.get(f"/api/staff/complaints/{number}/attachments").json()["results"]
        assert desk.get(listed[0]["url"]).content == _png(b"1")
        assert desk.get(f"/api/staff/complaints/CMP-101/attachments/{kept.json()['id']}").status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90 a program", b"<svg onload=alert(1)>", b"<!doctype html><script>", _png() + b"\0" * 5_000_000],
    ids=["empty", "program", "svg", "page", "too large"],
)
def test_what_is_no_small_picture_or_pdf_is_refused(complaint: tuple[httpx.Client, str], content: bytes) -> None:
    john, number = complaint
    answer = john.post(f"/api/complaints/{number}/attachments", files={"file": ("a.png", content, "image/png")})
    assert answer.status_code == 422 and answer.json()["field"] == "file", answer.text
    assert john.get(f"/api/complaints/{number}/attachments").json()["results"] == []


def test_every_kind_that_is_taken_and_five_at_most(complaint: tuple[httpx.Client, str]) -> None:
    john, number = complaint
    taken = {
        "image/jpeg": b"\xff\xd8\xff\xe0 JFIF",
        "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
        "application/pdf": b"%PDF-1.7\n",
        "image/png": _png(b"a"),
    }
    path = f"/api/complaints/{number}/attachments"
    for media_type, content in taken.items():
        assert john.post(path, files={"file": ("photo", content)}).json()["media_type"] == media_type
    assert john.post(path, files={"file": ("photo", _png(b"b"))}).status_code == 201
    full = john.post(path, files={"file": ("photo", _png(b"c"))})
    assert full.status_code == 409 and full.json()["rule"] == "most_attachments"
    assert len(john.get(path).json()["results"]) == 5
    assert john.post(path, files={"file": ("photo", b"x" * 6_000_000)}).status_code == 413
