"""What was said, as a session remembers it and as the records keep it."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from backend.domain.base import Moment, Value
from backend.domain.cases import Priority
from backend.domain.inbox import ItemStatus


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
