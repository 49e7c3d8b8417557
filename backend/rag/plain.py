"""Plain text to sections: what was broken at a margin is put together, and headings are told by how they stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.rag import clauses
from backend.rag.clauses import NUMBER, in_order
from backend.rag.columns import pieces, told
from backend.rag.outline import ASKED, Outline
from backend.rag.splitting import Section

#: Wider lines are paragraphs of their own; up to here a text may have been broken at a margin.
WIDEST = 120
#: So far apart are the columns of a table that has tabs between them.
TAB = 60
#: A line is broken where the next word would have reached beyond this share of the widest.
FULL = 0.85
#: Words of a heading, and letters at most.
HEADING_WORDS, HEADING_LETTERS = 9, 70
#: Levels: of a line in capitals, of a numbered one beside its depth, of any other.
_CAPITALS, _OTHER = 1, 5

_ITEM = re.compile(r"[-•*‣◦▪–·]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s", re.IGNORECASE)
#: "E4   Laser is covered", "2.1 Tyres", "Weight: 2 kg": begins a line of its own.
_CODE = re.compile(r"(?P<code>[A-Z]{0,3}-?\d{1,4})(?: {2}|\t)\s*(?P<said>\S.*)")
_FIELD = re.compile(r"[A-Z][^:.!?]{0,40}:\s")
_ENDS = re.compile(r"[.!?:;,…]$")
_QUESTION = re.compile(r"(?:q(?:uestion)?\s?\d{0,2}\s?[:.)]\s*)?(?P<asked>[^?]{6,160}\?)$", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|(?i:answer))\s?\d{0,2}\s?[:.)]\s*")
_UNDERLINE = re.compile(r"[=\-_~*#]{3,}$")
_PAGE = re.compile(r"(?:(?<=\s\s)|^)(?:- ?)?page \d{1,4}(?: of \d{1,4})?(?: ?-)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """`opens` says whether a blank line, or nothing, stands before it; `row` that it is a row of a table."""

    text: str
    indent: int
    opens: bool
    row: bool = False


def read(text: str) -> tuple[Section, ...]:
    """One section for what stands under each heading; a text without any is one section."""
    paragraphs = list(_paragraphs(_lines(text)))
    numbered = in_order(line.text for line in paragraphs)
    depths = _heading_depths([line.text for line in paragraphs]) if numbered else frozenset()
    outline = Outline()
    for at, line in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        heading = _heading(line, following, depths)
        if heading is not None:
            outline.heading(*heading)
        else:
            outline.text(_stated(line.text))
    return outline.sections()


def _lines(text: str) -> Iterator[_Line]:
    """Without rules, page numbers and blank lines."""
    opens = True
    raw = (line.expandtabs(TAB if "\t" in line.lstrip() else 4) for line in text.replace("\f", "\n\n").split("\n"))
    every = (_PAGE.sub("", line.rstrip()).rstrip() for line in raw)
    for bare, row in told([line for line in every if not _UNDERLINE.match(line.strip())]):
        if bare.strip():
            yield _Line(bare.strip(), len(bare) - len(bare.lstrip()), opens, row)
        opens = not bare.strip()


def _paragraphs(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Lines that were broken at the margin as one."""
    every = list(lines)
    width = max((line.indent + len(line.text) for line in every if not line.row), default=0)
    if width > WIDEST:
        yield from every
        return
    for block in _together(every, width):
        yield replace(block[0], text=_joined([line.text for line in block]))


def _together(every: Sequence[_Line], width: int) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in every:
        if block and not _goes_on(block[-1], line, width):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _joined(lines: Sequence[str]) -> str:
    """A word broken by a hyphen is whole again."""
    parts = list(lines[:1])
    for line in lines[1:]:
        if parts[-1].endswith("-") and parts[-1][-2:-1].isalpha() and line[0].islower():
            parts[-1] = parts[-1][:-1]
        else:
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _goes_on(before: _Line, line: _Line, width: int) -> bool:
    if (
        line.opens
        or line.row
        or before.row
        or len(pieces(before.text)) > 1
        or _ITEM.match(line.text)
        or _CODE.match(line.text)
        or _FIELD.match(line.text)
    ):
        return False
    if NUMBER.match(line.text) and not line.text[0].isspace() and before.indent >= line.indent:
        return bool(not _ENDS.search(before.text) and _full(before, line, width) and "." not in line.text.split()[0])
    return _full(before, line, width) or (line.text[0].islower() and 2 * len(before.text) > width)


def _full(before: _Line, line: _Line, width: int) -> bool:
    return before.indent + len(before.text) + 1 + len(line.text.split(maxsplit=1)[0]) > FULL * width


def _heading_depths(paragraphs: Sequence[str]) -> frozenset[int]:
    """Depths of numbers whose short lines mostly have a text below them: headings, not the steps of a list."""
    short, headed = Counter[int](), Counter[int]()
    for line, following in pairwise(paragraphs):
        depth = _depth(line)
        if depth and _is_short(line):
            short[depth] += 1
            headed[depth] += _depth(following) != depth
    return frozenset(depth for depth, count in short.items() if 3 * headed[depth] >= 2 * count)


def _depth(line: str) -> int:
    found = NUMBER.match(line)
    return 1 + found["number"].count(".") if found else 0


def _is_short(line: str) -> bool:
    return len(line) <= HEADING_LETTERS and len(line.split()) <= HEADING_WORDS and not _ENDS.search(line)


def _heading(line: _Line, following: _Line | None, depths: frozenset[int]) -> tuple[int, str] | None:
    """Level and text of a line that heads what follows."""
    text = line.text
    asked = _QUESTION.match(text)
    if following is None or (asked is None and not _is_short(text)):
        return None
    if asked is not None:
        return (ASKED, asked["asked"]) if line.opens and not following.text.endswith("?") else None
    if (clause := clauses.heading(text)) is not None:
        return _OTHER, clause
    if depth := _depth(text):
        return (1 + depth, NUMBER.sub("", text, count=1)) if depth in depths else None
    if line.row or _ITEM.match(text) or _CODE.match(text) or not text[0].isupper():
        return None
    if text == text.upper() and len(text) > 3 and not re.search(r":\s", text):
        return _CAPITALS, text
    longer = len(following.text) > len(text) and (_ENDS.search(following.text) or _ITEM.match(following.text))
    return (_OTHER, text) if line.opens and longer and not _FIELD.match(text) else None


def _stated(text: str) -> str:
    """What stands behind a code is said of the code."""
    text = _ANSWER.sub("", text, count=1) if _ANSWER.match(text) else text
    coded = _CODE.match(text)
    return f"{coded['code']}: {coded['said']}" if coded is not None else text
