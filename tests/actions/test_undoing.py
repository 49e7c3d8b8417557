"""Wishes to undo what was done are told from wishes to do it."""

import pytest

from backend.agents.actions.undoing import Done, to_undo
from backend.domain.acts import Act


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("un-cancel it", Done.CANCELLATION),
        ("can you reinstate my order?", Done.CANCELLATION),
        ("undo the cancellation please", Done.CANCELLATION),
        ("cancel the return please", Done.RETURN),
        ("withdraw my refund request", Done.RETURN),
        ("stop that exchange", Done.EXCHANGE),
        ("drop the complaint", Done.COMPLAINT),
    ],
)
def test_what_is_to_be_undone(text: str, done: Done) -> None:
    assert to_undo(text) is done


@pytest.mark.parametrize(
    "text", ["cancel it", "cancel my order", "return the mug", "what is the return policy", "I want to keep it"]
)
def test_doing_is_not_undoing(text: str) -> None:
    assert to_undo(text) is None


def test_keeping_undoes_what_was_to_go_back() -> None:
    assert to_undo("can I keep it instead?", Act.RETURN) is Done.RETURN
    assert to_undo("can I keep it instead?", Act.EXCHANGE) is Done.EXCHANGE
    assert to_undo("can I keep it in the fridge?", Act.RETURN) is None


@pytest.mark.parametrize("text", ["oh no. undo that", "can you reverse it please", "change it back"])
def test_what_was_done_last_is_undone_without_its_name(text: str) -> None:
    assert to_undo(text, Act.ORDER_CANCEL) is Done.CANCELLATION
    assert to_undo(text, Act.EXCHANGE) is Done.EXCHANGE
    assert to_undo(text, Act.PRODUCT_QUESTION) is None
