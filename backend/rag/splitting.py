"""Sections to passages: along paragraphs and sentences, never across a heading or a page."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from backend.domain.base import Value
from backend.domain.knowledge import Document, Passage

#: Words a passage aims at: two short paragraphs, well inside the 256 tokens that the embedder reads.
AIM = 110
#: Words a passage never exceeds unless one sentence does.
MOST = 160
#: A sentence of more words is cut: no such sentence is prose.
LONGEST_SENTENCE = 160
#: So many characters count as a word where nothing stands between words; words of spaced languages have half as many.
CHARACTERS_A_WORD = 12

#: What ends with a stop and ends no sentence: abbreviations, initials, the number of a list item.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|nos|fig|min|max|incl|excl|dr|mr|mrs|ms|st|inc|ltd|co|ca|cf|ver|rev|pp|ch|sec)"
    r"|(?<![\d\s] )(?<![\d°/-])\b(?-i:[A-Z])|^\d{1,2})\.$",
    re.IGNORECASE,
)
#: Characters that show how a sentence ends: looking through all of it again for every piece took long texts seconds.
_LONGEST_ENDING = 16
_BORDER = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]]))\s+(?=[\"'“‘(\[]*[\w¿¡])|\n+|\s+(?=Question:\s)")


class Section(Value):
    """A stretch of a document under one heading. `path` is the headings above it, outermost first."""

    path: tuple[str, ...] = ()
    page: int | None = None
    text: str


def split(document: Document, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """The passages of a document, in reading order, numbered from 1 in their ids."""
    pieces = [(section, text) for section in sections for text in _pieces(section.text)]
    return tuple(
        Passage(
            id=f"{document.id}:{number}",
            document_id=document.id,
            title=document.title,
            path=section.path,
            page=section.page,
            text=text,
            kind=document.kind,
            product_id=document.product_id,
            category=document.category,
            language=document.language,
            url=document.url,
            version=document.version,
            updated_at=document.updated_at,
        )
        for number, (section, text) in enumerate(pieces, start=1)
    )


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text. "e.g.", initials and decimals do not end one."""
    found: list[str] = []
    for part in _BORDER.split(text):
        if not part or not part.strip():
            continue
        part = part.strip()
        if found and _ABBREVIATION.search(found[-1][-_LONGEST_ENDING:]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return tuple(found)


def _pieces(text: str) -> Iterator[str]:
    """Paragraphs gathered up to the aim; a paragraph that is too long is cut between sentences."""
    gathered: list[str] = []
    count = 0
    for paragraph in _paragraphs(text):
        words = _words(paragraph)
        if gathered and (count >= AIM or count + words > MOST):
            yield "\n".join(gathered)
            gathered, count = [], 0
        gathered.append(paragraph)
        count += words
    if gathered:
        yield "\n".join(gathered)


def _paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n|\n", text):
        block = block.strip()
        if not block:
            continue
        if _words(block) <= MOST:
            yield block
        else:
            yield from _cut(block)


def _cut(block: str) -> Iterator[str]:
    """Whole sentences in pieces near the aim."""
    gathered: list[str] = []
    count = 0
    for sentence in _bounded(block):
        words = _words(sentence)
        if gathered and count + words > AIM:
            yield " ".join(gathered)
            gathered, count = [], 0
        gathered.append(sentence)
        count += words
    if gathered:
        yield " ".join(gathered)


def _bounded(block: str) -> Iterator[str]:
    for sentence in sentences(block):
        words, most = sentence.split(), LONGEST_SENTENCE * CHARACTERS_A_WORD
        for start in range(0, len(words), LONGEST_SENTENCE):
            part = " ".join(words[start : start + LONGEST_SENTENCE])
            yield from (part[at : at + most] for at in range(0, len(part), most))


def _words(text: str) -> int:
    return max(len(text.split()), len(text) // CHARACTERS_A_WORD)
