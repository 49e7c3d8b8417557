"""Days that are over, as they were counted; what has changed since is told apart, and counted again by who asks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, union

from backend.store.numbers import Counting
from backend.store.tables.cases import handoffs
from backend.store.tables.conversations import conversations
from backend.store.tables.desk_work import feedback
from backend.store.tables.usage import counted_days

#: A row may be seen so long after the time that stands in it: a turn's deadline, a queue and clocks that differ.
LATE = timedelta(minutes=2)
_LOOKED = "figures:looked"


class CountedDays(Counting):
    """Sums by day (UTC). Deleting them costs nothing but the time to count again."""

    async def kept(self, first: date, last: date) -> dict[date, Any]:
        """What was counted of these days, without those in which something changed since."""
        rows = await self._rows(self._select(counted_days).where(counted_days.c.day.between(first, last)))
        stale = await self._changed(await self._counter(_LOOKED)) if rows else frozenset[date]()
        return {row.day: row.counted for row in rows if row.day not in stale}

    async def look(self, now: datetime) -> frozenset[date]:
        """Throw away the days in which something changed since the last look; those that may still be changing."""
        looked = await self._counter(_LOOKED)
        if looked and (stale := await self._changed(looked)):
            await self._run(self._delete(counted_days).where(counted_days.c.day.in_(stale)))
        await self.reserve_numbers(_LOOKED, int(now.timestamp()))
        return await self._changed(int(now.timestamp()))

    async def missing(self, before: date, leave: frozenset[date], most: int) -> tuple[date, date] | None:
        """The latest run of up to `most` days before that one, but for those to leave, of which nothing is kept."""
        began = await self._scalar(self._select(conversations, func.min(conversations.c.started_at)))
        if began is None:
            return None
        first = began.astimezone(UTC).date()
        known = leave | {row.day for row in await self._rows(self._select(counted_days, counted_days.c.day))}
        days = (before - timedelta(days=n) for n in range(1, (before - first).days + 1))
        last = begin = next((day for day in days if day not in known), None)
        if last is None or begin is None:
            return None
        while (last - begin).days + 1 < most and begin > first and begin - timedelta(days=1) not in known:
            begin -= timedelta(days=1)
        return begin, last

    async def keep(self, counted: Mapping[date, Any]) -> None:
        """Days as they were counted."""
        await self._put(counted_days, [{"day": day, "counted": sums} for day, sums in counted.items()])

    async def forget(self) -> None:
        """All of them: rows of earlier days were put in or moved."""
        await self._run(self._delete(counted_days))

    async def _changed(self, looked: int) -> frozenset[date]:
        """Days of conversations that went on or were judged since that second, and of requests for a person there."""
        since = datetime.fromtimestamp(looked, UTC) - LATE
        own, thumbs = conversations.c, feedback.c
        same = (handoffs.c.tenant == own.tenant) & (handoffs.c.conversation_id == own.id)
        judged = self._select(feedback, thumbs.conversation_id).where(thumbs.at >= since)
        found = union(
            self._select(conversations, self._day_of(own.started_at).label("day")).where(own.updated_at >= since),
            self._select(conversations, self._day_of(own.started_at)).where(own.id.in_(judged)),
            self._select(conversations, self._day_of(handoffs.c.created_at))
            .join_from(conversations, handoffs, same)
            .where(own.updated_at >= since),
        )
        return frozenset(_day(row.day) for row in await self._rows(found))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
