"""The agent asks the product's pages first, then the shop's, and says so when neither knows."""

from backend.domain.acts import Act
from backend.domain.base import utc_now
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, SessionState, Turn
from backend.rag.agent import KnowledgeAgent
from tests.rag.conftest import Shop

HALO = ProductRef(id="L-1", name="Halo Desk Lamp")


async def gather(shop: Shop, text: str, act: Act, *products: ProductRef) -> Evidence:
    turn = Turn(tenant=shop.tenant, message_id="m", text=text, at=utc_now(), state=SessionState(session_id="s"))
    request = Request(text=text, standalone=text, act=act, confidence=1, entities=Entities(products=products))
    return await KnowledgeAgent(shop.knowledge).gather(turn, request)


async def test_a_product_question_is_answered_from_its_pages(shop: Shop) -> None:
    evidence = await gather(shop, "What is the battery life of the Halo?", Act.PRODUCT_QUESTION, HALO)
    assert "9 hours" in evidence.text
    assert evidence.facts == (evidence.text,)
    assert evidence.sources[0].title == "Halo Desk Lamp"
    assert evidence.focus_products == (HALO,)


async def test_what_the_product_does_not_say_the_shop_may(shop: Shop) -> None:
    evidence = await gather(shop, "How many days do I have to send the Halo lamp back?", Act.PRODUCT_QUESTION, HALO)
    assert "45 days" in evidence.text


async def test_policies_answer_delivery_questions(shop: Shop) -> None:
    evidence = await gather(shop, "do you deliver abroad?", Act.DELIVERY_QUESTION)
    assert "only inside Norway" in evidence.text


async def test_the_unknown_has_no_text_and_no_source(shop: Shop) -> None:
    evidence = await gather(shop, "Can I put a SIM card into the Halo?", Act.PRODUCT_QUESTION, HALO)
    assert (evidence.found, evidence.text, evidence.sources) == (False, "", ())


async def test_what_is_not_surer_than_asked_for_is_not_said(shop: Shop) -> None:
    question = "How much does delivery cost?"
    found = await shop.knowledge.answer(shop.tenant, question, shop_wide=True)
    assert found.known
    again = await shop.knowledge.answer(shop.tenant, question, shop_wide=True, above=found.confidence - 0.01)
    assert again == found
    assert not (await shop.knowledge.answer(shop.tenant, question, shop_wide=True, above=found.confidence)).known
