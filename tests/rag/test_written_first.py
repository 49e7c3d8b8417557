"""A shop that has only documents, and names that only documents know."""

from dataclasses import dataclass, field

from backend.agents.small_talk import SmallTalkAgent
from backend.agents.written_first import WrittenFirst
from backend.domain.acts import Act
from backend.domain.base import utc_now
from backend.domain.conversation import Entities, Evidence, Request, SessionState, Turn
from backend.domain.messages import Message, Role
from backend.rag.agent import KnowledgeAgent
from backend.rag.documents import make_document
from tests.rag.conftest import Shop


@dataclass
class Catalogue:
    """Sells something or nothing, and notes what it was asked."""

    empty: bool
    asked: list[str] = field(default_factory=list)

    async def sells_nothing(self, turn: Turn) -> bool:
        return self.empty

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        self.asked.append(request.text)
        return Evidence(request=request, text="We do not sell that.", found=False)


async def gather(shop: Shop, catalogue: Catalogue, text: str, *history: str, unknown: tuple[str, ...] = ()) -> Evidence:
    rows = [
        {"id": "k1", "title": "Charging", "product": "Kite 9"},
        {"id": "k2", "title": "Washing", "product": "Kite 9"},
    ]
    texts = (b"A full charge of the Kite 9 takes 40 minutes.", b"Rinse the sail with fresh water and dry it.")
    await shop.knowledge.put(shop.tenant, [make_document(r, t) for r, t in zip(rows, texts, strict=True)])
    said = tuple(
        Message(id=str(n), role=(Role.SHOPPER, Role.ASSISTANT)[n % 2], text=t, at=utc_now())
        for n, t in enumerate(history)
    )
    turn = Turn(
        tenant=shop.tenant, message_id="m", text=text, at=utc_now(), state=SessionState(session_id="s", history=said)
    )
    request = Request(
        text=text, standalone=text, act=Act.PRODUCT_QUESTION, confidence=1, entities=Entities(unknown_products=unknown)
    )
    knowledge = KnowledgeAgent(shop.knowledge)
    return await WrittenFirst(catalogue, knowledge, catalogue).gather(turn, request)  # type: ignore[arg-type]


async def test_a_shop_without_goods_answers_from_its_documents_follow_ups_too(shop: Shop) -> None:
    asked = "How do I charge the Kite 9?"
    assert "40 minutes" in (await gather(shop, Catalogue(empty=True), asked, unknown=("Kite 9",))).text
    after = await gather(shop, Catalogue(empty=True), "and how long does that take?", asked, "Use the cable.")
    assert "40 minutes" in after.text


async def test_a_name_that_documents_know_is_asked_of_them_and_others_of_the_catalogue(shop: Shop) -> None:
    catalogue = Catalogue(empty=False)
    assert "40 minutes" in (await gather(shop, catalogue, "How long does the Kite 9 charge?", unknown=("Kite 9",))).text
    assert not (await gather(shop, catalogue, "How long does the Condor 2 charge?", unknown=("Condor 2",))).found
    assert catalogue.asked == ["How long does the Condor 2 charge?"]


async def test_what_sounds_foreign_is_asked_of_the_documents_first(shop: Shop) -> None:
    await gather(shop, Catalogue(empty=True), "hello")

    async def voice(tenant: str) -> None:
        raise AssertionError("only a greeting has a voice of its own")

    async def said(text: str) -> Evidence:
        request = Request(text=text, standalone=text, act=Act.OUT_OF_SCOPE, confidence=1)
        turn = Turn(tenant=shop.tenant, message_id="m", text=text, at=utc_now(), state=SessionState(session_id="s"))
        return await SmallTalkAgent(voice, KnowledgeAgent(shop.knowledge)).gather(turn, request)  # type: ignore[arg-type]

    assert "fresh water" in (await said("how do I wash the sail of my Kite 9?")).text
    assert (await said("who won the cup final?")).sources == ()
