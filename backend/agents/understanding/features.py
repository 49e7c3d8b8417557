"""The words of a message as hashed columns: the cheap second half of what the classifier sees."""

import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: columns that words, word pairs and letter groups are hashed into
COLUMNS = 1 << 13
#: later words of a long message add cost, not meaning
LONGEST = 60
LETTERS = 4

_SHAPES = (
    (re.compile(r"\S{1,64}@[^\s@]{1,64}\.\S+"), " zemail "),
    (re.compile(r"[$€£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:dollars?|bucks|euros?|usd|eur|pounds|k)\b"), " zmoney "),
    (re.compile(r"#\s?\w*\d\w*|\b(?:ord|cmp|ref)[- ]?\d+\b|\b\d{4,}\b"), " zid "),
    (re.compile(r"\b[a-z]+-?\d+\w*\b|\b\d+[a-z]+\w*\b"), " zmodel "),
    (re.compile(r"\d+"), " znumber "),
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[?!]")


def words_of(text: str) -> list[str]:
    """Lower-case words with ids, money, models and numbers replaced by their kind; at most LONGEST."""
    lowered = text[: LONGEST * 12].lower().replace("’", "'")
    for pattern, kind in _SHAPES:
        lowered = pattern.sub(kind, lowered)
    return _WORD.findall(lowered)[:LONGEST]


def columns_of(text: str) -> NDArray[np.int64]:
    """The distinct hashed columns that a text switches on, sorted."""
    words = words_of(text)
    found = [*words, *(f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))]
    for word in words:
        padded = f"<{word}>"
        found.extend(padded[i : i + LETTERS] for i in range(max(1, len(padded) - LETTERS + 1)))
    return np.unique(np.fromiter((crc32(item.encode()) % COLUMNS for item in found), dtype=np.int64, count=len(found)))
