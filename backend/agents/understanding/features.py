"""The words and the form of a message as hashed columns: the cheap second half of what the classifier sees."""

import re
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: columns that words, word pairs, letter groups and frames are hashed into
COLUMNS = 1 << 14
#: later words of a long message add cost, not meaning
LONGEST = 60
LETTERS = 4

#: What a frame keeps of a sentence: the words that carry its form, whatever it is about.
_FORM = frozenset(
    """a an the this that these those it its they them their he she his her i me my mine we us our you your what
    which who whose where when why how is are am was were be been being isn't aren't wasn't do does did don't
    doesn't didn't has have had hasn't haven't can could can't couldn't cannot will would won't wouldn't should
    shall may might must not no any some all both each every one two another other else more most less much many
    enough too so very just only also even still yet already again ever never in on at to of for from with
    without into onto off out up down over under by about as than like between through during before after until
    since while if or and but because then that's it's i'm i've i'd i'll there here there's anyone someone
    something anything everything get got go come comes need needs want use used make take put work works fit
    fits hold find show tell give buy look looking order ordered send sent cancel return refund ship shipping
    delivery help please thanks zid zmoney zmodel znumber zemail ? !""".split()
)
#: Whatever else is said, as a frame holds it.
_OTHER = "_"
_FRAME_LENGTHS = (2, 3, 4)

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
    found = {_column(f"{a} {b}") for a, b in zip(["^", *words], [*words, "$"], strict=True)}
    found.update(map(_column, _frames(words)))
    for word in words:
        found.update(_columns_of_word(word))
    return np.array(sorted(found), dtype=np.int64)


@lru_cache(maxsize=8192)
def _columns_of_word(word: str) -> tuple[int, ...]:
    """A word and its letter groups."""
    padded = f"<{word}>"
    groups = (padded[i : i + LETTERS] for i in range(max(1, len(padded) - LETTERS + 1)))
    return tuple({_column(word), *map(_column, groups)})


def _column(item: str) -> int:
    return crc32(item.encode()) % COLUMNS


def _frames(words: list[str]) -> Iterator[str]:
    """Runs of the sentence with its topic taken out: "does the _ on its _" is asked of every kind of goods."""
    form = ["^"]
    for word in words:
        kept = word if word in _FORM else _OTHER
        if kept != _OTHER or form[-1] != _OTHER:
            form.append(kept)
    form.append("$")
    for length in _FRAME_LENGTHS:
        yield from ("|".join(form[at : at + length]) for at in range(len(form) - length + 1))
    yield "=" + "|".join(form[:4])
