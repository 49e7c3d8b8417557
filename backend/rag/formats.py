"""The formats that documents come in: what their bytes say about themselves, and their sections."""

from collections.abc import Mapping

from backend.domain.base import Value
from backend.domain.errors import InvalidInput
from backend.rag import delimited, html, markdown, plain
from backend.rag.splitting import Section

#: Largest text inside a file.
MOST_CHARACTERS = 5_000_000

TEXT, MARKDOWN, HTML, PDF, TABLE = "text/plain", "text/markdown", "text/html", "application/pdf", "text/csv"


class Reading(Value):
    """A document as read: the fields its head states, and its text."""

    front: Mapping[str, str] = {}
    sections: tuple[Section, ...]


def read(content: bytes, media_type: str) -> Reading:
    """What a document's bytes say. Raises InvalidInput when there is no text to read."""
    sections = tuple(section for section in _sections(content, media_type) if section.text.strip())
    if not sections:
        raise InvalidInput("The file holds no text; a scan needs text recognition first.", field="file")
    return Reading(front=_front_matter(content, media_type), sections=sections)


def _sections(content: bytes, media_type: str) -> tuple[Section, ...]:
    if media_type == PDF:
        from backend.rag import pdf  # its reader weighs 9 MB, and most processes never meet a PDF

        return pdf.read(content, MOST_CHARACTERS)
    text = decode(content)
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(f"The text is longer than {MOST_CHARACTERS:,} characters.", field="file")
    if media_type == HTML:
        return html.read(text)
    if media_type == TABLE:
        return delimited.read(text)
    return markdown.read(text) if media_type == MARKDOWN else plain.read(text)


def decode(content: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else Windows-1252. Raises InvalidInput for binary data."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    strange = sum(ch < " " and ch not in "\n\r\t\f\v" for ch in text[:20_000])
    if strange > 2:
        raise InvalidInput("The file is not text.", field="file")
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(content: bytes, media_type: str) -> dict[str, str]:
    if media_type == MARKDOWN:
        return markdown.front_matter(decode(content))[0]
    return html.metadata(decode(content)) if media_type == HTML else {}
