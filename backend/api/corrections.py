"""Staff correct what a message was taken for; the shop's classifier learns it."""

import hashlib
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, model_validator

from backend.api.callers import SupportCaller, Wired
from backend.api.schemas import Body
from backend.container import Container
from backend.domain.acts import INTENT_OF_ACT, Act, Intent
from backend.domain.base import Moment
from backend.domain.corrections import Correction
from backend.domain.errors import InvalidInput, NotFound
from backend.domain.messages import Role

router = APIRouter(prefix="/api/staff/corrections", tags=["staff"])


class CorrectionBody(Body):
    """A message by its id, or a text; and what it means: the act, or the intent alone."""

    message_id: Annotated[str | None, Field(max_length=200)] = None
    text: Annotated[str | None, Field(min_length=1, max_length=4000)] = None
    act: Act | None = None
    intent: Intent | None = None

    @model_validator(mode="after")
    def _complete(self) -> "CorrectionBody":
        if (self.message_id is None) == (self.text is None):
            raise ValueError("Give either message_id or text.")
        if self.act is None and self.intent is None:
            raise ValueError("Give the act or the intent that is meant.")
        if self.act and self.intent and INTENT_OF_ACT[self.act] is not self.intent:
            raise ValueError(f"The act {self.act} belongs to the intent {INTENT_OF_ACT[self.act]}.")
        return self


class CorrectionView(BaseModel):
    id: str
    text: str
    act: Act
    intent: Intent
    message_id: str | None
    author: str
    created_at: Moment

    @classmethod
    def of(cls, correction: Correction) -> "CorrectionView":
        return cls(**correction.model_dump(), intent=correction.intent)


class CorrectionList(BaseModel):
    results: tuple[CorrectionView, ...]


@router.get("", response_model=CorrectionList)
async def corrections(container: Wired, caller: SupportCaller) -> CorrectionList:
    """What staff have taught this shop's classifier, oldest first."""
    async with container.database.records(caller.tenant) as records:
        found = await records.corrections.all()
    return CorrectionList(results=tuple(map(CorrectionView.of, found)))


@router.post("", response_model=CorrectionView, status_code=202)
async def correct(body: CorrectionBody, container: Wired, caller: SupportCaller) -> CorrectionView:
    """Keep the correction; the classifier is trained with it behind the call and goes live when it is no worse."""
    text = body.text.strip() if body.text else await _said(container, caller.tenant, body.message_id or "")
    if not text:
        raise InvalidInput("There is nothing in that text.", field="text")
    act = body.act or await _likeliest(container, caller.tenant, text, body.intent or Intent.GENERAL)
    correction = Correction(
        id=hashlib.sha256(text.casefold().encode()).hexdigest()[:24],
        text=text,
        act=act,
        message_id=body.message_id,
        author=caller.actor,
        created_at=container.clock(),
    )
    async with container.database.records(caller.tenant, write=True) as records:
        await records.corrections.put(correction)
        await records.audit.add(caller.actor, "correct", f"message:{body.message_id or correction.id}")
        every = await records.corrections.all()
    container.classifiers.learn(caller.tenant, every)
    return CorrectionView.of(correction)


async def _said(container: Container, tenant: str, message_id: str) -> str:
    """The shopper's words. Raises NotFound, and InvalidInput for what the shop said."""
    async with container.database.records(tenant) as records:
        message = await records.conversations.message(message_id)
    if message is None:
        raise NotFound("There is no such message.", field="message_id")
    if message.role is not Role.SHOPPER:
        raise InvalidInput("Only a shopper's message can be corrected.", field="message_id")
    return message.text.strip()


async def _likeliest(container: Container, tenant: str, text: str, intent: Intent) -> Act:
    """The act of the intent that the classifier holds likeliest for the text."""
    vector = await container.embedder.aembed_one(text)
    acts = container.classifiers.of(tenant).predict(text, vector).acts
    return max((a for a in acts if INTENT_OF_ACT[a] is intent), key=lambda a: acts[a])
