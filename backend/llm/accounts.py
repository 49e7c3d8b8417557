"""One account per turn: who calls are for, by when they must be done, and what they cost.

A turn's calls come from several rooms; the account travels with the task that answers the turn.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from backend.domain.base import utc_now
from backend.domain.usage import NOTHING, SAVED, ModelCall, Purpose, Spent


@dataclass
class Account:
    """`until` is on the clock of time.monotonic; `session` is what the session spent before this turn."""

    tenant: str
    session_id: str
    until: float
    session: Spent = NOTHING
    calls: list[ModelCall] = field(default_factory=list)
    #: calls that were let out, finished or not
    begun: int = 0

    @property
    def spent(self) -> Spent:
        """What the session spent, this turn included."""
        total = self.session
        for call in self.calls:
            total = total.plus(call)
        return total


_current: ContextVar[Account | None] = ContextVar("account", default=None)


def current() -> Account | None:
    """The account of the turn that is being answered; None outside of turns."""
    return _current.get()


@contextmanager
def opened(tenant: str, session_id: str, seconds: float, session: Spent = NOTHING) -> Iterator[Account]:
    """The account of one turn that may take `seconds`."""
    account = Account(tenant, session_id, time.monotonic() + seconds, session)
    token = _current.set(account)
    try:
        yield account
    finally:
        _current.reset(token)


def asked_already() -> bool:
    """Whether the turn has asked a model before: two calls are its most, and one of them words the reply."""
    account = _current.get()
    return account is not None and account.begun > 0


def saved(purpose: Purpose, model: str, variant: str) -> None:
    """Note a call that an answer from before made needless."""
    account = _current.get()
    if account is not None:
        call = ModelCall(purpose=purpose, model=model, at=utc_now(), seconds=0.0, outcome=SAVED, variant=variant)
        account.calls.append(call)


def seconds_left(most: float) -> float:
    """How long a call may take: `most`, or what is left of the turn."""
    account = _current.get()
    return most if account is None else min(most, account.until - time.monotonic())
