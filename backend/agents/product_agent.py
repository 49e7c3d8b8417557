"""Questions about a product: what it is and costs comes live from the catalogue, the rest from what is written."""

import re

from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.agent import GraphAgent
from backend.graph.neighbours import is_bought_question
from backend.graph.offers import is_offer_question
from backend.rag.agent import KnowledgeAgent

#: Asks for the product as a whole.
_OVERVIEW = re.compile(
    r"\b(tell me (more )?about|more (info|information|details?) (on|about)|describe|details (of|about|on|for)"
    r"|show me the"
    r"|what('s| is| are) (the |an? )?[\w\- ]+\?$)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\b(battery|screen|display|warranty|ports?|weigh\w*|memory|ram|storage|processor|cpu|size|resolution|camera"
    r"|charg\w*|charger|waterproof|water|support\w*|work\w*|connect\w*|manual|spec\w*|feature\w*|difference|life)\b",
    re.IGNORECASE,
)
#: Points at goods that nothing in the conversation or the message names.
_POINTS = re.compile(
    r"^\W*(?:and |so |but |ok |then )*(?:what|how|does|do|is|are|can|will|which|when|why)\b.{0,40}?\b(?:it|its|they"
    r"|their|(?:this|that|these|those)(?: (?:one|product|item|model|thing|device|laptop|phone|tablet|monitor|tv|camera"
    r"|watch))?)\b",
    re.IGNORECASE,
)
#: A question this long explains by itself what it is about.
_LONG = 9


class ProductAgent:
    """Chooses between catalogue and manuals; of goods that nothing names it asks which are meant."""

    def __init__(self, catalogue: GraphAgent, knowledge: KnowledgeAgent) -> None:
        self._catalogue = catalogue
        self._knowledge = knowledge

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        request = await self._catalogue.about_it(turn, request)
        entities = request.entities
        unsold = bool(entities.unknown_products) and not entities.products
        if unsold or entities.candidates or _wants_catalogue(request) or _names_nothing(request):
            return await self._catalogue.gather(turn, request)
        if len(entities.products) == 2 and await self._catalogue.asks_of_two(turn, request):
            return await self._catalogue.gather(turn, request)
        if entities.products and await self._catalogue.compares(turn, request):
            return await self._catalogue.gather(turn, request)
        if await self._catalogue.chooses(turn, request):
            return await self._catalogue.gather(turn, request)
        return await self._knowledge.gather(turn, request)


def _wants_catalogue(request: Request) -> bool:
    said = request.standalone
    if is_offer_question(said, request.entities.options) or (request.entities.products and is_bought_question(said)):
        return True
    return bool(request.entities.products and _OVERVIEW.search(said) and not _ATTRIBUTE.search(said))


def _names_nothing(request: Request) -> bool:
    said, entities = request.standalone, request.entities
    return not entities.products and len(said.split()) <= _LONG and bool(_POINTS.search(said))
