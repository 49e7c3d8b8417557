"""Tables that are set by columns alone: lines whose pieces begin where those of their neighbours do."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backend.rag.outline import NAME_WORDS, names, row_text

#: A gap between columns; behind a stop two blanks are a typist's habit.
_GAP = re.compile(r"(?<![\s.!?,;:])(?: {2,}|\t+)(?=\S)")
#: "1  Cover", "-  Cover": the first piece is the mark of an item, and the rest may still be columns.
_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[-•*‣◦▪–])$")
#: Blanks that mean no more than two.
_WIDE = re.compile(r"(?<=\S) {3,}")
#: "Weight ........ 52 kg"
_LEADER = re.compile(r"(?<![\s._·])[ \t]*+(?:\.{4,}+|(?:\. ){4,}+\.?|_{4,}+|·{4,}+)[ \t]*+(?=\S)")


T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """Text with the place at which it begins and ends: letters of a line or points of a page."""

    start: float
    end: float
    text: str


def pieces(line: str) -> tuple[Piece, ...]:
    """What stands between the gaps of a line of text; the mark of an item belongs to what it marks."""
    cuts = list(_GAP.finditer(line))
    if cuts and _MARK.match(line[: cuts[0].start()].strip()):
        cuts = cuts[1:]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(line)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        text = line[start:end]
        if text.strip():
            at = start + len(text) - len(text.lstrip())
            found.append(Piece(at, at + len(text.strip()), " ".join(text.split())))
    return tuple(found)


def told(lines: Sequence[str]) -> Sequence[tuple[str, bool]]:
    """The lines of a text, blank ones among them, with whether each is a row of its own: of a table, or dotted.

    A list of contents, whose dots lead to the numbers of pages, is left out with what heads it.
    """
    found: list[tuple[str, bool]] = []
    parts = [pieces(line) for line in lines]
    at = 0
    while at < len(lines):
        dotted, table = _run(lines, at, is_led), table_at(parts, at)
        if dotted and is_contents(lines[at : at + dotted]):
            _without_head(found)
        elif dotted:
            sides = (_LEADER.split(line.strip()) for line in lines[at : at + dotted])
            found += ((f"{left}: {right}", True) for left, right in sides)
        elif table:
            found += ((row, True) for row in rows(parts[at : at + table]))
        else:
            found.append((_WIDE.sub("  ", lines[at]), False))
        at += dotted or table or 1
    return found


def _without_head(found: list[tuple[str, bool]]) -> None:
    while found and not found[-1][0].strip():
        found.pop()
    if found and len(found[-1][0].split()) <= NAME_WORDS:
        found.pop()


def _run(lines: Sequence[T], at: int, holds: Callable[[T], bool]) -> int:
    end = at
    while end < len(lines) and holds(lines[end]):
        end += 1
    return end - at


def is_led(line: str) -> bool:
    """Whether dots lead from its left side to its right."""
    return len(_LEADER.split(line.strip())) == 2


def is_contents(led: Sequence[str]) -> bool:
    """Whether dotted lines lead to pages in order."""
    pages = [_LEADER.split(line.strip())[1] for line in led]
    return len(pages) > 2 and all(page.isdigit() for page in pages) and [*map(int, pages)] == sorted(map(int, pages))


def table_at(lines: Sequence[Sequence[Piece]], at: int) -> int:
    """How many lines from there on are a table; 0 where none begins.

    Of its lines two or more have several pieces, and these stand under those of the first two.
    """
    head = lines[at : at + 2]
    if len(head) < 2 or len(head[0]) < 2:
        return 0
    columns = _columns(head)
    found = _run(lines, at, lambda line: _stands_under(columns, line))
    return found if sum(len(line) > 1 for line in lines[at : at + found]) > 1 else 0


def _columns(lines: Sequence[Sequence[Piece]]) -> Sequence[Piece]:
    """From where to where the pieces of the longest lines reach."""
    longest = max(map(len, lines))
    every = zip(*(line for line in lines if len(line) == longest), strict=True)
    return [Piece(min(p.start for p in column), max(p.end for p in column), "") for column in every]


def _stands_under(columns: Sequence[Piece], line: Sequence[Piece]) -> bool:
    """Whether each piece but the first meets a column; a single one is set in, and goes on with the line above."""
    if not line or (len(line) < 2 and line[0].start <= columns[0].start):
        return False
    return all(any(_meet(piece, column) for column in columns[1:]) for piece in line[1:] or line)


def _meet(one: Piece, other: Piece) -> bool:
    """Whether one stands above the other."""
    return one.start < other.end and other.start < one.end


def rows(lines: Sequence[Sequence[Piece]]) -> Iterator[str]:
    """Each row of a table as a line that can be read alone."""
    columns = _columns(lines)
    table = [_cells(line, columns) for line in lines]
    header = table[0] if names(table) else []
    body: list[list[str]] = []
    for cells in table[1 if header else 0 :]:
        if body and not cells[0] and _runs_on(cells):
            body[-1] = [f"{above} {more}".strip() for above, more in zip(body[-1], cells, strict=True)]
        else:
            body.append([cells[0] or (body[-1][0] if body else ""), *cells[1:]])
    for cells in body:
        yield row_text(header or [""] * len(cells), cells)


def _cells(line: Sequence[Piece], columns: Sequence[Piece]) -> list[str]:
    """The pieces under the columns; two under one are one."""
    cells = [""] * len(columns)
    for piece in line:
        apart = [max(column.start - piece.end, piece.start - column.end) for column in columns]
        at = apart.index(min(apart))
        cells[at] = f"{cells[at]} {piece.text}".strip()
    return cells


def _runs_on(cells: Sequence[str]) -> bool:
    """Whether a row without its first cell goes on with the row above: one piece of it, or all in small letters."""
    filled = [cell for cell in cells if cell]
    return len(filled) < 2 or all(cell[0].islower() for cell in filled)
