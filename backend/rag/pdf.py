"""PDF to sections: text by page, headings told by their size, running heads dropped."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from backend.domain.errors import InvalidInput
from backend.rag.columns import is_contents, is_led, rows, table_at
from backend.rag.outline import Outline
from backend.rag.pdf_lines import Line, page_lines
from backend.rag.splitting import Section

MOST_PAGES = 2_000
#: One stream of a page may inflate to so many bytes: more is a bomb, not a page.
MOST_INFLATED = 40_000_000
#: How much larger than the body text a heading is set, and how many words it has at most.
HEADING_SIZE, HEADING_WORDS = 1.12, 16
#: A title takes no more lines.
TITLE_LINES = 2
_BULLET = re.compile(r"^(?:[•‣◦▪–*-]|\d{1,2}[.)])\s")


def read(content: bytes, most_characters: int) -> tuple[Section, ...]:
    """Raises InvalidInput for encrypted, damaged, oversized and deflate-bomb files."""
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_INFLATED, lzw_maximum_output_length=MOST_INFLATED):
            lines = _lines(_open(content), most_characters)
    except InvalidInput:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as wrong:
        raise InvalidInput(f"The PDF cannot be read: {wrong}", field="file") from wrong
    return _outline(_without_contents(_without_running_heads(lines)))


def _open(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InvalidInput("The PDF is protected by a password.", field="file")
    if len(reader.pages) > MOST_PAGES:
        raise InvalidInput(f"The PDF has more than {MOST_PAGES:,} pages.", field="file")
    return reader


def _lines(reader: PdfReader, most_characters: int) -> list[Line]:
    lines: list[Line] = []
    total = 0
    for number, page in enumerate(reader.pages, start=1):
        found = page_lines(page, number)
        total += sum(len(line.text) for line in found)
        if total > most_characters:
            raise InvalidInput(f"The PDF's text is longer than {most_characters:,} characters.", field="file")
        lines += found
    return lines


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """Drops lines that return, but for their numbers, on most pages, and bare page numbers."""
    pages = {line.page for line in lines}
    seen = Counter(key for page in pages for key in {_bare(line.text) for line in lines if line.page == page})
    often = max(3, len(pages) * 0.5)
    return [line for line in lines if _bare(line.text) and seen[_bare(line.text)] < often]


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for led, block in groupby(lines, key=lambda line: is_led(line.text)):
        found = list(block)
        kept += () if led and is_contents([line.text for line in found]) else found
    return kept


def _bare(text: str) -> str:
    return re.sub(r"\d+|\W+", " ", text).strip().lower().removeprefix("page").strip()


def _outline(lines: list[Line]) -> tuple[Section, ...]:
    if not lines:
        return ()
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    body = weights.most_common(1)[0][0]
    levels = sorted({round(line.size, 1) for line in lines if _is_heading(line, body)}, reverse=True)
    outline = Outline()
    for number, page in groupby(lines, key=lambda line: line.page):
        outline.page(number)
        for level, text in _told(list(page), body, levels):
            if level:
                outline.heading(level, text)
            else:
                outline.text(text)
    return outline.sections()


def _told(page: Sequence[Line], body: float, levels: Sequence[float]) -> Iterator[tuple[int, str]]:
    """Headings with their levels; with 0 each paragraph and each row of a table."""
    at, paragraph = 0, list[str]()
    parts, large = [line.pieces for line in page], _large(page)
    while at < len(page):
        line, table = page[at], table_at(parts, at)
        heads = not table and at not in large and _is_heading(line, body)
        if table or heads or (paragraph and _new_paragraph(page[at - 1], line, body)):
            yield 0, _joined(paragraph)
            paragraph.clear()
        if table:
            yield from ((0, row) for row in rows(parts[at : at + table]))
        elif heads:
            yield 1 + levels.index(round(line.size, 1)), line.text
        else:
            paragraph.append(line.text)
        at += table or 1
    yield 0, _joined(paragraph)


def _large(page: Sequence[Line]) -> frozenset[int]:
    """The lines that are a stretch of one size: a text that is set larger, and no headings."""
    stretches = (list(block) for _, block in groupby(range(len(page)), key=lambda at: round(page[at].size, 1)))
    return frozenset(at for stretch in stretches if len(stretch) > TITLE_LINES for at in stretch)


def _is_heading(line: Line, body: float) -> bool:
    return line.size >= body * HEADING_SIZE and len(line.text.split()) <= HEADING_WORDS


def _new_paragraph(last: Line, line: Line, body: float) -> bool:
    return bool(_BULLET.match(line.text)) or last.height - line.height > 1.75 * body or line.height > last.height


def _joined(lines: list[str]) -> str:
    """Lines as one paragraph; a word broken by a hyphen is whole again."""
    text = ""
    for line in lines:
        if text.endswith("-") and not text.endswith(" -") and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text
