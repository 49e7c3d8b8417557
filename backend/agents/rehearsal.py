"""Tries out what would be answered: for real in every step, with nothing kept, sent or done."""

from collections.abc import Callable, Sequence

from backend.agents.base import Call, Voice
from backend.agents.conversations import Conversations, trace
from backend.agents.orchestrator import AgentOrchestrator
from backend.domain.base import Value
from backend.domain.casefile import TurnTrace
from backend.domain.conversation import Evidence, Reply, SessionState, Turn, Understanding
from backend.domain.policy import ShopPolicy
from backend.domain.shop_settings import ShopSettings
from backend.domain.usage import ModelCall
from backend.memory.base import SessionMemory
from backend.memory.in_process import InProcessMemory
from backend.store.database import Database
from backend.store.rehearsal import Rehearsal

_SECONDS = 600
#: On whose account the calls to a model are booked.
_CONVERSATION = "rehearsal"

#: Builds an orchestrator on these records, this memory and these conversations, in this voice.
Answering = Callable[[Database, SessionMemory, Conversations, Voice], AgentOrchestrator]


class Rehearsed(Value):
    """The reply that would be given, and how it would come about. `found` False: nothing on record answers it."""

    reply: Reply
    trace: TurnTrace
    found: bool


class Rehearsals:
    """Answers as the shop would, under its own rules or others that are being tried."""

    def __init__(self, database: Database, answering: Answering, voice: Voice) -> None:
        self._database = database
        self._answering = answering
        self._voice = voice

    async def answer(
        self,
        call: Call,
        state: SessionState,
        policy: ShopPolicy | None = None,
        settings: ShopSettings | None = None,
    ) -> Rehearsed:
        """The reply to a message in that state, under other rules or settings where given. Raises as the real one."""

        async def tried(_tenant: str) -> ShopSettings:
            return settings or ShopSettings()

        memory = InProcessMemory(_SECONDS)
        await memory.save(call.tenant, state)
        witness = _Witness(self._database)
        voice = tried if settings is not None else self._voice
        orchestrator = self._answering(Rehearsal(self._database, policy), memory, witness, voice)
        reply = await orchestrator.answer(Call(call.tenant, call.text, state.session_id, call.identity))
        return Rehearsed(reply=reply, trace=witness.trace, found=all(witness.trace.found))


class _Witness(Conversations):
    """Sees what would be written. What calls cost is booked all the same."""

    trace = TurnTrace()

    async def append(
        self,
        turn: Turn,
        understanding: Understanding | None,
        evidence: Sequence[Evidence],
        reply: Reply,
        state: SessionState,
        calls: Sequence[ModelCall] = (),
    ) -> bool:
        self.trace = TurnTrace.of(trace(understanding, evidence, reply, calls))
        if calls:
            await self.book(turn.tenant, _CONVERSATION, calls)
        return True
