"""What staff do with the shop's documents: list, write, change, publish, take back, look at former versions."""

import asyncio
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, File, Query, Response, UploadFile, status
from pydantic import BaseModel, Field

from backend.api.callers import Caller, SupportCaller, Wired
from backend.api.schemas import Body
from backend.domain.base import Moment
from backend.domain.errors import InvalidInput, NotFound
from backend.domain.knowledge import DocumentKind, DocumentStatus, DocumentVersion, StoredDocument
from backend.rag.documents import make_document, media_type_of
from backend.rag.formats import MARKDOWN

router = APIRouter()

MOST_UPLOAD_BYTES = 20_000_000
_MOST_ARTICLE = 200_000

_Title = Annotated[str, Field(min_length=1, max_length=300)]
_Tags = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=30)]
_Markdown = Annotated[str, Field(min_length=1, max_length=_MOST_ARTICLE)]


class DocumentRow(BaseModel):
    """A document as the desk lists it."""

    id: str
    title: str
    kind: DocumentKind
    status: DocumentStatus
    version: int
    updated_at: Moment | None
    product_id: str | None
    owner: str | None
    tags: tuple[str, ...]
    media_type: str

    @classmethod
    def of(cls, stored: StoredDocument) -> "DocumentRow":
        document = stored.document
        return cls(
            id=document.id,
            title=document.title,
            kind=document.kind,
            status=stored.status,
            version=document.version,
            updated_at=document.updated_at,
            product_id=document.product_id,
            owner=stored.owner,
            tags=stored.tags,
            media_type=stored.media_type,
        )


class DocumentRows(BaseModel):
    """`next_cursor` null: this was the last page."""

    results: tuple[DocumentRow, ...]
    next_cursor: str | None


class Versions(BaseModel):
    """A document's history, newest first."""

    results: tuple[DocumentVersion, ...]


class Revision(Body):
    """What is to change; what is left out stays."""

    title: _Title | None = None
    tags: _Tags | None = None
    status: DocumentStatus | None = None


class Article(Body):
    """A text written by staff, in Markdown."""

    title: _Title
    text: _Markdown
    kind: DocumentKind = DocumentKind.ARTICLE
    product: Annotated[str | None, Field(max_length=200)] = None
    tags: Annotated[_Tags, Field(default_factory=list)]
    status: DocumentStatus = DocumentStatus.PUBLISHED


class ArticleText(Body):
    """A new text of an article; its title too, where it changes."""

    text: _Markdown
    title: _Title | None = None


@router.get("/documents", response_model=DocumentRows)
async def documents(
    container: Wired,
    caller: SupportCaller,
    status: DocumentStatus | None = None,
    tag: Annotated[str | None, Query(max_length=60)] = None,
    q: Annotated[str, Query(max_length=200, description="words of the title, or a tag")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
    cursor: Annotated[str | None, Query(max_length=300, description="the last document of the page before")] = None,
) -> DocumentRows:
    """Documents of the shop, drafts included, by id."""
    async with container.database.records(caller.tenant) as records:
        found = await records.documents.list(status=status, tag=tag, text=q, after=cursor, limit=limit + 1)
    last = found[limit - 1].document.id if len(found) > limit else None
    return DocumentRows(results=tuple(map(DocumentRow.of, found[:limit])), next_cursor=last)


@router.post("/articles", response_model=DocumentRow, status_code=status.HTTP_201_CREATED)
async def write(body: Article, container: Wired, caller: SupportCaller) -> DocumentRow:
    """A new article of the caller's; searchable when this returns, unless it is a draft."""
    fields: dict[str, Any] = body.model_dump(exclude={"text"}) | {"id": f"article-{uuid4().hex[:12]}"}
    loaded = make_document({**fields, "owner": caller.actor}, body.text.encode(), MARKDOWN)
    await container.knowledge.put(caller.tenant, [loaded])
    return await _row(container, caller, loaded.document.id)


@router.put("/articles/{document_id}", response_model=DocumentRow)
async def rewrite(document_id: str, body: ArticleText, container: Wired, caller: SupportCaller) -> DocumentRow:
    """A new version of an article; the former stays in its history and is found no more."""
    content = (body.text.encode(), MARKDOWN)
    await container.knowledge.revise(caller.tenant, document_id, author=caller.actor, title=body.title, content=content)
    return await _row(container, caller, document_id)


@router.patch("/documents/{document_id}", response_model=DocumentRow)
async def revise(document_id: str, body: Revision, container: Wired, caller: SupportCaller) -> DocumentRow:
    """Another title, other tags; published or taken back as a draft."""
    await container.knowledge.revise(
        caller.tenant, document_id, author=caller.actor, title=body.title, tags=body.tags, status=body.status
    )
    return await _row(container, caller, document_id)


@router.put("/documents/{document_id}", response_model=DocumentRow)
async def replace(
    document_id: str, container: Wired, caller: SupportCaller, file: Annotated[UploadFile, File()]
) -> DocumentRow:
    """A new version from a file; the former stays in its history and is found no more."""
    content = await read_upload(file)
    media_type = await asyncio.to_thread(media_type_of, file.filename or "document.txt", content)
    await container.knowledge.revise(caller.tenant, document_id, author=caller.actor, content=(content, media_type))
    return await _row(container, caller, document_id)


@router.get("/documents/{document_id}/versions", response_model=Versions)
async def versions(document_id: str, container: Wired, caller: SupportCaller) -> Versions:
    """Who wrote which version when."""
    async with container.database.records(caller.tenant) as records:
        found = await records.documents.versions(document_id)
    if not found:
        raise NotFound(f"There is no document {document_id}.")
    return Versions(results=found)


@router.get(
    "/documents/{document_id}/versions/{version}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the original"}},
)
async def content(document_id: str, version: int, container: Wired, caller: SupportCaller) -> Response:
    """The original of a version, to be saved, never to be shown by the browser as a page."""
    found = await container.knowledge.original(caller.tenant, document_id, version)
    headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
    return Response(found, media_type="application/octet-stream", headers=headers)


@router.delete("/documents/{document_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete(document_id: str, container: Wired, caller: SupportCaller) -> None:
    """Remove a document with its history, its passages and their vectors."""
    await container.knowledge.delete(caller.tenant, document_id)


async def read_upload(file: UploadFile) -> bytes:
    """The bytes of a file. Raises InvalidInput for one that is too large."""
    found = await file.read(MOST_UPLOAD_BYTES + 1)
    if len(found) > MOST_UPLOAD_BYTES:
        raise InvalidInput(f"file: is larger than {MOST_UPLOAD_BYTES // 1_000_000} MB; split it.", field="file")
    return found


async def _row(container: Wired, caller: Caller, document_id: str) -> DocumentRow:
    async with container.database.records(caller.tenant) as records:
        stored = await records.documents.get(document_id)
    if stored is None:
        raise NotFound(f"There is no document {document_id}.")
    return DocumentRow.of(stored)
