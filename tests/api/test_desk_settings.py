"""Rules, settings, team, playground and numbers of a shop, over HTTP and as shoppers then meet them."""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.people import JOHN
from tests.api.talk import Talk
from tests.left_out import left_out
from tests.shop import Shop, running_shop

POLICY = "/api/staff/settings/policy"


@pytest.fixture(scope="module")
def own_shop() -> Iterator[Shop]:
    with running_shop() as shop:
        yield shop


@pytest.fixture(scope="module")
def desk(own_shop: Shop) -> Iterator[httpx.Client]:
    with own_shop.client(headers={"Authorization": f"Bearer {own_shop.token()}"}) as http:
        yield http


def _rules(desk: httpx.Client) -> tuple[dict[str, Any], int]:
    found = desk.get(POLICY).json()
    return found["policy"], found["version"]


def test_a_new_rule_counts_at_once_for_chat_and_pages(own_shop: Shop, desk: httpx.Client) -> None:
    rules, version = _rules(desk)
    changed = desk.put(POLICY, json={"policy": rules | {"cancel_reasons": ["found it cheaper"]}, "version": version})
    assert changed.json()["version"] == version + 2, "what was loaded is the first version"
    assert own_shop.client().get("/api/shop").json()["cancel_reasons"] == ["found it cheaper"]
    history = desk.get(f"{POLICY}/versions").json()["results"]
    assert [v["author"] for v in history] == ["staff:script-admin", "loaded"]
    assert desk.put(POLICY, json={"policy": rules, "version": 1}).status_code == 409, "changed by somebody meanwhile"
    back = desk.post(f"{POLICY}/versions/1/restore").json()
    assert back["policy"] == rules and back["version"] == 3
    noted = desk.get("/api/staff/audit", params={"action": "change_policy"}).json()["results"]
    assert list(noted[0]["after"]) == ["cancel_reasons"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"handoff_minutes": 0}, "handoff_minutes"),
        ({"return_window_days": -1}, "return_window_days"),
        ({"currency": "Dollar"}, "currency"),
        ({"refund_business_days": [7, 5]}, "refund_business_days"),
        ({"cancel_reasons": []}, "cancel_reasons"),
        ({"restocking_fees": [{"categories": ["TVs"], "basis_points": 10_001}]}, "restocking_fees.0.basis_points"),
        ({"business_hours": {"timezone": "Mars/Base"}}, "business_hours.timezone"),
        ({"business_hours": {"opens": "18:00", "closes": "09:00"}}, "business_hours.opens"),
        ({"business_hours": {"weekdays": [7]}}, "business_hours.weekdays"),
        ({"due_times": {"first_response": {"urgent": 60}}}, "due_times.first_response"),
        ({"windows": 3}, "windows"),
    ],
)
def test_rules_that_cannot_work_are_refused_by_name(desk: httpx.Client, wrong: dict[str, Any], field: str) -> None:
    rules, version = _rules(desk)
    answer = desk.put(POLICY, json={"policy": rules | wrong, "version": version})
    assert answer.status_code == 422 and answer.json()["field"] == field, answer.text
    assert _rules(desk) == (rules, version)


def test_the_greeting_is_the_shops_own(own_shop: Shop, desk: httpx.Client) -> None:
    desk.put("/api/staff/settings", json={"greeting": "Ahoy! What brings you in?", "suggestions": ["Do you ship?"]})
    assert Talk(own_shop).say("hello")["response"] == "Ahoy! What brings you in?"
    public = own_shop.client().get("/api/shop").json()
    assert public["greeting"] == "Ahoy! What brings you in?" and public["suggestions"] == ["Do you ship?"]
    desk.put("/api/staff/settings", json={})
    assert Talk(own_shop).say("hello")["response"] != "Ahoy! What brings you in?"


def test_only_the_named_sites_may_show_the_chat(own_shop: Shop, desk: httpx.Client) -> None:
    page = own_shop.client().get("/embed/")
    if page.status_code != 200:
        left_out("the pages are not built")

    def frames() -> str:
        policy = own_shop.client().get("/embed/", params={"tenant": "techpro"}).headers["content-security-policy"]
        return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))

    assert frames() == "frame-ancestors *"
    desk.put("/api/staff/settings", json={"allowed_domains": ["Shop.example", "https://*.other.example"]})
    assert frames() == "frame-ancestors 'self' https://shop.example https://*.other.example"
    for wrong in ("javascript:alert(1)", "https://a.example/path", "https://a.example; script-src *", "*"):
        assert desk.put("/api/staff/settings", json={"allowed_domains": [wrong]}).status_code == 422
    desk.put("/api/staff/settings", json={})


def test_the_playground_answers_and_leaves_no_trace(own_shop: Shop, desk: httpx.Client) -> None:
    before = desk.get("/api/staff/inbox").json()
    mails = desk.get("/api/staff/outbox").json()["results"]
    person = desk.post("/api/staff/playground", json={"message": "I want to talk to a person"}).json()
    assert person["reply"]["handoff"] and person["trace"]["steps"]
    history = ["what is the battery life of the X1?", "Up to 12 hours."]
    goes_on = desk.post("/api/staff/playground", json={"message": "and its price?", "history": history}).json()
    assert "1,299.99" in goes_on["reply"]["response"]
    desk.post("/api/staff/playground", json={"message": f"my code please, {JOHN}"})
    assert desk.get("/api/staff/inbox").json() == before
    assert desk.get("/api/staff/outbox").json()["results"] == mails
    assert desk.get("/api/staff/handoffs").json()["results"] == []


def test_drafts_of_rules_and_greeting_can_be_tried(desk: httpx.Client) -> None:
    tried = desk.post("/api/staff/playground", json={"message": "hello", "settings": {"greeting": "Hoy!"}}).json()
    assert tried["reply"]["response"] == "Hoy!"
    rules, _ = _rules(desk)
    asked = {"message": "I want to talk to a person"}
    real = desk.post("/api/staff/playground", json=asked).json()["reply"]["handoff"]["expected_at"]
    slow = rules | {"handoff_minutes": rules["handoff_minutes"] + 30}
    later = desk.post("/api/staff/playground", json=asked | {"policy": slow}).json()["reply"]["handoff"]["expected_at"]
    assert later > real
    assert _rules(desk)[0] == rules


def test_a_member_is_invited_and_let_go(own_shop: Shop, desk: httpx.Client) -> None:
    body = {"email": "ida@desk.example", "name": "Ida Berg"}
    invited = desk.post("/api/staff/team", json=body).json()
    assert desk.post("/api/staff/team", json=body | {"email": "IDA@desk.example"}).status_code == 409
    with own_shop.client() as http:
        link = {"token": invited["token"], "password": "a password of some length"}
        token = http.post("/api/auth/link", json=link).json()
        assert http.post("/api/auth/link", json=link).status_code == 401, "once"
        http.headers["Authorization"] = f"Bearer {token['access_token']}"
        assert http.get("/api/staff/inbox/counts").status_code == 200
        assert http.get("/api/staff/settings/policy").status_code == 200
        assert http.put("/api/staff/settings", json={}).status_code == 403
        assert invited["token"] not in http.get("/api/staff/outbox").text, "a link that opens an account"
        member = f"/api/staff/team/{invited['member']['id']}"
        assert desk.patch(member, json={"active": False}).json()["active"] is False
        time.sleep(2.1)
        assert http.get("/api/staff/inbox/counts").status_code == 401
        assert http.post("/api/auth/refresh", json={"refresh_token": token["refresh_token"]}).status_code == 401
    team = desk.get("/api/staff/team").json()["results"]
    assert {m["name"]: (m["active"], m["joined"]) for m in team} == {"Admin": (True, False), "Ida Berg": (False, True)}
    assert desk.patch("/api/staff/team/admin", json={"role": "support"}).status_code == 409, "somebody stays admin"


def test_the_numbers_say_what_happened_and_nothing_where_nothing_did(own_shop: Shop, desk: httpx.Client) -> None:
    empty = desk.get("/api/staff/numbers", params={"from": "2020-01-01", "to": "2020-01-03"}).json()
    assert len(empty["days"]) == 3 and empty["total"]["conversations"] == 0
    for rate in ("alone", "first_response_seconds", "resolution_seconds", "satisfaction", "answer_ms", "microdollars"):
        assert empty["total"][rate] is None
    before = desk.get("/api/staff/numbers").json()["total"]
    good, lost, handed = Talk(own_shop), Talk(own_shop), Talk(own_shop)
    good.say("what is your return policy?")
    good.http.post("/api/conversations/current/satisfaction", json={"session_id": good.session_id, "score": 5})
    lost.say("hello")
    missed = lost.say("can you deliver to the moon by rocket?")["message_id"]
    lost.http.post("/api/feedback", json={"session_id": lost.session_id, "message_id": missed, "score": "down"})
    handed.say("I want to talk to a person")
    case = handed.http.get("/api/conversations/current", headers={"X-Session": handed.session_id or ""}).json()
    desk.post(f"/api/staff/cases/{case['conversation_id']}/reply", json={"text": "Here I am."})
    numbers = desk.get("/api/staff/numbers").json()
    total, today = numbers["total"], numbers["days"][-1]
    grown = {name: total[name] - before[name] for name in ("conversations", "answers", "handoffs", "unanswered")}
    assert grown == {"conversations": 3, "answers": 4, "handoffs": 1, "unanswered": 1}
    assert (total["satisfaction"], total["ratings"], total["thumbs_down"]) == (5.0, 1, 1)
    assert total["first_response_seconds"] >= 0 and today["answers"] >= 4 and today["answer_ms"] > 0
    assert 0 < total["alone"] < 1 and "refund" in [row["intent"] for row in numbers["intents"]]
    table = list(csv.DictReader(io.StringIO(desk.get("/api/staff/numbers.csv").text)))
    assert table[-1]["day"] == today["day"] and table[-1]["answers"] == str(today["answers"])
    assert table[0]["alone"] == "", "nothing is known of a day without conversations"


def test_the_paths_show_where_people_give_up(own_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(own_shop)
    talk.say("what is your return policy?")
    talk.say("can you deliver to the moon by rocket?")
    paths = desk.get("/api/staff/numbers/paths").json()
    steps = {(row["intent"], row["then"]): row["times"] for row in paths["follows"]}
    assert steps["refund", "delivery"] >= 1 and steps["delivery", "end"] >= 1
    assert sum(times for (_, then), times in steps.items() if then == "end") == paths["conversations"]
    ends = {row["intent"]: row for row in paths["given_up"]}
    assert ends["delivery"]["given_up"] >= 1
