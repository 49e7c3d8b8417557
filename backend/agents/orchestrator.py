"""The flow of one message: Turn → Understanding → Evidence → Reply. It decides the order of things, nothing else."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from uuid import NAMESPACE_OID, uuid4, uuid5

import structlog

from backend.agents.ahead import Ahead
from backend.agents.base import SILENT, Agent, Call, Listener, Reader, Writer
from backend.agents.conversations import Conversations
from backend.agents.decisions import Decisions
from backend.agents.foreign import offered_person
from backend.agents.line import Line
from backend.agents.recollection import Recollection, told
from backend.agents.remember import open_session, remember, take_back
from backend.agents.replies import RECORDS_AWAY, reached, silent_reply, superseded_reply, watched, with_degraded
from backend.agents.steps import StepAgent
from backend.agents.watching import Watch, called
from backend.domain.acts import Act
from backend.domain.conversation import Evidence, Reply, Request, SessionState, Turn, Understanding
from backend.domain.errors import EngineUnavailable, NotFound
from backend.domain.trace import step
from backend.llm import accounts
from backend.memory.base import Granted, Incoming, SessionMemory, Superseded

log = structlog.get_logger()
#: Ids of messages that their sender named; the session is part of it, so that nobody else's can be met.
_MESSAGES = uuid5(NAMESPACE_OID, "messages")

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
        recollection: Recollection,
        steps: StepAgent | None,
        watch: Watch,
        clock: Callable[[], datetime],
        history_turns: int,
        seconds: float,
    ) -> None:
        self._memory = memory
        self._reader = reader
        self._agents = agents
        self._decisions = decisions
        self._writer = writer
        self._conversations = conversations
        self._recollection = recollection
        self._steps = steps
        self._watch = watch
        self._clock = clock
        self._history_messages = 2 * history_turns
        self._line = Line()
        self._seconds = seconds

    async def answer(self, call: Call, listener: Listener = SILENT) -> Reply:
        """One message in, one reply out. Raises ShopError for what the caller must know, never for a weak engine."""
        session_id = call.session_id or secrets.token_urlsafe(18)
        message_id = _id_of(call.tenant, session_id, call.key) if call.key else uuid4().hex
        incoming = Incoming(id=message_id, text=call.text, action_id=call.action_id, accept=call.accept)
        entered = await self._memory.enter(call.tenant, session_id, incoming)
        if isinstance(entered, Superseded):
            return superseded_reply(session_id, entered.by)
        try:
            return await self._take_turn(call, session_id, entered, listener)
        finally:
            await self._memory.leave(call.tenant, session_id, entered.ticket)

    async def _take_turn(self, call: Call, session_id: str, granted: Granted, listener: Listener) -> Reply:
        async with AsyncExitStack() as place:
            await place.enter_async_context(self._line)
            return await self._in_place(call, session_id, granted, listener, place)

    async def _in_place(
        self, call: Call, session_id: str, granted: Granted, listener: Listener, place: AsyncExitStack
    ) -> Reply:
        known = await self._memory.load(call.tenant, session_id) if call.session_id else None  # else it has no past
        if known is not None and (answered := known.answered) is not None:
            if answered.message_id == granted.messages[-1].id:
                await listener.text(answered.response)
                return answered
            granted = granted.without(answered.message_id)
        for replaced in _names_of(call, session_id):  # it may still wait beside the message that takes its place
            granted = granted.without(replaced)
        turn = await self._open(call, session_id, granted, known)
        with (
            self._watch.turn(call.tenant, turn.state.session_id) as watched,
            accounts.opened(call.tenant, turn.state.session_id, self._seconds, turn.state.spent),
            called(watched),
        ):
            reply = watched.reply = await self._reply(turn, granted, listener, place)
        own = known is not None and known.conversation_id == turn.state.conversation_id
        if own and reply.session_id != session_id:  # who knows the old id learns nothing of what came after it
            await self._memory.forget(call.tenant, session_id)
        return reply

    async def _open(self, call: Call, session_id: str, granted: Granted, known: SessionState | None) -> Turn:
        state = open_session(known, session_id, call.identity)
        if known is not None and known.conversation_id == state.conversation_id:  # else it is somebody else's
            await self._decisions.follow(call.tenant, session_id, state.session_id)
            # the desk takes over and hands back in the records, whatever the session remembers
            state = await self._conversations.caught_up(call.tenant, state, self._history_messages)
        replaces = _names_of(call, session_id)
        state = take_back(state, replaces)
        message_id = granted.messages[-1].id
        return Turn(
            tenant=call.tenant,
            message_id=message_id,
            text=granted.text,
            at=self._clock(),
            state=state,
            repeatable=call.key is not None,
            channel=call.channel,
            replaces=replaces,
        )

    async def _reply(self, turn: Turn, granted: Granted, listener: Listener, place: AsyncExitStack) -> Reply:
        if turn.state.handoff is not None and not granted.decisions:
            return await self._close(turn, None, (), silent_reply(turn))
        understanding, evidence = await self._decided(turn, granted)
        if granted.text:
            await listener.progress("understand", PROGRESS["understand"])
            going_on = remember(turn, evidence)
            ahead = Ahead(self._agents)
            try:
                with step("understand", "message") as reading:
                    read = await self._reader.read(going_on, lambda guess: ahead.begin(going_on, guess))
                    reading.detail["path"] = read.path
                evidence = (*evidence, *await self._gather(going_on, read, listener, ahead))
            finally:
                await ahead.close()
            requests = (*understanding.requests, *read.requests)
            understanding = read.model_copy(update={"requests": requests})
        await place.aclose()  # what is left mostly waits for a model
        await listener.progress("write", PROGRESS["write"])
        with step("write", "reply"):
            reply = await self._writer.write(turn, understanding, evidence, listener)
        return await self._close(turn, understanding, evidence, reply)

    async def _decided(self, turn: Turn, granted: Granted) -> tuple[Understanding, tuple[Evidence, ...]]:
        """What was answered by button, in order of arrival, before any text that came with it."""
        understanding, evidence = Understanding(requests=()), tuple[Evidence, ...]()
        for decision in granted.decisions:
            going_on = remember(turn, evidence)
            try:
                decided = await self._decisions.decide(going_on, decision.action_id or "", accept=decision.accept)
            except NotFound:
                if decision.id == granted.messages[-1].id:
                    raise
                continue  # another call brought it along; its refusal is not this call's
            understanding, evidence = decided[0], (*evidence, *decided[1])
        return understanding, evidence

    async def _gather(
        self, turn: Turn, understanding: Understanding, listener: Listener, ahead: Ahead
    ) -> tuple[Evidence, ...]:
        foreign = offered_person(turn, understanding)
        if foreign is not None:
            return (foreign,)
        settled = await self._decisions.settle(turn, understanding)
        if settled.turn_is_over:
            return settled.evidence
        turn = settled.turn
        ordered = await self._stepwise(turn, understanding, settled.requests, listener)
        ordered = ordered or await self._each(turn, settled.requests, listener, ahead)
        if ordered and all(RECORDS_AWAY in e.degraded for e in ordered):
            raise EngineUnavailable(ordered[0].text)
        offered = self._decisions.offer(turn, understanding, ordered)
        back = await self._decisions.come_back(remember(turn, ordered))
        return (*settled.evidence, *ordered, *settled.reminder(ordered), *back, *offered)

    async def _stepwise(
        self, turn: Turn, understanding: Understanding, requests: tuple[Request, ...], listener: Listener
    ) -> tuple[Evidence, ...]:
        """Wishes that build on each other, where a model can take them one after the other."""
        asked = understanding.model_copy(update={"requests": requests})
        if self._steps is None or len(requests) < 2 or not self._steps.suits(asked):
            return ()
        await listener.progress("records", PROGRESS["records"])
        return await self._steps.gather(turn, asked)

    async def _each(
        self, turn: Turn, requests: Sequence[Request], listener: Listener, ahead: Ahead
    ) -> tuple[Evidence, ...]:
        """Evidence for every wish, in the order asked."""
        found: dict[int, Evidence] = {}
        independent: list[tuple[int, Awaitable[Evidence]]] = []
        for place, request in enumerate(requests):
            room, agent = self._agents[request.act]
            await listener.progress(room, PROGRESS[room])
            if room == "records":
                found[place] = await reached(request, watched(request, self._in_turn(turn, request, agent, found)))
                turn = remember(turn, (found[place],))
            else:
                independent.append((place, reached(request, watched(request, ahead.gather(turn, request, agent)))))
        gathered = await asyncio.gather(*(work for _, work in independent))
        found |= {place: evidence for (place, _), evidence in zip(independent, gathered, strict=True)}
        return tuple(found[place] for place in sorted(found))

    async def _in_turn(self, turn: Turn, request: Request, agent: Agent, found: Mapping[int, Evidence]) -> Evidence:
        """A wish about records waits while an earlier one of the same message has a question open."""
        if any(e.pending or e.draft for e in found.values()):
            return Evidence(request=request, queue=(*turn.state.queue, request))
        return await agent.gather(turn, request)

    async def _close(
        self, turn: Turn, understanding: Understanding | None, evidence: Sequence[Evidence], reply: Reply
    ) -> Reply:
        state = remember(turn, evidence, understanding, reply, history_messages=self._history_messages).state
        account = accounts.current()
        if account is not None and account.calls:
            state = state.model_copy(update={"spent": account.spent})
        reply = reply.model_copy(update={"session_id": state.session_id})
        state = state.model_copy(update={"answered": reply if turn.repeatable else None})
        if turn.state.pending is not None and state.pending is not None:
            await self._decisions.follow(turn.tenant, turn.state.session_id, state.session_id)
        state = told(state)
        with step("write", "session"):
            await self._memory.save(turn.tenant, state)
        self._recollection.consider(turn.tenant, state, turn.state.told_up_to)
        calls = tuple(account.calls) if account is not None else ()
        with step("write", "conversation"):
            kept = await self._conversations.append(turn, understanding, evidence, reply, state, calls)
        return with_degraded(reply, (*self._memory.degraded(), *(() if kept else (RECORDS_AWAY,))))


def _id_of(tenant: str, session_id: str, key: str) -> str:
    """The id of a message that is named by a key."""
    return uuid5(_MESSAGES, f"{tenant}/{session_id}/{key}").hex


def _names_of(call: Call, session_id: str) -> tuple[str, ...]:
    """Ids by which the message that this one replaces may be known: it was named by its id or its key."""
    return (call.replaces, _id_of(call.tenant, session_id, call.replaces)) if call.replaces else ()
