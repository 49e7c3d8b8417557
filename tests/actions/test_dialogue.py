"""Consent and identity as a shopper lives them, over HTTP: nothing happens before a clear yes to exactly this."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.talk import Talk
from tests.shop import Shop, running_shop

JOHN = "john.smith@example.com"
#: Codes are limited for each address, so every test has a customer of its own: (order delivered lately, e-mail).
NADIA = ("ORD-1029", "nadia.haddad@example.com")
HANNAH = ("ORD-1036", "hannah.lindqvist@example.com")
TOM = ("ORD-1019", "tom.becker@example.com")
SARAH = ("ORD-1013", "sarah.johnson@example.com")
BEN = ("ORD-1028", "ben.whitaker@example.com")


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop of its own: other tests return what is asked about here."""
    with running_shop() as running:
        yield running


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop)


def asked_to_return(talk: Talk, who: tuple[str, str]) -> dict[str, Any]:
    """The reply that waits for a yes to the return of a whole order."""
    order, email = who
    talk.say(f"I'd like to send back my order {order}, I am {email}")
    reply = talk.say(talk.code(email))
    if reply["pending_action"] is None:
        reply = talk.say("No, it was never opened")
    assert reply["pending_action"]["tool"] == "return_items"
    return reply


def test_a_hedge_is_no_consent_and_is_asked_again(talk: Talk) -> None:
    pending = asked_to_return(talk, NADIA)["pending_action"]
    for hedge in ("I guess", "maybe", "why not", "hmm", "not sure", "blah"):
        reply = talk.say(hedge)
        assert reply["pending_action"]["id"] == pending["id"], hedge
        assert pending["summary"] in reply["response"]
        assert "REF-" not in reply["response"]


def test_a_question_in_between_keeps_and_repeats_the_action(talk: Talk) -> None:
    pending = asked_to_return(talk, HANNAH)["pending_action"]
    reply = talk.say("What colors does the X2 Laptop come in?")
    assert reply["pending_action"]["id"] == pending["id"]
    assert reply["response"].rstrip().endswith("Please answer yes or no.")


def test_a_change_that_goes_first_is_taken_in_and_the_action_comes_back(talk: Talk) -> None:
    first = asked_to_return(talk, TOM)["pending_action"]
    reply = talk.say("yes but change the address of ORD-1019 first")
    assert "“Return items of order ORD-1019” aside" in reply["response"]
    assert "only pending ones" in reply["response"]  # the rule is said before any detail is asked for
    assert reply["pending_action"]["arguments"] == first["arguments"]
    assert reply["pending_action"]["id"] != first["id"]
    assert "Shall I go ahead" in reply["response"].split("Coming back to your request")[1]
    assert "REF-" not in talk.say("hmm")["response"]
    assert talk.say("no")["pending_action"] is None


def test_another_write_replaces_the_action_and_says_so(talk: Talk) -> None:
    asked_to_return(talk, TOM)
    reply = talk.say("change the address of ORD-1019 to 5 Alder Court, Salem, OR 97301")
    assert "“Return items of order ORD-1019” aside; nothing was changed" in reply["response"]
    assert reply["pending_action"] is None
    assert "REF-" not in talk.say("yes")["response"]


def test_no_by_word_and_by_button(talk: Talk) -> None:
    asked_to_return(talk, SARAH)
    assert "nothing was changed" in talk.say("never mind")["response"]
    talk.say(f"please return order {SARAH[0]}")
    pending = talk.say("no, unopened")["pending_action"] or talk.say("yes")["pending_action"]
    reply = talk.decide(pending["id"], accept=False)
    assert "nothing was changed" in reply["response"]
    assert reply["pending_action"] is None


def test_wrong_codes_run_out_and_a_new_one_is_sent_only_when_asked_for(talk: Talk) -> None:
    talk.say(f"which orders do I have? My e-mail is {JOHN}")
    right = talk.code(JOHN)
    wrong = "000000" if right != "000000" else "111111"
    assert "2 more tries" in talk.say(wrong)["response"]
    assert talk.say("what do you mean")["pending_action"] is None
    assert talk.code(JOHN) == right  # nothing was mailed by talking
    assert "1 more try" in talk.say(wrong)["response"]
    assert "no longer valid" in talk.say(wrong)["response"]
    assert "no longer valid" in talk.say(right)["response"]
    talk.say("send me a new code")
    reply = talk.say(talk.code(JOHN))
    assert "ORD-1001" in reply["response"]  # known now, and shown what was asked for


def test_two_failed_tries_offer_a_person_and_only_a_yes_brings_one(talk: Talk) -> None:
    talk.say("where is order ORD-1002?")
    assert talk.say("nobody@example.com")["handoff"] is None
    offered = talk.say("nobody2@example.com")
    assert "talk to a person" in offered["response"]
    assert offered["handoff"] is None
    assert talk.say("yes please")["handoff"] is not None
    assert talk.say("hello?")["response"] == ""


def test_anger_offers_a_person_and_a_maybe_does_not_bring_one(talk: Talk) -> None:
    reply = talk.say("you useless idiots, where is my stuff")
    assert reply["handoff"] is None
    assert talk.say("maybe")["handoff"] is None


@pytest.mark.parametrize("said", ["I guess", "no wait", "you are useless"])
def test_nobody_is_told_to_be_welcome_who_did_not_thank(talk: Talk, said: str) -> None:
    assert "welcome" not in talk.say(said)["response"]
    assert "welcome" in talk.say("thanks a lot!")["response"]


def test_what_is_told_while_asked_who_one_is_counts(talk: Talk) -> None:
    talk.say("I want to file a complaint")
    talk.say("the hinge of the lid squeaks loudly")
    reply = talk.say(f"ORD-1001 and {JOHN}")
    assert "hinge of the lid squeaks" in reply["pending_action"]["arguments"]["description"]


def test_the_name_proves_nothing(talk: Talk) -> None:
    talk.say("Show me order ORD-1001")
    reply = talk.say("My name is John Smith and my ZIP code is 97205")
    assert "X1" not in reply["response"]
    assert not any(card["type"] == "order" for card in reply["cards"])


@pytest.mark.parametrize("first", ["yes", "no"])
def test_wishes_of_one_message_are_served_in_turn_after_a_yes_and_after_a_no(talk: Talk, first: str) -> None:
    order, email = "ORD-1034", "david.okafor@example.com"
    new = "5 Alder Court, Salem, OR 97301"
    talk.say(f"I no longer need order ORD-1006, so please cancel it. Also send {order} to {new}. My mail is {email}.")
    pending = talk.say(talk.code(email))["pending_action"]
    if first == "no":  # the first test cancelled it
        assert pending["tool"] == "change_address"
        assert talk.say("no thanks")["pending_action"] is None
        return
    assert pending["tool"] == "cancel_order"
    reply = talk.say(first)
    assert "ORD-1006 is cancelled" in reply["response"]
    assert reply["pending_action"]["arguments"]["address"]["line1"] == "5 Alder Court"
    assert talk.say("no thanks")["pending_action"] is None


def test_part_of_an_order_is_never_cancelled(talk: Talk) -> None:
    email = "priya.raman@example.com"
    talk.say(f"please cancel the USB-C hub in order ORD-1004, {email}")
    reply = talk.say(talk.code(email))
    assert reply["pending_action"] is None
    assert "only as a whole" in reply["response"]
    asked = talk.say("ok, cancel the whole order ORD-1004")
    assert "Why" in asked["response"]
    assert talk.say("I ordered it by mistake")["pending_action"]["tool"] == "cancel_order"


def test_a_complaint_told_beside_a_wish_is_filed_too_when_it_is_called_one(talk: Talk) -> None:
    order, email = BEN
    reply = talk.say(f"File a complaint about order {order}: the TV buzzes. Also return the HDMI cable of it. {email}")
    assert reply["pending_action"]["tool"] == "file_complaint"  # needs no code
    assert "code" in talk.say("no")["response"]
    pending = talk.say(talk.code(email))["pending_action"]
    assert pending["tool"] == "return_items"
    assert len(pending["arguments"]["lines"]) == 1


def test_an_address_abroad_is_taken_and_its_number_put_right(talk: Talk) -> None:
    talk.say("please change the address of ORD-1003, miguel.alvarez@example.com")
    talk.say(talk.code("miguel.alvarez@example.com"))
    reply = talk.say("Lindenweg 12, 10115 Berlin, Germany")
    assert "Lindenweg 12, Berlin, 10115, Germany" in reply["pending_action"]["summary"]
    reply = talk.say("sorry, Lindenweg 21")
    assert reply["pending_action"]["arguments"]["address"]["line1"] == "Lindenweg 21"


def test_a_part_named_instead_of_a_reason_is_not_cancelled(talk: Talk) -> None:
    talk.say("cancel ORD-1034, david.okafor@example.com")
    assert "Why would you like" in talk.say(talk.code("david.okafor@example.com"))["response"]
    reply = talk.say("oh, just the webcam")
    assert "I cannot cancel only the 4K Webcam" in reply["response"]
    assert reply["pending_action"] is None
