"""Files a complaint as a ticket with due times, and tells what became of it."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.cases import Complaint, ComplaintEvent, ComplaintNote, ComplaintStatus, Priority
from backend.domain.customers import Customer
from backend.domain.errors import NotFound
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.domain.rules.complaints import category_of, due, priority_of, severity_of
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Letter, Outcome, Proposal, ReadTool, ToolContext, WriteTool
from backend.tools.cards import complaint_card
from backend.tools.letters import letter
from backend.tools.orders import NoArgs
from backend.tools.ownership import own_customer, own_order, shop_policy
from backend.tools.return_items import chosen_lines

_FINISHED = (ComplaintStatus.RESOLVED, ComplaintStatus.CLOSED)


class FileComplaintArgs(Args):
    description: str = Field(min_length=3, max_length=4000, description="what is wrong, in the shopper's words")
    order_id: str | None = Field(None, description="order number, in any writing")
    line_ids: tuple[str, ...] | None = Field(None, description="order lines concerned; none: the whole order")
    category: str | None = Field(
        None,
        max_length=60,
        description="product, delivery, billing, service or other; none: judged from the description",
    )
    severity: Priority | None = Field(None, description="none: judged from the description")


@dataclass(frozen=True, slots=True)
class ComplaintPlan:
    """What will be filed, with the priority that the rules give it."""

    customer: Customer
    policy: ShopPolicy
    order: Order | None
    line_ids: tuple[str, ...]
    args: FileComplaintArgs
    category: str
    severity: Priority
    priority: Priority


class FileComplaint(WriteTool[FileComplaintArgs, ComplaintPlan]):
    """About an order of the customer, or about the shop in general."""

    name = "file_complaint"
    summary = "File a complaint; it gets a number, a priority and due times."
    level = IdentityLevel.GUEST
    args = FileComplaintArgs

    async def check(self, records: Records, context: ToolContext, args: FileComplaintArgs) -> ComplaintPlan:
        order = await own_order(records, context, args.order_id) if args.order_id else None
        lines = chosen_lines(order, args.line_ids) if order and args.line_ids is not None else ()
        earlier = await records.complaints.for_order(order.id) if order else ()
        mine = [c for c in earlier if c.customer_id == context.customer_id]
        for complaint in mine:
            if complaint.status not in _FINISHED and _same_words(complaint.description, args.description):
                raise AlreadyDone(_filed(complaint))
        severity = args.severity or severity_of(args.description)
        return ComplaintPlan(
            customer=await own_customer(records, context),
            policy=await shop_policy(records),
            order=order,
            line_ids=tuple(line.id for line in lines),
            args=args,
            category=args.category or category_of(args.description),
            severity=severity,
            priority=priority_of(severity, repeated=bool(mine)),
        )

    def settled(self, plan: ComplaintPlan) -> FileComplaintArgs:
        order_id = plan.order.id if plan.order else None
        return plan.args.model_copy(update={"order_id": order_id, "category": plan.category, "severity": plan.severity})

    def propose(self, plan: ComplaintPlan) -> Proposal:
        about = f" about order {plan.order.id}" if plan.order else ""
        order = (("Order", plan.order.id),) if plan.order else ()
        names = ", ".join(line.name for line in plan.order.lines if line.id in plan.line_ids) if plan.order else ""
        return Proposal(
            title=f"File a complaint{about}",
            summary=f"I will file a complaint{about} with {plan.priority.value} priority: “{plan.args.description}”",
            lines=(
                *order,
                *((("Items", names),) if names else ()),
                ("Category", plan.category),
                ("Priority", plan.priority.value),
                ("Description", plan.args.description),
            ),
            order_id=plan.order.id if plan.order else None,
            confirm_label="File the complaint",
        )

    async def execute(self, records: Records, context: ToolContext, plan: ComplaintPlan) -> Effect:
        complaint = _ticket(await records.complaints.next_number("CMP"), context, plan)
        await records.complaints.add(complaint)
        outcome = _filed(complaint)
        return Effect(
            outcome=outcome,
            object=f"complaint:{complaint.id}",
            events=("complaint.created",),
            after=complaint.model_dump(mode="json", include={"status", "priority", "severity", "category", "line_ids"}),
            mail=Letter(
                subject=f"Your complaint {complaint.id}", text=letter(plan.customer, plan.policy, outcome.facts)
            ),
        )


class ComplaintArgs(Args):
    complaint_id: str | None = Field(None, description="complaint number; none: the latest one")


class ComplaintStatusTool(ReadTool[ComplaintArgs, Complaint]):
    """A complaint of the customer, with its public notes only."""

    name = "complaint_status"
    summary = "Show what became of a complaint."
    level = IdentityLevel.GUEST
    args = ComplaintArgs

    async def read(self, records: Records, context: ToolContext, args: ComplaintArgs) -> Complaint:
        # only the customer's own are looked through: unknown and foreign are one answer, in time too
        for complaint in await _readable(records, context):
            if _meant(complaint, args.complaint_id):
                return complaint
        raise NotFound(f"I cannot find a complaint {args.complaint_id or ''} of yours.".replace("  ", " "))


class ListComplaints(ReadTool[NoArgs, tuple[Complaint, ...]]):
    """The complaints the session may read, newest first, with their public notes only."""

    name = "list_complaints"
    summary = "List the customer's own complaints, newest first."
    level = IdentityLevel.GUEST
    args = NoArgs

    async def read(self, records: Records, context: ToolContext, args: NoArgs) -> tuple[Complaint, ...]:
        return await _readable(records, context)


def _ticket(number: str, context: ToolContext, plan: ComplaintPlan) -> Complaint:
    times = due(plan.priority, context.now, plan.policy)
    return Complaint(
        id=number,
        customer_id=plan.customer.id,
        order_id=plan.order.id if plan.order else None,
        line_ids=plan.line_ids,
        category=plan.category,
        severity=plan.severity,
        priority=plan.priority,
        description=plan.args.description,
        created_at=context.now,
        first_response_due=times.first_response,
        resolution_due=times.resolution,
        history=(ComplaintEvent(at=context.now, actor=context.actor, what="filed"),),
    )


def _filed(complaint: Complaint) -> Outcome:
    about = f" about order {complaint.order_id}" if complaint.order_id else ""
    facts = [f"Complaint {complaint.id}{about} is filed with {complaint.priority.value} priority."]
    if complaint.first_response_due:
        facts.append(f"You get a first answer by {complaint.first_response_due:%-d %B %Y, %H:%M} UTC.")
    ids = {"complaint": complaint.id} | ({"order": complaint.order_id} if complaint.order_id else {})
    return Outcome(
        tool=FileComplaint.name,
        text=" ".join(facts),
        facts=tuple(facts),
        order_id=complaint.order_id,
        ids=ids,
        card=complaint_card(complaint),
    )


def _same_words(a: str, b: str) -> bool:
    return a.casefold().split() == b.casefold().split()


async def _readable(records: Records, context: ToolContext) -> tuple[Complaint, ...]:
    filed = await records.complaints.for_customer(context.customer_id)
    return tuple(_public(complaint) for complaint in filed if _may_read(complaint, context))


def _may_read(complaint: Complaint, context: ToolContext) -> bool:
    if context.identity.level >= IdentityLevel.VERIFIED:
        return True
    return complaint.order_id is not None and complaint.order_id in context.identity.order_ids


def _meant(complaint: Complaint, written: str | None) -> bool:
    return written is None or complaint.id == written.strip().upper()


def _public(complaint: Complaint) -> Complaint:
    notes: tuple[ComplaintNote, ...] = tuple(note for note in complaint.notes if note.public)
    return complaint.model_copy(update={"notes": notes, "history": (), "assignee": None})
