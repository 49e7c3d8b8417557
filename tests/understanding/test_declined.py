"""A wish whose own words are negated is not carried out; other negations are wishes."""

import pytest

from backend.agents.understanding.declined import declined
from backend.domain.acts import Act


@pytest.mark.parametrize(
    ("act", "text", "left"),
    [
        (Act.ORDER_CANCEL, "I don't want to cancel", Act.ORDER_LOOKUP),
        (Act.ORDER_CANCEL, "don't send it any more", Act.ORDER_CANCEL),
        (Act.HANDOFF, "no need to connect me to an agent", Act.CAPABILITIES),
        (Act.HANDOFF, "i dont want to talk to a bot", Act.HANDOFF),
        (Act.RETURN, "I don't want a refund", Act.REFUND_QUESTION),
        (Act.COMPLAINT_NEW, "not happy at all", Act.COMPLAINT_NEW),
        (Act.PRODUCT_SEARCH, "not a phone", Act.PRODUCT_SEARCH),
    ],
)
def test_what_is_left(act: Act, text: str, left: Act) -> None:
    assert declined(act, text) is left
