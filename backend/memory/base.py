"""The promises of session memory, the same in process and in Redis."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from backend.domain.conversation import Degraded, SessionState, Summary

#: How long Redis may take; it answers in less than a millisecond, and a shopper waits.
ANSWER_SECONDS: Final = 0.2


class MemoryUnavailable(Exception):
    """The engine behind the memory does not answer within its time."""


class MemoryRefused(MemoryUnavailable):
    """The engine answers and does not do it: it is full, or only reads."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message on its way into a session, or the answer by button to a pending action."""

    id: str
    text: str
    action_id: str | None = None
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Granted:
    """It is this call's turn: it answers all these messages, in order of arrival, and must then leave."""

    messages: tuple[Incoming, ...]
    ticket: str

    @property
    def text(self) -> str:
        """What is to be read; a message that came twice is read once."""
        return "\n".join(m.text for m in {m.id: m for m in self.messages}.values() if m.text)

    def without(self, message_id: str) -> "Granted":
        """The same turn without a message that was answered before."""
        return replace(self, messages=tuple(m for m in self.messages if m.id != message_id))

    @property
    def decisions(self) -> tuple[Incoming, ...]:
        """What was answered by button, each action once: its first answer counts."""
        first: dict[str, Incoming] = {}
        for message in self.messages:
            if message.action_id is not None:
                first.setdefault(message.action_id, message)
        return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Superseded:
    """A later message took this one along into its own turn."""

    by: str


class SessionMemory(Protocol):
    """Session states by tenant and session id, forgotten after a silence (TTL)."""

    async def load(self, tenant: str, session_id: str) -> SessionState | None:
        """The state as last saved, with a summary that was made since, or None. Raises MemoryUnavailable."""
        ...

    async def save(self, tenant: str, state: SessionState) -> None:
        """Keep the whole state, all or nothing. Raises MemoryUnavailable."""
        ...

    async def forget(self, tenant: str, session_id: str) -> None:
        """Drop the state and its summary, also one that is being made. Raises MemoryUnavailable."""
        ...

    async def begin_summary(self, tenant: str, session_id: str, seconds: float) -> str | None:
        """A ticket for making the session's next summary within so many seconds; None while another holds one.

        Raises MemoryUnavailable.
        """
        ...

    async def keep_summary(self, tenant: str, session_id: str, ticket: str, summary: Summary | None) -> None:
        """End the ticket with the summary that was made, if any: the next `load` brings it. It is made behind the
        turns, and the state belongs to whoever has the turn. Raises MemoryUnavailable.
        """
        ...

    async def enter(self, tenant: str, session_id: str, message: Incoming) -> Granted | Superseded:
        """Wait for the session's turn. One call at a time is granted; messages that arrive while it works
        are answered together by the latest of them, and the earlier ones return at once as superseded.
        """
        ...

    async def leave(self, tenant: str, session_id: str, ticket: str) -> None:
        """Give the turn back. Never raises."""
        ...

    def degraded(self) -> tuple[Degraded, ...]:
        """The engine behind it while it is away, and what stands in."""
        ...

    async def ping(self, *, write: bool = False) -> None:
        """Raises MemoryUnavailable when the engine does not answer; with `write`, when it keeps nothing."""
        ...

    async def close(self) -> None: ...


def with_summary(state: SessionState, made: Summary | None) -> SessionState:
    """The state with a summary of its conversation that knows more than its own."""
    if made is None or made.conversation_id != state.conversation_id:
        return state
    places = {message.id: n for n, message in enumerate(state.history)}
    if places.get(made.upto, -1) <= places.get(state.summed_up_to, -1):
        return state
    return state.model_copy(update={"summary": made.text, "summed_up_to": made.upto})
