"""Keeps every turn in the records, with what was understood and found, for the staff and for learning."""

from collections.abc import Sequence
from typing import Any

import structlog

from backend.domain.acts import Act
from backend.domain.cases import HandoffState
from backend.domain.conversation import Evidence, Reply, SessionState, Turn, Understanding
from backend.domain.errors import EngineUnavailable
from backend.domain.messages import Message, Role, StoredMessage
from backend.domain.trace import current
from backend.domain.usage import ModelCall
from backend.store.database import Database
from backend.store.records import Records

log = structlog.get_logger()

#: Acts that documents answer.
_OF_DOCUMENTS = frozenset(
    {Act.PRODUCT_QUESTION, Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT}
)


class Conversations:
    """Writes turns to the records. A turn that cannot be written is logged and the shopper still gets the answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def caught_up(self, tenant: str, state: SessionState, history_messages: int) -> SessionState:
        """The state with what the desk did since: whether a person has the conversation, and what a person wrote.

        As last known while the records are away.
        """
        try:
            async with self._database.records(tenant) as records:
                case = await records.handoffs.latest_in(state.conversation_id)
                if case is None:
                    return state.model_copy(update={"handoff": None})
                written = await records.conversations.said_by(Role.STAFF, state.conversation_id, limit=history_messages)
        except EngineUnavailable:
            return state
        handoff = None if case.state is HandoffState.CLOSED else case.shown
        history = _with(state.history, written)[-history_messages:]
        return state.model_copy(update={"handoff": handoff, "history": history})

    async def append(
        self,
        turn: Turn,
        understanding: Understanding | None,
        evidence: Sequence[Evidence],
        reply: Reply,
        state: SessionState,
        calls: Sequence[ModelCall] = (),
    ) -> bool:
        """One transaction for the message, its answer and what the model cost; False when the records are away."""
        said = [StoredMessage(id=turn.message_id, role=Role.SHOPPER, text=turn.text, at=turn.at)]
        if reply.response:
            meta = trace(understanding, evidence, reply, calls)
            said.append(
                StoredMessage(
                    id=f"{turn.message_id}-r", role=Role.ASSISTANT, text=reply.response, at=turn.at, meta=meta
                )
            )

        async def kept(records: Records) -> None:
            if turn.replaces:
                await records.conversations.replace(state.conversation_id, turn.replaces, said[0])
            await records.conversations.append(
                state.conversation_id, state.session_id, state.identity.customer_id, said, turn.channel
            )
            if calls:
                await records.usage.add(calls, conversation_id=state.conversation_id, message_id=turn.message_id)
            for asked in filter(is_unanswered, evidence):
                product = next(iter(asked.focus_products), None)
                await records.unanswered.add(asked.request.standalone, product.id if product else None, turn.at)

        write = self._database.write if turn.replaces else self._database.post  # what it takes back is looked for
        try:
            await write(turn.tenant, kept)
        except EngineUnavailable as away:
            log.warning("conversation_not_kept", tenant=turn.tenant, message_id=turn.message_id, reason=away.detail)
            return False
        return True

    async def book(self, tenant: str, conversation_id: str, calls: Sequence[ModelCall]) -> None:
        """What calls outside of a turn cost; lost while the records are away."""
        try:
            await self._database.post(tenant, lambda records: records.usage.add(calls, conversation_id=conversation_id))
        except EngineUnavailable as away:
            log.warning("usage_not_kept", tenant=tenant, reason=away.detail)


def is_unanswered(evidence: Evidence) -> bool:
    """Whether what the shop has written down was asked, and did not say."""
    return not evidence.found and not evidence.question and evidence.request.act in _OF_DOCUMENTS


def trace(
    understanding: Understanding | None, evidence: Sequence[Evidence], reply: Reply, calls: Sequence[ModelCall] = ()
) -> dict[str, Any]:
    """What staff see of how an answer came about: JSON-ready, without the texts that stand in the reply."""
    done = current()
    return {
        "intents": [intent.value for intent in reply.intents],
        "confidence": reply.confidence,
        "path": understanding.path if understanding else None,
        "requests": [
            {
                "text": r.text,
                "standalone": r.standalone,
                "act": r.act.value,
                "confidence": r.confidence,
                "entities": r.entities.model_dump(mode="json", exclude={"code"}, exclude_defaults=True),
            }
            for r in (understanding.requests if understanding else ())
        ],
        "sub_action": understanding.sub_action.value if understanding else None,
        "language": understanding.language if understanding else None,
        "mood": understanding.mood.value if understanding else None,
        "sources": [source.id for source in reply.sources],
        "found": [e.found for e in evidence],
        "pending": reply.pending_action.tool if reply.pending_action else None,
        "degraded": [d.engine for d in reply.degraded],
        "model": [c.model_dump(mode="json", exclude={"at"}, exclude_defaults=True) for c in calls],
        "writer": "model" if any(c.purpose == "write" and c.outcome == "ok" for c in calls) else "local",
        "steps": [step.shown() for step in done.steps] if done else [],
        "errors": [s.name for s in done.steps if s.kind == "tool" and s.failed] if done else [],
        "ms": round(done.elapsed_ms(), 1) if done else None,
    }


def _with(history: tuple[Message, ...], written: Sequence[StoredMessage]) -> tuple[Message, ...]:
    """The history with a person's messages in their places; those before its beginning are past remembering."""
    known, start = {message.id for message in history}, history[0].at if history else None
    new = [Message(**said.model_dump(include=set(Message.model_fields))) for said in written if said.id not in known]
    return tuple(sorted((*history, *(m for m in new if start is None or m.at >= start)), key=lambda m: m.at))
