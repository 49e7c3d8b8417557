"""The ruler of a turn over HTTP: the same framework and body, nothing behind them."""

from fastapi import FastAPI
from pydantic import BaseModel, Field


class Said(BaseModel):
    message: str = Field(min_length=1, max_length=4000)
    session_id: str | None = None


class Echoed(BaseModel):
    response: str
    session_id: str | None


def create_app() -> FastAPI:
    """One endpoint that says back what it was told."""
    app = FastAPI()

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "alive"}

    @app.post("/api/chat")
    async def chat(said: Said) -> Echoed:
        return Echoed(response=said.message, session_id=said.session_id)

    return app
