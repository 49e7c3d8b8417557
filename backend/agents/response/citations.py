"""Keeps [n] true: every number resolves, each passage is listed once, nothing is listed that was not used."""

import re
from collections.abc import Sequence

from backend.domain.knowledge import Source

CITATION = re.compile(r"\[(\d{1,3})\]")


def joined(parts: Sequence[tuple[str, tuple[Source, ...]]]) -> tuple[str, tuple[Source, ...]]:
    """Texts that cite their own sources from 1 on → one text and the sources that it cites, in order of use."""
    sources: list[Source] = []
    texts = [_renumbered(text, own, sources) for text, own in parts]
    return "\n\n".join(text for text in texts if text), tuple(sources)


def _renumbered(text: str, own: tuple[Source, ...], sources: list[Source]) -> str:
    def replace(match: re.Match[str]) -> str:
        number = int(match.group(1))
        if not 1 <= number <= len(own):
            return ""
        source = own[number - 1]
        for place, known in enumerate(sources, start=1):
            if known.id == source.id:
                return f"[{place}]"
        sources.append(source)
        return f"[{len(sources)}]"

    return CITATION.sub(replace, text)
