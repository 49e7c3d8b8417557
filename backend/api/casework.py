"""Complaints, enquiries and returns at the desk over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.api.callers import SupervisorCaller, SupportCaller, Wired
from backend.api.schemas import Body
from backend.domain.cards import OrderCard
from backend.domain.cases import Complaint, ComplaintFilter, ComplaintStatus, Enquiry, Priority
from backend.domain.orders import Refund, Return, ReturnStatus
from backend.tools.cards import order_card
from backend.tools.casework import ComplaintChange, EnquiryChange, EnquiryStatus
from backend.tools.returns_desk import ReturnCase

router = APIRouter(prefix="/api/staff", tags=["staff"])

Page = Annotated[int, Query(ge=1, le=10_000)]
PageSize = Annotated[int, Query(ge=1, le=200)]


class ComplaintList(BaseModel):
    results: tuple[Complaint, ...]
    total: int


class ComplaintPatch(Body):
    """What is given is changed; a new priority brings new due times."""

    status: ComplaintStatus | None = None
    priority: Priority | None = None
    assignee: Annotated[str | None, Field(max_length=120)] = None


class NewNote(Body):
    """Internal unless `public`: a public note is mailed to the customer and shown with the complaint."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    public: bool = False


class EnquiryList(BaseModel):
    results: tuple[Enquiry, ...]
    total: int


class EnquiryPatch(Body):
    """What is given is changed."""

    status: EnquiryStatus | None = None
    priority: Priority | None = None
    assignee: Annotated[str | None, Field(max_length=120)] = None


class ReturnList(BaseModel):
    results: tuple[Return, ...]


class Rejection(Body):
    """Why, as the customer is told."""

    reason: Annotated[str, Field(min_length=3, max_length=500)]


@router.get("/complaints", response_model=ComplaintList)
async def complaints(
    container: Wired,
    caller: SupportCaller,
    status: Annotated[list[ComplaintStatus] | None, Query(max_length=10)] = None,
    priority: Priority | None = None,
    assignee: Annotated[str | None, Query(max_length=120)] = None,
    breached: bool | None = None,
    page: Page = 1,
    page_size: PageSize = 50,
) -> ComplaintList:
    """Complaints that match every given bound, newest first."""
    chosen = ComplaintFilter(statuses=tuple(status or ()), priority=priority, assignee=assignee, breached=breached)
    found, total = await container.casework.complaints(caller.tenant, chosen, page, page_size)
    if found:
        await caller.viewed(container, "complaints", customers=sorted({c.customer_id for c in found}))
    return ComplaintList(results=found, total=total)


@router.get("/complaints/{complaint_id}", response_model=Complaint)
async def complaint(complaint_id: str, container: Wired, caller: SupportCaller) -> Complaint:
    """A complaint with its history and internal notes."""
    found = await container.casework.complaint(caller.tenant, complaint_id)
    await caller.viewed(container, f"complaint:{found.id}", customer=found.customer_id)
    return found


@router.patch("/complaints/{complaint_id}", response_model=Complaint)
async def change(complaint_id: str, body: ComplaintPatch, container: Wired, caller: SupportCaller) -> Complaint:
    """Move a complaint on."""
    wanted = ComplaintChange(**body.model_dump())
    return await container.casework.change(caller.tenant, complaint_id, wanted, caller.actor, container.clock())


@router.post("/complaints/{complaint_id}/notes", response_model=Complaint, status_code=201)
async def note(complaint_id: str, body: NewNote, container: Wired, caller: SupportCaller) -> Complaint:
    """Write a note on a complaint."""
    now = container.clock()
    return await container.casework.note(caller.tenant, complaint_id, body.text, caller.actor, now, public=body.public)


@router.get("/enquiries", response_model=EnquiryList)
async def enquiries(
    container: Wired,
    caller: SupportCaller,
    status: EnquiryStatus | None = None,
    page: Page = 1,
    page_size: PageSize = 50,
) -> EnquiryList:
    """Enquiries with what was read from them, newest first."""
    found, total = await container.casework.enquiries(caller.tenant, status, page, page_size)
    if found:
        await caller.viewed(container, "enquiries", enquiries=[e.id for e in found])
    return EnquiryList(results=found, total=total)


@router.get("/enquiries/{enquiry_id}", response_model=Enquiry)
async def enquiry(enquiry_id: str, container: Wired, caller: SupportCaller) -> Enquiry:
    """One enquiry."""
    found = await container.casework.enquiry(caller.tenant, enquiry_id)
    await caller.viewed(container, f"enquiry:{found.id}")
    return found


@router.patch("/enquiries/{enquiry_id}", response_model=Enquiry)
async def move_enquiry(enquiry_id: str, body: EnquiryPatch, container: Wired, caller: SupportCaller) -> Enquiry:
    """Note where the exchange stands; subscribers hear of it as `enquiry.updated`."""
    wanted = EnquiryChange(**body.model_dump())
    return await container.casework.change_enquiry(caller.tenant, enquiry_id, wanted, caller.actor)


@router.get("/returns", response_model=ReturnList)
async def returns(
    container: Wired,
    caller: SupportCaller,
    status: ReturnStatus = ReturnStatus.REQUESTED,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ReturnList:
    """Returns by status, oldest first."""
    return ReturnList(results=await container.returns_desk.list(caller.tenant, status, limit))


@router.post("/returns/{return_id}/receive", response_model=ReturnCase)
async def receive(return_id: str, container: Wired, caller: SupportCaller) -> ReturnCase:
    """The goods are here: the refund that waited for them is paid, once."""
    return await container.returns_desk.receive(caller.tenant, return_id, caller.actor, container.clock())


@router.post("/returns/{return_id}/reject", response_model=ReturnCase)
async def reject(return_id: str, body: Rejection, container: Wired, caller: SupervisorCaller) -> ReturnCase:
    """The goods are not taken back: the refund that waited for them is withdrawn."""
    return await container.returns_desk.reject(caller.tenant, return_id, body.reason, caller.actor)


@router.post("/exchanges/{exchange_id}/fulfil", response_model=OrderCard)
async def fulfil(exchange_id: str, container: Wired, caller: SupportCaller) -> OrderCard:
    """The goods were swapped: the lines become the new variants and the difference is settled, once."""
    now = container.clock()
    return order_card(await container.exchanges_desk.fulfil(caller.tenant, exchange_id, caller.actor, now))


@router.post("/refunds/{refund_id}/paid", response_model=Refund)
async def refund_paid(refund_id: str, container: Wired, caller: SupportCaller) -> Refund:
    """The payment provider has paid a refund that was on its way."""
    return await container.returns_desk.paid(caller.tenant, refund_id, caller.actor)
