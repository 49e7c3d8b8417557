"""A message on its way to conditions: the text with what was understood blanked out, and what it came to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.domain.catalogue import SpecFilter
from backend.graph.kinds import Phrase
from backend.graph.text import singular, tokens
from backend.graph.vocabulary import Vocabulary

_NOT = re.compile(
    r"(?:\b(?:not?|non|neither|nothing|without|except(?: for)?|excluding|exclude|but not|but no|other than|apart from|"
    r"besides|avoid|minus|hate|w/o|"
    r"(?:drop|skip|remove|lose|ditch|hide|ignore|forget|leave out|take out|filter out|get rid of)(?: all)?|"
    r"isn'?t|aren'?t|don'?t want|doesn'?t have|any(?:thing|one)? but|every(?:thing|one)? but|"
    r"(?:any|all|every|other) (?:brand|maker|make|manufacturer|one)s? (?:but|except|than)|all but)\s+"
    r"(?:from |by |made by |made of |an? |any |the |with |for )*|\bnon-)$"
)


@dataclass
class Reading:
    """The text with what was understood blanked out, and the conditions read so far."""

    text: str
    words: Vocabulary
    written: str = ""
    category: str | None = None
    found: dict[str, object] = field(default_factory=dict)
    specs: list[SpecFilter] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    narrower: Phrase = ()
    #: where the kind of goods was named; a strange word right before it must hold ("pink laptops")
    goods_at: int = -1
    #: the goods stood only behind "for" or "with", and may not be what is looked for
    for_goods: bool = False
    #: places of digits that belong to the name of a specification ("3.5 inch bays")
    labels: list[tuple[int, int, str]] = field(default_factory=list)
    #: bounds in units that nothing in the catalogue is stated in, as they were said
    unmet: list[str] = field(default_factory=list)
    #: places of words that were read as a brand or a value
    values: list[tuple[int, int]] = field(default_factory=list)

    def blank(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def phrases(self, longest: int) -> Iterator[tuple[int, int, Phrase]]:
        """Runs of words that nothing has taken yet, the longest first at each place."""
        read, words = self.text, tokens(self.text)
        names = tuple(singular(word.text) for word in words)
        for place, first in enumerate(words):
            for last in range(min(place + longest, len(words)) - 1, place - 1, -1):
                start, end = first.start, words[last].end
                if self.text[start:end] == read[start:end]:
                    yield start, end, names[place : last + 1]

    def is_letter(self, start: int, end: int) -> bool:
        """Whether a letter stands for itself ("size M", "in L"), not for a word ("what's", "I'm")."""
        return self.written[start:end].isupper() and self.written[start - 1 : start] not in ("'", "’")

    def negated(self, start: int) -> bool:
        return self.negation(start) is not None

    def negation(self, start: int) -> re.Match[str] | None:
        """The words before a place that rule out what stands there: "not from", "drop the"."""
        return _NOT.search(self.text[:start])
