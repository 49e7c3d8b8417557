"""Slips in the names of goods: a long word that no name has is taken for the name that it nearly spells."""

from functools import lru_cache

from rapidfuzz import fuzz, process

from backend.graph.said_values import stop_words
from backend.graph.text import singular

#: of 100: one or two letters of a long word differ
_SAME_WORD = 85
_SHORTEST = 5
#: shoppers' words are endless, and what is remembered of them is not
_REMEMBERED = 10_000


class NearSpelling:
    """The words of a shop's names, and what is nearly one of them."""

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self._by_letter: dict[str, list[str]] = {}
        for word in known:
            if len(word) > 4 and word.isalpha():
                self._by_letter.setdefault(word[0], []).append(word)
        self._nearest = lru_cache(_REMEMBERED)(self._find_nearest)

    def corrected(self, word: str) -> str:
        """The word of a name that `word` nearly spells, else `word` itself."""
        if word in self._known or len(word) < _SHORTEST or not word.isalpha() or word in stop_words():
            return word
        if singular(word) in self._known:
            return word  # a plural asks for a kind of goods
        return self._nearest(word)

    def _find_nearest(self, word: str) -> str:
        close = [known for known in self._by_letter.get(word[0], ()) if abs(len(known) - len(word)) < 3]
        best = process.extractOne(word, close, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        return best[0] if best else word
