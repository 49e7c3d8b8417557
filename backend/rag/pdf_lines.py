"""The lines of a page of a PDF: pieces that were drawn on one height, and cells of a table's row that were drawn one
below the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.rag.columns import Piece

#: Heights and starts that differ by less are the same, in points.
SAME = 2.0
#: What a letter takes of its size, by its kind: near enough to tell a blank from a gap between columns.
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]- "), frozenset("mwMW@%")
_NARROW_SHARE, _WIDE_SHARE, _CAPITAL_SHARE, _OTHER_SHARE = 0.3, 0.85, 0.67, 0.53
#: A gap is wider than so much of the size, and than so much of what stands before it, whose width is a guess.
_GAP, _GUESSED = 1.2, 0.06
#: Lines of one cell stand so close, and a row is no higher, in sizes.
_CLOSE, _TALLEST = 2.2, 8


@dataclass
class Line:
    """`pieces` are what stands between gaps, `height` is that of the last of them and `lowest` that of the lowest."""

    page: int
    size: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    lowest: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    def add(self, piece: Piece, size: float) -> None:
        """A piece on the same height: what no gap parts is one."""
        last = self.pieces[-1] if self.pieces else None
        self.size = max(self.size, size)
        if last is None or piece.start - last.end > _GAP * size + _GUESSED * (last.end - last.start):
            self.pieces.append(piece)
        else:
            self.pieces[-1] = Piece(last.start, max(last.end, piece.end), last.text + piece.text)


def page_lines(page: Any, number: int) -> list[Line]:
    """In the order in which they were drawn."""
    lines: list[Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        points = size * (abs(tm[3] * cm[3]) or 1.0)
        start, height = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        for at, part in enumerate(text.split("\n")):
            piece = Piece(start, start + _width(part) * points, part)
            if at == 0 and lines and abs(lines[-1].height - height) < SAME:
                if part.strip() or lines[-1].pieces:
                    lines[-1].add(piece, points if part.strip() else lines[-1].size)
            elif part.strip():
                lines.append(Line(number, points, height, [piece], height))

    page.extract_text(visitor_text=visit)
    for line in lines:
        line.pieces = [Piece(p.start, p.end, " ".join(p.text.split())) for p in line.pieces if p.text.strip()]
    return _rows([line for line in lines if line.pieces])


def _width(text: str) -> float:
    shares = (
        _NARROW_SHARE
        if c in _NARROW
        else _WIDE_SHARE
        if c in _WIDE
        else _CAPITAL_SHARE
        if c.isupper()
        else _OTHER_SHARE
        for c in text
    )
    return sum(shares)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines with the cells that belong to them: one to the right that is no lower, or one that goes on below."""
    rows: list[Line] = []
    for line in lines:
        if rows and _is_next_cell(rows[-1], line):
            while len(rows) > 1 and _goes_on(rows[-2], rows[-1]) and rows[-2].height <= line.height + SAME:
                below = rows.pop()
                _put_below(rows[-1], below)
            rows[-1].pieces += line.pieces
            rows[-1].height, rows[-1].lowest = line.height, min(rows[-1].lowest, line.lowest)
        elif rows and len(rows[-1].pieces) > 1 and _goes_on(rows[-1], line):
            _put_below(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _is_next_cell(row: Line, line: Line) -> bool:
    right = line.pieces[0].start > row.pieces[-1].start + SAME
    return right and row.lowest - SAME < line.height < row.lowest + _TALLEST * line.size


def _goes_on(row: Line, line: Line) -> bool:
    below = 0 < row.height - line.height < _CLOSE * line.size
    return below and len(line.pieces) == 1 and abs(line.pieces[0].start - row.pieces[-1].start) < SAME


def _put_below(row: Line, line: Line) -> None:
    above, more = row.pieces[-1], line.pieces[0]
    row.pieces[-1] = Piece(above.start, max(above.end, more.end), f"{above.text} {more.text}")
    row.height, row.lowest = line.height, min(row.lowest, line.lowest)
