"""The numbers of the desk: by day and in all, and the paths that conversations take."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import fmean, median

from backend.domain.cases import Complaint, HandoffCase
from backend.domain.errors import InvalidInput
from backend.domain.figures import (
    ConversationFacts,
    DayFigures,
    Figures,
    Follows,
    GivenUp,
    IntentCount,
    Numbers,
    Paths,
)
from backend.store.database import Database
from backend.store.records import Records

MOST_DAYS = 366
_DONE = ("→ resolved", "→ closed")


@dataclass
class _Tally:
    """What was counted for one day, or for all of them."""

    conversations: int = 0
    answers: int = 0
    handoffs: int = 0
    complaints: int = 0
    alone: list[bool] = field(default_factory=list)
    first_response: list[float] = field(default_factory=list)
    resolution: list[float] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)
    thumbs: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    tool_errors: int = 0
    ms: list[float] = field(default_factory=list)
    tokens: int = 0
    microdollars: int | None = None

    def figures(self) -> Figures:
        return Figures(
            conversations=self.conversations,
            answers=self.answers,
            handoffs=self.handoffs,
            complaints=self.complaints,
            alone=fmean(self.alone) if self.alone else None,
            first_response_seconds=median(self.first_response) if self.first_response else None,
            resolution_seconds=median(self.resolution) if self.resolution else None,
            satisfaction=fmean(self.scores) if self.scores else None,
            ratings=len(self.scores),
            thumbs_up=self.thumbs["up"],
            thumbs_down=self.thumbs["down"],
            unanswered=self.unanswered,
            tool_errors=self.tool_errors,
            answer_ms=median(self.ms) if self.ms else None,
            tokens=self.tokens,
            microdollars=self.microdollars,
        )


class _Span:
    """Counts into a day and into the whole at once."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.whole, self._days = _Tally(), defaultdict[date, _Tally](_Tally)
        self.intents: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.calls, self.tokens, self.paid = Counter[str](), Counter[str](), Counter[str]()

    def at(self, when: datetime | date) -> tuple[_Tally, ...]:
        """Where something of that moment counts; nowhere outside of the span."""
        day = when.astimezone(UTC).date() if isinstance(when, datetime) else when
        return (self.whole, self._days[day]) if self.first <= day <= self.last else ()

    def numbers(self) -> Numbers:
        span = (self.last - self.first).days + 1
        dates = [self.first + timedelta(days=n) for n in range(span)]
        days = tuple(DayFigures(day=day, **self._days[day].figures().model_dump()) for day in dates)
        intents = tuple(
            IntentCount(
                intent=name,
                answers=n,
                unanswered=self.missed[name],
                calls=self.calls[name],
                tokens=self.tokens[name],
                microdollars=self.paid[name],
            )
            for name, n in self.intents.most_common()
        )
        return Numbers(first=self.first, last=self.last, total=self.whole.figures(), days=days, intents=intents)


class NumbersDesk:
    """Counts from what is on record; nothing is counted twice and nothing is guessed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def numbers(self, tenant: str, first: date, last: date) -> Numbers:
        """The figures of these days (UTC), both included. Raises InvalidInput for a span that is none or too long."""
        start, end = bounds(first, last)
        span = _Span(first, last)
        async with self._database.records(tenant) as records:
            asked = await records.figure_rows.handoffs(start, end)
            handed = {case.conversation_id for case in asked}
            async for conversation in records.figure_rows.conversations(start, end):
                _count(span, conversation, conversation.id in handed)
            await _count_people(records, span, asked)
            _count_complaints(span, await records.figure_rows.complaints(start, end))
            await _count_opinions(records, span, start, end)
            for row in await records.usage.by_day(start, end):
                for tally in span.at(row.day):
                    tally.tokens += row.prompt_tokens + row.completion_tokens
                    tally.microdollars = (tally.microdollars or 0) + row.microdollars
        return span.numbers()

    async def paths(self, tenant: str, first: date, last: date) -> Paths:
        """Which intents follow which in conversations begun in these days. Raises InvalidInput as above."""
        start, end = bounds(first, last)
        follows: Counter[tuple[str, str]] = Counter()
        ended: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        counted = 0
        async with self._database.records(tenant) as records:
            thumbs = await records.opinions.feedback_between(start, end + timedelta(days=1))
            down = {given.message_id for given in thumbs if given.score == "down"}
            async for conversation in records.figure_rows.conversations(start, end):
                steps = [answer.intents[0] for answer in conversation.answers if answer.intents]
                if not steps:
                    continue
                counted += 1
                follows.update(zip(["start", *steps], [*steps, "end"], strict=True))
                ended[steps[-1]] += 1
                lost[steps[-1]] += _ended_badly(conversation, down)
        return Paths(
            conversations=counted,
            follows=tuple(Follows(intent=a, then=b, times=n) for (a, b), n in follows.most_common()),
            given_up=tuple(GivenUp(intent=name, ended=n, given_up=lost[name]) for name, n in ended.most_common()),
        )


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day up to the end of the last, UTC. Raises InvalidInput as said above."""
    if last < first:
        raise InvalidInput("The span ends before it begins.", field="to")
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(f"At most {MOST_DAYS} days at once.", field="from")
    return datetime.combine(first, time(), UTC), datetime.combine(last + timedelta(days=1), time(), UTC)


def _count(span: _Span, conversation: ConversationFacts, handed: bool) -> None:
    answers = conversation.answers
    for tally in span.at(conversation.started_at):
        tally.conversations += 1
        if answers:
            alone = not handed and not conversation.by_person and all(answers[-1].found)
            tally.alone.append(alone)
    for answer in answers:
        missed = not all(answer.found)
        for tally in span.at(answer.at):
            tally.answers += 1
            tally.unanswered += missed
            tally.tool_errors += answer.errors
            tally.ms += [answer.ms] if answer.ms is not None else []
        span.intents.update(answer.intents)
        span.missed.update(answer.intents if missed else ())
        kind = next(iter(answer.intents), "")
        span.calls[kind] += answer.calls
        span.tokens[kind] += answer.tokens
        span.paid[kind] += answer.microdollars


async def _count_people(records: Records, span: _Span, asked: Sequence[HandoffCase]) -> None:
    spoken = await records.figure_rows.first_replies([case.conversation_id for case in asked])
    for case in asked:
        first = next((at for at in spoken.get(case.conversation_id, ()) if at >= case.created_at), None)
        for tally in span.at(case.created_at):
            tally.handoffs += 1
            if first is not None:
                tally.first_response.append((first - case.created_at).total_seconds())


def _count_complaints(span: _Span, found: Iterable[Complaint]) -> None:
    for complaint in found:
        for tally in span.at(complaint.created_at):
            tally.complaints += 1
        done = next((e.at for e in complaint.history if e.what.startswith("status") and e.what.endswith(_DONE)), None)
        if done is not None:
            for tally in span.at(done):
                tally.resolution.append((done - complaint.created_at).total_seconds())


async def _count_opinions(records: Records, span: _Span, start: datetime, end: datetime) -> None:
    for said in await records.opinions.satisfaction_between(start, end):
        for tally in span.at(said.at):
            tally.scores.append(said.score)
    for thumb in await records.opinions.feedback_between(start, end):
        for tally in span.at(thumb.at):
            tally.thumbs[thumb.score.value] += 1


def _ended_badly(conversation: ConversationFacts, down: set[str]) -> bool:
    last = conversation.answers[-1]
    return not conversation.by_person and (not all(last.found) or last.message_id in down or last.pending)
