"""What flows through one message: Turn → Understanding → Evidence → Reply."""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from backend.domain.acts import INTENT_OF_ACT, SUB_ACTION_OF_ACT, Act, Intent, SubAction
from backend.domain.base import Moment, Value
from backend.domain.cards import Card
from backend.domain.cases import Handoff
from backend.domain.catalogue import ProductFilter
from backend.domain.identity import ANONYMOUS, Identity
from backend.domain.knowledge import Source
from backend.domain.messages import Channel, Message
from backend.domain.usage import NOTHING, Spent


class Consent(StrEnum):
    """How a message answers a pending question."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


class Mood(StrEnum):
    CALM = "calm"
    UPSET = "upset"
    ABUSIVE = "abusive"


class ProductRef(Value):
    """A product as the conversation remembers it."""

    id: str
    name: str


class DateSpan(Value):
    """Days a shopper meant, both ends included."""

    start: date
    end: date


class Entities(Value):
    """What a clause names, typed and validated. Money in cents."""

    order_ids: tuple[str, ...] = ()
    products: tuple[ProductRef, ...] = ()
    #: product names that the catalogue may mean by an ambiguous mention; one short question settles it
    candidates: tuple[ProductRef, ...] = ()
    #: goods named that this shop does not know ("ZenPhone")
    unknown_products: tuple[str, ...] = ()
    category: str | None = None
    brand: str | None = None
    filter: ProductFilter | None = None
    options: dict[str, str] = Field(default_factory=dict)
    quantity: int | None = None
    amount_cents: int | None = None
    dates: DateSpan | None = None
    email: str | None = None
    phone: str | None = None
    zip: str | None = None
    code: str | None = None
    complaint_ids: tuple[str, ...] = ()
    refund_ids: tuple[str, ...] = ()


class Request(Value):
    """One wish of a message. `standalone` is the clause rewritten so that it needs no history."""

    text: str
    standalone: str
    act: Act
    confidence: float
    entities: Entities = Entities()

    @property
    def intent(self) -> Intent:
        return INTENT_OF_ACT[self.act]


class Degraded(Value):
    """A configured engine that failed during this turn and what was used instead."""

    engine: str
    used: str
    #: left out because a budget is used up, and not because it failed
    limited: bool = False


class Understanding(Value):
    """What a message means. GPT and the local path fill the same type."""

    requests: tuple[Request, ...]
    consent: Consent = Consent.OTHER
    in_scope: bool = True
    language: str = "en"
    mood: Mood = Mood.CALM
    #: whether a later wish needs the outcome of an earlier one
    depends: bool = False
    #: engines that failed while reading
    degraded: tuple[Degraded, ...] = ()
    #: which path filled it: "gpt", "local" or "keywords"
    path: str = "local"

    @property
    def intents(self) -> tuple[Intent, ...]:
        return tuple(dict.fromkeys(r.intent for r in self.requests))

    @property
    def sub_action(self) -> SubAction:
        return next((SUB_ACTION_OF_ACT[r.act] for r in self.requests if r.act in SUB_ACTION_OF_ACT), SubAction.NONE)


class Focus(Value):
    """What the conversation is about: `products` most recent first, `shown` as last listed, in order."""

    products: tuple[ProductRef, ...] = ()
    shown: tuple[ProductRef, ...] = ()
    filter: ProductFilter | None = None
    orders: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    #: the last thing asked about, for ellipsis ("and the X2?")
    topic: str | None = None
    act: Act | None = None


class PendingAction(Value):
    """A write that waits for consent: exactly this tool, these arguments, this customer."""

    id: str
    tool: str
    arguments: dict[str, Any]
    customer_id: str
    order_id: str | None = None
    title: str
    summary: str
    lines: tuple[tuple[str, str], ...] = ()
    confirm_label: str = "Confirm"
    decline_label: str = "Not now"
    expires_at: Moment


class Draft(Value):
    """A wish that misses something: the slot that was asked for and what is known so far."""

    request: Request
    asking: str
    question: str = ""
    slots: dict[str, Any] = Field(default_factory=dict)
    tries: int = 0
    #: how often it was repeated after messages about something else
    reminded: int = 0


class SessionState(Value):
    """What a session remembers between messages."""

    session_id: str
    identity: Identity = ANONYMOUS
    history: tuple[Message, ...] = ()
    focus: Focus = Focus()
    pending: PendingAction | None = None
    draft: Draft | None = None
    #: wishes about records that wait until the open question is settled
    queue: tuple[Request, ...] = ()
    #: actions that waited for a yes when something else was wanted first; each is asked again afterwards
    aside: tuple[PendingAction, ...] = ()
    handoff: Handoff | None = None
    #: what the last action came to
    done: str = ""
    failed_turns: int = 0
    #: older messages summed up by a model, and the last one that it knows
    summary: str = ""
    summed_up_to: str = ""
    #: the last message that a model was told when it read one
    told_up_to: str = ""
    #: what the language model cost in this session
    spent: Spent = NOTHING
    conversation_id: str = ""
    #: the last reply to a message that may come again after a lost connection
    answered: "Reply | None" = None
    #: counts saves, so that the newer of two copies is known
    revision: int = 0


class Summary(Value):
    """What a model made of the older messages of a conversation, and the last message that it knows."""

    conversation_id: str
    text: str
    upto: str


class Turn(Value):
    """One message with all that is known when it arrives."""

    tenant: str
    message_id: str
    text: str
    at: Moment
    state: SessionState
    #: whether the same message may come again, so that its reply is kept
    repeatable: bool = False
    channel: Channel = Channel.CHAT
    #: ids by which the message may be known that this one takes the place of
    replaces: tuple[str, ...] = ()


class Evidence(Value):
    """What one agent found for one request, already checked: the only ground of a reply.

    `text` states the facts in plain English, with [n] relative to this evidence's own `sources`.
    `facts` repeats them as lines for a language model to phrase. `question` asks for what is missing.
    """

    request: Request
    text: str = ""
    facts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    cards: tuple[Card, ...] = ()
    question: str | None = None
    pending: PendingAction | None = None
    draft: Draft | None = None
    handoff: Handoff | None = None
    #: what was proved, and the new id under which the session goes on
    identity: Identity | None = None
    session_id: str | None = None
    suggestions: tuple[str, ...] = ()
    found: bool = True
    focus_products: tuple[ProductRef, ...] = ()
    focus_shown: tuple[ProductRef, ...] = ()
    focus_filter: ProductFilter | None = None
    focus_orders: tuple[str, ...] = ()
    focus_complaints: tuple[str, ...] = ()
    degraded: tuple[Degraded, ...] = ()
    #: an action was carried out, and `text` tells what it came to
    carried_out: bool = False
    #: ends the pending action and the open question: they were carried out, declined or replaced
    closes: bool = False
    #: wishes put off until the open question is settled; empty leaves the queue as it is
    queue: tuple[Request, ...] | None = None
    #: the actions that are asked again when nothing else is open; None leaves them as they are
    aside: tuple[PendingAction, ...] | None = None
    #: must be said as it stands: a model may not rephrase consent questions, numbers of records, refusals
    verbatim: bool = False


class Reply(Value):
    """What the shopper gets. The public JSON of POST /api/chat is this, with `pending` as `pending_action`."""

    session_id: str
    message_id: str
    response: str
    intent: Intent
    intents: tuple[Intent, ...]
    confidence: float = Field(ge=0, le=1)
    sources: tuple[Source, ...] = ()
    cards: tuple[Card, ...] = ()
    pending_action: PendingAction | None = None
    suggestions: tuple[str, ...] = ()
    degraded: tuple[Degraded, ...] = ()
    handoff: Handoff | None = None
    superseded: bool = False
