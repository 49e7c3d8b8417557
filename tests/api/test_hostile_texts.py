"""No text is slow to read: whatever 4,000 characters are made of, it takes a small multiple of plain words."""

import time

import httpx
import pytest

from tests.shop import Shop

#: Repeated up to the longest message: what makes patterns try again from every letter, and what reads as many things.
PIECES = (
    "a", "1", " ", "9 ", "1-", "1,", "+1 ", "[1]", "(555) ", "$1 ", "a@", "a.a@", "a.", "A. ", "ab-", "a_", "a, ", "\t",
    "\n",
    "-1", "1/", "12x", "' ", '"a" ', "(", "|", "# ", "![", "](", "<a ", "{{", "\\", "…", "é", "e\u0301", "😀", "\u200b",
    "هل ", "и ", "and ", "or not ", "but not ", "without ", "the ", "my ", "yes ", "no ", "? ", "ORD-1 ", "order ",
    "under $100 ", "between 1 and ", "less than ", "100 gb ssd ", "I want 5 ", "zip 12345 ", "123 Main St, ", "laptop ",
    "X1 ", "X1 vs ", "and the X2 ", "show me laptops under $1500 and ", "refund ", "what is ", "don't ", "http://a",
    "St. ", ", ", "- ", "... ", "thanks ", "how do I ", "my son's ", "the right way ",
)  # fmt: skip
#: As long as any of them, made of ordinary sentences: what the machine takes at this moment.
PLAIN = "Tell me a little more about the thing that I bought from you last week. "
#: A pattern that tries again from every letter takes hundreds of times as long, not a few.
MOST_TIMES = 12


def ruler(http: httpx.Client, path: str, field: str, length: int) -> float:
    """Seconds that plain words of that length may take at most, at this moment."""
    text = (PLAIN * length)[:length]
    tries = []
    for _ in range(3):
        started = time.monotonic()
        assert http.post(path, json={field: text}).status_code < 300
        tries.append(time.monotonic() - started)
    return max(0.25, sorted(tries)[1]) * MOST_TIMES


def quickest(http: httpx.Client, path: str, body: dict[str, str], most: float) -> float:
    """Seconds of the better of two tries: a busy machine is not the text's fault."""
    took: list[float] = []
    while len(took) < 2 and (not took or took[0] > most):
        started = time.monotonic()
        answer = http.post(path, json=body)
        took.append(time.monotonic() - started)
        assert answer.status_code < 300, answer.text
    return min(took)


@pytest.mark.parametrize(
    ("path", "field", "length"),
    [("/api/chat", "message", 4000), ("/api/knowledge/ask", "question", 4000), ("/api/enquiries", "text", 8000)],
)
def test_no_repeated_piece_is_slow(shop: Shop, path: str, field: str, length: int) -> None:
    slow = {}
    with shop.client() as http:
        most = ruler(http, path, field, length)
        for piece in PIECES:
            text = "x" + (piece * length)[: length - 2] + "x"
            seconds = quickest(http, path, {field: text}, most)
            if seconds > most:
                slow[piece] = round(seconds, 1)
    assert not slow


def test_answers_to_open_questions_are_read_quickly_too(shop: Shop) -> None:
    """Addresses, reasons and codes are looked for by patterns of their own."""
    with shop.client() as http:
        slow, most = {}, ruler(http, "/api/chat", "message", 4000)
        for piece in PIECES:
            text = "x" + (piece * 4000)[:3998] + "x"
            opened = http.post("/api/chat", json={"message": "I want to cancel order ORD-1003"}).json()
            seconds = quickest(http, "/api/chat", {"message": text, "session_id": opened["session_id"]}, most)
            if seconds > most:
                slow[piece] = round(seconds, 1)
    assert not slow
