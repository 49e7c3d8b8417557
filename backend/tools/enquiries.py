"""Takes a sales, bulk or partnership enquiry from the chat, a form or a CRM."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.cases import Enquiry, EnquiryField
from backend.domain.identity import IdentityLevel
from backend.domain.policy import ShopPolicy
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


class EnquiryArgs(Args):
    """The text, and what a form asked for by name. None of it says who the session belongs to."""

    text: str = Field(min_length=3, max_length=8000, description="what the visitor wrote")
    contact_name: str = Field("", max_length=120)
    reply_to: str = Field("", max_length=254, description="address for the answer")
    contact_phone: str = Field("", max_length=40)
    company: str = Field("", max_length=120)
    budget: str = Field("", max_length=40, description="as written, e.g. $5,000")


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
        enquiry = read_enquiry(plan.args, plan.policy, context, await records.enquiries.next_number("ENQ"))
        await records.enquiries.add(enquiry)
        fact = f"Your enquiry is with our team under the number {enquiry.id}."
        return Effect(
            outcome=Outcome(tool=self.name, text=fact, facts=(fact,), ids={"enquiry": enquiry.id}),
            object=f"enquiry:{enquiry.id}",
            events=("enquiry.created",),
            after={"kind": enquiry.kind, "score": enquiry.score, "reasons": list(enquiry.score_reasons)},
        )


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
    )
    score, reasons = scored(enquiry)
    draft = drafted(enquiry, policy.shop_name, policy.currency)
    return enquiry.model_copy(update={"score": score, "score_reasons": reasons, "draft_reply": draft})


def _given(value: str) -> EnquiryField | None:
    return EnquiryField(value=value, confidence=1.0) if value else None
