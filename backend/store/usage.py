"""What calls to the language model cost."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import and_, case, func, true

from backend.domain.base import Value
from backend.domain.usage import SAVED, ModelCall, Spent
from backend.store.repository import Repository, of_shop
from backend.store.tables.desk_work import feedback
from backend.store.tables.usage import model_calls


class UsageRow(Value):
    """Calls of one day, purpose, model and outcome together. Money in microdollars, of calls with a known price."""

    day: date
    purpose: str
    model: str
    outcome: str
    calls: int
    turns: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    microdollars: int


class VariantRow(Value):
    """One wording of the reply: replies that it worded, and the thumbs that these got."""

    variant: str
    replies: int
    thumbs_up: int
    thumbs_down: int


class Usage(Repository):
    """Rows per call, and their sums."""

    async def add(
        self, calls: Sequence[ModelCall], *, conversation_id: str | None = None, message_id: str | None = None
    ) -> None:
        """Keep finished calls, of one turn when named."""
        named = {"conversation_id": conversation_id, "message_id": message_id}
        await self._add(model_calls, ({**call.model_dump(), **named, "id": uuid4().hex} for call in calls))

    async def spent(self, since: datetime, until: datetime | None = None) -> Spent:
        """Tokens and money from a moment on, up to but without another."""
        c = model_calls.c
        sums = self._select(
            model_calls,
            func.coalesce(func.sum(c.prompt_tokens + c.completion_tokens), 0).label("tokens"),
            func.coalesce(func.sum(c.microdollars), 0).label("microdollars"),
        ).where(c.at >= since, true() if until is None else c.at < until)
        row = await self._row(sums)
        return Spent(tokens=int(row.tokens), microdollars=int(row.microdollars)) if row else Spent()

    async def by_day(self, since: datetime, until: datetime) -> tuple[UsageRow, ...]:
        """Sums by day (UTC), purpose, model and outcome, oldest day first."""
        c = model_calls.c
        day = self._day_of(c.at)
        by = (day.label("day"), c.purpose, c.model, c.outcome)
        sums = (
            self._select(
                model_calls,
                *by,
                func.count().label("calls"),
                func.count(c.message_id.distinct()).label("turns"),
                func.sum(c.prompt_tokens).label("prompt_tokens"),
                func.sum(c.cached_tokens).label("cached_tokens"),
                func.sum(c.completion_tokens).label("completion_tokens"),
                func.coalesce(func.sum(c.microdollars), 0).label("microdollars"),
            )
            .where(c.at >= since, c.at < until)
            .group_by(*by)
            .order_by(day, c.purpose, c.model)
        )
        return tuple(UsageRow.model_validate(row._asdict()) for row in await self._rows(sums))

    async def by_variant(self, since: datetime) -> tuple[VariantRow, ...]:
        """The wordings of replies since a moment, with the thumbs of those replies; "" is the usual one."""
        c, f = model_calls.c, feedback.c
        # an answer is named after the message that it answers
        same = and_(f.tenant == c.tenant, f.message_id == c.message_id + "-r")
        sums = (
            of_shop(
                model_calls,
                c.variant,
                func.count().label("replies"),
                func.count(case((f.score == "up", 1))).label("thumbs_up"),
                func.count(case((f.score == "down", 1))).label("thumbs_down"),
                source=model_calls.outerjoin(feedback, same),
            )
            .where(c.at >= since, c.purpose == "write", c.outcome.in_(("ok", SAVED)))
            .group_by(c.variant)
            .order_by(c.variant)
        )
        return tuple(VariantRow.model_validate(row._asdict()) for row in await self._rows(sums))
