"""Gathers what the shop has written down about a question, with citations."""

from backend.domain.conversation import Act, Evidence, ProductRef, Request, Turn
from backend.domain.knowledge import DocumentKind, GroundedAnswer
from backend.rag.embedder import Vector
from backend.rag.knowledge import Knowledge
from backend.rag.splitting import sentences

#: Where questions of a kind are answered; None is everywhere. The first that answers wins.
_SHOP = (DocumentKind.POLICY, DocumentKind.FAQ, DocumentKind.ARTICLE)
_KINDS: dict[Act, tuple[DocumentKind, ...] | None] = {
    Act.SHOP_QUESTION: None,
    Act.DELIVERY_QUESTION: _SHOP,
    Act.REFUND_QUESTION: _SHOP,
    Act.ACCOUNT: _SHOP,
}


class KnowledgeAgent:
    """For questions of product, shop, delivery, refund and account, and for help with a fault."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    async def gather(self, turn: Turn, request: Request, *, vector: Vector | None = None) -> Evidence:
        """The cited answer, or `found=False` with no text when nothing written answers.

        `vector` is that of `request.standalone`, when the caller has it already.
        """
        product = next(iter(request.entities.products), None)
        answer = await self._answer(turn.tenant, request, product, vector)
        if not answer.known:
            return Evidence(request=request, found=False, focus_products=(product,) if product else ())
        return Evidence(
            request=request,
            text=answer.text,
            facts=tuple(sentences(answer.text)),
            sources=answer.sources,
            focus_products=(product,) if product else (),
        )

    async def _answer(
        self, tenant: str, request: Request, product: ProductRef | None, vector: Vector | None
    ) -> GroundedAnswer:
        """The product's own pages first, then what holds for the whole shop."""
        question = request.standalone
        if product is not None:
            own = await self._knowledge.answer(tenant, question, product_id=product.id, vector=vector)
            if own.known:
                return own
            return await self._knowledge.answer(tenant, question, kinds=_SHOP, shop_wide=True, vector=vector)
        kinds = _KINDS.get(request.act)
        found = await self._knowledge.answer(tenant, question, kinds=kinds, vector=vector)
        if found.known or kinds is None:
            return found
        return await self._knowledge.answer(tenant, question, vector=vector)
