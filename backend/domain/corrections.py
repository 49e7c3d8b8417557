"""A message that staff read otherwise than the classifier did."""

from backend.domain.acts import INTENT_OF_ACT, Act, Intent
from backend.domain.base import Moment, Value


class Correction(Value):
    """What a text means in this shop. `message_id` is the message it was said in, `author` who corrected it."""

    id: str
    text: str
    act: Act
    message_id: str | None = None
    author: str
    created_at: Moment

    @property
    def intent(self) -> Intent:
        return INTENT_OF_ACT[self.act]
