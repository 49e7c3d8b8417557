"""Takes a sales, bulk or partnership enquiry from the chat, a form or a CRM."""

import hashlib
from dataclasses import dataclass

from pydantic import Field

from backend.domain.cases import Enquiry, EnquiryField, Priority
from backend.domain.identity import IdentityLevel
from backend.domain.policy import ShopPolicy
from backend.domain.rules.complaints import due
from backend.store.records import Records
from backend.tools.base import Args, Effect, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.enquiry_reading import (
    drafted,
    kind_of_enquiry,
    read_budget,
    read_company,
    read_email,
    read_name,
    read_phone,
    scored,
)
from backend.tools.ownership import shop_policy

#: between the messages of an exchange
_BREAK = "\n\n---\n\n"


class EnquiryArgs(Args):
    """The text, and what a form asked for by name. None of it says who the session belongs to."""

    text: str = Field(min_length=3, max_length=8000, description="what the visitor wrote")
    contact_name: str = Field("", max_length=120)
    reply_to: str = Field("", max_length=254, description="address for the answer")
    contact_phone: str = Field("", max_length=40)
    company: str = Field("", max_length=120)
    budget: str = Field("", max_length=40, description="as written, e.g. $5,000")
    reference: str = Field("", max_length=200, description="the sender's own id of the exchange, from a signed call")


@dataclass(frozen=True, slots=True)
class EnquiryPlan:
    """What was sent, and for which shop."""

    args: EnquiryArgs
    policy: ShopPolicy


class FileEnquiry(WriteTool[EnquiryArgs, EnquiryPlan]):
    """Anyone may ask; nothing of an account is touched."""

    name = "file_enquiry"
    summary = "Take a sales, bulk or partnership enquiry for the team."
    level = IdentityLevel.ANONYMOUS
    needs_consent = False
    args = EnquiryArgs

    async def check(self, records: Records, context: ToolContext, args: EnquiryArgs) -> EnquiryPlan:
        return EnquiryPlan(args, await shop_policy(records))

    def settled(self, plan: EnquiryPlan) -> EnquiryArgs:
        return plan.args

    def propose(self, plan: EnquiryPlan) -> Proposal:
        return Proposal(title="Send an enquiry", summary="I will pass your enquiry on to our team.")

    async def execute(self, records: Records, context: ToolContext, plan: EnquiryPlan) -> Effect:
        earlier = await _exchange(records, plan.args.reference)
        number = earlier.id if earlier else await records.enquiries.next_number("ENQ")
        enquiry = read_enquiry(plan.args, plan.policy, context, number)
        if earlier is None:
            await records.enquiries.add(enquiry)
            if plan.args.reference:
                await records.actions.put(_key(plan.args.reference), {"enquiry": number})
        elif plan.args.text in earlier.text.split(_BREAK):
            return Effect(outcome=_received(earlier), object=f"enquiry:{number}", events=())
        else:
            enquiry = _continued(earlier, enquiry, plan.policy)
            await records.enquiries.update(enquiry)
        return Effect(
            outcome=_received(enquiry),
            object=f"enquiry:{enquiry.id}",
            events=("enquiry.updated" if earlier else "enquiry.created",),
            before={"status": earlier.status, "score": earlier.score} if earlier else {},
            after={"kind": enquiry.kind, "score": enquiry.score, "reasons": list(enquiry.score_reasons)},
        )


async def _exchange(records: Records, reference: str) -> Enquiry | None:
    """The enquiry that an exchange began with; None for a new one, whose reference is now taken."""
    if not reference or await records.actions.claim(_key(reference)):
        return None
    known = await records.actions.get(_key(reference))
    return await records.enquiries.get(known["enquiry"]) if known else None


def _key(reference: str) -> str:
    return f"exchange:{hashlib.sha256(reference.encode()).hexdigest()}"


def _received(enquiry: Enquiry) -> Outcome:
    fact = f"Your enquiry is with our team under the number {enquiry.id}."
    return Outcome(tool=FileEnquiry.name, text=fact, facts=(fact,), ids={"enquiry": enquiry.id})


def _continued(earlier: Enquiry, latest: Enquiry, policy: ShopPolicy) -> Enquiry:
    """The exchange with one message more: what is known stays unless the new message says it more surely."""
    kept = {name: getattr(earlier, name) for name in ("name", "email", "phone", "company")}
    said = {name: getattr(latest, name) for name in kept}
    surer = {n: v for n, v in said.items() if v and (kept[n] is None or v.confidence > kept[n].confidence)}
    if latest.budget_cents is not None:
        surer |= {"budget_cents": latest.budget_cents, "budget_confidence": latest.budget_confidence}
    # whoever writes again waits for an answer again
    status = "in_progress" if earlier.status in ("answered", "closed") else earlier.status
    text = _BREAK.join((earlier.text, latest.text))
    waits = {"text": text, "status": status, "due_at": earlier.due_at or latest.due_at}
    return _judged(earlier.model_copy(update={**surer, **waits}), policy)


def read_enquiry(args: EnquiryArgs, policy: ShopPolicy, context: ToolContext, number: str) -> Enquiry:
    """The enquiry with everything that could be read from it; a form's fields win over the text."""
    email = read_email(args.reply_to) or read_email(args.text)
    budget = read_budget(f"budget {args.budget}") if args.budget else read_budget(args.text)
    enquiry = Enquiry(
        id=number,
        text=args.text,
        kind=kind_of_enquiry(args.text),
        name=_given(args.contact_name) or read_name(args.text),
        email=email,
        phone=read_phone(f"phone {args.contact_phone}") or read_phone(args.text),
        company=_given(args.company) or read_company(args.text, email),
        budget_cents=budget[0] if budget else None,
        budget_confidence=budget[1] if budget else None,
        created_at=context.now,
        due_at=due(Priority.NORMAL, context.now, policy).first_response,
    )
    return _judged(enquiry, policy)


def _judged(enquiry: Enquiry, policy: ShopPolicy) -> Enquiry:
    """With its score, the reasons for it, and a drafted reply."""
    score, reasons = scored(enquiry)
    draft = drafted(enquiry, policy.shop_name, policy.currency)
    return enquiry.model_copy(update={"score": score, "score_reasons": reasons, "draft_reply": draft})


def _given(value: str) -> EnquiryField | None:
    return EnquiryField(value=value, confidence=1.0) if value else None
