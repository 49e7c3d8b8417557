"""Whether the process lives, and the state of each engine behind it."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from backend.api.callers import Wired
from backend.api.metrics import exposition
from backend.domain.errors import ShopError
from backend.memory.base import MemoryUnavailable

router = APIRouter(tags=["service"])


class Alive(BaseModel):
    status: Literal["alive"] = "alive"


class EngineState(BaseModel):
    """`kind` is what serves the role; `state` ok, degraded (a stand-in serves, or what is there is only read) or down.

    As the last calls found it: one that answers and takes no write is degraded until it takes one.
    """

    kind: str
    state: Literal["ok", "degraded", "down"]
    detail: str = ""


class Readiness(BaseModel):
    """Ready while the records answer and nobody told the server to stop; everything else has a stand-in."""

    status: Literal["ready", "unready"]
    engines: dict[str, EngineState]


@router.get("/health", response_model=Alive)
async def health(request: Request, response: Response) -> Alive:
    """The process answers; 503 once it was told to stop, so that a balancer sends nobody here any more."""
    if request.app.state.stopping.begun:
        response.status_code = 503
    return Alive()


@router.get("/ready", response_model=Readiness)
async def ready(request: Request, container: Wired, response: Response) -> Readiness:
    """Each engine with its state; 503 while the records are gone, and from the moment the server is to stop."""
    engines = {
        "records": await _records(container),
        "memory": await _memory(container),
        "graph": await _graph(container),
        "passages": await _passages(container),
        "files": EngineState(kind=container.files.kind, state="down" if container.files.failed else "ok"),
        "embeddings": EngineState(
            kind=container.embedder.name, state="degraded" if container.embedder.failed else "ok"
        ),
        "language_model": _model(container),
    }
    if engines["records"].state == "down" or request.app.state.stopping.begun:
        response.status_code = 503
        response.headers["Retry-After"] = "2"
        return Readiness(status="unready", engines=engines)
    return Readiness(status="ready", engines=engines)


@router.get("/metrics", include_in_schema=False)
async def metrics(container: Wired) -> Response:
    """Prometheus' text format."""
    return Response(await exposition(container.database), media_type=CONTENT_TYPE_LATEST)


async def _records(container: Wired) -> EngineState:
    try:
        await container.database.ping()
    except ShopError as error:
        return EngineState(kind=container.database.kind, state="down", detail=error.detail)
    if container.database.refusal.is_on:
        return EngineState(kind=container.database.kind, state="degraded", detail="Writes are refused: is there room?")
    return EngineState(kind=container.database.kind, state="ok")


async def _memory(container: Wired) -> EngineState:
    kind = "redis" if container.settings.redis_url else "in process"
    try:
        await container.memory.ping()
    except MemoryUnavailable as error:
        return EngineState(kind=kind, state="degraded", detail=str(error))
    return EngineState(kind=kind, state="ok")


def _model(container: Wired) -> EngineState:
    if container.model is None:
        return EngineState(kind="none", state="ok")
    state: Literal["degraded", "ok"] = "degraded" if container.model.failed else "ok"
    return EngineState(kind=container.model.name, state=state)


async def _graph(container: Wired) -> EngineState:
    kind = "neo4j" if container.settings.neo4j_uri else "embedded"
    alive = await container.graph_engine.ping()
    return EngineState(kind=kind, state="ok" if alive else "degraded")


async def _passages(container: Wired) -> EngineState:
    status = await container.knowledge.status(container.settings.default_tenant)
    detail = f"{status.passages} passages of {status.documents} documents, {status.vector_index}"
    return EngineState(kind="faiss", state="ok" if status.level else "degraded", detail=detail)
