"""What staff work on: complaints (tickets), handoffs and enquiries."""

from enum import StrEnum

from pydantic import Field

from backend.domain.base import Moment, Value


class ComplaintStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class ComplaintNote(Value):
    """A note on a complaint; the customer reads it only when `public`."""

    at: Moment
    author: str
    text: str
    public: bool = False


class ComplaintEvent(Value):
    """One entry of a complaint's history, e.g. "status open → resolved"."""

    at: Moment
    actor: str
    what: str


class Complaint(Value):
    """A ticket, numbered CMP-… for people. Due times are in business hours."""

    id: str
    customer_id: str
    order_id: str | None = None
    line_ids: tuple[str, ...] = ()
    category: str
    severity: Priority = Priority.NORMAL
    priority: Priority = Priority.NORMAL
    status: ComplaintStatus = ComplaintStatus.OPEN
    description: str
    created_at: Moment
    first_response_due: Moment | None = None
    resolution_due: Moment | None = None
    breached: bool = False
    assignee: str | None = None
    notes: tuple[ComplaintNote, ...] = ()
    history: tuple[ComplaintEvent, ...] = ()
    tags: tuple[str, ...] = ()


class HandoffState(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class Handoff(Value):
    """A conversation that a person takes over. The assistant is silent until it is handed back."""

    state: HandoffState
    expected_at: Moment | None = None
    staff_name: str | None = None


class HandoffCase(Value):
    """A handoff as staff see it: which conversation waits or is taken, since when, by whom."""

    id: str
    conversation_id: str
    #: never shown: whoever holds it speaks as the shopper
    session_id: str = Field("", exclude=True, repr=False)
    customer_id: str | None = None
    state: HandoffState = HandoffState.WAITING
    reason: str = ""
    staff_id: str | None = None
    staff_name: str | None = None
    expected_at: Moment | None = None
    created_at: Moment
    closed_at: Moment | None = None

    @property
    def shown(self) -> Handoff:
        """What the shopper is told of it."""
        return Handoff(state=self.state, expected_at=self.expected_at, staff_name=self.staff_name)


class ComplaintFilter(Value):
    """Which complaints staff want to see; every given bound holds."""

    statuses: tuple[ComplaintStatus, ...] = ()
    priority: Priority | None = None
    assignee: str | None = None
    customer_id: str | None = None
    order_id: str | None = None
    breached: bool | None = None


class EnquiryField(Value):
    """An extracted value and how sure we are of it, 0 to 1."""

    value: str
    confidence: float


class Enquiry(Value):
    """A sales, bulk or partnership contact, numbered ENQ-… for people. `score` is 0 to 1."""

    id: str
    text: str
    kind: str = "sales"
    name: EnquiryField | None = None
    email: EnquiryField | None = None
    phone: EnquiryField | None = None
    company: EnquiryField | None = None
    budget_cents: int | None = None
    budget_confidence: float | None = None
    score: float = 0.0
    score_reasons: tuple[str, ...] = ()
    draft_reply: str = ""
    status: str = "new"
    created_at: Moment
    priority: Priority = Priority.NORMAL
    assignee: str | None = None
    tags: tuple[str, ...] = ()
    due_at: Moment | None = None
