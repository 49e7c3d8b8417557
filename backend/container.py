"""The wiring diagram: every long-lived object is built here, once, and closed here."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from backend.agents.assembly import Assembly
from backend.agents.base import Reader, Voice
from backend.agents.conversations import Conversations
from backend.agents.orchestrator import AgentOrchestrator
from backend.agents.reader import CascadeReader, LocalReader
from backend.agents.recollection import Recollection
from backend.agents.rehearsal import Rehearsals
from backend.agents.response.remembered import Remembered
from backend.agents.response.variants import Variants, read_variants
from backend.agents.summary import CaseSummary
from backend.agents.understanding.local import LocalUnderstanding
from backend.agents.understanding.shop_classifiers import ShopClassifiers
from backend.agents.understanding.spelling import known_words, open_spelling
from backend.agents.watching import Tracer, Watch
from backend.domain.base import utc_now
from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.graph.base import GraphEngine
from backend.graph.catalogue import Catalogue
from backend.graph.fallback import FallbackGraph
from backend.graph.opening import open_catalogue, open_engine, open_graph
from backend.graph.products import ProductGraph
from backend.llm.base import LanguageModel
from backend.llm.budget import Budget
from backend.llm.masked import MaskedModel
from backend.llm.plans import Plans
from backend.llm.prices import Prices, read_prices
from backend.memory.base import SessionMemory
from backend.memory.fallback import FallbackMemory
from backend.memory.limiter import Limiter
from backend.memory.live import Live
from backend.memory.opening import open_answers, open_live, open_memory
from backend.memory.rates import Rates
from backend.rag.embedder import Embedder, open_embedder
from backend.rag.knowledge import Knowledge
from backend.rag.unanswered import OpenQuestions
from backend.settings import ROOT, Settings
from backend.store.database import Database
from backend.store.files import Files, open_files
from backend.store.spending import recent_spending
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
HELD_OUT = ROOT / "seed_data" / "held_out_intents.jsonl"


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
    files: Files
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
    memory = open_memory(settings.redis_url, settings.session_ttl_seconds)
    closing.push_async_callback(memory.close)
    limiter = Limiter(settings.redis_url)
    rates = Rates(limiter, settings.rate_limits)
    live = open_live(settings.redis_url)
    closing.push_async_callback(live.close)
    database.on_commit = live.tell
    models = Path(settings.data_dir) / "models"
    embedder = open_embedder(settings.embedding_model, models, *settings.embedding_endpoint)
    files = _files(settings)
    knowledge = Knowledge(database, embedder, Path(settings.vector_dir), files)
    catalogue = open_catalogue(database)
    password = settings.neo4j_password.get_secret_value()
    engine = open_engine(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
    graph = open_graph(database, catalogue, engine)
    closing.push_async_callback(graph.close)
    budget = _budget(settings, database)
    model, model_outage = _model(settings, budget)
    if model is not None:
        closing.push_async_callback(model.close)
    toolbox = build_toolbox(database, rates)
    casework, handoffs, shop_desk = CaseWork(database), HandoffDesk(database), ShopDesk(database)
    secret = settings.secret_key.get_secret_value()
    identification, tokens = Identification(database, limiter, secret), Tokens(secret)
    sign_in = SignIn(database, tokens, limiter)
    classifiers = ShopClassifiers(Path(settings.data_dir) / "classifiers", models, UTTERANCES, embedder, HELD_OUT)
    closing.push_async_callback(classifiers.close)
    spelling = open_spelling(UTTERANCES, known_words(embedder))
    local = LocalReader(LocalUnderstanding(embedder, classifiers.of, spelling.mend), catalogue)
    reader: Reader = CascadeReader(model, local, settings.understanding) if model is not None else local
    conversations = Conversations(database)
    recollection = Recollection(model, conversations, memory)
    closing.push_async_callback(recollection.close)
    tracer = _tracer(settings)
    if tracer is not None:
        closing.callback(tracer.close)
    watch = Watch(slow_seconds=settings.slow_turn_seconds, tracer=tracer)

    shared = open_answers(settings.redis_url) if model is not None else None
    if shared is not None:
        closing.push_async_callback(shared.close)
    numbers = NumbersDesk(database)
    closing.push_async_callback(numbers.close)
    assembly = Assembly(
        reader=reader,
        local=local,
        graph=graph,
        knowledge=knowledge,
        model=model,
        variants=Variants(read_variants(settings.prompt_variants)),
        remembered=Remembered(shared),
        mail_hint=_mail_hint(settings),
        history_turns=settings.history_turns,
        seconds=settings.turn_deadline_seconds,
    )

    def tried_out(records: Database, sessions: SessionMemory, kept: Conversations, voice: Voice) -> AgentOrchestrator:
        return assembly.orchestrator(
            records=records,
            memory=sessions,
            conversations=kept,
            voice=voice,
            tools=build_toolbox(records),
            identification=Identification(records, Limiter(), secret),
            recollection=Recollection(None, kept, sessions),
            watch=Watch(counted=False),
        )

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
        numbers=numbers,
        canned=CannedDesk(database),
        own_conversations=OwnConversations(database),
        files=files,
        attachments=AttachmentDesk(database, files, toolbox.complaint_status),
        privacy=PrivacyDesk(database, files, memory),
        subscriptions=Subscriptions(database, allow_private=settings.webhook_allow_private),
        tenants=Tenants(database, settings.tenant_hosts),
        reader=reader,
        orchestrator=assembly.orchestrator(
            records=database,
            memory=memory,
            conversations=conversations,
            voice=shop_desk.recent_settings,
            tools=toolbox,
            identification=identification,
            recollection=recollection,
            watch=watch,
        ),
        rehearsals=Rehearsals(database, tried_out, shop_desk.settings),
        case_summary=CaseSummary(model, conversations),
        chores=await background(settings, database, closing),
        outages=_outages(database, memory, engine, model_outage),
        _closing=closing,
    )


def _files(settings: Settings) -> Files:
    return open_files(settings.data_dir / "files", settings.bucket)


async def background(settings: Settings, database: Database, closing: AsyncExitStack) -> Background:
    """The work behind the calls, the same for a server and for a worker process."""
    keep = Retained(
        outbox_days=settings.outbox_days,
        idempotency_days=settings.idempotency_days,
        conversation_days=settings.conversation_days,
    )
    return await open_background(
        database,
        closing,
        files=_files(settings),
        smtp_url=settings.smtp_url,
        mail_from=settings.mail_from,
        allow_private=settings.webhook_allow_private,
        keep=keep,
    )


def _outages(
    database: Database, memory: SessionMemory, engine: GraphEngine, of_model: Outage | None
) -> tuple[Outage, ...]:
    """Of each engine that may be away, for /metrics. A model that nobody set is never away."""
    kinds = FallbackMemory | FallbackGraph
    others = [part.outage for part in (memory, engine) if isinstance(part, kinds)]
    return (database.outage, database.refusal, *others, *filter(None, (of_model,)))


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


def _budget(settings: Settings, database: Database) -> Budget:
    return Budget(Plans(settings.llm_plan, settings.plans), partial(recent_spending, database))


def _model(settings: Settings, budget: Budget) -> tuple[LanguageModel | None, Outage | None]:
    """The model and what this process saw of its outages. Without a key nothing of its client is loaded."""
    key = settings.openai_api_key.get_secret_value()
    if not key:
        return None, None
    from backend.llm.breaker import Breakers
    from backend.llm.openai import OpenAIModel

    breakers = Breakers(settings.redis_url)
    model = OpenAIModel(
        api_key=key,
        base_url=settings.openai_base_url,
        models=settings.models,
        timeout_seconds=settings.llm_timeout_seconds,
        budget=budget,
        breakers=breakers,
        prices=Prices(read_prices(settings.llm_prices)),
        hedge_seconds=settings.llm_hedge_seconds,
        connections=settings.llm_connections,
    )
    return MaskedModel(model), breakers.outage
