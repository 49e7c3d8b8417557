"""What was done, asked afterwards: nothing yet while a yes is waited for, then the last outcome."""

from datetime import UTC, datetime

import pytest

from backend.agents.actions.done import what_was_done
from backend.domain.acts import Act
from backend.domain.conversation import Draft, Focus, Request, SessionState, Turn

AT = datetime(2026, 3, 2, tzinfo=UTC)
CANCELLED = "Order ORD-1003 is cancelled."
WISH = Request(text="cancel it", standalone="cancel it", act=Act.ORDER_CANCEL, confidence=1.0)


def said(text: str, **state: object) -> str | None:
    known = SessionState.model_validate({"session_id": "s", **state})
    found = what_was_done(Turn(tenant="t", message_id="m", text=text, at=AT, state=known))
    return found and (found.question or found.text)


@pytest.mark.parametrize("text", ["what did you just do?", "Is it done?", "ok, did that work", "is it all sorted now"])
def test_the_last_outcome_is_told(text: str) -> None:
    assert CANCELLED in (said(text, done=CANCELLED) or "")


def test_nothing_is_done_while_something_is_open() -> None:
    draft = Draft(request=WISH, asking="reason", question="Why would you like to cancel it?")
    assert said("is it done?", draft=draft, done=CANCELLED) == "Nothing is done yet. Why would you like to cancel it?"
    assert "not changed anything" in (said("did it work?", focus=Focus(act=Act.ORDER_CANCEL)) or "")


@pytest.mark.parametrize("text", ["what did you do to my parcel", "is it waterproof?", "did it arrive?", "do it"])
def test_other_questions_are_left(text: str) -> None:
    assert said(text, done=CANCELLED) is None
