"""What kinds of goods are called: synonyms in plain English, read from `words/kinds.json`."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.graph.text import stems

WORDS = Path(__file__).with_name("words")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z][a-z])")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class _Group:
    names: frozenset[Phrase]
    kinds: frozenset[Phrase]


@lru_cache
def _groups() -> tuple[_Group, ...]:
    rows = json.loads((WORDS / "kinds.json").read_text(encoding="utf-8"))
    return tuple(
        _Group(frozenset(map(stems, row["names"])), frozenset(map(stems, row.get("kinds", ())))) for row in rows
    )


def spaced(name: str) -> str:
    """A name with its joined words apart: "CPUCooler" → "CPU Cooler", "SmartPhone" → "Smart Phone"."""
    return _CAMEL.sub(" ", name)


@lru_cache(maxsize=4096)
def kind_of(category: str) -> str:
    """One name for a kind of goods whatever a shop calls it: "PCCase", "Computer cases" → "pc case"."""
    phrase = stems(spaced(category))
    for group in _groups():
        if phrase in group.names:
            return " ".join(min(group.names))
    return " ".join(phrase)


def category_phrases(categories: Iterable[str]) -> dict[Phrase, tuple[str, Phrase]]:
    """What shoppers may call a shop's categories: phrase → (category, the narrower kind that was meant or ()).

    A shop's own word goes before a synonym, and a synonym before a narrower kind.
    """
    found: dict[Phrase, tuple[str, Phrase]] = {}
    owners = {category: stems(spaced(category)) for category in categories}
    for category, own in owners.items():
        found.setdefault(own, (category, ()))
        found.setdefault(("".join(own),), (category, ()))
    for narrower in (False, True):
        for category, own in owners.items():
            parts = _parts(own)
            for group in _groups():
                if not parts & group.names:
                    continue
                whole = own in group.names and not narrower
                for phrase in group.kinds if narrower else group.names:
                    found.setdefault(phrase, (category, () if whole else phrase))
            for part in parts:
                found.setdefault(part, (category, part))
    heads = Counter(own[-1:] for own in owners.values())
    for category, own in owners.items():
        if heads[own[-1:]] == 1 and len(own) > 1 and len(own[-1]) > 2:
            found.setdefault(own[-1:], (category, ()))  # "jackets" where only fleece jackets are sold
    return found


def same_kind(phrase: Phrase) -> frozenset[Phrase]:
    """All names of the kind that a phrase names, itself included."""
    return frozenset({phrase}).union(*(group.names for group in _groups() if phrase in group.names))


def _parts(own: Phrase) -> set[Phrase]:
    """ "TVs & Audio" is called by either word."""
    parts = {own}
    for joint in ("and",):
        if joint in own:
            at = own.index(joint)
            parts |= {own[:at], own[at + 1 :]}
    return {part for part in parts if part}
