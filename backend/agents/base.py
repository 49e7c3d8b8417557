"""The ports between the orchestrator and those it calls."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.domain.conversation import Evidence, Reply, Request, Turn, Understanding
from backend.domain.identity import Identity
from backend.domain.messages import Channel
from backend.domain.shop_settings import ShopSettings


class Agent(Protocol):
    """Gathers evidence for one request. It reads, or proposes; it never writes what the shopper did not confirm."""

    async def gather(self, turn: Turn, request: Request) -> Evidence: ...


def ignored(understanding: Understanding) -> None:
    """For whoever waits for the whole reading."""


#: How a shop presents itself now.
Voice = Callable[[str], Awaitable[ShopSettings]]


class Reader(Protocol):
    """Reads what a message means. A reader that takes its time tells its first guess, so that looking up may begin."""

    async def read(self, turn: Turn, guess: Callable[[Understanding], None] = ignored) -> Understanding: ...


async def _silent_progress(step: str, label: str) -> None: ...


async def _silent_text(piece: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of a reply while it is made: named steps, and its text in pieces."""

    progress: Callable[[str, str], Awaitable[None]] = _silent_progress
    text: Callable[[str], Awaitable[None]] = _silent_text


SILENT = Listener()


class Writer(Protocol):
    """Says the evidence: the text of the reply, with what it cites and shows."""

    async def write(
        self, turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], listener: Listener
    ) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Call:
    """A message as it came in. `identity` is what the caller's token proved, None without one."""

    tenant: str
    text: str
    session_id: str | None = None
    identity: Identity | None = None
    action_id: str | None = None
    accept: bool = False
    #: names the message: sent again under the same key in the same session, it gets the answer it got
    key: str | None = None
    channel: Channel = Channel.API
    #: id or key of the shopper's message that this one takes the place of
    replaces: str | None = None
