"""Consent and identity as a shopper lives them, over HTTP: nothing happens before a clear yes to exactly this."""

from typing import Any

import pytest

from tests.api.talk import Talk
from tests.shop import Shop

JOHN = "john.smith@example.com"


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop)


def asked_to_return(talk: Talk) -> dict[str, Any]:
    """The reply that waits for a yes to the return of ORD-1001."""
    talk.say(f"I'd like to send back my order ORD-1001, I am {JOHN}")
    reply = talk.say(talk.code(JOHN))
    assert reply["pending_action"]["tool"] == "return_items"
    return reply


@pytest.mark.parametrize("hedge", ["I guess", "maybe", "why not", "hmm", "perhaps later?"])
def test_a_hedge_is_no_consent_and_is_asked_again(talk: Talk, hedge: str) -> None:
    pending = asked_to_return(talk)["pending_action"]
    reply = talk.say(hedge)
    assert reply["pending_action"]["id"] == pending["id"]
    assert pending["summary"] in reply["response"]
    assert "REF-" not in reply["response"]


def test_a_question_in_between_keeps_and_repeats_the_action(talk: Talk) -> None:
    pending = asked_to_return(talk)["pending_action"]
    reply = talk.say("What colors does the X2 Laptop come in?")
    assert reply["pending_action"]["id"] == pending["id"]
    assert reply["response"].rstrip().endswith("Please answer yes or no.")


def test_another_write_replaces_the_action_and_says_so(talk: Talk) -> None:
    asked_to_return(talk)
    reply = talk.say("yes but change the address of ORD-1001 first")
    assert "“Return items of order ORD-1001” aside" in reply["response"]
    assert "only pending ones" in reply["response"]  # the rule is said before any detail is asked for
    assert reply["pending_action"] is None
    assert "REF-" not in talk.say("yes")["response"]


def test_no_by_word_and_by_button(talk: Talk) -> None:
    asked_to_return(talk)
    assert "nothing was changed" in talk.say("never mind")["response"]
    pending = talk.say("please return order ORD-1001")["pending_action"]
    reply = talk.decide(pending["id"], accept=False)
    assert "nothing was changed" in reply["response"]
    assert reply["pending_action"] is None


def test_wrong_codes_run_out_and_a_new_one_is_sent_only_when_asked_for(talk: Talk) -> None:
    talk.say(f"please cancel order ORD-1001, {JOHN}")
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
    assert "delivered" in reply["response"]  # known now, and told the rule


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
    talk.say(f"File a complaint about order ORD-1001: the fan rattles a lot. Also return order ORD-1001. I am {JOHN}.")
    reply = talk.say(talk.code(JOHN))
    tools = [reply["pending_action"]["tool"]]
    reply = talk.say(first)
    tools.append(reply["pending_action"]["tool"])
    assert sorted(tools) == ["file_complaint", "return_items"]
    assert talk.say("no thanks")["pending_action"] is None


def test_part_of_an_order_is_never_cancelled(talk: Talk, shop: Shop) -> None:
    talk.say(f"please cancel order ORD-1001, {JOHN}")
    reply = talk.say(talk.code(JOHN))
    assert reply["pending_action"] is None
    assert "only pending ones can be cancelled" in reply["response"]
