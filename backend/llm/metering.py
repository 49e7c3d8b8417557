"""Every call in the books: tokens, cost, time and outcome, for the turn's account, the budget and /metrics."""

import time
from dataclasses import dataclass, field

from backend.domain.base import utc_now
from backend.domain.usage import ModelCall, Purpose
from backend.llm import numbers
from backend.llm.accounts import Account
from backend.llm.base import Prompt
from backend.llm.budget import Budget
from backend.llm.prices import Prices
from backend.llm.tokens import MESSAGE_TOKENS, counter_of
from backend.llm.wire import Usage

#: Calls that are charged for their text and nothing else: schemas and functions cost tokens that are not counted here.
_TEXT_ALONE = frozenset({"write", "summarise"})


@dataclass
class Call:
    """A call that is under way; what is learned of it is noted here."""

    model: str
    purpose: Purpose
    prompt: Prompt
    outcome: str = "ok"
    usage: Usage | None = None
    #: text that arrived in pieces
    said: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)


class Meter:
    """Books calls."""

    def __init__(self, prices: Prices, budget: Budget | None) -> None:
        self._prices = prices
        self._budget = budget

    def book(self, call: Call, account: Account | None) -> None:
        """One row for the account of the turn, if there is one; numbers for /metrics in any case."""
        booked = self._booked(call)
        if account is not None:
            account.calls.append(booked)
            if self._budget is not None:
                self._budget.add(account.tenant, booked)
        numbers.count(booked)

    def _booked(self, call: Call) -> ModelCall:
        usage, estimated = call.usage, call.usage is None
        if usage is None or not usage.completion:
            counted = self._counted(call)
            usage = counted if usage is None else Usage(usage.prompt, usage.cached, counted.completion)
        elif call.outcome == "ok" and call.purpose in _TEXT_ALONE:
            counter_of(call.model).learn(self._counted(call).prompt, usage.prompt)
        price = self._prices.of(call.model)
        return ModelCall(
            purpose=call.purpose,
            model=call.model,
            at=utc_now(),
            seconds=round(time.perf_counter() - call.started, 4),
            prompt_tokens=usage.prompt,
            cached_tokens=usage.cached,
            completion_tokens=usage.completion,
            microdollars=price.microdollars(usage.prompt, usage.cached, usage.completion) if price else None,
            outcome=call.outcome,
            estimated=estimated,
            variant=call.prompt.variant,
        )

    def _counted(self, call: Call) -> Usage:
        count = counter_of(call.model).count
        texts = [call.prompt.instructions, *(text for _, text in call.prompt.messages)]
        texts += [result for _, results in call.prompt.steps for result in results]
        prompt = sum(count(text) + MESSAGE_TOKENS for text in texts)
        return Usage(prompt=prompt, cached=0, completion=count("".join(call.said)) if call.said else 0)
