"""Which sentences of a document may be said to a shopper: none that commands a machine, takes money or secrets
elsewhere, only says that its writer does not know, or is mere courtesy; of the rest, addresses of other hosts are
left out.
"""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from backend.domain.knowledge import Passage
from backend.rag.splitting import sentences
from backend.rag.statements import statements

LEXICON = Path(__file__).parent / "lexicon"
#: Stands where an address of another host stood: who wants it opens the source.
ELSEWHERE = "…"

_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s<>\"'”’)\]]+|\bwww\.[^\s<>\"'”’)\]]+", re.IGNORECASE)
#: What a shopper does only where the shop says so.
_PAYS = re.compile(
    r"\b(?:pay|payment|transfer|wire|deposit|gift ?cards?|bitcoin|crypto|wallet|bank details|iban|cvv"
    r"|card (?:number|details)|passwords?|log ?in|sign ?in|verify|confirm your|social security)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=100_000)
def may_be_said(sentence: str, own: str | None) -> bool:
    """Whether a sentence can stand in an answer; `own` is the address of its document."""
    return not disclaims(sentence) and not _patterns("courtesies").search(sentence) and is_harmless(sentence, own)


def is_harmless(sentence: str, own: str | None) -> bool:
    """Whether it neither commands nor sends anybody to another host to pay or sign in."""
    return not commands(sentence) and not (_PAYS.search(sentence) and without_foreign(sentence, own) != sentence)


@lru_cache(maxsize=4096)
def harmless(passage: Passage) -> str:
    """A passage's text, "…" where a sentence is not harmless."""
    text = passage.text
    for line in sentences(text):
        if not is_harmless(line, passage.url):
            text = text.replace(line, ELSEWHERE)
    return text


def commands(sentence: str) -> bool:
    """Whether it tells a machine what to do, or a reader to give secrets away, instead of telling something."""
    return bool(_patterns("commands").search(sentence))


def disclaims(sentence: str) -> bool:
    """Whether its writer says not to know."""
    return bool(_patterns("disclaimers").search(sentence))


@lru_cache(maxsize=50_000)
def says_something(passage: Passage) -> bool:
    """Whether most of a passage's harmless statements know what they speak of; questions state nothing."""
    stated = list(statements(passage.text))
    told = [line for line in stated if is_harmless(line, passage.url)]
    return not stated or 2 * sum(not disclaims(line) for line in told) > len(told)


def without_foreign(sentence: str, own: str | None) -> str:
    """The sentence with a note for every address of another host than the document's `own` address has."""
    host = _host(own) if own else ""

    def spoken(match: re.Match[str]) -> str:
        there = _host(match[0])
        return match[0] if host and (there == host or there.endswith(f".{host}")) else ELSEWHERE

    return _ADDRESS.sub(spoken, sentence)


def _host(address: str) -> str:
    try:
        found = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")


@lru_cache(maxsize=3)
def _patterns(name: str) -> re.Pattern[str]:
    lines = (LEXICON / f"{name}.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")), re.IGNORECASE)
