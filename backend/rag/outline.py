"""Collects headings and lines in reading order and makes sections of them."""

import re
from collections.abc import Sequence

from backend.rag.clauses import in_order, unnumbered, whole
from backend.rag.splitting import Section

_AXES = re.compile(r"\b[HWDL](?: ?[x×*/] ?[HWDL]){1,2}\b(?! ?[x×*/])")
_AXIS = {"H": "height", "W": "width", "D": "depth", "L": "length"}
#: Words of a column's name at most.
NAME_WORDS = 4
#: The level of a question, below all other headings.
ASKED = 6


class Outline:
    """Headings open sections; every line belongs to the innermost heading above it."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._lines: list[str] = []
        self._page: int | None = None
        self._sections: list[Section] = []

    def heading(self, level: int, text: str) -> None:
        """A heading of that level closes all of its level and below."""
        self._close()
        self._open = [(depth, title) for depth, title in self._open if depth < level]
        if text.strip():
            self._open.append((level, " ".join(text.split())))

    def page(self, number: int) -> None:
        """What follows stands on that page."""
        if number != self._page:
            self._close()
            self._page = number

    def text(self, line: str) -> None:
        """A paragraph, list item or table row."""
        if line.strip():
            self._lines.append(_AXES.sub(_spelled, line.strip()))

    def row(self, header: Sequence[str], cells: Sequence[str]) -> None:
        """A row of a table; a question in it heads what stands behind it, and what stands before that is above it."""
        asked = next((at for at, cell in enumerate(cells[:-1]) if cell.endswith("?")), None)
        if asked is None:
            self.text(row_text(header or [""] * len(cells), cells))
            return
        for at, cell in enumerate(cells[: asked + 1]):
            self.heading(ASKED if at == asked else ASKED - 1, cell)
        first, *others = cells[asked + 1 :]
        self.text(first)
        for name, cell in zip(header[asked + 2 :], others, strict=False):
            self.text(f"{name}: {cell}" if name and cell else cell)

    def sections(self) -> tuple[Section, ...]:
        """Everything collected; sections without text are left out."""
        self._close()
        numbered = in_order(line for section in self._sections for line in section.text.split("\n"))
        return tuple(_of_clauses(section, numbered=numbered) for section in self._sections)

    def _close(self) -> None:
        if self._lines:
            path = tuple(title for _, title in self._open)
            self._sections.append(Section(path=path, page=self._page, text="\n".join(self._lines)))
        self._lines = []


def _of_clauses(section: Section, *, numbered: bool) -> Section:
    lines = [unnumbered(line, numbered=numbered) for line in whole(section.text.split("\n"))]
    return section.model_copy(update={"text": "\n".join(lines)})


def _spelled(axes: re.Match[str]) -> str:
    """ "H x W x D" as people ask for it."""
    return re.sub(r"[HWDL]", lambda letter: _AXIS[letter[0]], axes[0])


def names(table: Sequence[Sequence[str]], least: int = 3) -> bool:
    """Whether the first row of a table names its columns, of which there are `least`: in a word or two, no figures."""
    first = table[0] if table else ()
    named = all(cell and len(cell.split()) <= NAME_WORDS and not re.search(r"[\d?]", cell) for cell in first)
    return named and len(first) >= least and len(table) > 2


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A table row as a line that can be read alone: "Battery: 12 hours" or "Model: X; Weight: 2 kg"."""
    if not any(cells[1:]):  # a sentence set in a row of its own
        return cells[0] if cells else ""
    if len(cells) == 2:
        return f"{cells[0]}: {cells[1]}"
    named = [f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=False) if cell]
    return "; ".join(named)
