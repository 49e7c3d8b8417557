"""The wiring diagram: every long-lived object is built here, once, and closed here."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from backend.agents.actions.agent import ActionAgent
from backend.agents.actions.proof import Proof
from backend.agents.actions.wishes import RECORD_ACTS
from backend.agents.base import Agent, Reader, Voice, Writer
from backend.agents.conversations import Conversations
from backend.agents.decisions import Decisions
from backend.agents.fault_agent import FaultAgent
from backend.agents.orchestrator import AgentOrchestrator
from backend.agents.product_agent import ProductAgent
from backend.agents.reader import CascadeReader, LocalReader
from backend.agents.recollection import Recollection
from backend.agents.rehearsal import Rehearsals
from backend.agents.relating import RelatingAgent
from backend.agents.response.local import LocalWriter
from backend.agents.response.variants import Variants, read_variants
from backend.agents.response.written import ModelWriter
from backend.agents.small_talk import SmallTalkAgent
from backend.agents.steps import StepAgent
from backend.agents.summary import CaseSummary
from backend.agents.understanding.local import LocalUnderstanding
from backend.agents.understanding.shop_classifiers import ShopClassifiers
from backend.agents.understanding.spelling import known_words, open_spelling
from backend.agents.watching import Tracer, Watch
from backend.domain.base import utc_now
from backend.domain.catalogue import FitRule, Product, Relation, Variant
from backend.domain.conversation import Act
from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.domain.usage import Spent
from backend.graph.agent import GraphAgent
from backend.graph.base import GraphEngine
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.fallback import FallbackGraph
from backend.graph.neo4j import Neo4jGraph
from backend.graph.products import ProductGraph
from backend.llm.base import LanguageModel
from backend.llm.breaker import Breakers
from backend.llm.budget import Budget
from backend.llm.masked import MaskedModel
from backend.llm.openai import OpenAIModel
from backend.llm.plans import Plans
from backend.llm.prices import Prices, read_prices
from backend.memory.base import SessionMemory
from backend.memory.fallback import FallbackMemory
from backend.memory.in_process import InProcessMemory
from backend.memory.limiter import Limiter
from backend.memory.live import Hub, Live
from backend.memory.rates import Rates
from backend.memory.redis import RedisMemory
from backend.memory.redis_live import RedisLive
from backend.rag.agent import KnowledgeAgent
from backend.rag.embedder import Embedder, open_embedder
from backend.rag.knowledge import Knowledge
from backend.rag.unanswered import OpenQuestions
from backend.settings import ROOT, Settings
from backend.store.database import Database
from backend.store.files import FolderFiles
from backend.tools.api_keys import ApiKeys
from backend.tools.attachments import AttachmentDesk
from backend.tools.background import Background, Retained, open_background
from backend.tools.canned import CannedDesk
from backend.tools.case_desk import CaseDesk
from backend.tools.casework import CaseWork
from backend.tools.customer_tokens import CustomerTokens
from backend.tools.exchanges_desk import ExchangesDesk
from backend.tools.handoff_desk import HandoffDesk
from backend.tools.identity import Identification
from backend.tools.inbox_desk import InboxDesk
from backend.tools.numbers_desk import NumbersDesk
from backend.tools.own_conversations import OwnConversations
from backend.tools.privacy import PrivacyDesk
from backend.tools.returns_desk import ReturnsDesk
from backend.tools.shop_desk import ShopDesk
from backend.tools.sign_in import SignIn
from backend.tools.subscriptions import Subscriptions
from backend.tools.team import Team
from backend.tools.tenants import Tenants
from backend.tools.tokens import Tokens
from backend.tools.toolbox import Toolbox, build_toolbox

UTTERANCES = ROOT / "seed_data" / "utterances"
#: Messages on which no shop's own classifier may do worse than before.
OWN_ROWS = ROOT / "tests" / "evaluation" / "own_intents.jsonl"

_CATALOGUE_ACTS = (Act.PRODUCT_SEARCH, Act.COMPARE, Act.COMPATIBILITY, Act.SIMILAR)
_KNOWLEDGE_ACTS = (
    Act.SHOP_QUESTION,
    Act.DELIVERY_QUESTION,
    Act.REFUND_QUESTION,
    Act.ACCOUNT,
)
_TALK_ACTS = (Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES, Act.OUT_OF_SCOPE)


@dataclass
class Container:
    """What exists in this process."""

    settings: Settings
    database: Database
    memory: SessionMemory
    limiter: Limiter
    rates: Rates
    live: Live
    embedder: Embedder
    classifiers: ShopClassifiers
    knowledge: Knowledge
    open_questions: OpenQuestions
    catalogue: Catalogue
    graph: ProductGraph
    graph_engine: GraphEngine
    model: LanguageModel | None
    budget: Budget
    toolbox: Toolbox
    identification: Identification
    sign_in: SignIn
    team: Team
    shop_desk: ShopDesk
    tokens: Tokens
    customer_tokens: CustomerTokens
    api_keys: ApiKeys
    subscriptions: Subscriptions
    casework: CaseWork
    returns_desk: ReturnsDesk
    exchanges_desk: ExchangesDesk
    handoff_desk: HandoffDesk
    inbox_desk: InboxDesk
    case_desk: CaseDesk
    numbers: NumbersDesk
    canned: CannedDesk
    own_conversations: OwnConversations
    attachments: AttachmentDesk
    privacy: PrivacyDesk
    tenants: Tenants
    reader: Reader
    orchestrator: AgentOrchestrator
    rehearsals: Rehearsals
    case_summary: CaseSummary
    chores: Background
    outages: tuple[Outage, ...] = ()
    clock: Callable[[], datetime] = utc_now
    background: set[asyncio.Task[None]] = field(default_factory=set)
    _closing: AsyncExitStack = field(default_factory=AsyncExitStack)
    _working: asyncio.Task[None] | None = None
    _levelling: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def warm_up(self) -> None:
        """Load what the first message of the default shop would wait for."""
        tenant = self.settings.default_tenant
        if await self.tenants.knows(tenant):
            await self.graph.ready(tenant)
            await self.knowledge.search(tenant, "hello", k=1)

    def start(self) -> None:
        """Begin the work behind the calls, unless worker processes do it."""
        if self.settings.background == "in_process":
            self._working = asyncio.create_task(self.chores.run())
        self._levelling = asyncio.create_task(self.knowledge.keep_level(self._stop))

    async def close(self) -> None:
        """Let begun replies end, then close every engine. Work that was begun is taken up again by its claim."""
        self._stop.set()
        if self._levelling is not None:
            await self._levelling
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        await asyncio.gather(*self.background, return_exceptions=True)
        await self._closing.aclose()


async def open_container(settings: Settings) -> Container:
    """Build and connect everything. Raises EngineUnavailable when the records cannot be opened."""
    closing = AsyncExitStack()
    database = await Database.open(settings.records_url)
    closing.push_async_callback(database.close)
    memory = _memory(settings)
    closing.push_async_callback(memory.close)
    limiter = Limiter(settings.redis_url)
    rates = Rates(limiter, settings.rate_limits)
    live: Live = RedisLive(settings.redis_url) if settings.redis_url else Hub()
    closing.push_async_callback(live.close)
    database.on_commit = live.tell
    models = Path(settings.data_dir) / "models"
    embedder = open_embedder(settings.embedding_model, models, *settings.embedding_endpoint)
    knowledge = Knowledge(database, embedder, Path(settings.vector_dir))
    catalogue, engine = _catalogue(database), _graph_engine(settings)
    graph = _graph(database, catalogue, engine)
    closing.push_async_callback(graph.close)
    budget = _budget(settings, database)
    breakers = Breakers(settings.redis_url)
    model = _model(settings, budget, breakers)
    if model is not None:
        closing.push_async_callback(model.close)
    toolbox = build_toolbox(database, rates)
    files = FolderFiles(settings.data_dir / "files")
    casework, handoffs, shop_desk = CaseWork(database), HandoffDesk(database), ShopDesk(database)
    identification = Identification(database, limiter, settings.secret_key.get_secret_value())
    tokens = Tokens(settings.secret_key.get_secret_value())
    sign_in = SignIn(database, tokens, limiter)
    classifiers = ShopClassifiers(Path(settings.data_dir) / "classifiers", models, UTTERANCES, embedder, OWN_ROWS)
    closing.push_async_callback(classifiers.close)
    spelling = open_spelling(UTTERANCES, known_words(embedder))
    local = LocalReader(LocalUnderstanding(embedder, classifiers.of, spelling.mend), catalogue)
    reader: Reader = CascadeReader(model, local, settings.understanding) if model is not None else local
    conversations = Conversations(database)
    recollection = Recollection(model, conversations)
    closing.push_async_callback(recollection.close)
    tracer = _tracer(settings)
    if tracer is not None:
        closing.callback(tracer.close)
    watch = Watch(slow_seconds=settings.slow_turn_seconds, tracer=tracer)

    def answering(records: Database, sessions: SessionMemory, kept: Conversations, voice: Voice) -> AgentOrchestrator:
        real = records is database
        tools, proving = (toolbox, identification) if real else (build_toolbox(records), _identification(records))
        actions = ActionAgent(records, tools, Proof(proving, _mail_hint(settings)))
        agents = _agents(graph, knowledge, actions, voice, model)
        writer: Writer = LocalWriter()
        if model is not None:
            writer = ModelWriter(model, LocalWriter(), Variants(read_variants(settings.prompt_variants)), voice)
        return AgentOrchestrator(
            memory=sessions,
            reader=reader,
            agents=agents,
            decisions=Decisions(tools, actions),
            writer=writer,
            conversations=kept,
            recollection=recollection if real else Recollection(None, kept),
            steps=StepAgent(model, local, agents) if model is not None else None,
            watch=watch if real else Watch(counted=False),
            clock=utc_now,
            history_turns=settings.history_turns,
            seconds=settings.turn_deadline_seconds,
        )

    def _identification(records: Database) -> Identification:
        return Identification(records, Limiter(), settings.secret_key.get_secret_value())

    return Container(
        settings=settings,
        database=database,
        memory=memory,
        limiter=limiter,
        rates=rates,
        live=live,
        embedder=embedder,
        classifiers=classifiers,
        knowledge=knowledge,
        open_questions=OpenQuestions(database, knowledge, embedder),
        catalogue=catalogue,
        graph=graph,
        graph_engine=engine,
        model=model,
        budget=budget,
        toolbox=toolbox,
        identification=identification,
        sign_in=sign_in,
        team=Team(database, sign_in, settings.address),
        shop_desk=shop_desk,
        tokens=tokens,
        customer_tokens=CustomerTokens(database),
        api_keys=ApiKeys(database),
        casework=casework,
        returns_desk=ReturnsDesk(database),
        exchanges_desk=ExchangesDesk(database),
        handoff_desk=handoffs,
        inbox_desk=InboxDesk(database, casework, handoffs),
        case_desk=CaseDesk(database, handoffs),
        numbers=NumbersDesk(database),
        canned=CannedDesk(database),
        own_conversations=OwnConversations(database),
        attachments=AttachmentDesk(database, files, toolbox.complaint_status),
        privacy=PrivacyDesk(database, files, memory),
        subscriptions=Subscriptions(database, allow_private=settings.webhook_allow_private),
        tenants=Tenants(database, settings.tenant_hosts),
        reader=reader,
        orchestrator=answering(database, memory, conversations, shop_desk.recent_settings),
        rehearsals=Rehearsals(database, answering, shop_desk.settings),
        case_summary=CaseSummary(model, conversations),
        chores=await background(settings, database, closing),
        outages=_outages(database, memory, engine, breakers if model is not None else None),
        _closing=closing,
    )


async def background(settings: Settings, database: Database, closing: AsyncExitStack) -> Background:
    """The work behind the calls, the same for a server and for a worker process."""
    return await open_background(
        database,
        closing,
        smtp_url=settings.smtp_url,
        mail_from=settings.mail_from,
        allow_private=settings.webhook_allow_private,
        keep=Retained(outbox_days=settings.outbox_days, idempotency_days=settings.idempotency_days),
    )


def _agents(
    graph: ProductGraph, knowledge: Knowledge, actions: ActionAgent, voice: Voice, model: LanguageModel | None
) -> dict[Act, tuple[str, Agent]]:
    """Who gathers for each act, and in which room. Adding an act is one line here."""
    catalogue_agent, knowledge_agent, talk = GraphAgent(graph), KnowledgeAgent(knowledge), SmallTalkAgent(voice)
    relating = catalogue_agent if model is None else RelatingAgent(model, graph.catalogue, catalogue_agent)
    return {
        Act.PRODUCT_QUESTION: ("knowledge", ProductAgent(catalogue_agent, knowledge_agent)),
        **dict.fromkeys(_CATALOGUE_ACTS, ("graph", relating)),
        **dict.fromkeys(_KNOWLEDGE_ACTS, ("knowledge", knowledge_agent)),
        **dict.fromkeys(RECORD_ACTS, ("records", actions)),
        Act.COMPLAINT_NEW: ("records", FaultAgent(knowledge_agent, actions)),
        **dict.fromkeys(_TALK_ACTS, ("talk", talk)),
    }


def _outages(
    database: Database, memory: SessionMemory, engine: GraphEngine, breakers: Breakers | None
) -> tuple[Outage, ...]:
    """Of each engine that may be away, for /metrics. A model that nobody set is never away."""
    kinds = FallbackMemory | FallbackGraph | Breakers
    return (database.outage, *(part.outage for part in (memory, engine, breakers) if isinstance(part, kinds)))


def _tracer(settings: Settings) -> Tracer | None:
    """Nothing of OpenTelemetry is loaded unless somebody collects it."""
    if not settings.otel_exporter_otlp_endpoint:
        return None
    try:
        from backend.agents.spans import Spans
    except ModuleNotFoundError as missing:
        raise EngineUnavailable(f"{missing.name} is not installed: pip install 'support-desk[tracing]'.") from missing
    return Spans(settings.otel_exporter_otlp_endpoint)


def _mail_hint(settings: Settings) -> str:
    """Without a mail server the newcomer has to be told where the code is."""
    if settings.smtp_url:
        return ""
    return f" (No mail server is set up here: the mail waits in the outbox of the desk, {settings.address}/staff/.)"


def _memory(settings: Settings) -> SessionMemory:
    local = InProcessMemory(settings.session_ttl_seconds)
    if not settings.redis_url:
        return local
    return FallbackMemory(RedisMemory(settings.redis_url, settings.session_ttl_seconds), local)


def _catalogue(database: Database) -> Catalogue:
    async def load(tenant: str) -> Sequence[Product]:
        async with database.records(tenant) as records:
            return await records.catalogue.all()

    async def version(tenant: str) -> int:
        async with database.records(tenant) as records:
            return await records.catalogue.version()

    async def live(tenant: str, product_ids: Sequence[str]) -> Mapping[str, tuple[Variant, ...]]:
        async with database.records(tenant) as records:
            return await records.catalogue.live(product_ids)

    return Catalogue(load, version, live)


def _graph(database: Database, catalogue: Catalogue, engine: GraphEngine) -> ProductGraph:
    async def relations(tenant: str) -> Sequence[Relation]:
        async with database.records(tenant) as records:
            return await records.catalogue.relations()

    async def rules(tenant: str) -> Sequence[FitRule]:
        async with database.records(tenant) as records:
            return await records.catalogue.fit_rules()

    async def bought(tenant: str, product_id: str, most: int) -> Sequence[tuple[str, int]]:
        async with database.records(tenant) as records:
            return await records.catalogue.bought_with(product_id, most)

    return ProductGraph(catalogue, engine, relations, rules, bought)


def _graph_engine(settings: Settings) -> GraphEngine:
    embedded = EmbeddedGraph()
    if not settings.neo4j_uri:
        return embedded
    password = settings.neo4j_password.get_secret_value()
    server = Neo4jGraph(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
    return FallbackGraph(server, embedded)


def _budget(settings: Settings, database: Database) -> Budget:
    async def spending(tenant: str) -> tuple[Spent, Spent]:
        today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
        async with database.records(tenant) as records:
            return await records.usage.spent(today), await records.usage.spent(today.replace(day=1))

    return Budget(Plans(settings.llm_plan, settings.plans), spending)


def _model(settings: Settings, budget: Budget, breakers: Breakers) -> LanguageModel | None:
    key = settings.openai_api_key.get_secret_value()
    if not key:
        return None
    model = OpenAIModel(
        api_key=key,
        base_url=settings.openai_base_url,
        models=settings.models,
        timeout_seconds=settings.llm_timeout_seconds,
        budget=budget,
        breakers=breakers,
        prices=Prices(read_prices(settings.llm_prices)),
        hedge_seconds=settings.llm_hedge_seconds,
    )
    return MaskedModel(model)
