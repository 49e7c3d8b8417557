"""Keys of integrations: made and shown once, kept as a hash, limited to scopes."""

import hashlib
import secrets
from collections.abc import Sequence
from enum import StrEnum

from backend.domain.desk import ApiKey
from backend.domain.errors import InvalidInput, NotFound, NotSignedIn
from backend.store.database import Database
from backend.store.records import Records

_PREFIX = "sk-"
_HINT_CHARACTERS = 4


class Scope(StrEnum):
    """What a key may be good for. Records of a customer need that customer's token beside it."""

    CHAT = "chat"
    CATALOGUE = "catalogue"
    KNOWLEDGE = "knowledge"
    KNOWLEDGE_WRITE = "knowledge:write"
    ORDERS = "orders"
    COMPLAINTS = "complaints"
    ENQUIRIES = "enquiries"
    STAFF_READ = "staff:read"
    STAFF_WRITE = "staff:write"


class ApiKeys:
    """Keys read `sk-<shop>-<random>`: the shop is told by the key, so nobody has to look through all shops."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, tenant: str, name: str, scopes: Sequence[Scope], actor: str) -> tuple[ApiKey, str]:
        """A new key and, this once, its text."""
        async with self._database.records(tenant, write=True) as records:
            return await _add(records, name, scopes, actor)

    async def rotate(self, tenant: str, key_id: str, actor: str) -> tuple[ApiKey, str]:
        """Replace a key by a new one of the same name and scopes. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            old = next((k for k in await records.api_keys.list() if k.id == key_id and k.revoked_at is None), None)
            if old is None:
                raise NotFound("There is no such key.")
            await records.api_keys.revoke(key_id)
            return await _add(records, old.name, old.scopes, actor)

    async def revoke(self, tenant: str, key_id: str, actor: str) -> None:
        """End a key for good. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            await records.api_keys.revoke(key_id)
            await records.audit.add(actor, "revoke_key", f"api_key:{key_id}")

    async def list(self, tenant: str) -> tuple[ApiKey, ...]:
        """Every key, revoked ones included, newest first."""
        async with self._database.records(tenant) as records:
            return await records.api_keys.list()

    async def read(self, text: str) -> tuple[str, ApiKey]:
        """The shop and the key of that text. Raises NotSignedIn when it does not count, for whatever reason."""
        tenant = text.removeprefix(_PREFIX).rpartition("-")[0]
        if is_key(text) and tenant:
            async with self._database.records(tenant) as records:
                key = await records.api_keys.by_hash(_hash(text))
            if key is not None:
                return tenant, key
        raise NotSignedIn("The API key is not valid or was revoked.")


def is_key(text: str) -> bool:
    """Whether the text looks like an API key and not like a token."""
    return text.startswith(_PREFIX)


def known_scopes(names: Sequence[str]) -> tuple[Scope, ...]:
    """The scopes of those names, each once. Raises InvalidInput for an unknown one and for none at all."""
    unknown = [name for name in names if name not in set(Scope)]
    if unknown or not names:
        choices = ", ".join(Scope)
        raise InvalidInput(f"scopes: choose among {choices}.", field="scopes")
    return tuple(dict.fromkeys(Scope(name) for name in names))


async def _add(records: Records, name: str, scopes: Sequence[str], actor: str) -> tuple[ApiKey, str]:
    # hexadecimal has no dash, so that the shop's slug may
    text = f"{_PREFIX}{records.tenant}-{secrets.token_hex(24)}"
    key = await records.api_keys.add(name, _hash(text), f"…{text[-_HINT_CHARACTERS:]}", scopes)
    await records.audit.add(actor, "create_key", f"api_key:{key.id}", None, {"name": name, "scopes": list(scopes)})
    return key, text


def _hash(text: str) -> str:
    """192 random bits need no slow hash: nobody can try them."""
    return hashlib.sha256(text.encode()).hexdigest()
