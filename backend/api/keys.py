"""API keys of integrations over HTTP: made, shown once, replaced and ended by an admin."""

from typing import Annotated

from fastapi import APIRouter, status
from pydantic import BaseModel, Field

from backend.api.callers import AdminCaller, Wired
from backend.api.schemas import Body
from backend.domain.desk import ApiKey
from backend.tools.api_keys import known_scopes

router = APIRouter(prefix="/api/staff/keys", tags=["staff"])


class NewKey(Body):
    """What the key is for, and what it may call."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    scopes: Annotated[list[str], Field(min_length=1, max_length=20)]


class KeyShown(ApiKey):
    """The only time that `key` is shown."""

    key: str


class KeyList(BaseModel):
    results: tuple[ApiKey, ...]


@router.post("", response_model=KeyShown, status_code=status.HTTP_201_CREATED)
async def create(body: NewKey, container: Wired, caller: AdminCaller) -> KeyShown:
    """Make a key. Send it as `Authorization: Bearer sk-…` or `X-API-Key: sk-…`."""
    made, text = await container.api_keys.create(caller.tenant, body.name, known_scopes(body.scopes), caller.actor)
    return KeyShown(**made.model_dump(), key=text)


@router.get("", response_model=KeyList)
async def listed(container: Wired, caller: AdminCaller) -> KeyList:
    """Every key by name and hint, revoked ones included."""
    return KeyList(results=await container.api_keys.list(caller.tenant))


@router.post("/{key_id}/rotate", response_model=KeyShown, status_code=status.HTTP_201_CREATED)
async def rotate(key_id: str, container: Wired, caller: AdminCaller) -> KeyShown:
    """Replace a key by a new one with the same name and scopes; the old one ends at once."""
    made, text = await container.api_keys.rotate(caller.tenant, key_id, caller.actor)
    return KeyShown(**made.model_dump(), key=text)


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke(key_id: str, container: Wired, caller: AdminCaller) -> None:
    """End a key for good."""
    await container.api_keys.revoke(caller.tenant, key_id, caller.actor)
