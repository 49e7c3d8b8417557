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
#: another language must be this much likelier than English, counted in small words
LEAD = 0.5


def detect_language(text: str) -> str:
    """ISO 639-1 code of the likeliest of en, es, fr, de and hi; English where nothing speaks against it."""
    lowered = text[:LONGEST].lower()
    if len(_DEVANAGARI.findall(lowered)) * 3 > len(_LETTER.findall(lowered)):
        return "hi"
    scores = _scores(lowered)
    best = max(scores, key=lambda language: scores[language])
    return best if best != DEFAULT and scores[best] > scores[DEFAULT] + LEAD else DEFAULT


def _scores(lowered: str) -> dict[str, float]:
    weights = _weights()
    scores = dict.fromkeys(("es", "fr", "de", "hi", DEFAULT), 0.0)
    for word in _WORD.findall(lowered.replace("’", "'")):
        for language, weight in _of(word, weights).items():
            scores[language] += weight
    for language, marks in _MARKS.items():
        if marks.search(lowered):
            scores[language] += 0.6
    return scores


def _of(word: str, weights: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    """The languages a word speaks for; an elided article counts for its own ("l'article", "j'ai")."""
    if word in weights:
        return weights[word]
    head, mark, _ = word.partition("'")
    return weights.get(head + mark, {}) if mark else {}


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Word → language → weight: a word of several languages is shared out between them."""
    lexicon: dict[str, str] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for language, words in lexicon.items():
        for word in words.split():
            owners.setdefault(word, set()).add(language)
    return {word: {language: 1 / len(speak) for language in speak} for word, speak in owners.items()}
