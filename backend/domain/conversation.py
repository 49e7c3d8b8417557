"""What flows through one message: Turn → Understanding → Evidence → Reply."""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from backend.domain.base import Moment, Value
from backend.domain.cards import Card
from backend.domain.cases import Handoff, Priority
from backend.domain.catalogue import ProductFilter
from backend.domain.identity import ANONYMOUS, Identity
from backend.domain.inbox import ItemStatus
from backend.domain.knowledge import Source
from backend.domain.usage import NOTHING, Spent


class Intent(StrEnum):
    """The public intents of a message."""

    PRODUCT_INFO = "product_info"
    ORDER_STATUS = "order_status"
    COMPLAINT = "complaint"
    REFUND = "refund"
    DELIVERY = "delivery"
    COMPARISON = "comparison"
    GENERAL = "general"
    OUT_OF_SCOPE = "out_of_scope"


class SubAction(StrEnum):
    """What an order_status message wants done to the order, or a wish for a person."""

    NONE = "none"
    CANCEL_ORDER = "cancel_order"
    MODIFY_ORDER = "modify_order"
    HUMAN_HANDOFF = "human_handoff"


class Act(StrEnum):
    """The kind of request, one step finer than the intent: it decides which agent gathers."""

    PRODUCT_SEARCH = "product_search"  # "show me laptops under $1500", "do you sell tvs?"
    PRODUCT_QUESTION = "product_question"  # a fact about a product, a how-to, troubleshooting
    COMPARE = "compare"
    COMPATIBILITY = "compatibility"  # "does A work with B?", "what fits the X1?"
    SIMILAR = "similar"  # alternatives, cheaper, better
    ORDER_LOOKUP = "order_lookup"  # status or contents of an order, the list of my orders
    ORDER_CANCEL = "order_cancel"
    ORDER_ADDRESS = "order_address"
    ORDER_PAYMENT = "order_payment"
    ORDER_ITEMS = "order_items"  # other variants in a pending order
    DELIVERY_TRACK = "delivery_track"
    DELIVERY_QUESTION = "delivery_question"  # shipping costs, times, places: from the policies
    RETURN = "return"  # goods go back for money
    EXCHANGE = "exchange"
    REFUND_STATUS = "refund_status"
    REFUND_QUESTION = "refund_question"  # policy on returns and refunds
    COMPLAINT_NEW = "complaint_new"
    COMPLAINT_STATUS = "complaint_status"
    ACCOUNT = "account"  # log-in, profile, membership, newsletter
    ACCOUNT_ADDRESS = "account_address"  # change of the customer's default address
    SHOP_QUESTION = "shop_question"  # payment, opening hours, warranty, privacy and other policies
    ENQUIRY = "enquiry"  # bulk, business, partnership
    HANDOFF = "handoff"
    IDENTIFY = "identify"  # gives an e-mail, a code, an order number to prove who is asking
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    CAPABILITIES = "capabilities"  # "what can you do?"
    OUT_OF_SCOPE = "out_of_scope"


INTENT_OF_ACT: dict[Act, Intent] = {
    Act.PRODUCT_SEARCH: Intent.PRODUCT_INFO,
    Act.PRODUCT_QUESTION: Intent.PRODUCT_INFO,
    Act.COMPARE: Intent.COMPARISON,
    Act.COMPATIBILITY: Intent.PRODUCT_INFO,
    Act.SIMILAR: Intent.PRODUCT_INFO,
    Act.ORDER_LOOKUP: Intent.ORDER_STATUS,
    Act.ORDER_CANCEL: Intent.ORDER_STATUS,
    # where a parcel goes is a matter of its delivery; the sub-action says modify_order
    Act.ORDER_ADDRESS: Intent.DELIVERY,
    Act.ORDER_PAYMENT: Intent.ORDER_STATUS,
    Act.ORDER_ITEMS: Intent.ORDER_STATUS,
    Act.DELIVERY_TRACK: Intent.DELIVERY,
    Act.DELIVERY_QUESTION: Intent.DELIVERY,
    Act.RETURN: Intent.REFUND,
    Act.EXCHANGE: Intent.REFUND,
    Act.REFUND_STATUS: Intent.REFUND,
    Act.REFUND_QUESTION: Intent.REFUND,
    Act.COMPLAINT_NEW: Intent.COMPLAINT,
    Act.COMPLAINT_STATUS: Intent.COMPLAINT,
    Act.ACCOUNT: Intent.GENERAL,
    Act.ACCOUNT_ADDRESS: Intent.GENERAL,
    Act.SHOP_QUESTION: Intent.GENERAL,
    Act.ENQUIRY: Intent.GENERAL,
    Act.HANDOFF: Intent.GENERAL,
    Act.IDENTIFY: Intent.GENERAL,
    Act.GREETING: Intent.GENERAL,
    Act.THANKS: Intent.GENERAL,
    Act.GOODBYE: Intent.GENERAL,
    Act.CAPABILITIES: Intent.GENERAL,
    Act.OUT_OF_SCOPE: Intent.OUT_OF_SCOPE,
}

SUB_ACTION_OF_ACT: dict[Act, SubAction] = {
    Act.ORDER_CANCEL: SubAction.CANCEL_ORDER,
    Act.ORDER_ADDRESS: SubAction.MODIFY_ORDER,
    Act.ORDER_PAYMENT: SubAction.MODIFY_ORDER,
    Act.ORDER_ITEMS: SubAction.MODIFY_ORDER,
    Act.HANDOFF: SubAction.HUMAN_HANDOFF,
}


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


class Role(StrEnum):
    SHOPPER = "shopper"
    ASSISTANT = "assistant"
    STAFF = "staff"


class Message(Value):
    """One message of a conversation."""

    id: str
    role: Role
    text: str
    at: Moment


class Channel(StrEnum):
    """Where a conversation was begun: a page of the shop, the frame in another page, or calls of an integration."""

    CHAT = "chat"
    WIDGET = "widget"
    API = "api"
    COMPLETIONS = "completions"


class StoredMessage(Message):
    """A message in the records. `meta` of an assistant's message says how the answer came to be."""

    meta: dict[str, Any] | None = None
    #: the message that the shopper wrote in its place
    replaced_by: str | None = None


class Conversation(Value):
    """A conversation in the records, without its messages."""

    id: str
    #: never shown: whoever holds it speaks as the shopper
    session_id: str = Field("", exclude=True, repr=False)
    customer_id: str | None = None
    started_at: Moment
    updated_at: Moment
    #: its first words
    title: str = ""
    channel: Channel = Channel.CHAT
    status: ItemStatus = ItemStatus.ASSISTANT
    priority: Priority = Priority.NORMAL
    #: id of the member of staff who has it
    assignee: str | None = None
    tags: tuple[str, ...] = ()
    #: until when a person should have answered
    due_at: Moment | None = None


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
    failed_turns: int = 0
    #: older messages summed up by a model, and the last one that it knows
    summary: str = ""
    summed_up_to: str = ""
    #: what the language model cost in this session
    spent: Spent = NOTHING
    conversation_id: str = ""
    #: the last reply to a message that may come again after a lost connection
    answered: "Reply | None" = None
    #: counts saves, so that the newer of two copies is known
    revision: int = 0


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
