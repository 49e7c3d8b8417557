"""Slips of the fingers and chat shorthand put right before a message is judged; names are left alone."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from backend.agents.understanding.language import DEFAULT, detect_language
from backend.agents.understanding.utterances import OTHER_LANGUAGES

LEXICON = Path(__file__).parent / "lexicon" / "shorthand.toml"
#: Shorter words have too many neighbours to guess among.
SHORTEST = 4
#: From this length on two slips are forgiven: shorter words, two letters off, are mostly other words.
LONG = 8
#: Up to this length a changed first letter makes another word, "chem" and "them".
SHORT = 5
#: Each half of a compound has so many letters, "over" + "heat".
_HALF = 4
#: A longer message is no riddle, and its later words change nothing.
LONGEST = 80
#: What is longer is no word, and fills no memory.
_LONGEST_WORD = 40
#: Words that so many lines of our utterances hold, beside those on things that are not the shop's business, are the
#: goals of corrections: rare ones are as often another rare word.
_OFTEN = 5
_ELSEWHERE = "out_of_scope.txt"
#: Words said so often may have lost the space between them.
_VERY_OFTEN = 60
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ly", "able")
_WORD = re.compile(r"(?<![\w@.#/-])[^\W\d_]+(?:'[^\W\d_]+)?(?![\w@/-]|\.\w)")
_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Spelling:
    """Puts words right that nobody knows and that are one slip (two in long ones) away from a word of ours.

    `goals` counts the words that may be meant; `known` are all that are words. Without `known` only shorthand is
    touched.
    """

    def __init__(self, goals: Mapping[str, int], known: frozenset[str]) -> None:
        self._goals = goals
        self._known = known
        self._near: dict[str, list[str]] = {}
        for word in goals if known else ():
            if len(word) >= SHORTEST:
                for variant in _variants(word, word_slips(word)):
                    self._near.setdefault(variant, []).append(word)
        self._mended: dict[str, str] = {}

    def mend(self, text: str) -> str:
        """The text with its slips put right; a name (a capital inside a sentence) and other languages stay."""
        if detect_language(text) != DEFAULT:
            return text
        left = LONGEST

        def word(match: re.Match[str]) -> str:
            nonlocal left
            left -= 1
            said = match.group()
            named = said[:1].isupper() and match.start() > 0 and not said.isupper()
            return said if left < 0 or named else self._word(said)

        return _WORD.sub(word, text)

    def _word(self, said: str) -> str:
        lowered = said.lower()
        if lowered in self._mended:
            return self._mended[lowered] or said
        found = _shorthand().get(lowered) or self._guess(lowered)
        if len(self._mended) < 20_000:
            self._mended[lowered] = found
        return found or said

    def _guess(self, word: str) -> str:
        if not self._known or len(word) < SHORTEST or len(word) > 20 or self._is_word(word):
            return ""
        if self._is_compound(word):
            return self._parted(word)
        near = {goal for variant in _variants(word, word_slips(word)) for goal in self._near.get(variant, ())}
        ranked = sorted((distance(word, goal), goal[0] != word[0], -self._goals[goal], goal) for goal in near)
        for slips, elsewhere, _, goal in ranked:
            if slips == 1 and not (len(word) <= SHORT and sorted(word[:2]) != sorted(goal[:2]) and elsewhere):
                return goal
            if slips == 2 and not elsewhere and min(len(word), len(goal)) >= LONG - 1:
                return goal
        return self._parted(word)

    def _is_word(self, word: str) -> bool:
        """Whether it is a word as it stands, or one of a word's plain forms."""
        if "'" in word or word in self._known:
            return True
        stems = (
            word.removesuffix(end) for end in ("s", "es", "ed", "d", "ing", "er", "ly", "able") if word.endswith(end)
        )
        return any(stem in self._known or stem + "e" in self._known for stem in stems if len(stem) > 2)

    def _is_compound(self, word: str) -> bool:
        """Whether two words stand in it side by side: "overheat", "countertop"."""
        cuts = range(_HALF, len(word) - _HALF + 1)
        return any(word[:at] in self._known and word[at:] in self._known for at in cuts)

    def _parted(self, word: str) -> str:
        """ "iwant": a space was missed between two words that are often said."""
        for at in range(1, len(word)):
            first, second = word[:at], word[at:]
            both = self._goals.get(first, 0) >= _VERY_OFTEN and self._goals.get(second, 0) >= _VERY_OFTEN
            if both and (at > 1 or first in {"i", "a"}) and (len(second) > 1):
                return f"{first} {second}"
        return ""


@runtime_checkable
class KnowsWords(Protocol):
    """An embedder that has a list of words."""

    def words(self) -> frozenset[str]: ...


def known_words(embedder: object) -> frozenset[str]:
    """The whole words that an embedder's tokens hold; none where it keeps no list."""
    return embedder.words() if isinstance(embedder, KnowsWords) else frozenset()


def open_spelling(utterances_dir: Path, words: frozenset[str]) -> Spelling:
    """The spelling of what our utterance files say; `words` are those that the embedder knows."""
    ours: set[str] = set(words)
    goals: Counter[str] = Counter()
    for path in sorted(utterances_dir.iterdir()):
        if path.name == OTHER_LANGUAGES:
            continue
        said = _PARTS.findall(path.read_text(encoding="utf-8").lower())
        counts = Counter(said)
        ours.update(word for word, count in counts.items() if count > 1 or path.suffix != ".txt")
        if path.suffix == ".txt" and path.name != _ELSEWHERE:
            goals.update(counts)
    often = {word: count for word, count in goals.items() if count >= _OFTEN and (word in words or not words)}
    return Spelling(often, frozenset(ours) if words else words)


def unshortened(text: str) -> str:
    """The text with the shorthand of chats written out, and nothing guessed.

    What is short in a text with addresses in it may be a state: two letters stay, but for "u".
    """

    def word(match: re.Match[str]) -> str:
        said = match.group().lower()
        return _shorthand().get(said, match.group()) if len(said) > 2 or said == "u" else match.group()

    return _WORD.sub(word, text)


def word_slips(word: str) -> int:
    """How many slips are forgiven in a word of this length."""
    return 2 if len(word) >= LONG - 1 else 1


def _variants(word: str, slips: int) -> Iterator[str]:
    """The word and what is left of it without one or two of its letters."""
    yield word
    for at in range(len(word)):
        shorter = word[:at] + word[at + 1 :]
        yield shorter
        if slips > 1:
            for second in range(at, len(shorter)):
                yield shorter[:second] + shorter[second + 1 :]


def distance(one: str, other: str) -> int:
    """Letters to lose, add, change or swap with their neighbour (Damerau 1964, optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, goal in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != goal))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == goal:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


@lru_cache(maxsize=1)
def _shorthand() -> Mapping[str, str]:
    """What is typed for a word in chats → the word."""
    table: dict[str, str] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return {short: word for word, shorts in table.items() for short in shorts.split()}
