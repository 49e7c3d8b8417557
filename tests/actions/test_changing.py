"""An action that waits takes changes in: more of the order, less of it, another address, pieces of a line."""

from collections.abc import Iterator

import pytest

from backend.agents.actions.changing import adds, joined, stands_beside
from backend.agents.actions.counting import pieces_meant
from backend.agents.actions.fallback import fallback_act, split_fallback
from backend.agents.actions.implied import implied_act
from backend.agents.actions.shorthand import spelled_out
from backend.domain.acts import Act
from backend.domain.orders import OrderLine
from tests.api.talk import Talk
from tests.shop import Shop, running_shop

BEN = "ben.whitaker@example.com"
JOHN = "john.smith@example.com"
SARAH = "sarah.johnson@example.com"
PRIYA = "priya.raman@example.com"


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with running_shop() as running:
        yield running


@pytest.fixture(scope="module")
def talk(shop: Shop) -> Talk:
    """A shopper with delivered orders who proved who they are."""
    talk = Talk(shop)
    talk.say(f"please return the HDMI cable of order ORD-1028, {BEN}")
    talk.say(talk.code(BEN))
    talk.say("no")
    return talk


def lines_of(reply: dict) -> list[str]:  # type: ignore[type-arg]
    return sorted(line["line_id"][-1] for line in reply["pending_action"]["arguments"]["lines"])


def test_more_of_the_order_joins_the_return_and_less_leaves_it(talk: Talk) -> None:
    first = talk.say("return the HDMI cable of order ORD-1028")["pending_action"]
    asked = talk.say("also return the TV")
    assert "opened" in asked["response"]
    both = talk.say("no, it was never opened")
    assert lines_of(both) == ["1", "2"]
    assert "HDMI Cable" in both["response"]
    assert "LED TV" in both["response"]
    fewer = talk.say("yes but only the cable")
    assert lines_of(fewer) == ["2"]
    assert fewer["pending_action"]["id"] not in (first["id"], both["pending_action"]["id"])
    assert "REF-" not in talk.say("hmm")["response"]
    assert talk.say("cancel that")["pending_action"] is None


def test_what_was_changed_can_no_longer_be_agreed_to(talk: Talk) -> None:
    old = talk.say("change my default address to 5 Alder Court, Salem, OR 97301")["pending_action"]
    new = talk.say("no wait, it's 7 Alder Court, Salem, OR 97301")["pending_action"]
    assert new["arguments"]["address"]["line1"] == "7 Alder Court"
    refused = talk.http.post(
        "/api/chat", json={"decision": {"action_id": old["id"], "accept": True}, "session_id": talk.session_id}
    )
    assert refused.status_code == 404
    assert "7 Alder Court" in talk.say("yes")["response"]


def test_after_what_went_first_the_action_is_asked_again_and_a_question_keeps_both(talk: Talk) -> None:
    talk.say("return the HDMI cable of order ORD-1028")
    first = talk.say("ok but first change my default address to 9 Alder Court, Salem, OR 97301")
    assert "come back to it" in first["response"]
    assert first["pending_action"]["tool"] == "change_default_address"
    asked = talk.say("what is your return policy?")
    assert asked["pending_action"]["id"] == first["pending_action"]["id"]
    back = talk.say("yup go for it")
    assert "is now 9 Alder Court" in back["response"]
    assert back["pending_action"]["tool"] == "return_items"
    assert back["response"].rstrip().endswith("Please answer yes or no.")
    assert talk.say("nah")["pending_action"] is None


def test_another_method_that_nobody_has_is_no_change(talk: Talk) -> None:
    waiting = talk.say("return the HDMI cable of order ORD-1028")["pending_action"]
    reply = talk.say("yes but refund it to a different card")
    assert "no other payment method" in reply["response"]
    assert reply["pending_action"]["id"] == waiting["id"]
    assert talk.say("no")["pending_action"] is None


def test_what_is_told_later_joins_the_complaint_that_waits(shop: Shop) -> None:
    other = Talk(shop)
    other.say(f"this is ridiculous, my laptop arrived broken!! ORD-1001, {JOHN}")
    reply = other.say("the side is torn open, about 10 cm")
    told = reply["pending_action"]["arguments"]
    assert "arrived broken" in told["description"]
    assert "torn open" in told["description"]
    assert told["severity"] == "high"
    smoking = other.say("the battery smokes and smells burnt")["pending_action"]["arguments"]
    assert smoking["severity"] == "urgent"
    assert other.say("no")["pending_action"] is None


def test_several_orders_are_shown_one_after_the_other(shop: Shop) -> None:
    other = Talk(shop)
    other.say("Where are ORD-1004 and ORD-1015?")
    shown = other.say(PRIYA)["response"]
    assert "ORD-1004 is pending" in shown
    assert "ORD-1015 is delivered" in shown
    assert "six-digit code" in other.say("and which orders do I have besides?")["response"], "a list needs more"


def test_records_looked_at_in_between_leave_what_waits_alone(talk: Talk) -> None:
    waiting = talk.say("return the HDMI cable of order ORD-1028")["pending_action"]
    for looked_at in ("where is order ORD-1027?", "and where is XYZ-999?"):
        reply = talk.say(looked_at)
        assert reply["pending_action"]["id"] == waiting["id"]
        assert "Coming back to your request" in reply["response"]
    assert talk.say("no")["pending_action"] is None


def test_why_it_comes_back_may_be_told_later(talk: Talk) -> None:
    waiting = talk.say("return the HDMI cable of order ORD-1028")["pending_action"]
    assert waiting["arguments"]["reason"] == "not stated"
    told = talk.say("it is defective, the picture flickers")["pending_action"]["arguments"]
    assert told["reason"] == "defective"
    assert told["defective"]
    assert talk.say("no")["pending_action"] is None


def test_an_order_that_was_shown_is_not_told_again_when_only_its_whereabouts_are_asked(shop: Shop) -> None:
    other = Talk(shop)
    assert "The total is" in other.say(f"where is ORD-1002? {SARAH}")["response"]
    again = other.say("when will it arrive?")
    assert "expected on" in again["response"]
    assert "The total is" not in again["response"]


def test_what_the_state_of_a_seen_order_forbids_is_said_before_a_code_is_asked_for(shop: Shop) -> None:
    other = Talk(shop)
    other.say(f"where is ORD-1002? {SARAH}")
    refused = other.say("can you send it to another address instead?")["response"]
    assert "shipped" in refused
    assert "code" not in refused
    assert "code" in Talk(shop).say(f"cancel ORD-1004, {PRIYA}")["response"]


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("return one of the two mice", 1),
        ("send a single mouse back", 1),
        ("just one", 1),
        ("2 of my 3 mice go back", 2),
        ("return the mice", None),
        ("both mice", None),
        ("return 3 mice", None),
    ],
)
def test_pieces_of_a_line_are_counted(said: str, pieces: int | None) -> None:
    mice = OrderLine(
        id="L1", product_id="p", variant_id="v", name="Wireless Mouse M2", unit_price_cents=1999, quantity=3, options={}
    )
    assert pieces_meant(said, mice) == pieces


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("Request: cancellation\nOrder: #K5512087\nReason: not needed", Act.ORDER_CANCEL),
        ("order K5512087: 5501998822 -> 7712009911, difference on my gift card", Act.EXCHANGE),
        ("the two lamps from order K5512087 should go back to you", Act.RETURN),
        ("4 Quay Row, Dover, DE 19901 is where order K5512087 should be delivered", Act.ORDER_ADDRESS),
        ("4 Quay Row, Dover, DE 19901 is my home address from now on", Act.ACCOUNT_ADDRESS),
        ("gift_card_88120 should be charged for order K5512087", Act.ORDER_PAYMENT),
        ("what happens when order K5512087 is cancelled?", None),
        ("order K5512087 must not be cancelled", None),
        ("I like lamps that swing back", None),
    ],
)
def test_contents_tell_what_no_verb_says(said: str, act: Act | None) -> None:
    assert implied_act(said) is act


def test_a_fallback_is_parted_from_the_wish() -> None:
    wish, otherwise = split_fallback("Change the shelf to 4 ft. If that is not available, cancel the whole order.")
    assert wish == "Change the shelf to 4 ft."
    assert fallback_act(otherwise)[0] is Act.ORDER_CANCEL
    assert split_fallback("If I like it I keep it. Return the lamp.")[1] == ""


def test_slips_and_shorthand_leave_numbers_and_addresses_alone() -> None:
    assert spelled_out("pls cancle my ordr K55 n send it 2 my office") == (
        "please cancel my order K55 and send it to my office"
    )
    assert spelled_out("swap the mug 4 blue") == "swap the mug for blue"
    same = "ship it to 4 Quay Row, the shelf is 4 ft, jim.cancle@example.com"
    assert spelled_out(same) == same


def test_beside_before_and_joined() -> None:
    assert stands_beside("yes but change the address first")
    assert not stands_beside("change the address of my order")
    assert adds("also return the lamp")
    assert not adds("return the lamp instead")
    before = {"lines": [{"line_id": "a"}], "method_id": "m", "opened": None}
    more = {"lines": [{"line_id": "b", "quantity": 1}], "method_id": None, "opened": False}
    assert joined(before, more, "return_items") == {
        "lines": [{"line_id": "a"}, {"line_id": "b", "quantity": 1}],
        "method_id": "m",
        "opened": False,
    }
