"""How many tokens a text has: by the model's tokenizer where it is installed, else estimated and corrected.

The tokenizer of OpenAI's models (tiktoken) loads its table over the network on first use, so it counts only where an
operator has installed it; the estimate learns from the usage that the server reports.
"""

import math
import re
from collections.abc import Callable
from functools import cache

#: A run of letters, a single digit group, or one other sign: close to how byte-pair tables cut.
_PIECES = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]|_")
#: Letters of one token in a run of Latin letters, and in one of another script.
_LATIN_LETTERS, _OTHER_LETTERS = 6.0, 2.0
#: How much one report moves the correction.
_LEARNING = 0.1
#: A message costs a few tokens besides its text (OpenAI cookbook, "How to count tokens": 3 per message).
MESSAGE_TOKENS = 3


def estimate(text: str) -> int:
    """Tokens of a text, without a tokenizer. Within about a tenth on English prose."""
    return sum(_tokens(piece) for piece in _PIECES.findall(text))


def _tokens(piece: str) -> int:
    letters = _LATIN_LETTERS if piece.isascii() else _OTHER_LETTERS
    return max(1, math.ceil(len(piece) / letters))


class Counter:
    """Counts for one model."""

    def __init__(self, model: str) -> None:
        self._exact = _tokenizer(model)
        self._correction = 1.0

    def count(self, text: str) -> int:
        """Tokens of a text."""
        if self._exact is not None:
            return self._exact(text)
        return round(estimate(text) * self._correction)

    def learn(self, counted: int, reported: int) -> None:
        """Compare what was counted before a call with what the server charged for it."""
        if self._exact is None and counted > 0 and reported > 0:
            ratio = min(3.0, max(0.3, reported / counted)) * self._correction
            self._correction += _LEARNING * (ratio - self._correction)


@cache
def _tokenizer(model: str) -> Callable[[str], int] | None:
    try:
        import tiktoken  # type: ignore[import-not-found]  # only where an operator installed it

        encoding = tiktoken.encoding_for_model(model)
    except Exception:  # not installed, no table for the model, no network: the estimate does
        return None
    return lambda text: len(encoding.encode(text, disallowed_special=()))
