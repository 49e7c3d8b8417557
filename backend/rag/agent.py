"""Gathers what the shop has written down about a question, with citations."""

import re

from backend.domain.conversation import Act, Evidence, ProductRef, Request, Turn
from backend.domain.knowledge import DocumentKind, GroundedAnswer
from backend.rag.embedder import Vector
from backend.rag.knowledge import MARGIN, Knowledge

#: What holds for the whole shop, and the acts that ask for it.
_SHOP = (DocumentKind.POLICY, DocumentKind.FAQ, DocumentKind.ARTICLE)
_HELP = (DocumentKind.MANUAL, DocumentKind.FAQ, DocumentKind.ARTICLE)
_OF_SHOP = frozenset({Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT})
#: No page of a product tells what a parcel costs or how a return goes.
_NEVER_OF_PRODUCT = frozenset({Act.DELIVERY_QUESTION, Act.REFUND_QUESTION})


class KnowledgeAgent:
    """For questions of product, shop, delivery, refund and account, and for help with a fault."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    async def gather(self, turn: Turn, request: Request, *, vector: Vector | None = None) -> Evidence:
        """The cited answer, or `found=False` with no text when nothing written answers.

        `vector` is that of `request.standalone`, when the caller has it already.
        """
        product = next(iter(request.entities.products), None)
        return _evidence(request, product, await self._answer(turn.tenant, request, product, vector))

    async def help(self, turn: Turn, request: Request) -> Evidence:
        """What the pages of the product that is named say to do about a fault; its specifications are no help."""
        product = request.entities.products[0]
        answer = await self._knowledge.answer(turn.tenant, request.standalone, product_id=product.id, kinds=_HELP)
        return _evidence(request, product, answer)

    async def _answer(
        self, tenant: str, request: Request, product: ProductRef | None, vector: Vector | None
    ) -> GroundedAnswer:
        """From the product's own pages or from what holds for the whole shop, whichever is surer."""
        question, of_shop = request.standalone, request.act in _OF_SHOP
        if product is None:
            kinds = _SHOP if of_shop else None
            found = await self._knowledge.answer(tenant, question, kinds=kinds, vector=vector)
            return (
                found if found.known or not of_shop else await self._knowledge.answer(tenant, question, vector=vector)
            )
        own = await self._knowledge.answer(tenant, question, product_id=product.id, vector=vector)
        wide = _of_kind(question, product, request) if of_shop else question
        vector = vector if wide == question else None
        shop = await self._knowledge.answer(tenant, wide, kinds=_SHOP, shop_wide=True, vector=vector)
        if request.act in _NEVER_OF_PRODUCT:
            return shop
        if not (own.known and shop.known):
            return own if own.known else shop
        ahead = shop.confidence - own.confidence
        return shop if ahead > (-MARGIN if of_shop else MARGIN) else own


def _evidence(request: Request, product: ProductRef | None, answer: GroundedAnswer) -> Evidence:
    focus = (product,) if product else ()
    if not answer.known:
        return Evidence(request=request, found=False, focus_products=focus)
    return Evidence(
        request=request,
        text=answer.text,
        facts=_facts(answer.text),
        sources=answer.sources,
        focus_products=focus,
    )


def _of_kind(question: str, product: ProductRef, request: Request) -> str:
    """The question as the shop's rules would put it: "can I return the OLED TV 55?" is about TVs; parcels are alike."""
    kind = (request.entities.category or "it").lower() if request.act is Act.REFUND_QUESTION else "it"
    return re.sub(rf"(?:\bthe\s+)?{re.escape(product.name)}", lambda _: kind, question, flags=re.IGNORECASE)


def _facts(text: str) -> tuple[str, ...]:
    """The cited statements of an answer, one by one."""
    return tuple(part for part in re.split(r"(?<=\d\])\s+", text) if part)
