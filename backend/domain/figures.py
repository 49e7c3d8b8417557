"""The numbers of the desk. Where there is nothing to count from, a figure is None and never zero per cent."""

from datetime import date, datetime
from typing import NamedTuple

from backend.domain.base import Moment, Value


class Figures(Value):
    """What happened in a day, or in the whole span. Times are medians in seconds; money is in microdollars.

    `alone`: share of the conversations with an answer that needed no person: nobody was asked for or stepped in, and
    the last answer was found. `satisfaction` is the mean score, 1 to 5. `unanswered`: answers that found nothing.
    `tool_errors`: tools that failed, not those that refused by a rule.
    """

    conversations: int = 0
    answers: int = 0
    handoffs: int = 0
    complaints: int = 0
    alone: float | None = None
    first_response_seconds: float | None = None
    resolution_seconds: float | None = None
    satisfaction: float | None = None
    ratings: int = 0
    thumbs_up: int = 0
    thumbs_down: int = 0
    unanswered: int = 0
    tool_errors: int = 0
    answer_ms: float | None = None
    tokens: int = 0
    microdollars: int | None = None


class DayFigures(Figures):
    """The figures of one day (UTC)."""

    day: date


class IntentCount(Value):
    """How often an intent was meant, how often nothing was found for it, and what such answers took of the model.

    An answer to several wishes is paid under the first of them. Money is in microdollars, of calls with a known price.
    """

    intent: str
    answers: int
    unanswered: int
    calls: int = 0
    tokens: int = 0
    microdollars: int = 0


class Numbers(Value):
    """The figures of a span of days, both ends included; `at` is when those that are not over were counted."""

    first: date
    last: date
    total: Figures
    days: tuple[DayFigures, ...]
    intents: tuple[IntentCount, ...]
    at: Moment


class Follows(Value):
    """How often `then` came after `intent`; "start" and "end" stand for the ends of a conversation."""

    intent: str
    then: str
    times: int


class GivenUp(Value):
    """Conversations that ended with this intent: all, and those whose end was no good one.

    No good end: the last answer found nothing or got a thumb down, or a question of the assistant was left open.
    """

    intent: str
    ended: int
    given_up: int


class Paths(Value):
    """Which intents follow which, most frequent first, and where people give up."""

    conversations: int
    follows: tuple[Follows, ...]
    given_up: tuple[GivenUp, ...]


class AnswerFacts(NamedTuple):
    """What the numbers need to know of an answer; there are very many, so nothing of it is checked again."""

    message_id: str
    at: datetime
    intents: tuple[str, ...]
    found: tuple[bool, ...]
    errors: int
    ms: float | None
    pending: bool
    #: what the language model took
    calls: int
    tokens: int
    microdollars: int


class ConversationFacts(NamedTuple):
    """A conversation as the numbers see it: what the assistant said, and whether somebody of the team spoke."""

    id: str
    started_at: datetime
    answers: tuple[AnswerFacts, ...]
    by_person: bool
