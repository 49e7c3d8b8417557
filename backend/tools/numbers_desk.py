"""The numbers of the desk: by day and in all, and the paths that conversations take."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import groupby

from backend.domain.base import utc_now
from backend.domain.errors import InvalidInput
from backend.domain.figures import DayFigures, Follows, GivenUp, IntentCount, Numbers, Paths
from backend.store.counted_days import LATE
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.counting import Day, Intents, Tally, as_counted, as_kept, counted, day_of, moments
from backend.tools.running_days import Run, RunningDays

MOST_DAYS = 366
#: Days that are over are counted so many together, fewer in a shop where that takes long.
_TOGETHER = 31


class NumbersDesk:
    """Counts from what is on record; nothing is counted twice and nothing is guessed.

    A day that is over is counted once and kept until something of it changes; today is counted when asked for, in a
    shop of many conversations every minute or so.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._together = _TOGETHER
        self._running = RunningDays(self._counted)

    async def close(self) -> None:
        """End what is being counted."""
        await self._running.close()

    async def numbers(self, tenant: str, first: date, last: date) -> Numbers:
        """The figures of these days (UTC), both included. Raises InvalidInput for a span that is none or too long."""
        start, end = bounds(first, last)
        days, age = await self._days(tenant, first, last)
        tallies, intents = {day: Tally() for day in days}, Intents()
        for counts in days.values():
            intents.add(counts.intents)
            for day, tally in counts.at.items():
                if day in tallies:  # of a conversation that went on after the span no more is told
                    tallies[day].add(tally)
        async with self._database.records(tenant) as records:
            await _count_opinions(records, tallies, start, end)
            await _count_calls(records, tallies, start, end)
        whole = Tally()
        for tally in tallies.values():
            whole.add(tally)
        named = tuple(DayFigures(day=day, **tallies[day].figures().model_dump()) for day in sorted(tallies))
        at = self._clock() - timedelta(seconds=age)
        return Numbers(first=first, last=last, total=whole.figures(), days=named, intents=_intents(intents), at=at)

    async def paths(self, tenant: str, first: date, last: date) -> Paths:
        """Which intents follow which in conversations begun in these days. Raises InvalidInput as above."""
        bounds(first, last)
        intents = Intents()
        for counts in (await self._days(tenant, first, last))[0].values():
            intents.add(counts.intents)
        follows = [(n, a, b) for a, after in intents.follows.items() for b, n in after.items()]
        return Paths(
            conversations=intents.ended.total(),
            follows=tuple(Follows(intent=a, then=b, times=n) for n, a, b in sorted(follows, key=lambda f: -f[0])),
            given_up=tuple(
                GivenUp(intent=name, ended=n, given_up=intents.given_up[name])
                for name, n in intents.ended.most_common()
            ),
        )

    async def count(self, tenant: str) -> int:
        """A chore: throws away kept days that changed, and keeps some of those that are over; returns how many."""
        now = self._clock()
        async with self._database.records(tenant, write=True) as records:
            moving = await records.counted_days.look(now)
        async with self._database.records(tenant) as records:
            span = await records.counted_days.missing(day_of(now - LATE), moving, self._together)
            days = await counted(records, *span) if span else {}
        if self._clock() - now > LATE / 2:  # another process may have looked beyond what was counted here
            self._together = max(1, self._together // 4)
            return 0
        if not days:
            return 0
        async with self._database.records(tenant, write=True) as records:
            await records.counted_days.keep({day: as_kept(counts) for day, counts in days.items()})
        return len(days)

    async def _days(self, tenant: str, first: date, last: date) -> tuple[dict[date, Day], float]:
        """These days, in their order, and the seconds since those that are not kept were counted."""
        known, age = dict[date, Day](), 0.0
        async with self._database.records(tenant) as records:
            found = await records.counted_days.kept(first, last)
        for day, kept in found.items():
            with suppress(ValueError):
                known[day] = as_counted(kept)
        every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        for begin, end in _runs([day for day in every if day not in known]):
            days, since = await self._running.of((tenant, begin, end))
            known, age = {**known, **days}, max(age, since)
        return {day: known[day] for day in every}, age

    async def _counted(self, run: Run) -> dict[date, Day]:
        tenant, begin, end = run
        async with self._database.records(tenant) as records:
            return await counted(records, begin, end)


def _runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """First and last of days that follow each other."""
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        together = [day for _, day in run]
        yield together[0], together[-1]


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day up to the end of the last, UTC. Raises InvalidInput as said above."""
    if last < first:
        raise InvalidInput("The span ends before it begins.", field="to")
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(f"At most {MOST_DAYS} days at once.", field="from")
    return moments(first, last)


def _intents(intents: Intents) -> tuple[IntentCount, ...]:
    return tuple(
        IntentCount(
            intent=name,
            answers=n,
            unanswered=intents.missed[name],
            calls=intents.calls[name],
            tokens=intents.tokens[name],
            microdollars=intents.paid[name],
        )
        for name, n in intents.answers.most_common()
    )


async def _count_opinions(records: Records, tallies: dict[date, Tally], start: datetime, end: datetime) -> None:
    for row in await records.figure_rows.scores(start, end):
        tallies[row.day].scores[row.value] += row.n
    for row in await records.figure_rows.thumbs(start, end):
        tallies[row.day].thumbs[row.value] += row.n


async def _count_calls(records: Records, tallies: dict[date, Tally], start: datetime, end: datetime) -> None:
    for row in await records.usage.by_day(start, end):
        tally = tallies[row.day]
        tally.tokens += row.prompt_tokens + row.completion_tokens
        tally.microdollars = (tally.microdollars or 0) + row.microdollars
