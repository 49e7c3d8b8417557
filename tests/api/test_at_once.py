"""Many at once in one session, broken streams and killed servers: one effect each, and nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.api.talk import Talk
from tests.servers import wait_for_port
from tests.shop import ROOT, Shop, running_shop

JOHN = "john.smith@example.com"


@pytest.fixture(scope="module")
def own_shop() -> Any:
    """Complaints are filed here, so the shop is this module's own."""
    with running_shop() as running:
        yield running


def post(shop: Shop, body: dict[str, Any]) -> httpx.Response:
    with shop.client() as http:
        return http.post("/api/chat", json=body)


def kept(shop: Shop, session_id: str | None = None) -> list[dict[str, Any]]:
    """The messages of a session, or of all, as the desk sees them."""
    headers = {"Authorization": f"Bearer {shop.token()}"}
    with shop.client() as http:
        if session_id:
            found = http.get("/api/conversations", headers={"X-Session": session_id})
        else:
            found = http.get("/api/staff/conversations", params={"limit": 200}, headers=headers)
        ids = [c["id"] for c in found.json()["results"]]
        details = [http.get(f"/api/staff/conversations/{i}", headers=headers).json()["messages"] for i in ids]
    return [message for messages in details for message in messages]


def test_twenty_messages_at_once_are_all_answered(own_shop: Shop) -> None:
    """Those that wait are answered together by the latest; each of the others names the one that overtook it."""
    asked = [f"Do you sell tablets? ({n})" for n in range(20)]
    with ThreadPoolExecutor(20) as pool:
        replies = [a.json() for a in pool.map(lambda m: post(own_shop, {"message": m, "session_id": "crowd"}), asked)]
    assert all(bool(r["response"]) is not r["superseded"] for r in replies)
    assert any(r["superseded"] for r in replies)
    answered = {m["id"] for m in kept(own_shop, "crowd") if m["role"] == "shopper"}
    assert {r["message_id"] for r in replies if not r["superseded"]} == answered
    said = "\n".join(m["text"] for m in kept(own_shop, "crowd") if m["role"] == "shopper")
    assert all(said.count(message) == 1 for message in asked)


def test_two_sessions_do_not_wait_for_each_other_nor_mix(own_shop: Shop) -> None:
    def ask(n: int) -> str:
        talk = Talk(own_shop)
        talk.say("Tell me about the X1 Laptop" if n % 2 else "Tell me about the X2 Laptop")
        reply: str = talk.say("What's the battery life?")["response"]
        return reply

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(("12" if n % 2 else "8") in answer for n, answer in enumerate(answers))


def proposed(shop: Shop, complaint: str) -> tuple[str, str]:
    """A session and the id of its pending complaint."""
    talk = Talk(shop)
    talk.say(f"{complaint}, order ORD-1001")
    reply = talk.say(JOHN)
    assert reply["pending_action"], reply["response"]
    return talk.session_id or "", reply["pending_action"]["id"]


def complaints_of(shop: Shop, words: str) -> list[str]:
    with shop.client(headers={"Authorization": f"Bearer {shop.token()}"}) as http:
        found = http.get("/api/staff/complaints", params={"page_size": 100}).json()["results"]
    return [c["id"] for c in found if words in c["description"]]


def test_one_pending_action_confirmed_at_once_happens_once(own_shop: Shop) -> None:
    session_id, action_id = proposed(own_shop, "My laptop screen is flickering")
    body = {"session_id": session_id, "decision": {"action_id": action_id, "accept": True}}
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: post(own_shop, body), range(12)))
    assert {a.status_code for a in answers} == {200}
    assert len(complaints_of(own_shop, "flickering")) == 1


def test_a_button_pressed_beside_a_message_is_not_lost(own_shop: Shop) -> None:
    session_id, action_id = proposed(own_shop, "My laptop fan is rattling")
    bodies: list[dict[str, Any]] = [
        {"message": f"do you sell tablets? {n}", "session_id": session_id} for n in range(5)
    ]
    bodies.insert(3, {"session_id": session_id, "decision": {"action_id": action_id, "accept": True}})
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda b: post(own_shop, b), bodies))
    assert {a.status_code for a in answers} == {200}
    assert len(complaints_of(own_shop, "rattling")) == 1


def test_a_no_after_a_yes_does_not_deny_what_was_done(own_shop: Shop) -> None:
    session_id, action_id = proposed(own_shop, "My laptop keyboard is sticky")
    yes = {"session_id": session_id, "decision": {"action_id": action_id, "accept": True}}
    no = {"session_id": session_id, "decision": {"action_id": action_id, "accept": False}}
    done = post(own_shop, yes).json()["response"]
    late = post(own_shop, no)
    number = next(word.strip(".,") for word in done.split() if word.startswith("CMP-"))
    assert number in late.text and "nothing was changed" not in late.text


def test_a_reader_who_goes_away_loses_nothing(own_shop: Shop) -> None:
    body = {"message": "What's the battery life of the X1?", "session_id": "went-away"}
    with own_shop.client() as http, http.stream("POST", "/api/chat/stream", json=body) as answer:
        next(answer.iter_lines())
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(kept(own_shop, "went-away")) < 2:
        time.sleep(0.2)
    assert [m["role"] for m in kept(own_shop, "went-away")] == ["shopper", "assistant"]
    assert "12" in post(own_shop, {"message": "What's the battery life?", "session_id": "went-away"}).text


def test_a_server_killed_in_the_middle_keeps_what_it_acknowledged() -> None:
    with running_shop() as shop:
        acknowledged: list[str] = []

        def chatter(n: int) -> None:
            for turn in range(200):
                body = {"message": f"Do you sell tablets? {n}-{turn}", "session_id": f"killed-{n}"}
                try:
                    reply = post(shop, body).json()
                except httpx.HTTPError:
                    return
                acknowledged.append(reply["message_id"])

        with ThreadPoolExecutor(4) as pool:
            chats = [pool.submit(chatter, n) for n in range(4)]
            while len(acknowledged) < 8 and not all(chat.done() for chat in chats):
                time.sleep(0.05)
            os.kill(shop.process.pid, signal.SIGKILL)
            for chat in chats:
                chat.result()
        shop.process.wait()
        assert acknowledged
        command = [sys.executable, "-m", "backend.cli", "serve"]
        again = subprocess.Popen(command, env=shop.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for_port(int(shop.env["PORT"]), again)
            assert set(acknowledged) <= {m["id"] for m in kept(shop)}
            assert post(shop, {"message": "hello", "session_id": "killed-1"}).status_code == 200
        finally:
            again.terminate()
            again.wait(60)
