"""What every tool is: typed arguments, the identity it needs, and either a read or a write in two steps."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.domain.base import Value, utc_now
from backend.domain.cards import Card
from backend.domain.cases import Handoff
from backend.domain.errors import InvalidInput, NotEligible, NotSignedIn
from backend.domain.identity import Identity, IdentityLevel
from backend.domain.trace import step
from backend.store.database import Database
from backend.store.records import Records


@dataclass(frozen=True, slots=True)
class ToolContext:
    """For whom and when a tool works. The customer is the identity's and nobody else's."""

    tenant: str
    identity: Identity
    session_id: str
    now: datetime = field(default_factory=utc_now)
    conversation_id: str = ""
    #: the member of staff who acts for the customer, as the audit names it
    staff: str = ""

    @property
    def actor(self) -> str:
        """Who acts, as the audit names it."""
        if self.staff:
            return self.staff
        return f"customer:{self.identity.customer_id}" if self.identity.customer_id else f"session:{self.session_id}"

    @property
    def customer_id(self) -> str:
        """The customer the session proved. Raises IdentityNeeded when none."""
        if self.identity.customer_id is None:
            raise IdentityNeeded(IdentityLevel.GUEST)
        return self.identity.customer_id


class Args(BaseModel):
    """Arguments of a tool. They never name a customer: unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Proposal(Value):
    """What a write would do, as the shopper is asked. `lines` are (label, text) and part of what is agreed to."""

    title: str
    summary: str
    lines: tuple[tuple[str, str], ...] = ()
    order_id: str | None = None
    amount_cents: int | None = None
    confirm_label: str = "Confirm"


class Outcome(Value):
    """What a write did, in words and as a card; `ids` name the records it made ("refund": "REF-101")."""

    tool: str
    text: str
    facts: tuple[str, ...] = ()
    order_id: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    card: Card | None = None
    handoff: Handoff | None = None


class Letter(Value):
    """A letter to the customer of the action."""

    subject: str
    text: str


class Effect(Value):
    """An executed write with all that is noted about it in the same transaction."""

    outcome: Outcome
    object: str
    events: tuple[str, ...]
    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)
    mail: Letter | None = None


class IdentityNeeded(NotSignedIn):
    """The action needs more proof than the session has given; `level` says which."""

    def __init__(self, level: IdentityLevel) -> None:
        super().__init__(_ASK[level])
        self.level = level


class AlreadyDone(NotEligible):
    """The wish was fulfilled before; `outcome` is what came of it then."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.text, rule="already_done")
        self.outcome = outcome


_ASK = {
    IdentityLevel.ANONYMOUS: "Please tell me who you are.",
    IdentityLevel.GUEST: "Please give me the order number and the e-mail address the order was placed with.",
    IdentityLevel.VERIFIED: "Please confirm who you are with the code sent to your e-mail address, or sign in.",
}

A = TypeVar("A", bound=Args)
R = TypeVar("R")
P = TypeVar("P")


class BaseTool(ABC, Generic[A]):
    """A named thing the product can do, with what it takes and who may ask for it."""

    name: ClassVar[str]
    summary: ClassVar[str]
    level: ClassVar[IdentityLevel] = IdentityLevel.GUEST
    writes: ClassVar[bool] = False
    args: type[A]

    def require(self, identity: Identity) -> None:
        """Raises IdentityNeeded when the identity proves too little."""
        if identity.level < self.level:
            raise IdentityNeeded(self.level)

    def parse(self, raw: Mapping[str, Any]) -> A:
        """The arguments, typed. Raises InvalidInput naming the first wrong field."""
        try:
            return self.args.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"]) or None
            raise InvalidInput(f"{name or 'arguments'}: {first['msg']}", field=name) from error


class ReadTool(BaseTool[A], Generic[A, R]):
    """Reads records of the session's customer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self, context: ToolContext, args: A) -> R:
        """The result. Raises IdentityNeeded, or NotFound for what is unknown and what is someone else's, alike."""
        with step("tool", self.name):
            self.require(context.identity)
            async with self._database.records(context.tenant) as records:
                return await self.read(records, context, args)

    @abstractmethod
    async def read(self, records: Records, context: ToolContext, args: A) -> R:
        """The same within a transaction that is open already."""


class WriteTool(BaseTool[A], Generic[A, P]):
    """Changes records in two steps: `check` finds a plan or refuses, `execute` carries exactly it out."""

    writes = True
    #: whether the shopper must agree first; False only for wishes that bind nobody (a person, an enquiry)
    needs_consent: ClassVar[bool] = True

    @abstractmethod
    async def check(self, records: Records, context: ToolContext, args: A) -> P:
        """What would be done. Raises NotEligible, NotFound, InvalidInput or AlreadyDone."""

    @abstractmethod
    def settled(self, plan: P) -> A:
        """The arguments with every default of the plan spelled out: what the consent is given to."""

    @abstractmethod
    def propose(self, plan: P) -> Proposal:
        """The question the shopper is asked."""

    @abstractmethod
    async def execute(self, records: Records, context: ToolContext, plan: P) -> Effect:
        """Carries the plan out within the open transaction."""
