"""Holds every call to the plan of its shop, before it is made."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

import structlog

from backend.domain.base import utc_now
from backend.domain.usage import NOTHING, ModelCall, Plan, Spent
from backend.llm import numbers
from backend.llm.accounts import Account
from backend.llm.base import BudgetSpent
from backend.llm.plans import Plans

log = structlog.get_logger()

#: Other processes spend too; how long a sum from the records is trusted. A plan may be overrun by what all
#: processes spend in this time.
_FRESH_SECONDS = 5.0
#: Part of a limit from which on the operator is warned.
WARN_AT = 0.8

#: The shop's (today, this month) from the records.
Spending = Callable[[str], Awaitable[tuple[Spent, Spent]]]


@dataclass
class _Known:
    day: Spent = NOTHING
    month: Spent = NOTHING
    at: float = float("-inf")
    #: of which budgets the operator was warned, and on which day
    warned: set[tuple[str, date]] = field(default_factory=set)


class Budget:
    """What is left of each shop's plan."""

    def __init__(self, plans: Plans, spending: Spending) -> None:
        self._plans = plans
        self._spending = spending
        self._known: dict[str, _Known] = {}

    async def check(self, account: Account) -> None:
        """Raises BudgetSpent when a limit is reached; at four fifths of one the operator is warned: in the log once a
        day, by the number that /metrics shows, and to the shop by GET /api/staff/usage.
        """
        known = await self._fresh(account.tenant)
        shared = limits(self._plans.of(account.tenant), known.day, known.month)
        numbers.BUDGET_USED.labels(account.tenant).set(
            max((used / limit for _, used, limit in shared if limit), default=0.0)
        )
        for name, used, limit in limits(self._plans.of(account.tenant), known.day, known.month, account.spent):
            if used >= limit:
                raise BudgetSpent(f"the {name} budget is used up")
            if used >= WARN_AT * limit and (name, today := utc_now().date()) not in known.warned:
                known.warned = {(warned, day) for warned, day in known.warned if day == today} | {(name, today)}
                log.warning("budget_nearly_spent", tenant=account.tenant, budget=name, used=used, limit=limit)

    async def standing(self, tenant: str) -> tuple[Plan, Spent, Spent]:
        """The shop's plan, and what it spent today and this month."""
        known = await self._fresh(tenant)
        return self._plans.of(tenant), known.day, known.month

    def add(self, tenant: str, call: ModelCall) -> None:
        """Counts a call at once, before the records know of it."""
        known = self._known.setdefault(tenant, _Known())
        known.day, known.month = known.day.plus(call), known.month.plus(call)

    async def _fresh(self, tenant: str) -> _Known:
        known = self._known.setdefault(tenant, _Known())
        if time.monotonic() - known.at > _FRESH_SECONDS:
            known.at = time.monotonic()
            try:
                day, month = await self._spending(tenant)
            except Exception as error:  # the records are away: what is known goes on counting
                log.warning("budget_from_memory", tenant=tenant, reason=type(error).__name__)
                return known
            known.day, known.month = day, month
        return known


def limits(plan: Plan, day: Spent, month: Spent, session: Spent | None = None) -> list[tuple[str, int, int]]:
    """(name, used, limit) of every limit that the plan has, a session's when there is one; money in microdollars."""
    every = (
        ("day's token", day.tokens, plan.day_tokens),
        ("day's money", day.microdollars, plan.day_microdollars),
        ("month's token", month.tokens, plan.month_tokens),
        ("month's money", month.microdollars, plan.month_microdollars),
        ("conversation's token", session.tokens if session else 0, plan.session_tokens if session else None),
    )
    return [(name, used, limit) for name, used, limit in every if limit is not None]
