"""The guarded flow of a write: proposed, agreed to, and executed once in one transaction."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.domain.conversation import PendingAction
from backend.domain.errors import Conflict, NotFound
from backend.domain.trace import step
from backend.memory.rates import Rates, Taking
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Effect, Outcome, Proposal, ToolContext, WriteTool

#: How long a proposal waits for the shopper's yes.
PENDING_FOR = timedelta(minutes=10)


class ActionExpired(Conflict):
    """The shopper took longer than ten minutes."""

    code, title = "action_expired", "The question has expired"

    def __init__(self) -> None:
        super().__init__("This question has expired. Please ask for it again, and nothing was changed meanwhile.")


class ActionChanged(Conflict):
    """What would happen now is not what the shopper agreed to."""

    code, title = "action_changed", "The terms have changed"

    def __init__(self) -> None:
        super().__init__("Something changed since I asked, so nothing was done. Please look at it and agree again.")


class ActionDesk:
    """The only way to a write: identity → ownership → eligibility → consent → one idempotent transaction."""

    def __init__(
        self, database: Database, tools: Mapping[str, WriteTool[Any, Any]], rates: Rates | None = None
    ) -> None:
        self._database = database
        self._tools = tools
        self._rates = rates

    async def propose(self, context: ToolContext, tool_name: str, arguments: Mapping[str, Any]) -> PendingAction:
        """Check everything and keep the exact question. Raises what the tool raises, IdentityNeeded first,
        TooManyCalls when this customer asked for the like too often.
        """
        with step("tool", tool_name, propose=True):
            tool = self._tool(tool_name)
            tool.require(context.identity)
            await self._pace(context, tool)
            args = tool.parse(arguments)
            async with self._database.records(context.tenant) as records:
                plan = await tool.check(records, context, args)
        pending = _pending(context, tool, tool.settled(plan).model_dump(mode="json"), tool.propose(plan))
        async with self._database.records(context.tenant, write=True) as records:
            await records.pending.sweep(context.now - PENDING_FOR)
            await records.pending.add(context.session_id, pending)
        return pending

    async def load(self, context: ToolContext, action_id: str) -> PendingAction:
        """The pending action of this session. Raises NotFound for an unknown one and for someone else's, alike."""
        async with self._database.records(context.tenant) as records:
            return await _own_pending(records, context, action_id)

    async def withdraw(self, context: ToolContext, action_id: str) -> None:
        """Forget a question that was declined or replaced; it can no longer be agreed to.

        Raises AlreadyDone, with what came of it, when it was agreed to before.
        """
        async with self._database.records(context.tenant, write=True) as records:
            known = await records.actions.get(f"action:{action_id}")
            if known and await records.pending.get(context.session_id, action_id) is not None:
                raise AlreadyDone(Outcome.model_validate(known["outcome"]))
            await records.pending.drop(context.session_id, action_id)

    async def move(self, tenant: str, session_id: str, new_session_id: str) -> None:
        """Take the pending questions along when a session gets a new id."""
        async with self._database.records(tenant, write=True) as records:
            await records.pending.move(session_id, new_session_id)

    async def confirm(self, context: ToolContext, action_id: str, idempotency_key: str | None = None) -> Outcome:
        """Execute what the shopper agreed to, once: whoever confirms it again gets the same outcome.

        Raises NotFound (unknown or someone else's), ActionExpired, ActionChanged, NotEligible when a rule
        forbids it by now, Conflict when the idempotency key was used for another action.
        """

        async def agreed(records: Records) -> Outcome:
            pending = await _own_pending(records, context, action_id)
            taken.name = pending.tool
            tool = self._tool(pending.tool)
            tool.require(context.identity)
            return await self._once(records, context, tool, pending.arguments, pending, idempotency_key)

        with step("tool", "confirm", confirmed=True) as taken:
            return await self._database.write(context.tenant, agreed)

    async def perform(
        self, context: ToolContext, tool_name: str, arguments: Mapping[str, Any], idempotency_key: str | None = None
    ) -> Outcome:
        """Carry out at once what binds the shopper to nothing (a person, an enquiry). Raises as `confirm`."""
        tool = self._tool(tool_name)
        if tool.needs_consent:
            raise Conflict("This has to be confirmed first.")
        tool.require(context.identity)
        await self._pace(context, tool)
        args = tool.parse(arguments).model_dump(mode="json")

        async def asked(records: Records) -> Outcome:
            return await self._once(records, context, tool, args, None, idempotency_key)

        try:
            with step("tool", tool_name):
                return await self._database.write(context.tenant, asked)
        except AlreadyDone as done:
            return done.outcome

    async def _once(
        self,
        records: Records,
        context: ToolContext,
        tool: WriteTool[Any, Any],
        arguments: dict[str, Any],
        pending: PendingAction | None,
        idempotency_key: str | None,
    ) -> Outcome:
        """Claim the ledger row, or return what the first claim came to."""
        keys = [f"action:{pending.id}"] if pending else []
        keys += [_caller_key(context, idempotency_key)] if idempotency_key else []
        content = _digest(tool.name, arguments)
        for key in reversed(keys):  # the caller's key first: it may belong to another action
            if not await records.actions.claim(key):
                known = await records.actions.get(key) or {}
                if (known.get("action"), known.get("content")) != (pending.id if pending else "", content):
                    raise Conflict("This idempotency key was used for another action.", field="Idempotency-Key")
                for other in keys:
                    await records.actions.put(other, known)
                return Outcome.model_validate(known["outcome"])
        effect = await self._execute(records, context, tool, arguments, pending)
        result = {
            "content": content,
            "action": pending.id if pending else "",
            "outcome": effect.outcome.model_dump(mode="json"),
        }
        for key in keys:
            await records.actions.put(key, result)
        return effect.outcome

    async def _execute(
        self,
        records: Records,
        context: ToolContext,
        tool: WriteTool[Any, Any],
        arguments: dict[str, Any],
        pending: PendingAction | None,
    ) -> Effect:
        """Lock, check again, act, and note it: all within the caller's transaction."""
        if pending is not None and pending.expires_at <= context.now:
            raise ActionExpired
        if pending is not None and pending.order_id is not None:
            await records.orders.lock(pending.order_id)
        plan = await tool.check(records, context, tool.parse(arguments))
        if pending is not None and tool.propose(plan).lines != pending.lines:
            raise ActionChanged
        effect: Effect = await tool.execute(records, context, plan)
        await self._note(records, context, tool, effect)
        return effect

    async def _note(self, records: Records, context: ToolContext, tool: WriteTool[Any, Any], effect: Effect) -> None:
        """Audit row, events and mail."""
        await records.audit.add(context.actor, tool.name, effect.object, effect.before, effect.after)
        payload = {"object": effect.object, "order_id": effect.outcome.order_id, **effect.outcome.ids, **effect.after}
        for kind in effect.events:
            await records.events.add(kind, payload)
        if effect.mail is not None and context.identity.customer_id:
            customer = await records.customers.get(context.identity.customer_id)
            if customer is not None:
                await records.mails.add(customer.email, effect.mail.subject, effect.mail.text)

    async def _pace(self, context: ToolContext, tool: WriteTool[Any, Any]) -> None:
        if self._rates is not None:
            await self._rates.admit(Taking("tool", f"{context.tenant}:{tool.name}:{context.actor}"))

    def _tool(self, name: str) -> WriteTool[Any, Any]:
        tool = self._tools.get(name)
        if tool is None:
            raise NotFound(f"There is no action {name}.")
        return tool


def _pending(
    context: ToolContext, tool: WriteTool[Any, Any], arguments: dict[str, Any], proposal: Proposal
) -> PendingAction:
    return PendingAction(
        id=secrets.token_urlsafe(24),
        tool=tool.name,
        arguments=arguments,
        customer_id=context.customer_id,
        order_id=proposal.order_id,
        title=proposal.title,
        summary=proposal.summary,
        lines=proposal.lines,
        confirm_label=proposal.confirm_label,
        expires_at=context.now + PENDING_FOR,
    )


async def _own_pending(records: Records, context: ToolContext, action_id: str) -> PendingAction:
    pending = await records.pending.get(context.session_id, action_id)
    if pending is None or pending.customer_id != context.identity.customer_id:
        raise NotFound("There is no such question waiting for your answer.")
    return pending


def _caller_key(context: ToolContext, idempotency_key: str) -> str:
    """Callers choose their keys freely, so each counts only for who chose it."""
    return f"key:{_digest(context.actor, idempotency_key)}"


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
