"""A question tried by staff: what the documents answer now, and what they would with every draft published."""

from fastapi import APIRouter
from pydantic import BaseModel

from backend.agents.response.markup import inert
from backend.api.callers import SupportCaller, Wired
from backend.api.knowledge import Answer
from backend.api.schemas import Body, MessageText
from backend.domain.knowledge import GroundedAnswer

router = APIRouter(prefix="/api/staff/knowledge", tags=["desk"])


class TrialBody(Body):
    question: MessageText


class Trial(BaseModel):
    """Nothing is noted as asked in vain."""

    live: Answer
    draft: Answer


@router.post("/try", response_model=Trial)
async def try_question(body: TrialBody, container: Wired, caller: SupportCaller) -> Trial:
    """The answer from what is published, and with the drafts."""
    live = await container.knowledge.answer(caller.tenant, body.question)
    draft = await container.knowledge.answer_with_drafts(caller.tenant, body.question)
    return Trial(live=_view(live, body.question), draft=_view(draft, body.question))


def _view(answer: GroundedAnswer, question: str) -> Answer:
    return Answer(
        answer=inert(answer.text),
        found=answer.known,
        sources=answer.sources,
        confidence=answer.confidence,
        standalone=question,
    )
