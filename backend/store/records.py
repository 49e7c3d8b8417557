"""The unit of work: every repository of one shop inside one transaction."""

from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.store.catalogue import Catalogue
from backend.store.complaints import Complaints
from backend.store.conversations import Conversations
from backend.store.corrections import Corrections
from backend.store.counted_days import CountedDays
from backend.store.customers import Customers, IdentityCodes
from backend.store.desk_work import Attachments, CannedReplies, Notes, Opinions, PolicyVersions, SavedViews
from backend.store.documents import Documents
from backend.store.enquiries import Enquiries
from backend.store.figures import FigureRows
from backend.store.handoffs import Handoffs
from backend.store.inbox import Inbox
from backend.store.ledger import Actions, Audit
from backend.store.orders import Orders
from backend.store.outbox import Events, Mails, Webhooks
from backend.store.pending import PendingActions
from backend.store.personal import Personal
from backend.store.repository import Repository
from backend.store.retention import Retention
from backend.store.shops import LoadedRows, Policies, Tenants
from backend.store.staff import ApiKeys, StaffMembers
from backend.store.unanswered import Unanswered
from backend.store.usage import Usage

R = TypeVar("R", bound=Repository)


class _Lazily(Generic[R]):
    """Makes the repository when it is first asked for."""

    def __init__(self, repository: type[R]) -> None:
        self._repository = repository

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, records: "Records", owner: type) -> R:
        made = self._repository(records._connection, records.tenant)
        made.told = records.told
        records.__dict__[self._name] = made
        return made


class Records:
    """Hands out the repositories of one shop; what they write becomes visible together or not at all."""

    catalogue = _Lazily(Catalogue)
    customers = _Lazily(Customers)
    identity_codes = _Lazily(IdentityCodes)
    orders = _Lazily(Orders)
    complaints = _Lazily(Complaints)
    handoffs = _Lazily(Handoffs)
    enquiries = _Lazily(Enquiries)
    conversations = _Lazily(Conversations)
    corrections = _Lazily(Corrections)
    documents = _Lazily(Documents)
    unanswered = _Lazily(Unanswered)
    usage = _Lazily(Usage)
    staff = _Lazily(StaffMembers)
    api_keys = _Lazily(ApiKeys)
    audit = _Lazily(Audit)
    actions = _Lazily(Actions)
    pending = _Lazily(PendingActions)
    events = _Lazily(Events)
    webhooks = _Lazily(Webhooks)
    mails = _Lazily(Mails)
    policies = _Lazily(Policies)
    tenants = _Lazily(Tenants)
    loaded_rows = _Lazily(LoadedRows)
    retention = _Lazily(Retention)
    personal = _Lazily(Personal)
    inbox = _Lazily(Inbox)
    figure_rows = _Lazily(FigureRows)
    counted_days = _Lazily(CountedDays)
    notes = _Lazily(Notes)
    saved_views = _Lazily(SavedViews)
    canned_replies = _Lazily(CannedReplies)
    opinions = _Lazily(Opinions)
    attachments = _Lazily(Attachments)
    policy_versions = _Lazily(PolicyVersions)

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self.tenant = tenant
        #: what listeners hear of once it is committed: kinds, with the records they are about
        self.told: list[tuple[str, dict[str, Any]]] = []
