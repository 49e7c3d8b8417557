"""Free questions over the product graph: a model chooses among the named ones, with typed arguments."""

import re
from typing import Literal

import structlog
from pydantic import BaseModel

from backend.agents.replies import without_model
from backend.domain.acts import Act
from backend.domain.conversation import Evidence, ProductRef, Request, Turn
from backend.graph.agent import GraphAgent
from backend.graph.catalogue import Catalogue
from backend.graph.relating import Relating
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt

log = structlog.get_logger()

_LONGEST = 400
_MOST_PRODUCTS = 6
#: What speaks of one product's place among others; only then a call is worth its price.
_RELATES = re.compile(
    r"\b(?:fit\w*|takes?|accepts?|works?|go(?:es)?|compatib\w+|match\w*|suits?|support\w*|alongside|pair\w*|instead"
    r"|alternatives?|similar|like|cheaper|better|upgrade|bought|together|relat\w+|connect\w*|link\w*)\b",
    re.IGNORECASE,
)
_OF_GRAPH = frozenset({Act.PRODUCT_SEARCH, Act.COMPATIBILITY})
#: A shorter question is read as well without a model.
_SHORT = 7


class _Choice(BaseModel):
    """What the model fills in; every field is checked before anything is asked."""

    question: Literal["what_fits", "fits", "link", "similar", "cheaper", "better", "bought_with", "none"]
    product: int
    other: int
    goods: str
    want: Literal["goods", "brands", "count"]


class RelatingAgent:
    """Before the graph's own agent, where a key is set. Whatever the model gets wrong, the local reading answers."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue, agent: GraphAgent) -> None:
        self._model, self._catalogue, self._agent = model, catalogue, agent

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        """At most one call, only for a question that relates a known product to others, and only where no model has
        read the message: a turn makes two calls at most.
        """
        products = _in_view(turn, request)
        if not products or not _is_free(request) or accounts.asked_already():
            return await self._agent.gather(turn, request)
        try:
            choice = await self._model.parse(_prompt(request, products), _Choice, "choose")
        except ModelUnavailable as failure:
            log.warning("relating_without_model", reason=str(failure))
            evidence = await self._agent.gather(turn, request)
            return evidence.model_copy(update={"degraded": (*evidence.degraded, without_model("local", failure))})
        wish = await self._checked(turn, choice, products)
        if wish is None:
            return await self._agent.gather(turn, request)
        return await self._agent.relate(turn, request, wish)

    async def _checked(self, turn: Turn, choice: _Choice, products: tuple[ProductRef, ...]) -> Relating | None:
        """The choice with the shop's own ids and conditions; None where it does not hold water."""
        product, other = _numbered(choice.product, products), _numbered(choice.other, products)
        if choice.question == "none" or product is None or product == other:
            return None
        if choice.question in ("fits", "link") and other is None:
            return None
        words = await self._catalogue.words(turn.tenant)
        goods = choice.goods[:_LONGEST] if choice.question == "what_fits" else ""
        return Relating(
            question=choice.question,
            product_id=product.id,
            other_id=other.id if other is not None else "",
            filter=words.parse(goods).filter,
            want=choice.want,
        )


def _is_free(request: Request) -> bool:
    """Whether more is asked than if two named products go together."""
    said = request.standalone
    settled = request.act is Act.COMPATIBILITY and len(request.entities.products) > 1
    return request.act in _OF_GRAPH and not settled and len(said.split()) >= _SHORT and bool(_RELATES.search(said))


def _in_view(turn: Turn, request: Request) -> tuple[ProductRef, ...]:
    """The products of the question, then those that the conversation is about."""
    known = (*request.entities.products, *turn.state.focus.products)
    return tuple({ref.id: ref for ref in known}.values())[:_MOST_PRODUCTS]


def _numbered(number: int, products: tuple[ProductRef, ...]) -> ProductRef | None:
    return products[number - 1] if 1 <= number <= len(products) else None


def _prompt(request: Request, products: tuple[ProductRef, ...]) -> Prompt:
    listed = "\n".join(f"{number}. {ref.name}" for number, ref in enumerate(products, 1))
    told = prompt(
        "relate_turn",
        products=fenced("products", listed),
        question=fenced("question", f"{request.text}\n{request.standalone}"),
    )
    return Prompt(instructions=prompt("relate"), messages=(("user", told),))
