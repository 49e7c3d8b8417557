"""Questions without an answer, those that ask alike together, with the passage to start writing from."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import structlog

from backend.domain.base import Value
from backend.domain.errors import EngineUnavailable
from backend.domain.knowledge import FoundPassage, UnansweredQuestion
from backend.rag.embedder import Embedder, Matrix
from backend.rag.knowledge import Knowledge
from backend.store.database import Database

log = structlog.get_logger()

#: Cosine from which two questions ask for one thing: MiniLM puts paraphrases above it and other matters below.
ALIKE = 0.6
#: Latest questions looked at, and examples shown of a group.
LOOKED_AT, SHOWN = 500, 5


class QuestionGroup(Value):
    """Questions about one thing. `count` is how often they were asked; `draft` the nearest passage there is."""

    ids: tuple[str, ...]
    count: int
    examples: tuple[str, ...]
    product_id: str | None
    draft: FoundPassage | None


class OpenQuestions:
    """What to write next."""

    def __init__(self, database: Database, knowledge: Knowledge, embedder: Embedder) -> None:
        self._database = database
        self._knowledge = knowledge
        self._embedder = embedder

    async def note(self, tenant: str, question: str, product_id: str | None, at: datetime) -> None:
        """Keep a question; whoever asked has the answer "none" either way, so records that are away are only logged."""
        try:
            async with self._database.records(tenant, write=True) as records:
                await records.unanswered.add(question, product_id, at)
        except EngineUnavailable as away:
            log.warning("question_not_kept", tenant=tenant, reason=away.detail)

    async def groups(self, tenant: str, *, limit: int) -> tuple[QuestionGroup, ...]:
        """The most asked first. What has been answered since is left out."""
        async with self._database.records(tenant) as records:
            questions = await records.unanswered.list(limit=LOOKED_AT)
        if not questions:
            return ()
        vectors = await asyncio.to_thread(self._embedder.embed, [q.question for q in questions])
        found: list[QuestionGroup] = []
        for members in sorted(group(questions, vectors), key=lambda g: -sum(q.times for q in g)):
            if len(found) == limit:
                break
            described = await self._describe(tenant, members)
            if described is not None:
                found.append(described)
        return tuple(found)

    async def _describe(self, tenant: str, members: Sequence[UnansweredQuestion]) -> QuestionGroup | None:
        """None when the shop's documents answer it by now."""
        first = members[0]
        if (await self._knowledge.answer(tenant, first.question, product_id=first.product_id)).known:
            return None
        near = await self._knowledge.search(tenant, first.question, k=1, product_id=first.product_id)
        if not near:
            near = await self._knowledge.search(tenant, first.question, k=1)
        return QuestionGroup(
            ids=tuple(q.id for q in members),
            count=sum(q.times for q in members),
            examples=tuple(q.question for q in members[:SHOWN]),
            product_id=first.product_id,
            draft=near[0] if near else None,
        )


def group(questions: Sequence[UnansweredQuestion], vectors: Matrix) -> list[list[UnansweredQuestion]]:
    """Each question, the most asked first, joins the nearest group of its product that is alike, or opens one.

    `vectors` are unit rows in the order of `questions`.
    """
    groups: list[list[UnansweredQuestion]] = []
    sums: list[Matrix] = []
    for at in sorted(range(len(questions)), key=lambda i: -questions[i].times):
        alike = [
            float(vectors[at] @ total / np.linalg.norm(total))
            if members[0].product_id == questions[at].product_id
            else 0.0
            for members, total in zip(groups, sums, strict=True)
        ]
        best = int(np.argmax(alike)) if alike else -1
        if best >= 0 and alike[best] >= ALIKE:
            groups[best].append(questions[at])
            sums[best] = sums[best] + vectors[at]
        else:
            groups.append([questions[at]])
            sums.append(vectors[at].copy())
    return groups
