"""Look-ups that begin on a first guess, while a model is still reading the message."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from backend.agents.base import Agent
from backend.domain.acts import Act
from backend.domain.conversation import Evidence, Request, Turn, Understanding
from backend.rag.words import term_set


class Ahead:
    """What was begun for one turn. Only reading is: records wait until it is known what is asked of them."""

    def __init__(self, agents: Mapping[Act, tuple[str, Agent]]) -> None:
        self._agents = agents
        self._begun: list[tuple[Turn, Request, asyncio.Task[Evidence]]] = []

    def begin(self, turn: Turn, guess: Understanding) -> None:
        """Start gathering for what the message seems to ask."""
        for request in guess.requests:
            room, agent = self._agents[request.act]
            if room in ("graph", "knowledge"):
                self._begun.append((turn, request, asyncio.ensure_future(agent.gather(turn, request))))

    async def gather(self, turn: Turn, request: Request, agent: Agent) -> Evidence:
        """The evidence that was begun for the same wish in the same state, else gathered now."""
        for begun_in, guessed, task in self._begun:
            if _same(guessed, request, begun_in.text) and begun_in.state == turn.state:
                evidence = await task
                return evidence.model_copy(update={"request": request})
        return await agent.gather(turn, request)

    async def close(self) -> None:
        """Stop what nobody asked for."""
        for *_, task in self._begun:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


def _same(guessed: Request, request: Request, said: str) -> bool:
    """Whether a wish is the one that was guessed, in other words: of its kind and about the same, with no word more or
    less than the message and the names of its goods hold. A model never words it just as the local reading does.
    """
    if (guessed.act, guessed.entities) != (request.act, request.entities):
        return False
    known = term_set(said).union(*(term_set(product.name) for product in request.entities.products))
    return term_set(guessed.standalone) ^ term_set(request.standalone) <= known
