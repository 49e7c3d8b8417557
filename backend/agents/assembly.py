"""Who answers a conversation: reader, agents, decisions and writer put together into an orchestrator."""

from dataclasses import dataclass

from backend.agents.actions.agent import ActionAgent
from backend.agents.actions.proof import Proof
from backend.agents.actions.wishes import RECORD_ACTS
from backend.agents.base import Agent, Reader, Voice, Writer
from backend.agents.conversations import Conversations
from backend.agents.decisions import Decisions
from backend.agents.fault_agent import FaultAgent
from backend.agents.orchestrator import AgentOrchestrator
from backend.agents.product_agent import ProductAgent
from backend.agents.reader import LocalReader
from backend.agents.recollection import Recollection
from backend.agents.relating import RelatingAgent
from backend.agents.response.local import LocalWriter
from backend.agents.response.remembered import Remembered
from backend.agents.response.variants import Variants
from backend.agents.response.written import ModelWriter
from backend.agents.small_talk import SmallTalkAgent
from backend.agents.steps import StepAgent
from backend.agents.watching import Watch
from backend.agents.written_first import WrittenFirst
from backend.domain.acts import Act
from backend.domain.base import utc_now
from backend.graph.agent import GraphAgent
from backend.graph.products import ProductGraph
from backend.llm.base import LanguageModel
from backend.memory.base import SessionMemory
from backend.rag.agent import KnowledgeAgent
from backend.rag.knowledge import Knowledge
from backend.store.database import Database
from backend.tools.identity import Identification
from backend.tools.toolbox import Toolbox

_CATALOGUE_ACTS = (Act.PRODUCT_SEARCH, Act.COMPARE, Act.COMPATIBILITY, Act.SIMILAR)
_KNOWLEDGE_ACTS = (Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT)
_TALK_ACTS = (Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES, Act.OUT_OF_SCOPE)


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """What every conversation is answered with, be it a shopper's or one that is only tried out."""

    reader: Reader
    local: LocalReader
    graph: ProductGraph
    knowledge: Knowledge
    model: LanguageModel | None
    variants: Variants
    remembered: Remembered
    mail_hint: str
    history_turns: int
    seconds: float

    def orchestrator(
        self,
        *,
        records: Database,
        memory: SessionMemory,
        conversations: Conversations,
        voice: Voice,
        tools: Toolbox,
        identification: Identification,
        recollection: Recollection,
        watch: Watch,
    ) -> AgentOrchestrator:
        """An orchestrator over these records, this memory and these conversations."""
        actions = ActionAgent(records, tools, Proof(identification, self.mail_hint))
        agents, local = self._agents(actions, voice), LocalWriter()
        writer: Writer = local
        if self.model is not None:
            writer = ModelWriter(self.model, local, self.variants, voice, self.remembered)
        return AgentOrchestrator(
            memory=memory,
            reader=self.reader,
            agents=agents,
            decisions=Decisions(tools, actions),
            writer=writer,
            conversations=conversations,
            recollection=recollection,
            steps=None if self.model is None else StepAgent(self.model, self.local, agents),
            watch=watch,
            clock=utc_now,
            history_turns=self.history_turns,
            seconds=self.seconds,
        )

    def _agents(self, actions: ActionAgent, voice: Voice) -> dict[Act, tuple[str, Agent]]:
        """Who gathers for each act, and in which room. Adding an act is one line here."""
        catalogue, knowledge = GraphAgent(self.graph), KnowledgeAgent(self.knowledge)
        talk = SmallTalkAgent(voice, knowledge)
        relating = catalogue if self.model is None else RelatingAgent(self.model, self.graph.catalogue, catalogue)
        return {
            Act.PRODUCT_QUESTION: ("knowledge", WrittenFirst(catalogue, knowledge, ProductAgent(catalogue, knowledge))),
            **dict.fromkeys(_CATALOGUE_ACTS, ("graph", WrittenFirst(catalogue, knowledge, relating))),
            **dict.fromkeys(_KNOWLEDGE_ACTS, ("knowledge", knowledge)),
            **dict.fromkeys(RECORD_ACTS, ("records", actions)),
            Act.COMPLAINT_NEW: ("records", FaultAgent(knowledge, actions)),
            **dict.fromkeys(_TALK_ACTS, ("talk", talk)),
        }
