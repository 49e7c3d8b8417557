"""Questions that nothing written answers: kept by their wording, counted, forgotten once dealt with."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from backend.domain.knowledge import UnansweredQuestion
from backend.domain.masking import masked
from backend.store.repository import Repository
from backend.store.tables.unanswered import unanswered


class Unanswered(Repository):
    """What shoppers asked in vain."""

    async def add(self, question: str, product_id: str | None, at: datetime) -> None:
        """Count the question; the same words about the same product are one, and nobody's data are kept in them."""
        said = masked(" ".join(question.split()))
        wording = f"{product_id or ''}\0{said.casefold().rstrip(' ?.!')}"
        name = hashlib.blake2b(wording.encode(), digest_size=12).hexdigest()
        row = {"id": name, "question": said, "product_id": product_id, "times": 1, "first_at": at, "last_at": at}
        again = {"times": unanswered.c.times + 1, "last_at": at}
        await self._run(
            self._insert(unanswered, row).on_conflict_do_update(index_elements=["tenant", "id"], set_=again)
        )

    async def list(self, *, limit: int) -> tuple[UnansweredQuestion, ...]:
        """The latest asked first."""
        latest = self._select(unanswered).order_by(unanswered.c.last_at.desc(), unanswered.c.id).limit(limit)
        return tuple(UnansweredQuestion.model_validate(row._asdict()) for row in await self._rows(latest))

    async def forget(self, ids: Sequence[str]) -> int:
        """Remove questions that were dealt with; returns how many there were."""
        return await self._run(self._delete(unanswered).where(unanswered.c.id.in_(ids)))
