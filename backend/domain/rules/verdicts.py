"""How a rule answers: the two ways to build a Verdict, and the way to insist on one."""

from backend.domain.errors import NotEligible
from backend.domain.policy import Verdict
from backend.domain.trace import note


def allowed(
    rule: str, reason: str, *, amount: int | None = None, fee: int = 0, days_left: int | None = None
) -> Verdict:
    """A yes by `rule`; `amount` and `fee` in cents."""
    return Verdict(allowed=True, rule=rule, reason=reason, amount_cents=amount, fee_cents=fee, days_left=days_left)


def refused(rule: str, reason: str) -> Verdict:
    """A no by `rule`, with the reason a shopper reads."""
    return Verdict(allowed=False, rule=rule, reason=reason)


def insist(verdict: Verdict) -> Verdict:
    """The same verdict when it allows. Raises NotEligible with the rule and its reason otherwise."""
    note("rule", verdict.rule, "ok" if verdict.allowed else "refused", reason=verdict.reason)
    if not verdict.allowed:
        raise NotEligible(verdict.reason, rule=verdict.rule)
    return verdict
