"""What to write next: the questions that nothing written answers, grouped."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.api.callers import SupportCaller, Wired
from backend.api.schemas import Body
from backend.domain.knowledge import Source
from backend.rag.answer import source_of
from backend.rag.unanswered import QuestionGroup

router = APIRouter(prefix="/api/staff/unanswered", tags=["staff"])


class OpenQuestion(BaseModel):
    """A group of questions; `draft` is the passage that comes nearest, to start writing from."""

    ids: tuple[str, ...]
    count: int
    examples: tuple[str, ...]
    product_id: str | None
    draft: Source | None

    @classmethod
    def of(cls, group: QuestionGroup) -> "OpenQuestion":
        draft = source_of(group.draft) if group.draft else None
        return cls(**group.model_dump(exclude={"draft"}), draft=draft)


class OpenQuestions(BaseModel):
    results: tuple[OpenQuestion, ...]


class DealtWith(Body):
    """Questions to take off the list."""

    ids: Annotated[list[str], Field(min_length=1, max_length=500)]


class Forgotten(BaseModel):
    forgotten: int


@router.get("", response_model=OpenQuestions)
async def unanswered(
    container: Wired, caller: SupportCaller, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> OpenQuestions:
    """Groups of questions, the most asked first; one that a document answers by now is not among them."""
    found = await container.open_questions.groups(caller.tenant, limit=limit)
    return OpenQuestions(results=tuple(OpenQuestion.of(group) for group in found))


@router.post("/dealt-with", response_model=Forgotten)
async def dealt_with(body: DealtWith, container: Wired, caller: SupportCaller) -> Forgotten:
    """Take questions off the list."""
    async with container.database.records(caller.tenant, write=True) as records:
        return Forgotten(forgotten=await records.unanswered.forget(body.ids))
