"""Canned replies over HTTP."""

from typing import Annotated

from fastapi import APIRouter, status
from pydantic import BaseModel, Field

from backend.api.callers import SupportCaller, Wired
from backend.api.schemas import Body, MessageText
from backend.domain.base import Shaped
from backend.domain.inbox import CannedReply
from backend.tools.canned import VARIABLES, Rendered, Subject

router = APIRouter(prefix="/api/staff/canned", tags=["desk"])


class CannedBody(Body):
    """`{{customer.first_name}}`, `{{order.id}}` and the like are filled in when it is used."""

    shortcut: Annotated[str, Shaped(r"^[a-z0-9][a-z0-9-]{0,39}$", "late-parcel")]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    text: MessageText
    language: Annotated[str, Shaped(r"^[a-z]{2}$", "de")] | None = None


class CannedList(BaseModel):
    results: tuple[CannedReply, ...]
    #: every variable and what stands for it
    variables: dict[str, str]


class RenderBody(Body):
    """For what the reply is used; `text` only where no kept reply is named by the path."""

    text: MessageText | None = None
    conversation_id: Annotated[str | None, Field(max_length=128)] = None
    customer_id: Annotated[str | None, Field(max_length=128)] = None
    order_id: Annotated[str | None, Field(max_length=60)] = None
    complaint_id: Annotated[str | None, Field(max_length=60)] = None


@router.get("", response_model=CannedList)
async def listed(container: Wired, caller: SupportCaller) -> CannedList:
    """Every canned reply, by shortcut."""
    return CannedList(results=await container.canned.all(caller.tenant), variables=dict(VARIABLES))


@router.post("", response_model=CannedReply, status_code=status.HTTP_201_CREATED)
async def add(body: CannedBody, container: Wired, caller: SupportCaller) -> CannedReply:
    """Keep a reply."""
    return await container.canned.save(
        caller.tenant, None, **body.model_dump(), actor=caller.actor, now=container.clock()
    )


@router.put("/{reply_id}", response_model=CannedReply)
async def change(reply_id: str, body: CannedBody, container: Wired, caller: SupportCaller) -> CannedReply:
    """Replace a reply."""
    return await container.canned.save(
        caller.tenant, reply_id, **body.model_dump(), actor=caller.actor, now=container.clock()
    )


@router.delete("/{reply_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove(reply_id: str, container: Wired, caller: SupportCaller) -> None:
    """Forget a reply."""
    await container.canned.remove(caller.tenant, reply_id, caller.actor)


@router.post("/render", response_model=Rendered)
async def render_text(body: RenderBody, container: Wired, caller: SupportCaller) -> Rendered:
    """A text with its variables filled in from the case."""
    return await container.canned.render(caller.tenant, body.text or "", _subject(body), caller.actor)


@router.post("/{reply_id}/render", response_model=Rendered)
async def render(reply_id: str, body: RenderBody, container: Wired, caller: SupportCaller) -> Rendered:
    """A kept reply with its variables filled in from the case."""
    return await container.canned.render_kept(caller.tenant, reply_id, _subject(body), caller.actor)


def _subject(body: RenderBody) -> Subject:
    return Subject(**body.model_dump(exclude={"text"}))
