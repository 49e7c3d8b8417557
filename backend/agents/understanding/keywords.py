"""The last resort: acts from word-bounded cues, for when there is no embedding model at all."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np

from backend.agents.understanding.classifier import Prediction
from backend.domain.acts import INTENT_OF_ACT, Act, Intent

LEXICON = Path(__file__).parent / "lexicon" / "keywords.toml"
#: score of out of scope when nothing speaks for anything else
SILENCE = 1.5
#: how steeply a lead in score becomes confidence
STEEPNESS = 0.45
_SPACE = re.compile(r"\s+")

Cues = tuple[tuple[Act, float, re.Pattern[str]], ...]


def classify(text: str) -> Prediction:
    """Judge a message by its cues: each cue found adds its weight to its act, once."""
    plain = _SPACE.sub(" ", text.lower().replace("’", "'")).strip(" .!?,")
    scores = dict.fromkeys(Act, 0.0)
    for act, weight, pattern in _cues():
        if pattern.search(plain):
            scores[act] += weight
    scores[Act.OUT_OF_SCOPE] += SILENCE
    raised = np.exp(STEEPNESS * (np.array(list(scores.values())) - max(scores.values())))
    shares = dict(zip(scores, (raised / raised.sum()).tolist(), strict=True))
    return _prediction(shares)


def _prediction(shares: dict[Act, float]) -> Prediction:
    act = max(shares, key=lambda a: shares[a])
    intent = INTENT_OF_ACT[act]
    confidence = sum(share for a, share in shares.items() if INTENT_OF_ACT[a] is intent)
    return Prediction(shares, act, intent, min(1.0, confidence), intent is not Intent.OUT_OF_SCOPE)


@lru_cache(maxsize=1)
def _cues() -> Cues:
    """One pattern for each weight and phrase of the lexicon."""
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return tuple(
        (Act(name), float(weight), _pattern(phrase))
        for name, groups in lexicon.items()
        for weight, phrases in groups.items()
        for phrase in phrases
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    body, head, tail = phrase.strip("^$"), r"(?<!\w)", r"(?!\w)"
    escaped = re.escape(body).replace(r"\ \.\.\ ", r"\s(?:\S+\s){0,5}?").replace(r"\*", r"[\w.,]*")
    return re.compile(("^" if phrase[0] == "^" else head) + escaped + ("$" if phrase[-1] == "$" else tail))
