"""Files to documents: what a file is, what its front matter says, and its sections."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from backend.domain.errors import InvalidInput
from backend.domain.knowledge import Document, DocumentKind, DocumentStatus, IncomingDocument
from backend.rag.formats import HTML, MARKDOWN, PDF, TABLE, TEXT, decode
from backend.rag.reading import read_apart
from backend.rag.splitting import Section

_UNSAID: tuple[object, ...] = (None, "", [])
#: Largest file taken.
MOST_BYTES = 25_000_000

_BY_ENDING = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".pdf": PDF,
    ".csv": TABLE, ".tsv": TABLE,
}  # fmt: skip
_READABLE = "txt, md, html, pdf and csv"
#: How files that are no text begin.
_FOREIGN = {
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"7z\xbc\xaf": "a 7-Zip file",
    b"Rar!": "a RAR file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
}


class LoadedDocument(IncomingDocument):
    """A document on its way in; `sections` where it was read already."""

    sections: tuple[Section, ...] = Field((), exclude=True, repr=False)

    def read(self) -> tuple[Section, ...]:
        """Its text. Blocks; raises InvalidInput when there is none."""
        return self.sections or read_apart(self.content, self.media_type).sections


def load_file(name: str, content: bytes, stated: Mapping[str, Any] | None = None) -> LoadedDocument:
    """A file as it was handed in. `stated` (form fields, a sidecar) overrides its front matter.

    Known fields: id, title, kind, product (an id), product_name, category, language, url, owner, tags, status,
    updated (the day its text is from).
    Raises InvalidInput, with the reason, for a file that cannot be read.
    """
    media_type = media_type_of(name, content)
    reading = read_apart(content, media_type)
    fields = {**reading.front, **{key: value for key, value in (stated or {}).items() if value not in (None, "")}}
    fields.setdefault("id", re.sub(r"[^\w.-]+", "-", PurePath(name).stem).strip("-").lower() or "document")
    if not fields.get("title"):
        fields["title"] = _first_heading(reading.sections) or PurePath(name).stem.replace("-", " ").replace("_", " ")
    return make_document(fields, content, media_type).model_copy(update={"sections": reading.sections})


class _Stated(BaseModel):
    """What is said about a document, by a head, a form, a sidecar or a row; other fields are ignored."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: Annotated[str, Field(min_length=1, max_length=300)]
    title: str = ""
    kind: DocumentKind = DocumentKind.ARTICLE
    product: Annotated[str | None, Field(validation_alias=AliasChoices("product_id", "product"))] = None
    product_name: str | None = None
    category: str | None = None
    language: str = "en"
    url: str | None = None
    updated: datetime | None = None
    status: DocumentStatus = DocumentStatus.PUBLISHED
    owner: str | None = None
    author: str | None = None
    tags: str | tuple[str, ...] = ()


def make_document(fields: Mapping[str, Any], content: bytes, media_type: str = TEXT) -> LoadedDocument:
    """A document from named fields. Raises InvalidInput naming the first field that is wrong."""
    try:
        said = _Stated.model_validate(
            {name: _storable(value) for name, value in fields.items() if value not in _UNSAID}
        )
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = str(first["loc"][0])
        raise InvalidInput(f"{name} is not valid: {first['msg']}.", field=name) from wrong
    document = Document(
        id=said.id,
        title=said.title or said.id,
        kind=said.kind,
        product_id=said.product,
        product_name=said.product_name,
        category=said.category,
        language=said.language,
        url=said.url,
        updated_at=said.updated if said.updated is None or said.updated.tzinfo else said.updated.replace(tzinfo=UTC),
    )
    tags = said.tags.split(",") if isinstance(said.tags, str) else said.tags
    return LoadedDocument(
        document=hashed(document, content, media_type),
        content=content,
        media_type=media_type,
        status=said.status,
        owner=said.owner,
        author=said.author,
        tags=tuple(tag.strip() for tag in tags),
    )


def _storable(value: Any) -> Any:
    """Without what no database keeps: NUL, and halves of characters."""
    return value.replace("\x00", "").encode(errors="replace").decode() if isinstance(value, str) else value


def hashed(document: Document, content: bytes, media_type: str) -> Document:
    """The document with the hash of all that its passages are made from."""
    stated = document.model_dump_json(exclude={"content_hash", "version", "updated_at"}).encode()
    dated = str(document.updated_at).encode() if document.updated_at else b""
    digest = hashlib.sha256(stated + dated + b"\0" + media_type.encode() + b"\0" + content).hexdigest()
    return document.model_copy(update={"content_hash": digest})


def media_type_of(name: str, content: bytes) -> str:
    """What the bytes are. Raises InvalidInput for the empty, the too large and what is no document."""
    if not content.strip():
        raise InvalidInput("The file is empty.", field="file")
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", field="file")
    if content.lstrip()[:5] == b"%PDF-":
        return PDF
    for start, what in _FOREIGN.items():
        if content.startswith(start):
            raise InvalidInput(f"This is {what}; {_READABLE} can be read.", field="file")
    ending = PurePath(name).suffix.lower()
    if ending not in _BY_ENDING:
        raise InvalidInput(
            f"A {ending or 'nameless'} file cannot be read; txt, md, html, pdf and csv can.", field="file"
        )
    if _BY_ENDING[ending] == PDF:
        raise InvalidInput("The file is named .pdf but is no PDF.", field="file")
    decode(content)
    return _BY_ENDING[ending]


def _first_heading(sections: Sequence[Section]) -> str | None:
    return next((section.path[0] for section in sections if section.path), None)
