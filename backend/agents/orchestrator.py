"""The flow of one message: Turn → Understanding → Evidence → Reply. It decides the order of things, nothing else."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

import structlog

from backend.agents.base import SILENT, Agent, Call, Listener, Reader, Writer
from backend.agents.conversations import Conversations
from backend.agents.decisions import Decisions
from backend.agents.foreign import offered_person
from backend.agents.remember import open_session, remember
from backend.agents.replies import silent_reply, superseded_reply
from backend.domain.conversation import Act, Evidence, Reply, Request, Turn, Understanding
from backend.memory.base import Granted, Incoming, SessionMemory, Superseded

log = structlog.get_logger()

#: What the shopper reads while an agent works, by the step's name.
PROGRESS = {
    "understand": "reading your message…",
    "knowledge": "looking in the manuals…",
    "graph": "looking through the catalogue…",
    "records": "checking your order…",
    "talk": "thinking…",
    "write": "writing the answer…",
}


class AgentOrchestrator:
    """Answers messages. `agents` names who gathers for each act; acts that share records run one after another,
    because the first may prove who is asking for the second.
    """

    def __init__(
        self,
        *,
        memory: SessionMemory,
        reader: Reader,
        agents: Mapping[Act, tuple[str, Agent]],
        decisions: Decisions,
        writer: Writer,
        conversations: Conversations,
        clock: Callable[[], datetime],
    ) -> None:
        self._memory = memory
        self._reader = reader
        self._agents = agents
        self._decisions = decisions
        self._writer = writer
        self._conversations = conversations
        self._clock = clock

    async def answer(self, call: Call, listener: Listener = SILENT) -> Reply:
        """One message in, one reply out. Raises ShopError for what the caller must know, never for a weak engine."""
        session_id = call.session_id or secrets.token_urlsafe(18)
        incoming = Incoming(id=uuid4().hex, text=call.text)
        entered = await self._memory.enter(call.tenant, session_id, incoming)
        if isinstance(entered, Superseded):
            return superseded_reply(session_id, entered.by)
        try:
            reply = await self._take_turn(call, session_id, entered, listener)
            if reply.session_id != session_id:  # who knows the old id learns nothing of what came after it
                await self._memory.forget(call.tenant, session_id)
            return reply
        finally:
            await self._memory.leave(call.tenant, session_id, entered.ticket)

    async def _take_turn(self, call: Call, session_id: str, granted: Granted, listener: Listener) -> Reply:
        turn = await self._open(call, session_id, granted)
        if turn.state.handoff is not None and call.action_id is None:
            return await self._close(turn, None, (), silent_reply(turn))
        if call.action_id is not None:
            understanding, evidence = await self._decisions.decide(turn, call.action_id, accept=call.accept)
        else:
            await listener.progress("understand", PROGRESS["understand"])
            understanding = await self._reader.read(turn)
            evidence = await self._gather(turn, understanding, listener)
        await listener.progress("write", PROGRESS["write"])
        reply = await self._writer.write(turn, understanding, evidence, listener)
        return await self._close(turn, understanding, evidence, reply)

    async def _open(self, call: Call, session_id: str, granted: Granted) -> Turn:
        known = await self._memory.load(call.tenant, session_id)
        state = open_session(known, session_id, call.identity)
        if known is not None:
            await self._decisions.follow(call.tenant, session_id, state.session_id)
            # the desk takes over and hands back in the records, whatever the session remembers
            state = state.model_copy(update={"handoff": await self._conversations.handoff(call.tenant, state)})
        return Turn(
            tenant=call.tenant,
            message_id=granted.messages[-1].id,
            text=granted.text,
            at=self._clock(),
            state=state,
        )

    async def _gather(self, turn: Turn, understanding: Understanding, listener: Listener) -> tuple[Evidence, ...]:
        foreign = offered_person(turn, understanding)
        if foreign is not None:
            return (foreign,)
        settled = await self._decisions.settle(turn, understanding)
        if settled.turn_is_over:
            return settled.evidence
        turn = settled.turn
        found: dict[int, Evidence] = {}
        independent: list[tuple[int, Awaitable[Evidence]]] = []
        for place, request in enumerate(settled.requests):
            room, agent = self._agents[request.act]
            await listener.progress(room, PROGRESS[room])
            if room == "records":
                found[place] = await self._in_turn(turn, request, agent, found)
                turn = remember(turn, (found[place],))
            else:
                independent.append((place, agent.gather(turn, request)))
        gathered = await asyncio.gather(*(work for _, work in independent))
        found |= {place: evidence for (place, _), evidence in zip(independent, gathered, strict=True)}
        ordered = tuple(found[place] for place in sorted(found))
        offered = self._decisions.offer(turn, understanding, ordered)
        return (*settled.evidence, *ordered, *settled.reminder(ordered), *offered)

    async def _in_turn(self, turn: Turn, request: Request, agent: Agent, found: Mapping[int, Evidence]) -> Evidence:
        """A wish about records waits while an earlier one of the same message has a question open."""
        if any(e.pending or e.draft for e in found.values()):
            return Evidence(request=request, queue=(*turn.state.queue, request))
        return await agent.gather(turn, request)

    async def _close(
        self, turn: Turn, understanding: Understanding | None, evidence: Sequence[Evidence], reply: Reply
    ) -> Reply:
        state = remember(turn, evidence, understanding, reply).state
        reply = reply.model_copy(update={"session_id": state.session_id})
        if turn.state.pending is not None and state.pending is not None:
            await self._decisions.follow(turn.tenant, turn.state.session_id, state.session_id)
        await self._memory.save(turn.tenant, state)
        await self._conversations.append(turn, understanding, evidence, reply, state)
        return reply
