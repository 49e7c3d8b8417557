"""A case as staff see it on one screen: what was said and why, who it is about, and what there is of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from backend.domain.acts import Intent
from backend.domain.base import Moment, Value
from backend.domain.cards import OrderCard
from backend.domain.cases import Complaint, HandoffCase
from backend.domain.corrections import Correction
from backend.domain.customers import Customer
from backend.domain.inbox import Attachment, DeskNote, Feedback, Satisfaction
from backend.domain.messages import Conversation, Role, StoredMessage
from backend.domain.orders import Exchange, Refund, Return


class TracedRequest(Value):
    """One wish that was understood."""

    text: str = ""
    standalone: str = ""
    act: str = ""
    confidence: float = 0.0
    entities: dict[str, Any] = Field(default_factory=dict)


class TracedStep(Value):
    """One thing done for an answer; `outcome` is "ok", "refused" or an error's kind. Milliseconds.

    Kinds: understand, agent, search (passages in `detail`), query (of the product graph), tool, rule, write.
    """

    kind: str
    name: str
    at_ms: float = 0.0
    ms: float = 0.0
    outcome: str = "ok"
    detail: dict[str, Any] = Field(default_factory=dict)


class ModelUse(Value):
    """One call to the language model. Money in microdollars; None: the price is unknown."""

    purpose: str
    model: str = ""
    seconds: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    microdollars: int | None = None
    outcome: str = "ok"


class TurnTrace(Value):
    """How an answer came about. `writer` is "model" or "local"; answers of earlier releases know less."""

    intents: tuple[str, ...] = ()
    confidence: float | None = None
    path: str | None = None
    sub_action: str | None = None
    language: str | None = None
    mood: str | None = None
    requests: tuple[TracedRequest, ...] = ()
    found: tuple[bool, ...] = ()
    sources: tuple[str, ...] = ()
    pending: str | None = None
    degraded: tuple[str, ...] = ()
    steps: tuple[TracedStep, ...] = ()
    model: tuple[ModelUse, ...] = ()
    writer: str | None = None
    ms: float | None = None

    @classmethod
    def of(cls, meta: dict[str, Any]) -> "TurnTrace":
        """What was kept with the answer; what this release does not know is left out."""
        shown = {name: value for name, value in meta.items() if name in cls.model_fields and value is not None}
        for name, kind in (("requests", TracedRequest), ("steps", TracedStep), ("model", ModelUse)):
            rows = shown.get(name, ())
            shown[name] = tuple({k: v for k, v in row.items() if k in kind.model_fields} for row in rows)
        return cls.model_validate(shown)


class CaseMessage(Value):
    """One message of a case. `trace` only with the assistant's, `feedback` when the shopper gave a thumb."""

    id: str
    role: Role
    text: str
    at: Moment
    staff_name: str | None = None
    trace: TurnTrace | None = None
    feedback: Feedback | None = None
    #: the shopper wrote another message in its place and sees it no more
    replaced: bool = False
    #: what staff said that the shopper's message really meant
    corrected: Intent | None = None

    @classmethod
    def of(
        cls, said: StoredMessage, thumbs: Mapping[str, Feedback], corrections: Mapping[str, Correction]
    ) -> "CaseMessage":
        """The message as staff see it."""
        meta = said.meta or {}
        return cls(
            id=said.id,
            role=said.role,
            text=said.text,
            at=said.at,
            staff_name=meta.get("staff_name") if said.role is Role.STAFF else None,
            trace=TurnTrace.of(meta) if said.role is Role.ASSISTANT and meta else None,
            feedback=thumbs.get(said.id),
            replaced=said.replaced_by is not None,
            corrected=corrections[said.id].intent if said.id in corrections else None,
        )


class CustomerFile(Value):
    """A customer with everything the shop has of them, newest first."""

    customer: Customer
    orders: tuple[OrderCard, ...] = ()
    returns: tuple[Return, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    refunds: tuple[Refund, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conversations: tuple[Conversation, ...] = ()


class CaseFile(Value):
    """A conversation with all that belongs to it. `messages` are the latest, oldest first; `earlier` says whether
    there are more before them. `file` is None while nobody knows who writes.
    """

    conversation: Conversation
    messages: tuple[CaseMessage, ...]
    earlier: bool = False
    notes: tuple[DeskNote, ...] = ()
    handoff: HandoffCase | None = None
    assignee_name: str | None = None
    satisfaction: Satisfaction | None = None
    file: CustomerFile | None = None
