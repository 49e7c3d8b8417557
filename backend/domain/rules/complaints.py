"""How urgent a complaint is and until when it is due, counted in the shop's business hours."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.domain.base import Moment, Value
from backend.domain.cases import Priority
from backend.domain.policy import BusinessHours, DueTimes, ShopPolicy

_STEPS = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)

#: what a shopper writes when people or homes are in danger
_DANGER = re.compile(
    r"\b(fires?|flames?|smok(e|es|ing)|burn(s|t|ed|ing)?|explo(de|ded|des|sion)|sparks?|sparking|"
    r"shock(ed|s)?|injur(y|ed)|hurt|swollen|swelling|overheat(s|ed|ing)?|leak(s|ed|ing)? (acid|battery))\b",
    re.IGNORECASE,
)
#: what a shopper writes when the goods cannot be used or money is missing
_GRAVE = re.compile(
    r"\b(dead|won'?t (start|turn on|boot|charge)|does(n'?t| not) (work|start|turn on)|not working|broken|"
    r"damaged|defective|cracked|shattered|stolen|missing|never arrived|charged twice|double charged|"
    r"wrong (item|product|order)|unusable|fraud|scam)\b",
    re.IGNORECASE,
)

#: what a complaint is about, by its words; the first that fits counts
_CATEGORIES = {
    "delivery": re.compile(r"\b(deliver\w*|parcel|package|courier|shipping|late|never arrived|missing|lost)\b", re.I),
    "billing": re.compile(r"\b(charge[ds]?|bill\w*|invoice|overcharg\w*|paid|payment|double|refund\w*)\b", re.I),
    "service": re.compile(r"\b(rude|support|service|agent|staff|representative|waiting|hold|ignored)\b", re.I),
    "product": re.compile(
        r"\b(screen|battery|broken|crack\w*|defect\w*|flicker\w*|work\w*|quality|damage\w*|fault\w*|noise|stopped|turn)\b",
        re.I,
    ),
}


class Due(Value):
    """Until when a complaint is to be answered and solved, UTC."""

    first_response: Moment
    resolution: Moment


def category_of(description: str) -> str:
    """product, delivery, billing, service or other."""
    return next((name for name, words in _CATEGORIES.items() if words.search(description)), "other")


def severity_of(description: str) -> Priority:
    """How grave the matter sounds: danger is urgent, goods or money lost is high, else normal."""
    if _DANGER.search(description):
        return Priority.URGENT
    return Priority.HIGH if _GRAVE.search(description) else Priority.NORMAL


def priority_of(severity: Priority, *, repeated: bool = False) -> Priority:
    """The priority of that severity; a second complaint about the same order counts one step more."""
    step = _STEPS.index(severity) + (1 if repeated else 0)
    return _STEPS[min(step, len(_STEPS) - 1)]


def due(priority: Priority, created: Moment, policy: ShopPolicy) -> Due:
    """The due times of a complaint made at `created`."""
    times: DueTimes = policy.due_times
    return Due(
        first_response=after_business_minutes(created, times.first_response[priority.value], policy.business_hours),
        resolution=after_business_minutes(created, times.resolution[priority.value], policy.business_hours),
    )


def breached(
    first_due: Moment | None, resolution_due: Moment | None, *, answered: bool, solved: bool, now: Moment
) -> bool:
    """Whether a due time passed without its answer or solution."""
    late_answer = not answered and first_due is not None and now > first_due
    late_solution = not solved and resolution_due is not None and now > resolution_due
    return late_answer or late_solution


def is_open(hours: BusinessHours, now: Moment) -> bool:
    """Whether people are at the desk."""
    local = now.astimezone(ZoneInfo(hours.timezone))
    opens, closes = _span(hours, local)
    return local.weekday() in hours.weekdays and opens <= local < closes


def next_open(hours: BusinessHours, now: Moment) -> Moment:
    """`now` when the desk is open, else the next opening, UTC."""
    return after_business_minutes(now, 0, hours)


def after_business_minutes(start: Moment, minutes: int, hours: BusinessHours) -> Moment:
    """The moment at which so many minutes of business hours have passed since `start`, UTC.

    Raises ValueError when the hours never open.
    """
    if not hours.weekdays or hours.opens >= hours.closes:
        raise ValueError("business hours that never open cannot count minutes")
    utc = ZoneInfo("UTC")
    local, left = start.astimezone(ZoneInfo(hours.timezone)), timedelta(minutes=minutes)
    while True:
        opens, closes = _span(hours, local)
        begin = max(local, opens)
        if local.weekday() in hours.weekdays and begin < closes:
            # differences are taken in UTC: a day on which clocks change has more or fewer real minutes
            room = closes.astimezone(utc) - begin.astimezone(utc)
            if left <= room:
                return begin.astimezone(utc) + left
            left -= room
        local = (opens + timedelta(days=1)).replace(hour=0, minute=0)


def _span(hours: BusinessHours, local: datetime) -> tuple[datetime, datetime]:
    """Opening and closing on the day of `local`, in its zone."""
    opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
    return (
        local.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0),
        local.replace(hour=closes.hour, minute=closes.minute, second=0, microsecond=0),
    )
