"""Goods that documents name and the catalogue does not know are asked of the documents."""

from backend.agents.base import Agent
from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.agent import GraphAgent
from backend.rag.agent import KnowledgeAgent


class WrittenFirst:
    """A shop that has only documents answers from them; others ask them about a name that the catalogue lacks."""

    def __init__(self, catalogue: GraphAgent, knowledge: KnowledgeAgent, otherwise: Agent) -> None:
        self._catalogue = catalogue
        self._knowledge = knowledge
        self._otherwise = otherwise

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        if await self._catalogue.sells_nothing(turn):
            return await self._knowledge.gather(turn, request)
        if request.entities.unknown_products:
            written = await self._knowledge.written_about(turn, request)
            if written is not None and written.found:
                return written
        return await self._otherwise.gather(turn, request)
