"""What operators see of each turn: numbers for /metrics, spans for a tracing backend, a log line when it is slow.

All of it is read from the turn's trace after the answer is made, some microseconds a turn. No text of a shopper goes
into any of it, and a session is named by a fingerprint, because who knows its id may read it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import structlog
from prometheus_client import Counter, Histogram

from backend.domain.conversation import Reply
from backend.domain.errors import EngineUnavailable, ShopError
from backend.domain.trace import Step, Trace, traced
from backend.domain.usage import ModelCall
from backend.llm import accounts

log = structlog.get_logger()

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_TURNS = Counter("chat_turns", "Messages by what was asked and how it ended", ("intent", "outcome"))
_TURN_SECONDS = Histogram("chat_turn_seconds", "Time of a turn, from its start to its reply", buckets=_SECONDS)
_STEP_SECONDS = Histogram("chat_step_seconds", "Time of the steps of turns", ("kind", "name"), buckets=_SECONDS)
_TOOLS = Counter("tool_results", "Tools by how they ended", ("tool", "outcome"))
_SCORES = Histogram(
    "retrieval_score", "Score of the best cited passage of an answer", buckets=tuple(n / 10 for n in range(1, 11))
)
_DEGRADED = Counter("chat_degraded", "Replies that an engine was missing from", ("engine",))

#: Which steps say why a turn took long: those that do work, not those that hold others.
_WORKING: Final = ("understand", "search", "query", "tool", "write")


@dataclass(slots=True)
class Watched:
    """A turn under way; `reply` is set when it is made."""

    tenant: str
    session: str
    trace: Trace
    began: datetime
    calls: tuple[ModelCall, ...] = ()
    reply: Reply | None = None
    outcome: str = "error"

    @property
    def intent(self) -> str:
        """What was asked; "unknown" when no reply was made."""
        return self.reply.intent.value if self.reply is not None else "unknown"


class Tracer(Protocol):
    """Sends turns to a tracing backend, without waiting for it."""

    def record(self, turn: Watched) -> None: ...

    def close(self) -> None: ...


def fingerprint(session_id: str) -> str:
    """Names a session in logs and spans, and opens nothing."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:12]


class Watch:
    """Watches turns. `slow_seconds` 0 writes no slow turns down; without `counted` nothing at all is noted."""

    def __init__(self, *, slow_seconds: float = 0.0, tracer: Tracer | None = None, counted: bool = True) -> None:
        self._slow_ms = slow_seconds * 1000
        self._tracer = tracer
        self._counted = counted

    @contextmanager
    def turn(self, tenant: str, session_id: str) -> Iterator[Watched]:
        """Around a turn, errors included; log lines inside carry the shop and the session."""
        session = fingerprint(session_id)
        with structlog.contextvars.bound_contextvars(tenant=tenant, session=session), traced() as trace:
            watched = Watched(tenant, session, trace, datetime.now(UTC))
            try:
                yield watched
                watched.outcome = outcome_of(watched.reply)
            except EngineUnavailable:
                watched.outcome = "unavailable"
                raise
            except ShopError:
                watched.outcome = "refused"
                raise
            finally:
                if self._counted:
                    self._note(watched)

    def _note(self, watched: Watched) -> None:
        took = watched.trace.elapsed_ms()
        _TURNS.labels(watched.intent, watched.outcome).inc()
        _TURN_SECONDS.observe(took / 1000)
        for step in watched.trace.steps:
            _count(step)
        if watched.reply is not None:
            if watched.reply.sources:
                _SCORES.observe(max(source.score for source in watched.reply.sources))
            for missing in watched.reply.degraded:
                _DEGRADED.labels(missing.engine).inc()
        if self._slow_ms and took >= self._slow_ms:
            log.warning("slow_turn", ms=round(took), intent=watched.intent, outcome=watched.outcome, **why(watched))
        if self._tracer is not None:
            self._tracer.record(watched)


def outcome_of(reply: Reply | None) -> str:
    """How a turn ended, in one word."""
    if reply is None:
        return "error"
    if not reply.response:
        return "silent"
    if reply.degraded:
        return "degraded"
    if reply.handoff is not None:
        return "handed_over"
    return "asked" if reply.pending_action is not None else "answered"


def why(watched: Watched) -> dict[str, object]:
    """The step, or the call of the model, that took longest, and its share of the turn."""
    took = watched.trace.elapsed_ms() or 1.0
    steps = [(s.ms, f"{s.kind}:{s.name}") for s in watched.trace.steps if s.kind in _WORKING]
    calls = [(call.seconds * 1000, f"model:{call.purpose}") for call in watched.calls]
    ms, name = max((*steps, *calls), default=(0.0, "nothing"))
    inside = "nothing that was measured" if ms < took / 2 else name
    return {"reason": inside, "longest": name, "longest_ms": round(ms), "steps": len(watched.trace.steps)}


@contextmanager
def called(watched: Watched) -> Iterator[None]:
    """Take over what the model was asked during the turn, however it ends."""
    try:
        yield
    finally:
        account = accounts.current()
        watched.calls = tuple(account.calls) if account is not None else ()


def began_at(watched: Watched, step: Step) -> datetime:
    """When a step began, UTC."""
    return watched.began + timedelta(milliseconds=step.at_ms)


def _count(step: Step) -> None:
    if step.kind != "rule":
        _STEP_SECONDS.labels(step.kind, step.name).observe(step.ms / 1000)
    if step.kind == "tool":
        _TOOLS.labels(step.name, step.outcome).inc()
