"""The JSON of the public surface where it differs from the domain."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from backend.domain.acts import Intent
from backend.domain.base import Moment, Shaped
from backend.domain.cards import Card
from backend.domain.cases import Handoff
from backend.domain.conversation import Degraded, PendingAction, Reply
from backend.domain.knowledge import Source
from backend.domain.messages import Channel

#: Tabs and line breaks are text; every other control character is not.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e\ufeff\ud800-\udfff]")


def _readable(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("contains control characters; send plain text")
    if not text.strip():
        raise ValueError("is empty; write 1 to 4,000 characters")
    return text


class Body(BaseModel):
    """A JSON body: unknown fields are refused, so that a typo is never silently ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


MessageText = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_readable)]
SessionId = Annotated[str, Field(min_length=1, max_length=128), Shaped(r"^[A-Za-z0-9._:\-]+$", "visitor-4711")]


#: A message's id, or the key that the client gave it.
MessageName = Annotated[str, Field(min_length=1, max_length=200)]


class Decision(Body):
    """The answer to a pending action."""

    action_id: Annotated[str, Field(min_length=1, max_length=128)]
    accept: bool


class ChatRequest(Body):
    """A message, or the decision on a pending action of that session."""

    message: MessageText | None = None
    session_id: SessionId | None = None
    decision: Decision | None = None
    #: where the conversation is held, as the desk shows it
    channel: Literal[Channel.CHAT, Channel.WIDGET, Channel.API] = Channel.API
    #: the shopper's message (its `message_id`, or the key it was sent with) that this one is written in place of
    replaces: MessageName | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ChatRequest":
        if (self.message is None) == (self.decision is None):
            raise ValueError("send either `message` or `decision`")
        if self.decision is not None and self.session_id is None:
            raise ValueError("a `decision` needs its `session_id`")
        return self


class PendingActionView(BaseModel):
    """A write that waits for consent, as its owner sees it."""

    id: str
    tool: str
    arguments: dict[str, Any]
    order_id: str | None
    title: str
    summary: str
    lines: tuple[tuple[str, str], ...]
    confirm_label: str
    decline_label: str
    expires_at: Moment

    @classmethod
    def of(cls, pending: PendingAction) -> "PendingActionView":
        return cls.model_validate(pending.model_dump(exclude={"customer_id"}))


class ChatReply(BaseModel):
    """The reply to POST /api/chat."""

    session_id: str
    message_id: str
    response: str
    intent: Intent
    intents: tuple[Intent, ...]
    confidence: Annotated[float, Field(ge=0, le=1)]
    sources: tuple[Source, ...]
    cards: tuple[Card, ...]
    pending_action: PendingActionView | None = None
    suggestions: tuple[str, ...]
    degraded: tuple[Degraded, ...]
    handoff: Handoff | None = None
    superseded: bool = False

    @classmethod
    def of(cls, reply: Reply) -> "ChatReply":
        fields = {name: getattr(reply, name) for name in Reply.model_fields if name != "pending_action"}
        pending = PendingActionView.of(reply.pending_action) if reply.pending_action else None
        return cls(**fields, pending_action=pending)
