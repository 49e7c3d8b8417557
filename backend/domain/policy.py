"""The rules a shop sets for itself: one definition for code, prompt and page."""

from pydantic import Field

from backend.domain.base import Moment, Value


class ReturnExclusion(Value):
    """Goods of these categories cannot be returned. `when_opened`: only once opened."""

    categories: tuple[str, ...]
    reason: str
    when_opened: bool = False
    unless_defective: bool = True


class RestockingFee(Value):
    """A share of the price kept when goods come back opened, in basis points (1500 = 15 %)."""

    categories: tuple[str, ...]
    basis_points: int
    when_opened: bool = True
    unless_defective: bool = True


class BusinessHours(Value):
    """When people are at the desk. Weekdays 0 (Monday) to 6; hours "09:00" in `timezone`."""

    timezone: str = "UTC"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    opens: str = "09:00"
    closes: str = "17:00"


class DueTimes(Value):
    """Business minutes until the first response and the resolution, by priority name."""

    first_response: dict[str, int] = Field(
        default_factory=lambda: {"urgent": 60, "high": 120, "normal": 240, "low": 480}
    )
    resolution: dict[str, int] = Field(
        default_factory=lambda: {"urgent": 480, "high": 960, "normal": 1440, "low": 2400}
    )


class ShopPolicy(Value):
    """Everything the rules need to know of a shop. A missing window means: no dates are kept."""

    shop_name: str
    currency: str = "USD"
    contact_email: str = ""
    has_dates: bool = True
    return_window_days: int | None = 30
    exclusions: tuple[ReturnExclusion, ...] = ()
    restocking_fees: tuple[RestockingFee, ...] = ()
    cancel_reasons: tuple[str, ...] = ("no longer needed", "ordered by mistake")
    return_reasons: tuple[str, ...] = ("changed my mind", "defective", "wrong item", "not as described", "other")
    refund_business_days: tuple[int, int] = (5, 7)
    handoff_minutes: int = 15
    business_hours: BusinessHours = BusinessHours()
    due_times: DueTimes = DueTimes()


class PolicyVersion(Value):
    """The rules as they were set once, and by whom."""

    version: int
    policy: ShopPolicy
    author: str
    at: Moment


class Verdict(Value):
    """The answer of a rule: allowed or not, by which rule, and what it means in days and cents."""

    allowed: bool
    rule: str
    reason: str
    days_left: int | None = None
    amount_cents: int | None = None
    fee_cents: int = 0
