"""What /metrics tells of the language model, also while none is set."""

from collections.abc import Callable
from functools import lru_cache

from prometheus_client import Counter, Gauge, Histogram

from backend.domain.usage import ModelCall

CALLS = Counter("llm_calls", "Calls to the language model", ("purpose", "model", "outcome"))
TOKENS = Counter("llm_tokens", "Tokens of calls", ("purpose", "model", "kind"))
COST = Counter("llm_cost_dollars", "Cost of calls whose model's price is known", ("purpose", "model"))
SECONDS = Histogram(
    "llm_call_seconds", "Time of a call until its answer is whole", ("purpose",), buckets=(0.1, 0.3, 1, 2, 4, 8, 16)
)
BUDGET_USED = Gauge("llm_budget_used", "Part of a shop's budget that is used, the fullest of its limits", ("tenant",))


def count(call: ModelCall) -> None:
    """One finished call."""
    _counting(call.purpose, call.model, call.outcome)(call)


@lru_cache(maxsize=200)
def _counting(purpose: str, model: str, outcome: str) -> Callable[[ModelCall], None]:
    """Looking for the rows of these labels takes longer than counting in them."""
    calls, seconds = CALLS.labels(purpose, model, outcome), SECONDS.labels(purpose)
    prompt, cached, completion = (TOKENS.labels(purpose, model, kind) for kind in ("prompt", "cached", "completion"))
    cost = COST.labels(purpose, model)

    def counted(call: ModelCall) -> None:
        calls.inc()
        seconds.observe(call.seconds)
        prompt.inc(call.prompt_tokens)
        cached.inc(call.cached_tokens)
        completion.inc(call.completion_tokens)
        cost.inc((call.microdollars or 0) / 1_000_000)

    return counted
