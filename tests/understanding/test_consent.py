"""Yes, no or neither: consent is the whole message, never its first letter."""

import pytest

from backend.agents.understanding.consent import declines_first, read_consent
from backend.domain.base import utc_now
from backend.domain.conversation import Consent, PendingAction

YES = """
yes|Yes.|YES!!|yep|yup|yeah|yesss|y|ok|Okay|okkk|k|sure|sure thing|of course|absolutely|sounds good
sounds good to me|looks right|go ahead
go for it|please do|please go ahead|that's correct|that is right|correct|exactly|do it|Do it now please
please proceed|confirm|I confirm|confirmed
confirm the cancellation|proceed with the return|go ahead with the exchange|agreed|i agree|that works for me
fine by me|let's do it|make it so
yes please|yes, please do|yes, thank you|ok thanks|alright then|perfect, thanks|fine, do it|great, go ahead
yes yes|oh yes please|hmm ok|well, yes
yes, please cancel it|yes cancel it|yes, cancel the order please|ok cancel my order|go ahead and cancel it
yes go ahead and return them|sure, refund me
yeah, exchange it please|yes, change the address|okay, file the complaint|alright, submit it|you can cancel it
Yes, I am sure.|yes i do|you bet|hell yes
oui|oui, merci|Oui s'il vous plaît|d'accord|sí|Sí, por favor|si|claro que sí|vale|ja|ja, bitte|Na klar|haan
haan ji|theek hai|हाँ|जी हाँ|👍|✅|👌 thanks
"""
NO = """
no|No.|nope|nah|nooo|n|no thanks|no, thank you|no way|don't|Don't!|please don't|do not|stop|STOP IT
please stop|wait|wait a minute|hold on|hang on please
not yet|not now|not today|never mind|nevermind|nvm|ok never mind|okay, forget it|forget about it|leave it
leave it as it is|keep it|no, keep the order
you know what, never mind|yikes no!|oh no no|on second thought, no|actually no|actually, never mind|hmm, no
sorry, no|ok stop|fine, forget it|i changed my mind
don't do it|don't do that|do not cancel it|please don't cancel my order|no, don't return it
no don't refund them|I don't want to|i don't want that
I don't want to cancel it anymore|I'd rather not|absolutely not|hell no|that's wrong|no that's not correct
not really|scratch that|i decline|nothing
non|non merci|pas maintenant|nein|nein danke|noch nicht|no gracias|mejor no|nahi|nahin ji|नहीं|👎|❌
"""
OTHER = """
yes but change the address first|yes, but only the shoes|ok but not today|I guess|i guess so|why not|why not?
maybe|maybe later|perhaps|not sure|i think so
i suppose|if you say so|whatever|depends|yes if it's free|only if there is no fee|yes, unless it has shipped
yes no|no yes|yes... no|yeah nah maybe
what is your return policy|how long does it take|ok?|yes?|really?|are you sure?|yes, how much is it
sure, and what about the fee|wait, what?|do you ship
cancel it|cancel my order|return them|refund me|no, cancel it|no cancel the other one|no, the blue one
yes, the blue one instead|go ahead with the blue one
ORD-1002|yes ORD-1002|yes, cancel ORD-1002|ok cancel order 5512 too|yes and also return the lamp
yes, then track my parcel|yes and tell me about laptops
yesterday|yellow|yarn|yes-man costume|nowhere|noon|notebook|nothing fits me|surely you jest|okra seeds
right shoe|waiting room|stop by the shop|go
thanks|please|hello|hmm|you know what|no problem|sorry|don't forget the receipt|don't you have it in red
stop sending me mails|do it tomorrow
yes to the first, no to the second|yes for one of them|half of it|show me laptops|my email is ann@mail.test
482913|y not|can you wait|ok google
"""


def lines(block: str) -> list[str]:
    return [said for line in block.strip().splitlines() for said in line.split("|")]


def pending(tool: str, order: str | None = "ORD-1001") -> PendingAction:
    return PendingAction(
        id="a1", tool=tool, arguments={}, customer_id="c1", order_id=order, title="", summary="", expires_at=utc_now()
    )


@pytest.mark.parametrize("said", lines(YES))
def test_yes(said: str) -> None:
    assert read_consent(said) is Consent.YES


@pytest.mark.parametrize("said", lines(NO))
def test_no(said: str) -> None:
    assert read_consent(said) is Consent.NO


@pytest.mark.parametrize("said", lines(OTHER))
def test_neither(said: str) -> None:
    assert read_consent(said) is Consent.OTHER


@pytest.mark.parametrize(
    ("said", "tool", "found"),
    [
        ("yes, cancel it", "cancel_order", Consent.YES),
        ("yes, cancel it", "return_items", Consent.OTHER),
        ("yes, return them", "return_items", Consent.YES),
        ("yes, refund me", "return_items", Consent.YES),
        ("yes, return it", "exchange_items", Consent.OTHER),
        ("ok, swap it", "exchange_items", Consent.YES),
        ("yes change the address", "change_address", Consent.YES),
        ("yes change the address", "cancel_order", Consent.OTHER),
        ("sure, file the complaint", "file_complaint", Consent.YES),
        ("yes, cancel ORD-1001", "cancel_order", Consent.YES),
        ("yes, cancel order ord-1001 please", "cancel_order", Consent.YES),
        ("yes, cancel ORD-1002", "cancel_order", Consent.OTHER),
        ("yes, cancel ORD-10012", "cancel_order", Consent.OTHER),
        ("no, don't cancel ORD-1001", "cancel_order", Consent.NO),
        ("ok do it", "cancel_order", Consent.YES),
    ],
)
def test_a_repeated_action_must_be_the_one_that_waits(said: str, tool: str, found: Consent) -> None:
    assert read_consent(said, pending(tool)) is found


def test_ids_with_a_hash_are_the_same_with_and_without_it() -> None:
    waiting = pending("cancel_order", "#W5512087")
    assert read_consent("yes, cancel #W5512087", waiting) is Consent.YES
    assert read_consent("yes cancel order W5512087", waiting) is Consent.YES
    assert read_consent("yes cancel #W5512088", waiting) is Consent.OTHER


def test_a_long_message_is_no_consent() -> None:
    assert read_consent("yes " * 60) is Consent.OTHER


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("no, leave it. how long is the warranty?", True),
        ("Nope! what are your opening hours", True),
        ("no wait. how much is it?", False),
        ("no. ", False),
        ("yes. how long does it take?", False),
    ],
)
def test_a_no_before_something_else(said: str, found: bool) -> None:
    assert declines_first(said, pending("cancel_order")) is found
