"""What a model's tokens cost."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: A dated snapshot costs what its model costs: gpt-4o-mini-2024-07-18.
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars per million tokens, which is microdollars per token."""

    prompt: float
    cached: float
    completion: float

    def microdollars(self, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> int:
        """The cost of one call; `cached_tokens` are a part of `prompt_tokens`."""
        fresh = prompt_tokens - cached_tokens
        return round(fresh * self.prompt + cached_tokens * self.cached + completion_tokens * self.completion)


class Prices:
    """Prices by model name."""

    def __init__(self, own: Mapping[str, Price] | None = None) -> None:
        known = tomllib.loads((Path(__file__).parent / "prices.toml").read_text(encoding="utf-8"))["models"]
        self._prices = {name: Price(*numbers) for name, numbers in known.items()} | dict(own or {})

    def of(self, model: str) -> Price | None:
        """The price of a model or of the model whose snapshot it is; None when unknown."""
        return self._prices.get(model) or self._prices.get(_SNAPSHOT.sub("", model))


def read_prices(text: str) -> dict[str, Price]:
    """`model=prompt/cached/completion,…` → prices. Raises ValueError naming the part that cannot be read."""
    found = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, _, numbers = part.partition("=")
        try:
            prompt, cached, completion = map(float, numbers.split("/"))
        except ValueError as error:
            raise ValueError(f"LLM_PRICES: {part!r} is not model=prompt/cached/completion in dollars") from error
        found[name.strip()] = Price(prompt, cached, completion)
    return found
