"""What a reply in another language may claim. Its words cannot be held against English evidence one by one, so that the
claims which cost a shop or a shopper something are a closed list, as are the things that a shop speaks of.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from backend.agents.response.carried import Said, statements_of

_LEXICON = Path(__file__).parent / "lexicon" / "claims.toml"
_FREE = "free"
#: Denies already, with or without a "not".
_SOLD_OUT = "soldout"
#: Where another statement may begin, and what denies one.
_PARTS = re.compile(r"[,;:.!?()\n–—।](?=\s|$)|\b(?:pero|aunque|mais|aber|sondern|jedoch)\b|लेकिन", re.IGNORECASE)
_DENIED = {
    "es": re.compile(r"\b(?:no|ni|sin|nunca|tampoco|excepto|salvo)\b"),
    "fr": re.compile(r"\b(?:ne|pas|sans|jamais|ni|sauf|non)\b|\bn['’]"),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie|ohne|weder|außer)\b"),
    "hi": re.compile(r"नहीं|बिना|मत(?!\S)"),
}
#: Languages that the list is in.
SPOKEN = frozenset(_DENIED)
#: A name is written alike in every language: capitals inside a sentence, letters with digits.
_NAME = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])[\w-]+\b|(?<=\s)[A-Z][\w-]*\b")


def claims_what_is_told(sentence: str, *passages: str, language: str) -> bool:
    """Whether each claim of the list that the sentence makes is made by the passages too, denied or not as it is here,
    and of a thing that the sentence names; whatever is called free must be named.
    """
    known = [said for passage in passages for said in statements_of(passage)]
    return all(_is_told(part, known, language) for part in _PARTS.split(sentence) if part.strip())


def _is_told(part: str, known: list[Said], language: str) -> bool:
    things, lowered, left = list[re.Pattern[str]](), part.lower(), part.lower()
    spans = list[tuple[int, int]]()
    for en, here in _read("things", language).values():
        if found := list(here.finditer(left)):
            things.append(en)
            spans += [m.span() for m in found]
            left = here.sub(lambda m: " " * len(m[0]), left)
    names = [re.compile(re.escape(name.lower())) for name in _names(part, known, language)]
    if not _DENIED[language].search(lowered) and any(_only_denied(name, known) for name in names):
        return False
    for claim, (en, here) in _read("claims", language).items():
        made = here.search(lowered)
        if made is None or any(start <= made.start() and made.end() <= end for start, end in spans):
            continue  # "tarjeta regalo" gives nothing away
        denied = bool(_DENIED[language].search(lowered.replace(made[0], " ")))
        of = [*things, *names]
        if claim == _FREE and not of:
            return False
        if not any(_tells(said, en, of, denied=said.denied if claim == _SOLD_OUT else denied) for said in known):
            return False
    return True


def _tells(said: Said, claim: re.Pattern[str], things: list[re.Pattern[str]], *, denied: bool) -> bool:
    """Whether a statement makes the claim of all these things, denied or not."""
    return bool(claim.search(said.text)) and said.denied == denied and all(t.search(said.text) for t in things)


def _only_denied(name: re.Pattern[str], known: list[Said]) -> bool:
    """Whether all that is told with a name is that something is not so."""
    told = [said.denied for said in known if name.search(said.text)]
    return bool(told) and all(told)


def _names(part: str, known: list[Said], language: str) -> Iterator[str]:
    """Names in the part that the evidence has too; German writes every noun with a capital."""
    for match in _NAME.finditer(part):
        name = match[0]
        if any(name.lower() in said.text for said in known) and not (language == "de" and name.isalpha()):
            yield name


@lru_cache(maxsize=8)
def _read(kind: str, language: str) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Name → how it is said in English, and in that language."""
    rows = tomllib.loads(_LEXICON.read_text(encoding="utf-8"))[kind]
    begins = "" if language == "de" else r"(?<!\w)"  # German hides a thing in a longer word: "Geschenkverpackung"
    return {
        name: (re.compile(rf"(?<!\w)(?:{row['en']})"), re.compile(f"{begins}(?:{row[language]})"))
        for name, row in rows.items()
    }
