"""A whole message becomes requests, against the state of its session."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from backend.agents.understanding import keywords
from backend.agents.understanding.classifier import Prediction
from backend.agents.understanding.local import LocalUnderstanding
from backend.domain.acts import Act, Intent
from backend.domain.catalogue import ProductFilter
from backend.domain.conversation import (
    Consent,
    Draft,
    Entities,
    Focus,
    PendingAction,
    ProductRef,
    Request,
    SessionState,
    Turn,
    Understanding,
)
from backend.domain.errors import EngineUnavailable
from backend.domain.messages import Message, Role
from backend.rag.embedder import Matrix, Vector
from tests.understanding.shop import Shop

SHOP = Shop()
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
X1 = ProductRef(id="P-1001", name="X1 Laptop")
G1 = ProductRef(id="P-1004", name="Gaming Laptop G1")


class Vectors:
    """An embedder that only counts its passes."""

    name = "none"
    width = 2

    def __init__(self) -> None:
        self.passes: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.passes.append(list(texts))
        return np.zeros((len(texts), self.width), dtype=np.float32)

    def embed_one(self, text: str) -> Vector:
        vector: Vector = self.embed([text])[0]
        return vector

    async def aembed_one(self, text: str) -> Vector:
        return self.embed_one(text)


class Broken(Vectors):
    def embed(self, texts: Sequence[str]) -> Matrix:
        raise EngineUnavailable("gone")


class Words:
    """Judges by keywords, whatever the vector."""

    def predict(self, text: str, vector: Vector) -> Prediction:
        return keywords.classify(text)

    def by_words(self, text: str) -> Prediction | None:
        return None


async def read(text: str, embedder: Vectors | None = None, **state: object) -> Understanding:
    turn = Turn(
        tenant="t", message_id="m", text=text, at=NOW, state=SessionState.model_validate({"session_id": "s", **state})
    )
    return await LocalUnderstanding(embedder or Vectors(), lambda tenant: Words()).read(turn, SHOP)


def asked(act: Act, text: str = "Where is my order", **entities: object) -> Request:
    return Request(text=text, standalone=text, act=act, confidence=0.9, entities=Entities.model_validate(entities))


def waiting(tool: str = "cancel_order") -> PendingAction:
    return PendingAction(
        id="A-1", tool=tool, arguments={}, customer_id="C-1", order_id="ORD-1003", title="Cancel ORD-1003", summary="",
        expires_at=NOW,
    )  # fmt: skip


async def test_several_wishes_in_the_order_asked_and_in_one_pass() -> None:
    vectors = Vectors()
    found = await read("Track ORD-1001 and show me laptops", vectors)
    assert [r.intent for r in found.requests] in (
        [Intent.ORDER_STATUS, Intent.PRODUCT_INFO],
        [Intent.DELIVERY, Intent.PRODUCT_INFO],
    )
    assert found.requests[0].entities.order_ids == ("ORD-1001",)
    assert found.requests[1].entities.order_ids == ()
    assert found.requests[1].entities.category == "Laptops"
    assert vectors.passes == [["Track ORD-1001", "show me laptops", "Track ORD-1001 and show me laptops"]]


async def test_one_wish_costs_one_pass_of_the_rewritten_sentence() -> None:
    vectors = Vectors()
    focus = Focus(products=(X1,), act=Act.PRODUCT_QUESTION, topic="Tell me about the X1 Laptop")
    found = await read("What's the battery life?", vectors, focus=focus)
    assert vectors.passes == [["What's the battery life of the X1 Laptop?"]]
    assert found.requests[0].standalone == "What's the battery life of the X1 Laptop?"


class Settled(Words):
    """Is sure of every text by its words alone."""

    def by_words(self, text: str) -> Prediction | None:
        return replace(keywords.classify(text), act=Act.PRODUCT_QUESTION, intent=Intent.PRODUCT_INFO, confidence=0.97)


@pytest.mark.parametrize(
    ("text", "state", "passes"),
    [
        ("What's the battery life of the X1 Laptop?", {}, 0),
        ("What's the battery life of the ThinkMate 9?", {}, 1),  # may be none of the shop's business
        ("Where is my X1 Laptop of order ORD-1001?", {}, 1),  # a record is read
        ("Is the X1 Laptop better?", {}, 1),  # better than what was spoken of
        ("What's the battery life of the X1 Laptop?", {"draft": Draft(request=asked(Act.RETURN), asking="reason")}, 1),
        ("How do I clean the X1 Laptop and where is my order?", {}, 1),
    ],
)
async def test_words_that_settle_a_question_about_goods_need_no_pass(
    text: str, state: dict[str, object], passes: int
) -> None:
    vectors = Vectors()
    turn = Turn(
        tenant="t", message_id="m", text=text, at=NOW, state=SessionState.model_validate({"session_id": "s", **state})
    )
    found = await LocalUnderstanding(vectors, lambda tenant: Settled()).read(turn, SHOP)
    assert len(vectors.passes) == passes
    assert passes or found.requests[0].act is Act.PRODUCT_QUESTION


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("How do I charge my X1 Laptop the right way?", 0),
        ("How do I charge the X1 Laptop to my other card?", 1),
        ("How do I set up a return of the X1 Laptop?", 1),
        ("How do I reset my password?", 1),
    ],
)
async def test_how_something_is_done_to_a_named_product_is_asked_of_its_manual(text: str, passes: int) -> None:
    vectors = Vectors()
    found = await read(text, vectors)
    assert len(vectors.passes) == passes
    assert passes or found.requests[0].act is Act.PRODUCT_QUESTION


async def test_a_number_behind_what_is_told_is_no_wish_of_its_own() -> None:
    found = await read("My keyboard arrived broken! Order number ORD-1004, priya@example.com")
    assert [r.act for r in found.requests] == [Act.COMPLAINT_NEW]
    assert found.requests[0].entities.order_ids == ("ORD-1004",)
    assert found.requests[0].entities.email == "priya@example.com"
    greeted = await read("Hi there. ORD-1004, priya@example.com")
    assert [r.act for r in greeted.requests] == [Act.ORDER_LOOKUP]


async def test_a_negated_wish_is_not_asked_for() -> None:
    found = await read("I don't want a refund, I just want to know where ORD-1002 is")
    assert Intent.REFUND not in found.intents
    assert found.requests[0].entities.order_ids == ("ORD-1002",)


async def test_names_of_a_negated_wish_are_still_known() -> None:
    found = await read("don't cancel order ORD-1002, just tell me when it arrives")
    assert found.requests[0].act is not Act.ORDER_CANCEL
    assert found.requests[0].entities.order_ids == ("ORD-1002",)


async def test_a_refused_write_alone_writes_nothing() -> None:
    found = await read("please don't cancel my order ORD-1003")
    assert [r.act for r in found.requests] == [Act.ORDER_LOOKUP]


async def test_a_later_clause_borrows_from_an_earlier_one() -> None:
    found = await read("Where is ORD-1002 and can I return it?")
    assert len(found.requests) == 2
    assert all(r.entities.order_ids == ("ORD-1002",) for r in found.requests)


async def test_statements_lend_their_numbers_to_the_wish() -> None:
    found = await read("Where's my order? The number is ORD-1002 and my email is sarah.johnson@example.com")
    assert len(found.requests) == 1
    assert found.requests[0].entities.order_ids == ("ORD-1002",)
    assert found.requests[0].entities.email == "sarah.johnson@example.com"


async def test_the_same_wish_twice_is_one() -> None:
    found = await read("Cancel order ORD-1003. I want to cancel it and get my money back.")
    assert [r.act for r in found.requests] == [Act.ORDER_CANCEL]


@pytest.mark.parametrize(
    "text",
    [
        "sarah.johnson@example.com",
        "my email is sarah.johnson@example.com",
        "it's sarah.johnson@example.com, order ORD-1002",
    ],
)
async def test_an_address_alone_proves_who_asks(text: str) -> None:
    draft = Draft(request=asked(Act.DELIVERY_TRACK, order_ids=("ORD-1002",)), asking="identity")
    found = await read(text, draft=draft)
    assert [r.act for r in found.requests] == [Act.IDENTIFY]
    assert found.requests[0].entities.email == "sarah.johnson@example.com"


async def test_a_code_alone_proves_who_asks() -> None:
    draft = Draft(request=asked(Act.RETURN, order_ids=("ORD-1001",)), asking="code")
    found = await read("482 913", draft=draft)
    assert found.requests[0].act is Act.IDENTIFY
    assert found.requests[0].entities.code == "482913"
    assert found.requests[0].entities.order_ids == ()


async def test_a_number_alone_keeps_the_wish_that_asked_for_it() -> None:
    draft = Draft(request=asked(Act.RETURN), asking="order_id")
    found = await read("it's ORD-1001", draft=draft)
    assert found.requests[0].act is Act.RETURN
    assert (await read("ORD-1001")).requests[0].act is Act.ORDER_LOOKUP
    assert (await read("CMP-101")).requests[0].act is Act.COMPLAINT_STATUS


async def test_a_product_alone_completes_the_question() -> None:
    draft = Draft(request=asked(Act.PRODUCT_QUESTION, "What's the price?"), asking="product")
    found = await read("the X1 please", draft=draft)
    assert found.requests[0].act is Act.PRODUCT_QUESTION
    assert found.requests[0].standalone == "What's the price of the X1 Laptop?"
    assert found.requests[0].entities.products == (X1,)


async def test_a_question_in_the_middle_is_its_own_wish() -> None:
    draft = Draft(request=asked(Act.RETURN, order_ids=("ORD-1001",)), asking="reason")
    found = await read("what's your return policy?", draft=draft)
    assert found.requests[0].act is Act.REFUND_QUESTION


async def test_an_answer_stays_with_the_wish() -> None:
    draft = Draft(request=asked(Act.RETURN, order_ids=("ORD-1001",)), asking="reason")
    found = await read("the sound is too quiet for me", draft=draft)
    assert found.requests[0].act is Act.RETURN


async def test_consent_is_read_only_where_something_waits() -> None:
    assert (await read("yes")).consent is Consent.OTHER
    agreed = await read("yes please", pending=waiting())
    assert agreed.consent is Consent.YES
    assert agreed.requests == ()
    declined = await read("no thanks", pending=waiting())
    assert declined.consent is Consent.NO


async def test_a_question_over_a_pending_action_is_no_consent() -> None:
    found = await read("how long do refunds take?", pending=waiting())
    assert found.consent is Consent.OTHER
    assert found.intents == (Intent.REFUND,)


async def test_an_order_in_view_is_meant_without_its_number() -> None:
    focus = Focus(orders=("ORD-1002",), act=Act.ORDER_LOOKUP, topic="Where is ORD-1002?")
    assert (await read("when will it arrive?", focus=focus)).requests[0].entities.order_ids == ("ORD-1002",)
    assert (await read("cancel my order please", focus=focus)).requests[0].entities.order_ids == ("ORD-1002",)
    assert (await read("what is your return policy?", focus=focus)).requests[0].entities.order_ids == ()


async def test_a_search_is_narrowed_by_the_session() -> None:
    focus = Focus(act=Act.PRODUCT_SEARCH, topic="Show me laptops", filter=ProductFilter(category="Laptops"))
    found = await read("only under $1000", focus=focus)
    assert found.requests[0].act is Act.PRODUCT_SEARCH
    assert found.requests[0].entities.filter == ProductFilter(category="Laptops", max_price_cents=100000)


async def test_model_numbers_are_no_order_numbers() -> None:
    found = await read("compare the TP-X1-15 and the LGA-1700 boards")
    assert found.requests[0].entities.order_ids == ()


async def test_what_was_said_explains_a_pronoun_that_no_product_does() -> None:
    said = (
        Message(id="1", role=Role.SHOPPER, text="Do you have a loyalty program called Star Club?", at=NOW),
        Message(id="2", role=Role.ASSISTANT, text="Yes, Star Club gives points for each order.", at=NOW),
    )
    found = await read("how do I join it?", history=said)
    assert "Star Club" in found.requests[0].standalone


async def test_keywords_judge_when_the_embedder_is_gone() -> None:
    found = await read("Show me laptops under $1500", Broken())
    assert found.path == "keywords"
    assert found.intents == (Intent.PRODUCT_INFO,)
    assert found.requests[0].entities.filter is not None
    assert (await read("Show me laptops")).path == "local"


async def test_nothing_to_say_is_still_answered() -> None:
    for text in ("?", "...", "ok", "👍", "a" * 4000, "\n\n"):
        assert (await read(text)).requests
