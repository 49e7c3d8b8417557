"""How many tokens a text has: by the model's tokenizer where it is installed, else estimated and corrected.

The tokenizer of OpenAI's models (tiktoken) loads its table over the network on first use. It is looked for behind the
calls, in a thread of its own: until it is there, and where it never comes, the estimate counts. That one learns from
the usage which the server reports.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from threading import Thread

Encode = Callable[[str], int]

#: Up to six Latin letters, two of another script, a group of digits, or one other sign: close to how byte-pair tables
#: cut. One expression finds them, because every call is counted.
_PIECES = re.compile(r"[A-Za-z]{1,6}|[^\W\d_]{1,2}|\d{1,3}|[^\w\s]|_")
#: How much one report moves the correction, and how far it may ever be moved: servers were seen to report nonsense.
_LEARNING, _FURTHEST = 0.1, 2.0
#: A message costs a few tokens besides its text (OpenAI cookbook, "How to count tokens": 3 per message).
MESSAGE_TOKENS = 3


def estimate(text: str) -> int:
    """Tokens of a text, without a tokenizer. Within about a tenth on English prose."""
    return len(_PIECES.findall(text))


def beginning(text: str, most: int) -> str:
    """As much of a text as `most` tokens hold, by the same estimate."""
    for count, piece in enumerate(_PIECES.finditer(text)):
        if count == most:
            return text[: piece.start()]
    return text


@lru_cache(maxsize=200)
def _estimated(text: str) -> int:
    """Remembered: instructions and the lines of a conversation are counted with every call."""
    return estimate(text)


class Counter:
    """Counts for one model, never waiting for anything."""

    def __init__(self, model: str, load: Callable[[str], Encode] | None = None) -> None:
        self._exact: Encode | None = None
        self._correction = 1.0
        Thread(target=self._look_for, args=(model, load or _tokenizer), daemon=True, name="tokenizer").start()

    def count(self, text: str) -> int:
        """Tokens of a text."""
        if self._exact is not None:
            return self._exact(text)
        return round(_estimated(text) * self._correction)

    def learn(self, counted: int, reported: int) -> None:
        """Compare what was counted before a call with what the server charged for it."""
        if self._exact is None and counted > 0 and reported > 0:
            right = min(_FURTHEST, max(1 / _FURTHEST, self._correction * reported / counted))
            self._correction += _LEARNING * (right - self._correction)

    def _look_for(self, model: str, load: Callable[[str], Encode]) -> None:
        try:
            self._exact = load(model)
        except Exception:  # not installed, no table for the model, no network: the estimate goes on
            return


@cache
def counter_of(model: str) -> Counter:
    """The one counter of a model in this process: history is cut by what calls have taught it."""
    return Counter(model)


def _tokenizer(model: str) -> Encode:
    """The model's own tokenizer. Raises whatever its library and the network have to say; may take for ever."""
    import tiktoken  # type: ignore[import-not-found]  # only where an operator installed it

    encoding = tiktoken.encoding_for_model(model)
    return lambda text: len(encoding.encode(text, disallowed_special=()))
