"""Questions about a product: what it is and costs comes live from the catalogue, the rest from what is written."""

import re

from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.agent import GraphAgent
from backend.rag.agent import KnowledgeAgent

#: Asks for the product as a whole, or for what only the live catalogue knows.
_OVERVIEW = re.compile(
    r"\b(tell me (more )?about|more (info|information|details?) (on|about)|describe|details (of|about|on|for)"
    r"|show me the"
    r"|what('s| is| are) (the |an? )?[\w\- ]+\?$)",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\b(price|cost|costs|how much|in stock|available|availability|sold out|what colou?rs?|which colou?rs?)\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\b(battery|screen|display|warranty|ports?|weigh\w*|memory|ram|storage|processor|cpu|size|resolution|camera"
    r"|charg\w*|charger|waterproof|water|support\w*|work\w*|connect\w*|manual|spec\w*|feature\w*|difference|life)\b",
    re.IGNORECASE,
)


class ProductAgent:
    """Chooses between catalogue and manuals; when the manuals are silent about a known product, shows what is known."""

    def __init__(self, catalogue: GraphAgent, knowledge: KnowledgeAgent) -> None:
        self._catalogue = catalogue
        self._knowledge = knowledge

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        entities = request.entities
        unsold = bool(entities.unknown_products) and not entities.products
        if unsold or entities.candidates or self._wants_overview(request):
            return await self._catalogue.gather(turn, request)
        found = await self._knowledge.gather(turn, request)
        if found.found or entities.products or not _LIVE.search(request.standalone):
            return found
        return await self._catalogue.gather(turn, request)

    def _wants_overview(self, request: Request) -> bool:
        said = request.standalone
        if _LIVE.search(said):
            return True
        return bool(request.entities.products and _OVERVIEW.search(said) and not _ATTRIBUTE.search(said))
