"""Collects headings and lines in reading order and makes sections of them."""

from collections.abc import Sequence

from backend.rag.splitting import Section


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
            self._lines.append(line.strip())

    def sections(self) -> tuple[Section, ...]:
        """Everything collected; sections without text are left out."""
        self._close()
        return tuple(self._sections)

    def _close(self) -> None:
        if self._lines:
            path = tuple(title for _, title in self._open)
            self._sections.append(Section(path=path, page=self._page, text="\n".join(self._lines)))
        self._lines = []


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A table row as a line that can be read alone: "Battery: 12 hours" or "Model: X; Weight: 2 kg"."""
    if not any(cells[1:]):  # a sentence set in a row of its own
        return cells[0] if cells else ""
    if len(cells) == 2:
        return f"{cells[0]}: {cells[1]}"
    named = [f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=False) if cell]
    return "; ".join(named)
