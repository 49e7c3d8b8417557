"""Whether a set of rules can work at all: asked before a shop's rules are replaced."""

from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.domain.cases import Priority
from backend.domain.errors import InvalidInput
from backend.domain.policy import BusinessHours, DueTimes, ShopPolicy

_LONGEST_WINDOW_DAYS = 3650
_LONGEST_MINUTES = 60 * 24 * 60
_MOST_REASONS, _LONGEST_REASON = 30, 120


def sound(policy: ShopPolicy) -> ShopPolicy:
    """The same rules. Raises InvalidInput naming the first field that cannot work."""
    _insist(bool(policy.shop_name.strip()), "shop_name", "needs a name")
    _insist(len(policy.currency) == 3 and policy.currency.isalpha(), "currency", "is a code of three letters")
    window = policy.return_window_days
    _insist(window is None or 0 <= window <= _LONGEST_WINDOW_DAYS, "return_window_days", "is 0 to 3650 days")
    first, last = policy.refund_business_days
    _insist(0 <= first <= last <= 365, "refund_business_days", "is two numbers of days, the smaller one first")
    _insist(1 <= policy.handoff_minutes <= _LONGEST_MINUTES, "handoff_minutes", "is at least one minute")
    for name in ("cancel_reasons", "return_reasons"):
        reasons = getattr(policy, name)
        short = all(0 < len(r.strip()) <= _LONGEST_REASON for r in reasons)
        _insist(0 < len(reasons) <= _MOST_REASONS and short, name, "needs one to thirty short reasons")
    for at, fee in enumerate(policy.restocking_fees):
        _insist(0 <= fee.basis_points <= 10_000, f"restocking_fees.{at}.basis_points", "is 0 to 10000")
        _insist(bool(fee.categories), f"restocking_fees.{at}.categories", "needs a category")
    for at, exclusion in enumerate(policy.exclusions):
        _insist(bool(exclusion.categories), f"exclusions.{at}.categories", "needs a category")
        _insist(bool(exclusion.reason.strip()), f"exclusions.{at}.reason", "needs the reason that customers read")
    _hours(policy.business_hours)
    _due(policy.due_times)
    return policy


def _hours(hours: BusinessHours) -> None:
    try:
        ZoneInfo(hours.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput("business_hours.timezone: is no time zone", field="business_hours.timezone") from None
    days = hours.weekdays
    _insist(bool(days) and set(days) <= set(range(7)), "business_hours.weekdays", "needs days from 0 to 6")
    try:
        ordered = time.fromisoformat(hours.opens) < time.fromisoformat(hours.closes)
    except ValueError:
        ordered = False
    _insist(ordered, "business_hours.opens", "is a time such as 09:00, before closing")


def _due(times: DueTimes) -> None:
    for name in ("first_response", "resolution"):
        minutes = getattr(times, name)
        _insist(set(minutes) == {p.value for p in Priority}, f"due_times.{name}", "needs a time for every priority")
        _insist(all(0 < m <= _LONGEST_MINUTES for m in minutes.values()), f"due_times.{name}", "is above zero")
    late = [p for p in times.resolution if times.resolution[p] < times.first_response[p]]
    _insist(not late, "due_times.resolution", "cannot be due before the first response")


def _insist(right: bool, field: str, what: str) -> None:
    if not right:
        raise InvalidInput(f"{field}: {what}", field=field)
