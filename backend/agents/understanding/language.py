"""The language of a message among those the shop answers in: scripts, letters and small words, no model."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "language.toml"
DEFAULT = "en"
#: more than this of a long message tells nothing new
LONGEST = 400
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MARKS = {"es": re.compile(r"[ñ¿¡áíóú]"), "de": re.compile(r"[äöüß]"), "fr": re.compile(r"[çèêëàâîïûœù]")}
#: Another language must be so much likelier than English, counted in small words.
LEAD = 0.5
#: What it needs of its words: enough of all that is said, and more than one short one, for "die", "ho" or "par" are in
#: names of goods too.
_SHARE = 0.34
_LEAST = 1.0
_LEAST_ALONE = 0.75
_SHORT_WEIGHTS = {1: 0.5, 2: 0.5, 3: 0.5, 4: 0.8}


def detect_language(text: str) -> str:
    """ISO 639-1 code of the likeliest of en, es, fr, de and hi; English where nothing speaks against it."""
    return _detected(text[:LONGEST].lower().replace("’", "'"))


@lru_cache(maxsize=256)
def _detected(lowered: str) -> str:
    if len(_DEVANAGARI.findall(lowered)) * 3 > len(_LETTER.findall(lowered)):
        return "hi"
    words = set(_WORD.findall(lowered))
    scores = _scores(lowered, words)
    best = max(scores, key=lambda language: scores[language])
    needed = max(_LEAST if len(words) > 1 else _LEAST_ALONE, _SHARE * len(words))
    return best if best != DEFAULT and scores[best] >= needed and scores[best] > scores[DEFAULT] + LEAD else DEFAULT


def reads_as_english(text: str) -> bool:
    """Whether a text of a reply is English beyond doubt, not merely short or full of names."""
    lowered = text[:LONGEST].lower().replace("’", "'")
    scores = _scores(lowered, set(_WORD.findall(lowered)))
    english = scores.pop(DEFAULT)
    return english >= _LEAST and english > max(scores.values())


def speaks(text: str, language: str) -> bool:
    """Whether any of its small words or letters is of that language."""
    lowered = text[:LONGEST].lower().replace("’", "'")
    return _scores(lowered, set(_WORD.findall(lowered)))[language] > 0


def _scores(lowered: str, words: set[str]) -> dict[str, float]:
    weights = _weights()
    scores = dict.fromkeys(("es", "fr", "de", "hi", DEFAULT), 0.0)
    for word in words:
        key = _key(word, weights)
        strength = _SHORT_WEIGHTS.get(len(key), 1.0) if key.isascii() else 1.0
        for language, weight in weights.get(key, {}).items():
            scores[language] += weight * (1.0 if language == DEFAULT else strength)
    for language, marks in _MARKS.items():
        if marks.search(lowered):
            scores[language] += 0.6
    return scores


def _key(word: str, weights: Mapping[str, Mapping[str, float]]) -> str:
    """The word, or the elided article it begins with ("l'article", "j'ai") where only that is known."""
    head, mark, _ = word.partition("'")
    return head + mark if mark and word not in weights else word


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Word → language → weight: a word of several languages is shared out between them."""
    lexicon: dict[str, str] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for language, words in lexicon.items():
        for word in words.split():
            owners.setdefault(word, set()).add(language)
    return {word: {language: 1 / len(speak) for language in speak} for word, speak in owners.items()}
