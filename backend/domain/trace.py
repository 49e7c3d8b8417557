"""What was done for one message, step by step with its time: written down where it happens, kept with the answer.

Steps come from several rooms; the list travels with the task that answers the message. Outside of a turn nothing is
kept and nothing is spent.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from backend.domain.errors import EngineUnavailable, NotEligible, ShopError

Kind = Literal["understand", "agent", "search", "query", "tool", "rule", "write"]

#: A turn that does more than this is shown by its first steps.
_MOST_STEPS = 60


@dataclass(slots=True)
class Step:
    """One thing done. `at_ms` after the turn began it took `ms`; `outcome` is "ok", "refused" or an error's kind."""

    kind: Kind
    name: str
    at_ms: float
    ms: float = 0.0
    outcome: str = "ok"
    #: it broke, rather than answered or refused
    failed: bool = False
    detail: dict[str, Any] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """JSON-ready, without what is empty."""
        row = {"kind": self.kind, "name": self.name, "at_ms": round(self.at_ms, 1), "ms": round(self.ms, 1)}
        if self.outcome != "ok":
            row["outcome"] = self.outcome
        return row | ({"detail": self.detail} if self.detail else {})


@dataclass(slots=True)
class Trace:
    """The steps of one turn, in the order in which they began."""

    began: float = field(default_factory=time.perf_counter)
    steps: list[Step] = field(default_factory=list)

    def elapsed_ms(self) -> float:
        """How long the turn has taken so far."""
        return (time.perf_counter() - self.began) * 1000


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def traced() -> Iterator[Trace]:
    """The trace of one turn."""
    trace = Trace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def current() -> Trace | None:
    """The trace of the turn that is being answered; None outside of turns."""
    return _current.get()


@contextmanager
def step(kind: Kind, name: str, **detail: Any) -> Iterator[Step]:
    """A step that takes time; an error on its way through becomes its outcome. `detail` must be JSON-ready."""
    trace = _current.get()
    taken = Step(kind, name, trace.elapsed_ms() if trace else 0.0, detail=detail)
    if trace is None:
        yield taken
        return
    if len(trace.steps) < _MOST_STEPS:
        trace.steps.append(taken)
    try:
        yield taken
    except ShopError as error:
        taken.outcome = "refused" if isinstance(error, NotEligible) else error.code
        taken.failed = isinstance(error, EngineUnavailable)
        if isinstance(error, NotEligible):
            taken.detail["rule"] = error.rule
        raise
    except Exception as error:
        taken.outcome, taken.failed = type(error).__name__, True
        raise
    finally:
        taken.ms = trace.elapsed_ms() - taken.at_ms


def note(kind: Kind, name: str, outcome: str = "ok", **detail: Any) -> None:
    """A step that takes no time, e.g. the verdict of a rule."""
    trace = _current.get()
    if trace is not None and len(trace.steps) < _MOST_STEPS:
        trace.steps.append(Step(kind, name, trace.elapsed_ms(), outcome=outcome, detail=detail))
