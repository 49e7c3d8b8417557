"""Complaints and enquiries over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, status
from pydantic import AliasChoices, BaseModel, Field

from backend.api.callers import Acting, Wired
from backend.api.schemas import Body, PendingActionView
from backend.domain.cards import ComplaintCard
from backend.domain.cases import ComplaintNote
from backend.domain.errors import NotSignedIn
from backend.tools.base import Outcome
from backend.tools.cards import complaint_card
from backend.tools.complaints import ComplaintArgs
from backend.tools.orders import NoArgs
from backend.tools.webhooks import is_genuine, signature

router = APIRouter(prefix="/api", tags=["complaints"])


class ComplaintRequest(Body):
    description: Annotated[str, Field(min_length=3, max_length=4000)]
    order_id: Annotated[str | None, Field(max_length=60)] = None
    line_ids: Annotated[list[str] | None, Field(max_length=100)] = None
    category: Annotated[str, Field(max_length=60)] = "other"


class ComplaintView(ComplaintCard):
    """A complaint with what the shop wrote to the customer."""

    notes: tuple[ComplaintNote, ...] = ()


class OwnComplaints(BaseModel):
    results: tuple[ComplaintCard, ...]


class EnquiryRequest(Body):
    """A sales, bulk or partnership contact; what is not given is read from the text.

    Forms may call them message, name, email and phone as well.
    """

    text: Annotated[str, Field(min_length=3, max_length=8000, validation_alias=AliasChoices("text", "message"))]
    contact_name: Annotated[str, Field(max_length=120, validation_alias=AliasChoices("contact_name", "name"))] = ""
    reply_to: Annotated[str, Field(max_length=254, validation_alias=AliasChoices("reply_to", "email"))] = ""
    contact_phone: Annotated[str, Field(max_length=40, validation_alias=AliasChoices("contact_phone", "phone"))] = ""
    company: Annotated[str, Field(max_length=120)] = ""
    budget: Annotated[str, Field(max_length=40)] = ""


@router.post("/complaints", response_model=PendingActionView, status_code=status.HTTP_202_ACCEPTED)
async def file_complaint(body: ComplaintRequest, container: Wired, context: Acting) -> PendingActionView:
    """Propose a complaint; it gets its number when confirmed."""
    arguments = body.model_dump()
    return PendingActionView.of(await container.toolbox.desk.propose(context, "file_complaint", arguments))


@router.get("/complaints", response_model=OwnComplaints)
async def complaints(container: Wired, context: Acting) -> OwnComplaints:
    """The complaints that this identity may read, newest first."""
    found = await container.toolbox.list_complaints.run(context, NoArgs())
    return OwnComplaints(results=tuple(map(complaint_card, found)))


@router.get("/complaints/{complaint_id}", response_model=ComplaintView)
async def complaint(complaint_id: str, container: Wired, context: Acting) -> ComplaintView:
    """The state of one's own complaint, without internal notes."""
    found = await container.toolbox.complaint_status.run(context, ComplaintArgs(complaint_id=complaint_id))
    public = tuple(note for note in found.notes if note.public)
    return ComplaintView.model_validate({**complaint_card(found).model_dump(), "notes": public})


class InboundEnquiry(EnquiryRequest):
    """An enquiry as a CRM sends it; `reference` is its own id of the exchange: a later message continues it."""

    reference: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/enquiries", response_model=Outcome, status_code=status.HTTP_201_CREATED)
async def enquire(
    body: EnquiryRequest,
    container: Wired,
    context: Acting,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Outcome:
    """Take an enquiry from a form."""
    return await container.toolbox.desk.perform(context, "file_enquiry", body.model_dump(), idempotency_key)


@router.post("/enquiries/inbound", response_model=Outcome, status_code=status.HTTP_201_CREATED)
async def enquire_inbound(
    request: Request,
    body: InboundEnquiry,
    container: Wired,
    context: Acting,
    x_webhook_signature: Annotated[str | None, Header(max_length=300)] = None,
) -> Outcome:
    """Take an enquiry from a CRM: signed with the shop's secret the way our own webhooks are.

    The same message sent again changes nothing; another one under the same `reference` continues the exchange.
    """
    async with container.database.records(context.tenant) as records:
        shop = await records.tenants.get()
    secret = shop.secret if shop else None
    if not secret or not is_genuine(secret, x_webhook_signature or "", await request.body(), context.now):
        raise NotSignedIn("The signature does not fit the body, is missing, or is older than five minutes.")
    # kept under a name that only the secret's owner can find: no form continues somebody else's exchange
    sealed = signature(secret, 0, body.reference.encode())
    return await container.toolbox.desk.perform(context, "file_enquiry", {**body.model_dump(), "reference": sealed})
