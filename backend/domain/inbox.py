"""The inbox of the desk: conversations, complaints and enquiries side by side, and what staff do to them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from backend.domain.base import Moment, Shaped, Value
from backend.domain.cases import Priority

#: A word or two, without signs that a query could stumble over.
Tag = Annotated[str, Shaped(r"^[a-z0-9][a-z0-9 -]{0,39}$", "late parcel")]


class ItemKind(StrEnum):
    CONVERSATION = "conversation"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"


class ItemStatus(StrEnum):
    """Whose turn it is, the same words for every kind."""

    ASSISTANT = "assistant"  # the assistant answers; nobody is waited for
    OPEN = "open"  # waits for a person
    IN_PROGRESS = "in_progress"
    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    CLOSED = "closed"


class SortBy(StrEnum):
    """Orders of the inbox: latest news first, newest first, what is due soonest, what is most urgent."""

    UPDATED = "updated"
    CREATED = "created"
    DUE = "due"
    PRIORITY = "priority"


class InboxQuery(Value):
    """Which items are wanted; every given bound holds. Saved views keep one of these.

    `assignee` is a staff id, or "none" for what nobody has. Due times are UTC.
    """

    kinds: tuple[ItemKind, ...] = ()
    statuses: tuple[ItemStatus, ...] = ()
    assignee: str | None = None
    mine: bool = False
    priorities: tuple[Priority, ...] = ()
    breached: bool | None = None
    due_before: Moment | None = None
    tag: str | None = None
    channel: str | None = None
    customer_id: str | None = None
    text: str = ""
    sort: SortBy = SortBy.UPDATED


class InboxItem(Value):
    """One line of the inbox. `state` is the kind's own word for its status; `due_at` is None when nothing is due."""

    kind: ItemKind
    id: str
    title: str
    status: ItemStatus
    state: str
    priority: Priority
    assignee: str | None = None
    assignee_name: str | None = None
    tags: tuple[str, ...] = ()
    channel: str = "chat"
    customer_id: str | None = None
    customer_name: str | None = None
    customer_email: str | None = None
    order_id: str | None = None
    due_at: Moment | None = None
    breached: bool = False
    created_at: Moment
    updated_at: Moment


class ItemChange(Value):
    """What is given is changed. `assignee` "" takes it from whoever has it; `status` may close or reopen."""

    status: ItemStatus | None = None
    priority: Priority | None = None
    assignee: str | None = None
    add_tags: tuple[Tag, ...] = ()
    remove_tags: tuple[Tag, ...] = ()


def tagged(tags: Sequence[str], more: Sequence[str], less: Sequence[str]) -> tuple[str, ...]:
    """The tags after a change, in the order in which they were given."""
    return tuple(tag for tag in dict.fromkeys((*tags, *more)) if tag not in less)


class SavedView(Value):
    """A named question to the inbox."""

    id: str
    owner: str
    name: str
    shared: bool = False
    query: InboxQuery
    created_at: Moment


class NoteKind(StrEnum):
    """A note stays with the case; a whisper is said to whoever has the conversation now."""

    NOTE = "note"
    WHISPER = "whisper"


class DeskNote(Value):
    """What staff say among themselves about a conversation; no shopper ever reads it."""

    id: str
    conversation_id: str
    kind: NoteKind = NoteKind.NOTE
    author: str
    author_name: str
    text: str
    at: Moment


class CannedReply(Value):
    """A reply kept ready; `{{customer.first_name}}` and the like are filled in when it is used."""

    id: str
    shortcut: str
    title: str
    text: str
    language: str | None = None
    author: str
    updated_at: Moment


class Thumb(StrEnum):
    UP = "up"
    DOWN = "down"


class Feedback(Value):
    """What a shopper thought of one answer."""

    message_id: str
    conversation_id: str
    score: Thumb
    reasons: tuple[str, ...] = ()
    comment: str | None = None
    at: Moment


class Satisfaction(Value):
    """What a shopper thought of a conversation, 1 (bad) to 5."""

    conversation_id: str
    score: Annotated[int, Field(ge=1, le=5)]
    comment: str | None = None
    at: Moment


class Attachment(Value):
    """A file on a complaint. The bytes lie with the files under its id."""

    id: str
    complaint_id: str
    name: str
    media_type: str
    size: int
    content_hash: str
    author: str
    created_at: Moment
