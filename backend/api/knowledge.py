"""What the shop has written down: search, answers with citations, upload, and the document behind a citation."""

import asyncio
import re
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, UploadFile, status
from pydantic import BaseModel, Field

from backend.agents.response.markup import inert
from backend.agents.response.phrases import NOT_WRITTEN
from backend.agents.understanding.rewriting import rewrite
from backend.api import documents
from backend.api.callers import Called, SupportCaller, Wired
from backend.api.schemas import Body, MessageText
from backend.domain.knowledge import DocumentKind, FoundPassage, Source
from backend.rag.documents import load_file
from backend.rag.leaning import leans_on

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

#: Words that stand for a thing named before.
_POINTS = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
_EXCERPT_CHARACTERS = 600

Said = Annotated[str, Field(max_length=4000)]


class SearchResult(BaseModel):
    """The best passage of a document."""

    id: str
    document_id: str
    title: str
    section: str
    page: int | None
    excerpt: str
    score: Annotated[float, Field(ge=0, le=1)]
    url: str | None = None

    @classmethod
    def of(cls, found: FoundPassage) -> "SearchResult":
        passage = found.passage
        return cls(
            id=passage.id,
            document_id=passage.document_id,
            title=passage.title,
            section=passage.section,
            page=passage.page,
            excerpt=passage.text[:_EXCERPT_CHARACTERS],
            score=found.score,
            url=passage.url,
        )


class SearchResults(BaseModel):
    results: tuple[SearchResult, ...]


class Message(BaseModel):
    """A message of a conversation, as chat APIs write it."""

    role: Annotated[str, Field(max_length=40)]
    content: Said


class Question(Body):
    """A question, with the earlier messages of its conversation, oldest first: texts, or {role, content}."""

    question: MessageText
    history: Annotated[list[Said | Message], Field(max_length=40, default_factory=list)]
    product: Annotated[str | None, Field(max_length=200)] = None

    @property
    def before(self) -> list[str]:
        """What was said, without who said it."""
        return [said if isinstance(said, str) else said.content for said in self.history if said]


class Answer(BaseModel):
    """`found` False: nothing in the documents answers it; then the answer says so, and who can help."""

    answer: str
    found: bool
    sources: tuple[Source, ...]
    confidence: float
    standalone: str


class PassageView(BaseModel):
    id: str
    section: str
    path: tuple[str, ...]
    page: int | None
    text: str


class DocumentView(BaseModel):
    """A document in reading order."""

    id: str
    title: str
    kind: DocumentKind
    product_id: str | None
    passages: tuple[PassageView, ...]


class Uploaded(BaseModel):
    id: str
    title: str
    passages: int
    searchable: bool


@router.get("/search", response_model=SearchResults)
async def search(
    container: Wired,
    caller: Called,
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    k: Annotated[int, Query(ge=1, le=50)] = 5,
    product: Annotated[str | None, Query(max_length=200)] = None,
) -> SearchResults:
    """The `k` best documents with the best passage of each; an unknown product finds nothing."""
    found = await _search(container, caller.tenant, q, k, product)
    return SearchResults(results=tuple(SearchResult.of(hit) for hit in found))


@router.post("/ask", response_model=Answer)
async def ask(body: Question, container: Wired, caller: Called) -> Answer:
    """An answer made of what the documents say, cited; `found` is false when they do not say it."""
    standalone = await _standalone(container, caller.tenant, body)
    product_id = await container.knowledge.product_id(caller.tenant, body.product) if body.product else None
    if body.product and product_id is None:
        return Answer(answer=NOT_WRITTEN, found=False, sources=(), confidence=0.0, standalone=standalone)
    named = None if product_id else await container.knowledge.product_meant(caller.tenant, [*body.before, standalone])
    before = leans_on(body.before, body.question)
    if named is not None:
        answer = await container.knowledge.answer_about(caller.tenant, standalone, named, before=before)
    else:
        answer = await container.knowledge.answer(caller.tenant, standalone, product_id=product_id, before=before)
    if not answer.known:
        about = product_id or named
        await container.open_questions.note(caller.tenant, standalone, about, container.clock())
    return Answer(
        answer=inert(answer.text) if answer.known else NOT_WRITTEN,
        found=answer.known,
        sources=answer.sources,
        confidence=answer.confidence,
        standalone=standalone,
    )


@router.get("/documents/{document_id}", response_model=DocumentView)
async def document(document_id: str, container: Wired, caller: Called) -> DocumentView:
    """The passages of a document, for the page that opens a citation."""
    passages = await container.knowledge.passages(caller.tenant, document_id)
    return DocumentView(
        id=document_id,
        title=passages[0].title,
        kind=passages[0].kind,
        product_id=passages[0].product_id,
        passages=tuple(
            PassageView(id=p.id, section=p.section, path=p.path, page=p.page, text=p.text) for p in passages
        ),
    )


@router.post("", response_model=Uploaded, status_code=status.HTTP_201_CREATED)
async def upload(
    container: Wired,
    caller: SupportCaller,
    file: Annotated[UploadFile, File()],
    title: Annotated[str | None, Form(max_length=300)] = None,
    kind: Annotated[DocumentKind | None, Form()] = None,
    product: Annotated[str | None, Form(max_length=200)] = None,
) -> Uploaded:
    """Add a document (Markdown, text, HTML, PDF); it is searchable when this returns.

    Where it is not, the embedder is away: the document is kept and searchable once it is back.
    """
    content = await documents.read_upload(file)
    stated: dict[str, Any] = {"title": title, "kind": kind, "product": product, "owner": caller.actor}
    loaded = await asyncio.to_thread(load_file, file.filename or "document.txt", content, stated)
    put = await container.knowledge.put(caller.tenant, [loaded])
    return Uploaded(
        id=loaded.document.id, title=loaded.document.title, passages=put.passages, searchable=put.searchable
    )


async def _standalone(container: Wired, tenant: str, body: Question) -> str:
    """The question without its history: "it" is the product named last, else what the texts are about."""
    if not body.history:
        return body.question
    named = await container.knowledge.product_named(tenant, [*body.before, body.question])
    if named is None or named.casefold() in body.question.casefold() or not _POINTS.search(body.question):
        return rewrite(body.before, body.question)
    return rewrite([named], body.question)


async def _search(container: Wired, tenant: str, q: str, k: int, product: str | None) -> tuple[FoundPassage, ...]:
    product_id = None
    if product:
        product_id = await container.knowledge.product_id(tenant, product)
        if product_id is None:
            return ()
    return await container.knowledge.search(tenant, q, k=k, product_id=product_id, by_document=True)


router.include_router(documents.router)
