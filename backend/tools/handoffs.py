"""Asks for a person: the conversation waits for the desk, with the time that can be promised."""

from dataclasses import dataclass
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import Field

from backend.domain.base import Moment
from backend.domain.cases import HandoffCase, HandoffState
from backend.domain.identity import IdentityLevel
from backend.domain.policy import ShopPolicy
from backend.domain.rules.complaints import after_business_minutes, is_open
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.ownership import shop_policy


class HandoffArgs(Args):
    reason: str = Field("", max_length=500, description="why, in the shopper's words")


@dataclass(frozen=True, slots=True)
class HandoffPlan:
    """When a person can be there by the shop's business hours."""

    policy: ShopPolicy
    reason: str
    expected_at: Moment


class RequestHandoff(WriteTool[HandoffArgs, HandoffPlan]):
    """Anyone may ask for a person: it shows nothing and moves nothing."""

    name = "request_handoff"
    summary = "Hand the conversation over to a person."
    level = IdentityLevel.ANONYMOUS
    needs_consent = False
    args = HandoffArgs

    async def check(self, records: Records, context: ToolContext, args: HandoffArgs) -> HandoffPlan:
        policy = await shop_policy(records)
        waiting = await records.handoffs.open_in(context.conversation_id or context.session_id)
        if waiting is not None:
            raise AlreadyDone(_asked(waiting, policy, context.now))
        expected = after_business_minutes(context.now, policy.handoff_minutes, policy.business_hours)
        return HandoffPlan(policy, args.reason, expected)

    def settled(self, plan: HandoffPlan) -> HandoffArgs:
        return HandoffArgs(reason=plan.reason)

    def propose(self, plan: HandoffPlan) -> Proposal:
        return Proposal(title="Talk to a person", summary="I will hand this conversation over to our team.")

    async def execute(self, records: Records, context: ToolContext, plan: HandoffPlan) -> Effect:
        case = HandoffCase(
            id=uuid4().hex,
            conversation_id=context.conversation_id or context.session_id,
            session_id=context.session_id,
            customer_id=context.identity.customer_id,
            reason=plan.reason,
            expected_at=plan.expected_at,
            created_at=context.now,
        )
        await records.handoffs.add(case)
        return Effect(
            outcome=_asked(case, plan.policy, context.now),
            object=f"handoff:{case.id}",
            events=("handoff.requested",),
            after={"state": case.state, "expected_at": plan.expected_at.isoformat()},
        )


def _asked(case: HandoffCase, policy: ShopPolicy, now: Moment) -> Outcome:
    return Outcome(
        tool=RequestHandoff.name,
        text=_promise(case, policy, now),
        facts=(_promise(case, policy, now),),
        ids={"handoff": case.id},
        handoff=case.shown,
    )


def _promise(case: HandoffCase, policy: ShopPolicy, now: Moment) -> str:
    """What can honestly be said about when a person answers."""
    if case.state is HandoffState.ACTIVE:
        return f"{case.staff_name or 'Someone from our team'} has taken over this conversation."
    zone = policy.business_hours.timezone
    local = (case.expected_at or now).astimezone(ZoneInfo(zone))
    if is_open(policy.business_hours, now):
        return f"I am handing you over to a person; you can expect an answer by {local:%H:%M} ({zone})."
    return (
        f"I am handing you over to a person. Our team is not at the desk right now; "
        f"you can expect an answer by {local:%A %-d %B, %H:%M} ({zone})."
    )
