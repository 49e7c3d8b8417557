"""Every setting, one line of meaning each; read from the environment and from `.env`."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.domain.usage import Purpose

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The operator's choices. Nothing set means the embedded engines and no language model."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True)

    host: str = Field("0.0.0.0", description="address the server listens on")  # noqa: S104  a server is for others to reach
    port: int = Field(8000, description="port the server listens on")
    workers: int = Field(1, ge=1, description="server processes")
    open_files: int = Field(
        0, ge=0, description="most open connections and files of a process: 0 = as many as the system lets it"
    )
    public_url: str = Field("", description="address that people open, used in links: empty = http://localhost:PORT")
    default_tenant: str = Field("techpro", description="shop that answers when a call names none")
    tenant_hosts: str = Field("", description="host names mapped to shops: shop.example=slug,other.example=slug2")

    environment: Literal["development", "production"] = Field(
        "development", description="production refuses to start with default, short or missing secrets"
    )
    secret_key: SecretStr = Field(SecretStr(""), description="signs sign-in tokens; at least 32 characters")

    database_url: str = Field(
        "",
        pattern=r"^$|^(postgres|postgresql|sqlite)(\+\w+)?://",
        description="records: empty = SQLite under var/, or postgresql+asyncpg://…",
    )
    redis_url: str = Field(
        "",
        pattern=r"^$|^(redis|rediss|unix)://",
        description="sessions, limits, locks, live events: empty = in process, or redis://…",
    )
    neo4j_uri: str = Field(
        "",
        pattern=r"^$|^(bolt|neo4j)(\+s|\+ssc)?://",
        description="product graph: empty = embedded, or bolt://… / neo4j://…",
    )
    neo4j_user: str = Field("neo4j", description="user of the product graph")
    neo4j_password: SecretStr = Field(SecretStr(""), description="password of the product graph")
    neo4j_database: str = Field("neo4j", description="database of the product graph")

    data_dir: Path = Field(ROOT / "var", description="folder of the SQLite file, uploads and exported models")
    vector_dir: Path = Field(ROOT / "vector_store", description="folder of the passage index")
    s3_bucket: str = Field("", description="files on S3-compatible storage: name of the bucket; empty = under DATA_DIR")
    s3_endpoint_url: str = Field(
        "", pattern=r"^$|^https?://", description="address of that storage, http://…; empty = Amazon's own"
    )
    s3_region: str = Field("us-east-1", description="region of the bucket")
    s3_access_key: str = Field("", description="key of the bucket; empty = the machine's own role")
    s3_secret_key: SecretStr = Field(SecretStr(""), description="secret of S3_ACCESS_KEY")
    embedding_model: str = Field("all-MiniLM-L6-v2", description="sentence-transformers model for passages and intents")
    embedding_base_url: str = Field(
        "", description="OpenAI-compatible server of the embedding model: empty = it runs here"
    )
    embedding_api_key: SecretStr = Field(
        SecretStr(""), description="key of the embeddings server: empty = OPENAI_API_KEY"
    )

    openai_api_key: SecretStr = Field(SecretStr(""), description="key of the language model; empty = local answers")
    openai_base_url: str = Field("", description="any OpenAI-compatible server; empty = OpenAI")
    openai_model: str = Field("gpt-4o-mini", description="model that understands and writes")
    openai_model_understand: str = Field("", description="model that reads messages; empty = OPENAI_MODEL")
    openai_model_write: str = Field("", description="model that words replies; empty = OPENAI_MODEL")
    openai_model_choose: str = Field("", description="model that takes steps; empty = OPENAI_MODEL")
    openai_model_summarise: str = Field("", description="model that sums up long conversations; empty = OPENAI_MODEL")
    llm_timeout_seconds: float = Field(8.0, gt=0, description="longest wait for an answer of the language model")
    llm_connections: int = Field(
        5000, ge=1, description="most calls of the language model at a time in a process; more wait their turn"
    )
    llm_hedge_seconds: float = Field(0.0, ge=0, description="ask a second time when reading takes longer; 0 = never")
    llm_plan: str = Field(
        "standard", description="what a shop may spend on the model: a plan of backend/llm/plans.toml"
    )
    llm_plans: str = Field("", description="shops with another plan: slug=plan,other=plan2")
    llm_prices: str = Field("", description="dollars per million tokens: model=prompt/cached/completion,…")
    prompt_variants: str = Field(
        "", description="other wordings of prompts tried beside the usual: shop/prompt.variant=percent,…"
    )
    turn_deadline_seconds: float = Field(20.0, gt=0, description="longest time for a turn; then the local answer")
    understanding: Literal["gpt", "cascade", "local"] = Field(
        "cascade",
        description="who reads a message when a key is set: local, gpt, or cascade (gpt where local is unsure)",
    )

    session_ttl_seconds: int = Field(86_400, ge=1, description="how long a silent session is remembered")
    history_turns: int = Field(12, ge=1, description="turns of a session kept in memory")

    smtp_url: str = Field("", description="mail: empty = outbox in the desk, or smtp://user:password@host:587")
    mail_from: str = Field("support@localhost", description="sender of mails")
    background: Literal["in_process", "worker"] = Field(
        "in_process", description="who sends webhooks and mails: the server itself, or `make work` beside it"
    )
    outbox_days: int = Field(90, ge=1, description="days that mails and delivered events are kept")
    conversation_days: int = Field(
        0, ge=0, description="days that silent conversations and files of closed complaints are kept; 0 = for ever"
    )
    idempotency_days: int = Field(30, ge=1, description="days that a repeated call gets the answer of the first")
    webhook_allow_private: bool = Field(False, description="webhooks may go to private addresses, e.g. in a test")

    rate_limits: str = Field(
        "on", description="calls a minute: on, off (log-in and codes stay limited), or other numbers: address=600,…"
    )
    trusted_proxies: str = Field(
        "", description="load balancers whose X-Forwarded-For counts: addresses or networks, 10.0.0.0/8,…"
    )
    max_body_bytes: int = Field(1_000_000, ge=1000, description="largest JSON body of a call")
    drain_seconds: float = Field(
        0.0, ge=0, description="told to stop, /ready says 503 for so long before calls are refused; 0 = refused at once"
    )
    slow_turn_seconds: float = Field(
        2.0, ge=0, description="turns that take longer are logged with the reason; 0 = none"
    )
    otel_exporter_otlp_endpoint: str = Field(
        "",
        pattern=r"^$|^https?://",
        description="traces: address of an OpenTelemetry collector, http://…:4318; empty = none",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @property
    def address(self) -> str:
        """The address that people open: the configured one, else this machine's."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def models(self) -> dict[Purpose, str]:
        """The model of each purpose."""
        return {
            "understand": self.openai_model_understand or self.openai_model,
            "write": self.openai_model_write or self.openai_model,
            "choose": self.openai_model_choose or self.openai_model,
            "summarise": self.openai_model_summarise or self.openai_model,
        }

    @property
    def plans(self) -> dict[str, str]:
        """Shops with a plan of their own. Raises ValueError for a part that is not slug=plan."""
        parts = [part.strip().partition("=") for part in self.llm_plans.split(",") if part.strip()]
        if any(not (slug and plan) for slug, _, plan in parts):
            raise ValueError("LLM_PLANS: write slug=plan,other=plan2")
        return {slug: plan for slug, _, plan in parts}

    @property
    def bucket(self) -> dict[str, str]:
        """The bucket of files; empty when they lie in a folder."""
        if not self.s3_bucket:
            return {}
        secret = self.s3_secret_key.get_secret_value()
        return {
            "bucket": self.s3_bucket,
            "endpoint": self.s3_endpoint_url,
            "region": self.s3_region,
            "access_key": self.s3_access_key,
            "secret_key": secret,
        }

    @property
    def embedding_endpoint(self) -> tuple[str, str]:
        """Address and key of the embeddings server; both empty when the model runs here."""
        key = self.embedding_api_key.get_secret_value() or self.openai_api_key.get_secret_value()
        return (self.embedding_base_url, key) if self.embedding_base_url else ("", "")

    @property
    def records_url(self) -> str:
        """The database to open: the configured one, else SQLite under `data_dir`."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'support.db'}"


@lru_cache
def load_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
