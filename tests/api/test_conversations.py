"""The conversations a newcomer tries first, against the real server with no key."""

import re

import pytest

from tests.api.talk import Talk, card
from tests.shop import Shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop)


def test_from_a_list_to_a_comparison(talk: Talk) -> None:
    reply = talk.say("Show me laptops under $1500")
    products = card(reply, "products")
    assert {item["name"] for item in products["items"]} == {"X1 Laptop", "UltraBook 13", "Gaming Laptop G1"}
    assert products["total"] == 3 and products["filter"]["max_price_cents"] == 150_000
    assert "1,299.99" in talk.say("Tell me more about the X1")["response"]
    battery = talk.say("What's the battery life?")
    assert re.search(r"12[- ]hour|12 hours", battery["response"])
    assert battery["sources"] and "[1]" in battery["response"]
    table = card(talk.say("Actually, compare it to the Gaming Laptop"), "comparison")
    assert [p["name"] for p in table["products"]] == ["X1 Laptop", "Gaming Laptop G1"]
    assert any(row["differs"] for row in table["rows"])


def test_an_order_is_shown_only_to_who_knows_its_email(talk: Talk, shop: Shop) -> None:
    asked = talk.say("What's the status of order ORD-1002?")
    assert "e-mail" in asked["response"] and "SmartPhone" not in str(asked)
    before = talk.session_id
    shown = talk.say("sarah.johnson@example.com")
    assert talk.session_id != before, "a session that gains an identity gets a new id"
    for fact in ("SmartPhone Pro 12", "Wireless Earbuds Pro", "$1,099.98", "shipped"):
        assert fact in shown["response"]
    order = card(shown, "order")
    assert order["deliveries"][0]["eta"] and len(order["deliveries"][0]["events"]) >= 4
    stranger = Talk(shop)
    stranger.session_id = before
    assert "SmartPhone" not in str(stranger.say("What's the status of order ORD-1002?"))


def test_the_wrong_email_and_an_unknown_order_get_the_same_answer(shop: Shop) -> None:
    answers = []
    for order_id, email in (("ORD-1002", "nobody@example.com"), ("ORD-9999", "nobody@example.com")):
        talk = Talk(shop)
        talk.say(f"Where is order {order_id}?")
        answers.append(talk.say(email)["response"].replace(order_id, "…"))
    assert answers[0] == answers[1]


def test_a_complaint_is_filed_after_a_yes_and_followed_up(talk: Talk) -> None:
    talk.say("My laptop screen is flickering, order ORD-1001")
    proposed = talk.say("john.smith@example.com")
    assert proposed["pending_action"] and "flickering" in proposed["response"]
    filed = talk.say("yes")
    number = re.search(r"CMP-\d+", filed["response"])
    assert number, filed["response"]
    assert number[0] in talk.say("what happened to my complaint?")["response"]


def test_a_return_needs_the_code_and_stays_one(talk: Talk) -> None:
    talk.say("I want to return my order ORD-1001")
    talk.say("john.smith@example.com")
    proposed = talk.say(talk.code("john.smith@example.com"))
    assert proposed["pending_action"], proposed["response"]
    done = talk.decide(proposed["pending_action"]["id"], accept=True)
    number = re.search(r"REF-\d+", done["response"])
    assert number, done["response"]
    again = talk.say("I want to return my order ORD-1001")
    assert number[0] in again["response"] and again["pending_action"] is None


def test_a_question_in_between_keeps_the_pending_action(talk: Talk) -> None:
    talk.say("I want to file a complaint: the stand wobbles, order ORD-1011")
    proposed = talk.say("john.smith@example.com")
    aside = talk.say("what is your return policy?")
    assert "30 days" in aside["response"]
    assert aside["pending_action"]["id"] == proposed["pending_action"]["id"]
    dropped = talk.say("no")
    assert dropped["pending_action"] is None and "nothing was changed" in dropped["response"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("What accessories work with the X1?", "Hub"),
        ("What's your return policy?", "30 days"),
        ("My smartwatch battery drains too fast", "always-on"),
        ("Does the X2 have Thunderbolt?", "Yes"),
        ("Tell me about the ZenPhone", "do not sell"),
        ("Track order XYZ-999", "e-mail"),
        ("What's the price?", "Which product"),
    ],
)
def test_single_questions(talk: Talk, message: str, said: str) -> None:
    assert said in talk.say(message)["response"]


def test_two_wishes_are_both_answered(talk: Talk) -> None:
    reply = talk.say("Track ORD-1001 and show me laptops")
    assert "ORD-1001" in reply["response"] and card(reply, "products")["total"] >= 4


def test_a_negated_wish_starts_nothing(talk: Talk) -> None:
    reply = talk.say("I don't want a refund, I just want to know where ORD-1002 is")
    assert "refund" not in reply["intents"] and reply["pending_action"] is None


def test_a_question_written_anew_takes_the_place_of_the_first(shop: Shop) -> None:
    """The shopper and the assistant go on with the new one; the desk sees both, and from where it was asked."""
    talk = Talk(shop)
    body = {"message": "cancel my order ORD-1002", "session_id": "writes-anew", "channel": "widget"}
    talk.http.post("/api/chat", json=body, headers={"Idempotency-Key": "first"}).raise_for_status()
    again = {"message": "what is your return policy?", "session_id": "writes-anew", "replaces": "first"}
    answer = talk.http.post("/api/chat", json=again, headers={"Idempotency-Key": "second"}).json()["response"]
    assert "30 days" in answer and "e-mail" not in answer, "nothing is left of the cancellation"
    own = {"X-Session": "writes-anew"}
    said = talk.http.get("/api/conversations/current", headers=own).json()
    assert [m["text"] for m in said["messages"]] == [again["message"], answer]
    transcript = talk.http.get("/api/conversations/current/transcript", headers=own).text
    assert again["message"] in transcript and "cancel" not in transcript
    with shop.client(headers={"Authorization": f"Bearer {shop.token()}"}) as desk:
        case = desk.get(f"/api/staff/cases/{said['conversation_id']}").json()
        assert [m["replaced"] for m in case["messages"]] == [True, True, False, False]
        assert (case["conversation"]["title"], case["conversation"]["channel"]) == (again["message"], "widget")
        found = desk.get("/api/staff/inbox", params={"channel": "widget", "q": "return policy"}).json()["results"]
        assert said["conversation_id"] in [item["id"] for item in found]
