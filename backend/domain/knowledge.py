"""What the shop has written down: documents, their passages, and passages cited in a reply."""

from enum import StrEnum

from pydantic import Field

from backend.domain.base import Moment, Value


class DocumentKind(StrEnum):
    MANUAL = "manual"
    FAQ = "faq"
    POLICY = "policy"
    SPECS = "specs"
    ARTICLE = "article"


class Document(Value):
    """A source text before splitting. `id` is as given at loading."""

    id: str
    title: str
    kind: DocumentKind
    product_id: str | None = None
    product_name: str | None = None
    category: str | None = None
    language: str = "en"
    url: str | None = None
    content_hash: str = ""
    version: int = 1
    updated_at: Moment | None = None


class DocumentStatus(StrEnum):
    """A draft is kept and may be tried by staff; only published documents answer shoppers."""

    PUBLISHED = "published"
    DRAFT = "draft"


class StoredDocument(Value):
    """A document as the records keep it. `changed_in` is the knowledge version of its last change."""

    document: Document
    status: DocumentStatus
    media_type: str
    owner: str | None = None
    tags: tuple[str, ...] = ()
    changed_in: int = 0


class IncomingDocument(Value):
    """A document to be kept, with its original bytes. `author` wrote this version; without one it was the owner."""

    document: Document
    content: bytes
    media_type: str
    status: DocumentStatus = DocumentStatus.PUBLISHED
    owner: str | None = None
    tags: tuple[str, ...] = ()
    author: str | None = None


class DocumentVersion(Value):
    """One version in a document's history."""

    document_id: str
    version: int
    content_hash: str
    media_type: str
    author: str | None = None
    created_at: Moment


class UnansweredQuestion(Value):
    """A question that nothing written answered, and how often it was asked in these words."""

    id: str
    question: str
    product_id: str | None = None
    times: int
    first_at: Moment
    last_at: Moment


class Passage(Value):
    """A piece of a document that stands on its own. `path` is the title path, outermost first."""

    id: str
    document_id: str
    title: str
    path: tuple[str, ...] = ()
    page: int | None = None
    text: str
    kind: DocumentKind
    product_id: str | None = None
    category: str | None = None
    language: str = "en"
    url: str | None = None
    version: int = 1
    #: when the document's text was last changed
    updated_at: Moment | None = None

    @property
    def section(self) -> str:
        """The innermost heading, or the title where there is none."""
        return self.path[-1] if self.path else self.title


class FoundPassage(Value):
    """A passage with its score, 0 to 1."""

    passage: Passage
    score: float


class Source(Value):
    """A cited passage as the public API shows it; [n] in the reply is the n-th source."""

    id: str
    title: str
    section: str
    page: int | None = None
    url: str | None = None
    excerpt: str
    score: float = Field(ge=0, le=1)


class GroundedAnswer(Value):
    """An answer made of sentences from passages. `text` carries [n]; empty when nothing was found."""

    text: str
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0

    @property
    def known(self) -> bool:
        return bool(self.text)
