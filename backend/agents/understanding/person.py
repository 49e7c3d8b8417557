"""A person asked for in the languages that are only spoken with a model: "conseiller", "ja, bitte"."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "person.toml"
#: In one language the word alone is the wish; a longer message must be in that language.
_FEW = 3
_SPLIT = re.compile(r"[\s.,;:!?¡¿।\"'«»„“”()-]+")
#: Words that English has too.
_ENGLISH = frozenset({"person", "agent", "si"})


def asks_person(text: str, language: str, *, offered: bool) -> str | None:
    """The language in which a person is asked for, or None. `offered`: a person was offered, so a yes asks for one."""
    words = [word for word in _SPLIT.split(text.lower().replace("’", "'")) if word]
    if not words or len(words) > 40:
        return None
    said = f" {' '.join(words)} "
    for other, phrases in _phrases("person").items():
        hit = any(f" {phrase} " in said for phrase in phrases)
        if hit and (language == other or (len(words) <= _FEW and not _ENGLISH & set(words))):
            return other
    if offered:
        return next((other for other, phrases in _phrases("yes").items() if said.strip() in phrases), None)
    return None


@lru_cache(maxsize=2)
def _phrases(kind: str) -> Mapping[str, frozenset[str]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    # the same signs fall away that fall away in messages
    return {
        language: frozenset(_SPLIT.sub(" ", phrase) for phrase in phrases) for language, phrases in table[kind].items()
    }
