"""Anger and abuse in a message, by whole words: noticed, never mirrored."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.domain.conversation import Mood

LEXICON = Path(__file__).parent / "lexicon" / "mood.toml"
_REPEAT = re.compile(r"([^\W\d])\1{2,}")
_SPACE = re.compile(r"\s+")
_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_WORD = re.compile(r"\b[A-Za-z]{2,}\b")
#: a message is shouted when this many of its words, and most of them, are capitals and it ends in "!!"
SHOUTED = 4


@dataclass(frozen=True)
class _Patterns:
    abusive: re.Pattern[str]
    upset: re.Pattern[str]
    harmless: re.Pattern[str]


def read_mood(text: str) -> Mood:
    """ABUSIVE for insults and threats, UPSET for anger and disappointment or shouting, else CALM."""
    patterns = _patterns()
    lowered = _SPACE.sub(" ", _REPEAT.sub(r"\1", text.lower().replace("’", "'")))
    plain = patterns.harmless.sub(" ", lowered)
    if patterns.abusive.search(plain):
        return Mood.ABUSIVE
    if patterns.upset.search(plain) or _shouted(text):
        return Mood.UPSET
    return Mood.CALM


def _shouted(text: str) -> bool:
    loud = len(_SHOUT.findall(text))
    return "!!" in text and loud >= SHOUTED and loud * 2 > len(_WORD.findall(text))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    taken_back = _either(lexicon["calming"])
    anger = _either(lexicon["upset"])
    harmless = rf"\b(?:{_either(lexicon['harmless'])}|(?:{taken_back}) (?:so |very |really |that |too )?(?:{anger}))\b"
    return _Patterns(
        re.compile(rf"\b(?:{_either(lexicon['abusive'])})\b"), re.compile(rf"\b(?:{anger})\b"), re.compile(harmless)
    )


def _either(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
