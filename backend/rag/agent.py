"""Gathers what the shop has written down about a question, with citations."""

import re
from functools import partial

from backend.domain.acts import Act
from backend.domain.conversation import Evidence, ProductRef, Request, Turn
from backend.domain.knowledge import DocumentKind, GroundedAnswer
from backend.rag.asking import MARGIN
from backend.rag.embedder import Vector
from backend.rag.knowledge import Knowledge
from backend.rag.leaning import leans_on

#: What holds for the whole shop, and the acts that ask for it.
_SHOP = (DocumentKind.POLICY, DocumentKind.FAQ, DocumentKind.ARTICLE)
_HELP = (DocumentKind.MANUAL, DocumentKind.FAQ, DocumentKind.ARTICLE)
_OF_SHOP = frozenset({Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT})
#: How sure documents must be of what sounds foreign to a shop, and how far back a follow-up may lean.
SURE, REMEMBERED = 0.8, 6
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
        return _evidence(request, product, await self._answer(turn, request, product, vector))

    async def written_about(self, turn: Turn, request: Request) -> Evidence | None:
        """The answer about a product that the message and documents name and the catalogue does not; None without."""
        product_id = await self._knowledge.product_meant(turn.tenant, [request.standalone])
        if product_id is None or request.entities.products:
            return None
        answer = await self._knowledge.answer_about(turn.tenant, request.standalone, product_id)
        return _evidence(request, None, answer)

    async def surely(self, turn: Turn, request: Request) -> Evidence | None:
        """The answer to what does not sound like a matter of the shop, where its documents treat just that."""
        answer = await self._knowledge.answer(turn.tenant, request.standalone)
        return _evidence(request, None, answer) if answer.known and answer.confidence >= SURE else None

    async def help(self, turn: Turn, request: Request) -> Evidence:
        """What the pages of the product that is named say to do about a fault; its specifications are no help."""
        product = request.entities.products[0]
        answer = await self._knowledge.answer(turn.tenant, request.standalone, product_id=product.id, kinds=_HELP)
        return _evidence(request, product, answer)

    async def _answer(
        self, turn: Turn, request: Request, product: ProductRef | None, vector: Vector | None
    ) -> GroundedAnswer:
        """From the product's own pages or from what holds for the whole shop, whichever is surer."""
        tenant, question, of_shop = turn.tenant, request.standalone, request.act in _OF_SHOP
        if product is None:
            return await self._answer_unnamed(turn, request, vector)
        wide = _of_kind(question, product, request) if of_shop else question
        ask_shop = partial(self._knowledge.answer, tenant, wide, kinds=_SHOP, shop_wide=True)
        if wide == question:
            ask_shop = partial(ask_shop, vector=vector)
        if request.act in _NEVER_OF_PRODUCT:
            return await ask_shop()
        if len(request.entities.products) > 1:
            each = await self._knowledge.answer_each(tenant, question)
            if each is not None and each.known:
                return each
        own = await self._knowledge.answer(tenant, question, product_id=product.id, vector=vector)
        shop = await ask_shop(above=own.confidence + (-MARGIN if of_shop else MARGIN) if own.known else 0.0)
        return shop if shop.known or not own.known else own

    async def _answer_unnamed(self, turn: Turn, request: Request, vector: Vector | None) -> GroundedAnswer:
        """What holds for the shop where that is asked for, else what is written about the product that is meant."""
        tenant, question = turn.tenant, request.standalone
        history = [message.text for message in turn.state.history[-REMEMBERED:]]
        before = leans_on(history, request.text)
        ask = partial(self._knowledge.answer, tenant, question, vector=vector, before=before)
        if request.act in _OF_SHOP and (found := await ask(kinds=_SHOP, shop_wide=True)).known:
            return found
        meant = await self._knowledge.product_meant(tenant, [*history, question])
        if before is None or meant is None:
            found = await ask()
            if found.known or meant is None or request.act in _OF_SHOP:
                return found
        return await self._knowledge.answer_about(tenant, question, meant, before=before)


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
