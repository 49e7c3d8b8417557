"""What /metrics tells of the language model, also while none is set."""

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter("llm_calls", "Calls to the language model", ("purpose", "model", "outcome"))
TOKENS = Counter("llm_tokens", "Tokens of calls", ("purpose", "model", "kind"))
COST = Counter("llm_cost_dollars", "Cost of calls whose model's price is known", ("purpose", "model"))
SECONDS = Histogram(
    "llm_call_seconds", "Time of a call until its answer is whole", ("purpose",), buckets=(0.1, 0.3, 1, 2, 4, 8, 16)
)
BUDGET_USED = Gauge("llm_budget_used", "Part of a shop's budget that is used, the fullest of its limits", ("tenant",))
