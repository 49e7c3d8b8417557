"""What the numbers of the desk are made of: a day's counts, which can be kept, and added to those of other days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter

from backend.domain.figures import ConversationFacts, Figures
from backend.store.records import Records

_DONE = ("→ resolved", "→ closed")
#: Of milliseconds and seconds so many digits are counted: medians are right to half a per cent, days stay small.
_DIGITS = 3

#: How often each value was seen.
Spread = Counter[float]


@dataclass
class Tally:
    """What was counted for one day, or for many. `answered` conversations, of which `alone` without a person."""

    conversations: int = 0
    answered: int = 0
    alone: int = 0
    answers: int = 0
    unanswered: int = 0
    tool_errors: int = 0
    ms: Spread = field(default_factory=Counter)
    handoffs: int = 0
    complaints: int = 0
    first_response: Spread = field(default_factory=Counter)
    resolution: Spread = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)
    thumbs: Counter[str] = field(default_factory=Counter)
    tokens: int = 0
    microdollars: int | None = None

    def add(self, other: "Tally") -> None:
        """Count what the other one counted too."""
        for name, value in vars(other).items():
            mine = getattr(self, name)
            if isinstance(value, Counter):
                mine.update(value)
            elif value is not None:
                setattr(self, name, (mine or 0) + value)

    def figures(self) -> Figures:
        """As the desk reads it."""
        ratings = self.scores.total()
        return Figures(
            conversations=self.conversations,
            answers=self.answers,
            handoffs=self.handoffs,
            complaints=self.complaints,
            alone=self.alone / self.answered if self.answered else None,
            first_response_seconds=_median(self.first_response),
            resolution_seconds=_median(self.resolution),
            satisfaction=sum(score * n for score, n in self.scores.items()) / ratings if ratings else None,
            ratings=ratings,
            thumbs_up=self.thumbs["up"],
            thumbs_down=self.thumbs["down"],
            unanswered=self.unanswered,
            tool_errors=self.tool_errors,
            answer_ms=_median(self.ms),
            tokens=self.tokens,
            microdollars=self.microdollars,
        )


@dataclass
class Intents:
    """By intent: answers, those that found nothing, and what was paid for those of which it was the first wish."""

    answers: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    #: conversations that ended with it, and those that ended badly
    ended: Counter[str] = field(default_factory=Counter)
    given_up: Counter[str] = field(default_factory=Counter)
    #: what came after it
    follows: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, other: "Intents") -> None:
        """Count what the other one counted too."""
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
        for name, after in other.follows.items():
            self.follows.setdefault(name, Counter()).update(after)


@dataclass
class Day:
    """A day (UTC): `at` the days on which its conversations were answered, and on the day itself what else happened."""

    at: dict[date, Tally] = field(default_factory=dict)
    intents: Intents = field(default_factory=Intents)

    def on(self, day: date) -> Tally:
        """The tally of that day."""
        if day not in self.at:
            self.at[day] = Tally()
        return self.at[day]


_DAYS = TypeAdapter(Day)


def as_kept(day: Day) -> Any:
    """As JSON."""
    return _DAYS.dump_python(day, mode="json", exclude_defaults=True)


def as_counted(kept: Any) -> Day:
    """The day that `as_kept` gave. Raises ValueError for what an earlier release kept otherwise."""
    return _DAYS.validate_python(kept)


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of the one until after the last of the other."""
    return datetime.combine(first, time(), UTC), datetime.combine(last + timedelta(days=1), time(), UTC)


def day_of(moment: datetime) -> date:
    """The day of a moment in UTC."""
    return moment.astimezone(UTC).date()


async def counted(records: Records, first: date, last: date) -> dict[date, Day]:
    """Each of these days, counted from what is on record."""
    rows, (start, end) = records.figure_rows, moments(first, last)
    days = {first + timedelta(days=n): Day() for n in range((last - first).days + 1)}
    handed, disliked = await rows.handed(start, end), await rows.disliked(start, end)
    async for conversation in rows.conversations(start, end):
        _count(days[day_of(conversation.started_at)], conversation, conversation.id in handed, disliked)
    await _count_people(records, days, start, end)
    async for filed, history in rows.complaints(start, end):
        _count_complaint(days, filed, history)
    return days


def _count(day: Day, conversation: ConversationFacts, handed: bool, disliked: frozenset[str]) -> None:
    answers = conversation.answers
    begun = day.on(day_of(conversation.started_at))
    begun.conversations += 1
    if answers:
        begun.answered += 1
        begun.alone += not handed and not conversation.by_person and all(answers[-1].found)
    intents = day.intents
    for answer in answers:
        missed, tally = not all(answer.found), day.on(day_of(answer.at))
        tally.answers += 1
        tally.unanswered += missed
        tally.tool_errors += answer.errors
        if answer.ms is not None:
            tally.ms[_rounded(answer.ms)] += 1
        intents.answers.update(answer.intents)
        intents.missed.update(answer.intents if missed else ())
        kind = next(iter(answer.intents), "")
        intents.calls[kind] += answer.calls
        intents.tokens[kind] += answer.tokens
        intents.paid[kind] += answer.microdollars
    steps = [answer.intents[0] for answer in answers if answer.intents]
    if steps:
        for one, then in zip(["start", *steps], [*steps, "end"], strict=True):
            intents.follows.setdefault(one, Counter())[then] += 1
        intents.ended[steps[-1]] += 1
        intents.given_up[steps[-1]] += _ended_badly(conversation, disliked)


async def _count_people(records: Records, days: dict[date, Day], start: datetime, end: datetime) -> None:
    asked = await records.figure_rows.handoffs(start, end)
    spoken = await records.figure_rows.first_replies([case.conversation_id for case in asked])
    for case in asked:
        tally = days[day_of(case.created_at)].on(day_of(case.created_at))
        tally.handoffs += 1
        first = next((at for at in spoken.get(case.conversation_id, ()) if at >= case.created_at), None)
        if first is not None:
            tally.first_response[_rounded((first - case.created_at).total_seconds())] += 1


def _count_complaint(days: dict[date, Day], filed: datetime, history: Iterable[Mapping[str, str]]) -> None:
    if (day := day_of(filed)) in days:
        days[day].on(day).complaints += 1
    moves = (e for e in history if e["what"].startswith("status") and e["what"].endswith(_DONE))
    first = next(moves, None)
    if first is not None and (day := day_of(done := datetime.fromisoformat(first["at"]))) in days:
        days[day].on(day).resolution[_rounded((done - filed).total_seconds())] += 1


def _ended_badly(conversation: ConversationFacts, disliked: frozenset[str]) -> bool:
    last = conversation.answers[-1]
    return not conversation.by_person and (not all(last.found) or last.message_id in disliked or last.pending)


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _median(spread: Spread) -> float | None:
    """The middle value, or between the two in the middle."""
    total = spread.total()
    if not total:
        return None
    seen, low = 0, None
    for value in sorted(spread):
        seen += spread[value]
        if low is None and 2 * seen >= total:
            low = value
        if low is not None and 2 * seen > total:
            return (low + value) / 2
    raise AssertionError("a value lies in the middle")
