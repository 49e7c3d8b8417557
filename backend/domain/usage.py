"""What calls to a language model cost, and what a shop may spend on them."""

from typing import Literal

from backend.domain.base import Moment, Value

#: What a call is for; each may have a model of its own.
Purpose = Literal["understand", "write", "choose", "summarise"]

#: The outcome of a call that was not made, because the answer was known from before.
SAVED = "saved"


class ModelCall(Value):
    """One finished call. Money in millionths of a dollar (microdollars), None where the model's price is unknown."""

    purpose: Purpose
    model: str
    at: Moment
    seconds: float
    prompt_tokens: int = 0
    #: the part of `prompt_tokens` that the provider had in its prompt cache
    cached_tokens: int = 0
    completion_tokens: int = 0
    microdollars: int | None = None
    #: "ok", or the kind of failure
    outcome: str = "ok"
    #: whether the tokens were counted here because the server did not tell
    estimated: bool = False
    #: prompt variant that worded the instructions
    variant: str = ""

    @property
    def tokens(self) -> int:
        """Prompt and completion together, as budgets count."""
        return self.prompt_tokens + self.completion_tokens


class Spent(Value):
    """Tokens and microdollars that went into calls."""

    tokens: int = 0
    microdollars: int = 0

    def plus(self, call: ModelCall) -> "Spent":
        """With one more call."""
        return Spent(tokens=self.tokens + call.tokens, microdollars=self.microdollars + (call.microdollars or 0))


NOTHING = Spent()


class Plan(Value):
    """What a shop may spend; None is no limit. Money in microdollars; a day and a month begin at 00:00 UTC."""

    name: str
    day_tokens: int | None = None
    day_microdollars: int | None = None
    month_tokens: int | None = None
    month_microdollars: int | None = None
    session_tokens: int | None = None
