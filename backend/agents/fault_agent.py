"""Something does not work: what the manual says about it first, then the complaint."""

import re

from backend.agents.actions.agent import ActionAgent
from backend.domain.conversation import Evidence, Request, Turn
from backend.rag.agent import KnowledgeAgent

#: A shopper who wants it on record, or tells how it reached them, has no use for a manual.
_ON_RECORD = re.compile(
    r"\bcompla|\breport|\bticket\b|\bfile\b|\bclaim\b|\brefund|\breturn|\breplace|\bexchange|\barrived?\b|\bcame\b"
    r"|\breceived?\b|\bdeliver|\bmissing\b|\bbroke|\bcrack|\bdamage|\bshatter|\bdead\b|\bwrong\b|\bfake\b|\brude\b",
    re.IGNORECASE,
)
_THEN = "If that does not help, I will file a complaint for you."


class FaultAgent:
    """Help for a fault that a manual knows comes before the question whose order it is; the complaint stays open."""

    def __init__(self, knowledge: KnowledgeAgent, actions: ActionAgent) -> None:
        self._knowledge = knowledge
        self._actions = actions

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        if not _may_be_helped(turn, request):
            return await self._actions.gather(turn, request)
        named = bool(request.entities.products)
        advice = await (self._knowledge.help if named else self._knowledge.written_about)(turn, request)
        claim = await self._actions.gather(turn, request)
        if advice is None or not advice.found or claim.pending is not None:
            return claim
        said = "\n\n".join(part for part in (advice.text, _THEN, claim.text) if part)
        changes = {"text": said, "sources": advice.sources, "focus_products": advice.focus_products}
        return claim.model_copy(update=changes)


def _may_be_helped(turn: Turn, request: Request) -> bool:
    """A fault told without an order and without the wish to have it on record."""
    named = request.entities
    open_question = turn.state.pending is not None or turn.state.draft is not None
    return not named.order_ids and not open_question and not _ON_RECORD.search(request.text)
