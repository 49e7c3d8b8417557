"""PDF to sections: text by page, headings told by their size, running heads dropped."""

import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from backend.domain.errors import InvalidInput
from backend.rag.outline import Outline
from backend.rag.splitting import Section

MOST_PAGES = 2_000
#: One stream of a page may inflate to so many bytes: more is a bomb, not a page.
MOST_INFLATED = 40_000_000
#: How much larger than the body text a heading is set, and how many words it has at most.
HEADING_SIZE, HEADING_WORDS = 1.12, 16
_BULLET = re.compile(r"^(?:[•‣◦▪–*-]|\d{1,2}[.)])\s")


@dataclass
class _Line:
    page: int
    size: float
    height: float
    text: str


def read(content: bytes, most_characters: int) -> tuple[Section, ...]:
    """Raises InvalidInput for encrypted, damaged, oversized and deflate-bomb files."""
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_INFLATED, lzw_maximum_output_length=MOST_INFLATED):
            lines = _lines(_open(content), most_characters)
    except InvalidInput:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as wrong:
        raise InvalidInput(f"The PDF cannot be read: {wrong}", field="file") from wrong
    return _outline(_without_running_heads(lines))


def _open(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InvalidInput("The PDF is protected by a password.", field="file")
    if len(reader.pages) > MOST_PAGES:
        raise InvalidInput(f"The PDF has more than {MOST_PAGES:,} pages.", field="file")
    return reader


def _lines(reader: PdfReader, most_characters: int) -> list[_Line]:
    lines: list[_Line] = []
    total = 0
    for number, page in enumerate(reader.pages, start=1):
        found = _page_lines(page, number)
        total += sum(len(line.text) for line in found)
        if total > most_characters:
            raise InvalidInput(f"The PDF's text is longer than {most_characters:,} characters.", field="file")
        lines += found
    return lines


def _page_lines(page: Any, number: int) -> list[_Line]:
    """Pieces of like height on the page make one line."""
    lines: list[_Line] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        scale = abs(tm[3] * cm[3]) or 1.0
        height = tm[5] * cm[3] + cm[5]
        for at, part in enumerate(text.split("\n")):
            if at == 0 and lines and abs(lines[-1].height - height) < 2:
                lines[-1].text += part
                if part.strip():
                    lines[-1].size = max(lines[-1].size, size * scale)
            elif part.strip():
                lines.append(_Line(number, size * scale, height, part))

    page.extract_text(visitor_text=visit)
    for line in lines:
        line.text = " ".join(line.text.split())
    return [line for line in lines if line.text]


def _without_running_heads(lines: list[_Line]) -> list[_Line]:
    """Drops lines that return, but for their numbers, on most pages, and bare page numbers."""
    pages = {line.page for line in lines}
    seen = Counter(key for page in pages for key in {_bare(line.text) for line in lines if line.page == page})
    often = max(3, len(pages) * 0.5)
    return [line for line in lines if _bare(line.text) and seen[_bare(line.text)] < often]


def _bare(text: str) -> str:
    return re.sub(r"\d+|\W+", " ", text).strip().lower().removeprefix("page").strip()


def _outline(lines: list[_Line]) -> tuple[Section, ...]:
    if not lines:
        return ()
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    body = weights.most_common(1)[0][0]
    levels = sorted({round(line.size, 1) for line in lines if _is_heading(line, body)}, reverse=True)
    outline = Outline()
    paragraph: list[str] = []
    last: _Line | None = None
    for line in lines:
        outline_page = last is None or line.page != last.page
        if _is_heading(line, body) or outline_page or (last and _new_paragraph(last, line, body)):
            outline.text(_joined(paragraph))
            paragraph.clear()
        if outline_page:
            outline.page(line.page)
        if _is_heading(line, body):
            outline.heading(1 + levels.index(round(line.size, 1)), line.text)
        else:
            paragraph.append(line.text)
        last = line
    outline.text(_joined(paragraph))
    return outline.sections()


def _is_heading(line: _Line, body: float) -> bool:
    return line.size >= body * HEADING_SIZE and len(line.text.split()) <= HEADING_WORDS


def _new_paragraph(last: _Line, line: _Line, body: float) -> bool:
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
