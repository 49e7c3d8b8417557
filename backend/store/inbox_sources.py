"""How each kind of item is read for the inbox: its columns under common names, and the bounds of a query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    true,
)

from backend.domain.cases import Priority
from backend.domain.inbox import InboxQuery, ItemKind, ItemStatus, SortBy
from backend.store.tables.cases import COMPLAINT_DUE, complaints, enquiries
from backend.store.tables.conversations import conversations, messages
from backend.store.tables.customers import customers

LEVELS = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)

Selecting = Callable[..., Select[Any]]

_CLOSED = ItemStatus.CLOSED.value
_UNFINISHED = tuple(status for status in ItemStatus if status is not ItemStatus.CLOSED)
#: The kind's own words → the inbox's.
_STATES: dict[ItemKind, dict[str, ItemStatus]] = {
    ItemKind.CONVERSATION: {status.value: status for status in ItemStatus},
    ItemKind.COMPLAINT: {
        "open": ItemStatus.OPEN,
        "in_progress": ItemStatus.IN_PROGRESS,
        "waiting_for_customer": ItemStatus.WAITING_FOR_CUSTOMER,
        "resolved": ItemStatus.CLOSED,
        "closed": ItemStatus.CLOSED,
    },
    ItemKind.ENQUIRY: {
        "new": ItemStatus.OPEN,
        "in_progress": ItemStatus.IN_PROGRESS,
        "answered": ItemStatus.WAITING_FOR_CUSTOMER,
        "closed": ItemStatus.CLOSED,
    },
}


@dataclass(frozen=True)
class Source:
    """One kind's table; what it lacks is given as an expression."""

    kind: ItemKind
    table: Table
    title: ColumnElement[Any]
    channel: ColumnElement[Any]
    due_at: ColumnElement[Any]
    created_at: ColumnElement[Any]
    customer_id: ColumnElement[Any]
    order_id: ColumnElement[Any]
    was_breached: ColumnElement[Any]
    #: columns in which a text is looked for
    texts: tuple[ColumnElement[Any], ...]

    @property
    def status(self) -> ColumnElement[Any]:
        """The inbox's word for the row's own state."""
        words = {own: status.value for own, status in _STATES[self.kind].items()}
        return case(words, value=self.table.c.status, else_=ItemStatus.OPEN.value)

    @property
    def tags_text(self) -> ColumnElement[Any]:
        return cast(self.table.c.tags, Text)

    @property
    def is_tagged(self) -> ColumnElement[bool]:
        """As the index of tagged rows says it."""
        return self.tags_text != literal("[]", Text, literal_execute=True)

    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """What an item is made of."""
        own = self.table.c
        named = ("title", "channel", "due_at", "created_at", "customer_id", "order_id", "was_breached", "status")
        return (
            *(own[name] for name in ("id", "priority", "assignee", "tags", "updated_at")),
            own.status.label("state"),
            *(getattr(self, name).label(name) for name in named),
        )

    def own_states(self, statuses: tuple[ItemStatus, ...]) -> list[str]:
        """The row's own words for these statuses."""
        return [own for own, status in _STATES[self.kind].items() if status in statuses]


_NO_TEXT = cast(null(), Text)
SOURCES = {
    ItemKind.CONVERSATION: Source(
        ItemKind.CONVERSATION,
        conversations,
        title=conversations.c.title,
        channel=conversations.c.channel,
        due_at=conversations.c.due_at,
        created_at=conversations.c.started_at,
        customer_id=conversations.c.customer_id,
        order_id=_NO_TEXT,
        was_breached=literal(0),
        texts=(conversations.c.title,),
    ),
    ItemKind.COMPLAINT: Source(
        ItemKind.COMPLAINT,
        complaints,
        title=complaints.c.description,
        channel=literal("complaint"),
        due_at=COMPLAINT_DUE,
        created_at=complaints.c.created_at,
        customer_id=complaints.c.customer_id,
        order_id=complaints.c.order_id,
        was_breached=case(
            (complaints.c.status.in_(("resolved", "closed")), 0), (complaints.c.breached.is_(True), 1), else_=0
        ),
        texts=(complaints.c.description, complaints.c.category, complaints.c.order_id),
    ),
    ItemKind.ENQUIRY: Source(
        ItemKind.ENQUIRY,
        enquiries,
        title=enquiries.c.text,
        channel=literal("enquiry"),
        due_at=enquiries.c.due_at,
        created_at=enquiries.c.created_at,
        customer_id=_NO_TEXT,
        order_id=_NO_TEXT,
        was_breached=literal(0),
        # who asks stands in JSON beside how sure we are of it
        texts=(enquiries.c.text, cast(enquiries.c.name, Text), cast(enquiries.c.email, Text)),
    ),
}


@dataclass(frozen=True)
class Part:
    """A part of a sorted list: what belongs to it, and what it is read by, which an index serves and is never NULL."""

    bound: ColumnElement[bool]
    key: ColumnElement[Any]
    falling: bool = True


def parts(source: Source, sort: SortBy) -> tuple[Part, ...]:
    """What follows each other in a list of that sort: level after level, what is due before what never is."""
    updated = source.table.c.updated_at
    if sort is SortBy.PRIORITY:
        return tuple(Part(source.table.c.priority == level, updated) for level in LEVELS)
    if sort is SortBy.DUE:
        due = source.due_at
        return Part(due.is_not(None), due, falling=False), Part(due.is_(None), updated)
    return (Part(true(), sort_key(source, sort)),)


def sort_key(source: Source, sort: SortBy) -> ColumnElement[Any]:
    """The time that a list of one part is sorted by."""
    return source.created_at if sort is SortBy.CREATED else source.table.c.updated_at


def bounds(source: Source, query: InboxQuery, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions of a query on one kind, but for its text."""
    own, kept = source.table.c, list[ColumnElement[bool]]()
    if query.statuses:
        kept.append(own.status.in_(source.own_states(query.statuses)))
    if query.assignee is not None:
        kept.append(own.assignee.is_(None) if query.assignee == "none" else own.assignee == query.assignee)
    if query.priorities:
        kept.append(own.priority.in_(query.priorities))
    if query.breached is not None:
        late = _late(source, now)
        kept.append(late if query.breached else ~late)
    if query.due_before is not None:
        kept.append(and_(source.due_at.is_not(None), source.due_at < query.due_before))
    if query.tag is not None:
        kept.append(source.is_tagged)
        kept.append(source.tags_text.contains(f'"{query.tag}"', autoescape=True))
    if query.channel is not None:
        kept.append(source.channel == query.channel)
    if query.customer_id is not None:
        kept.append(source.customer_id == query.customer_id)
    return kept


def _late(source: Source, now: datetime) -> ColumnElement[bool]:
    """What waits beyond its due time, and complaints that did so before; of what is closed nothing is late."""
    overdue = and_(source.due_at.is_not(None), source.due_at < now)
    if source.kind is not ItemKind.COMPLAINT:
        return overdue
    unfinished = complaints.c.status.in_(source.own_states(_UNFINISHED))
    return and_(unfinished, or_(complaints.c.breached.is_(True), overdue))


def names(source: Source, text: str, customer_ids: Sequence[str]) -> ColumnElement[bool]:
    """The items that the text names outright: by their id, their order's, or as those of these customers."""
    own = source.table.c
    named: list[ColumnElement[bool]] = [own.id.in_({text, text.upper()})]
    if source.kind is ItemKind.COMPLAINT:
        named.append(own.order_id == text.upper())
    if source.kind is not ItemKind.ENQUIRY and customer_ids:
        named.append(own.customer_id.in_(customer_ids))
    return or_(*named)


def says(select: Selecting, source: Source, text: str) -> ColumnElement[bool]:
    """The text in the item itself, in what was said, or in its customer's name and address: looked up row by row.

    `select` reads other tables of the same shop.
    """
    found = [column.icontains(text, autoescape=True) for column in source.texts]
    if source.kind is ItemKind.CONVERSATION:
        here = messages.c.conversation_id == source.table.c.id
        # counted, because what only has to exist PostgreSQL would rather look for in all messages first
        said = select(messages, func.count()).where(here, messages.c.text.icontains(text, autoescape=True))
        found.append(said.correlate(source.table).scalar_subquery() > 0)
    if source.kind is not ItemKind.ENQUIRY:
        # one text a row, for the same reason
        own = customers.c
        whose = select(customers, own.name + " " + own.email_key).where(own.id == source.customer_id)
        found.append(whose.correlate(source.table).scalar_subquery().icontains(text, autoescape=True))
    return or_(*found)
