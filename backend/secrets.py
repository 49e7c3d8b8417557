"""Secrets that must not reach production: short ones, ones that everybody knows, ones that repeat."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from backend.settings import Settings

SHORTEST_KEY = 32
_SHORTEST_PASSWORD = 12
#: A secret drawn at random shows more different characters than words and patterns do.
_FEWEST_KINDS = 10
_KNOWN = (
    "changeme", "change-me", "change_me", "default", "example", "password", "secret", "support", "postgres", "neo4j",
    "admin", "letmein", "test", "dev", "0123456789", "abcdef", "qwerty",
)  # fmt: skip


def unfit_secrets(settings: Settings) -> tuple[str, ...]:
    """One sentence for each secret that must be changed before strangers may come; empty when all are fit."""
    return tuple(_unfit(settings))


def _unfit(settings: Settings) -> Iterator[str]:
    key = settings.secret_key.get_secret_value()
    if len(key) < SHORTEST_KEY:
        yield f"SECRET_KEY needs {SHORTEST_KEY} characters or more"
    elif len(set(key)) < _FEWEST_KINDS or any(word in key.lower() for word in _KNOWN):
        yield "SECRET_KEY is one that can be guessed"
    for name, url in (("DATABASE_URL", settings.database_url), ("REDIS_URL", settings.redis_url)):
        if url and not url.startswith(("sqlite", "unix")) and _is_weak(unquote(urlsplit(url).password or "")):
            yield f"{name} has no password, or one that can be guessed"
    if settings.neo4j_uri and _is_weak(settings.neo4j_password.get_secret_value()):
        yield "NEO4J_PASSWORD is missing, or can be guessed"
    if settings.webhook_allow_private:
        yield "WEBHOOK_ALLOW_PRIVATE lets webhooks into your own network: it is for tests"


def _is_weak(password: str) -> bool:
    return len(password) < _SHORTEST_PASSWORD or any(word == password.lower().strip("0123456789!") for word in _KNOWN)
