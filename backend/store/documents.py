"""Knowledge documents with their content, history and the version of what the shop knows."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Text, cast, func, or_, true

from backend.domain.base import utc_now
from backend.domain.errors import NotFound
from backend.domain.knowledge import Document, DocumentStatus, DocumentVersion, IncomingDocument, StoredDocument
from backend.store.numbers import Counting
from backend.store.tables.documents import deleted_documents, document_versions, documents

_VERSION = "version:knowledge"


class Documents(Counting):
    """Source texts. Every change raises `knowledge_version`, so that an index knows when it is behind."""

    async def put(
        self,
        document: Document,
        content: bytes,
        media_type: str,
        *,
        status: DocumentStatus = DocumentStatus.PUBLISHED,
        owner: str | None = None,
        tags: Sequence[str] = (),
    ) -> StoredDocument:
        """Add a document or a new version of it; content that did not change makes no new version.

        `document.content_hash` decides what "did not change" means; version and time are set here.
        """
        incoming = IncomingDocument(
            document=document, content=content, media_type=media_type, status=status, owner=owner, tags=tuple(tags)
        )
        return (await self.put_many([incoming]))[0]

    async def put_many(self, incoming: Sequence[IncomingDocument]) -> tuple[StoredDocument, ...]:
        """The same for many, in a few statements; of two with one id the later counts."""
        latest = list({one.document.id: one for one in incoming}.values())
        if not latest:
            return ()
        ids = [one.document.id for one in latest]
        known = await self._rows(
            self._select(
                documents, documents.c.id, documents.c.version, documents.c.content_hash, documents.c.updated_at
            ).where(documents.c.id.in_(ids))
        )
        before = {row.id: row for row in known}
        changed_in, now = await self._bump(_VERSION), utc_now()
        stored, versions = [], []
        for one in latest:
            old = before.get(one.document.id)
            same = old is not None and old.content_hash == one.document.content_hash
            version = 1 if old is None else old.version + (0 if same else 1)
            # the day a text is from: as stated, else when it was first saved
            dated = one.document.updated_at or (old.updated_at if old is not None and same else now)
            stored.append(_kept(one, version, dated, changed_in))
            if not same:
                versions.append(_version(one, version, now))
        await self._put(documents, [{**s.document.model_dump(), **_beside(s)} for s in stored])
        await self._run(self._delete(deleted_documents).where(deleted_documents.c.id.in_(ids)))
        await self._add(document_versions, versions)
        return tuple(stored)

    async def get(self, document_id: str) -> StoredDocument | None:
        """The document of that id, or None."""
        row = await self._row(self._select(documents).where(documents.c.id == document_id))
        return _stored(row) if row else None

    async def content(self, document_id: str, version: int | None = None) -> bytes | None:
        """The bytes of a version, the newest when none is named, or None; empty where they lie `elsewhere`."""
        chosen = self._select(document_versions, document_versions.c.content).where(
            document_versions.c.document_id == document_id,
            true() if version is None else document_versions.c.version == version,
        )
        found: bytes | None = await self._scalar(chosen.order_by(document_versions.c.version.desc()).limit(1))
        return found

    async def elsewhere(self, ids: Sequence[str]) -> dict[tuple[str, int], str]:
        """The versions of these whose bytes are not in the records, with the hash they lie under."""
        columns = [document_versions.c[name] for name in ("document_id", "version", "content_hash")]
        chosen = self._select(document_versions, *columns).where(
            document_versions.c.document_id.in_(ids), func.length(document_versions.c.content) == 0
        )
        return {(row.document_id, row.version): row.content_hash for row in await self._rows(chosen)}

    async def list(
        self,
        *,
        status: DocumentStatus | None = None,
        tag: str | None = None,
        text: str = "",
        after: str | None = None,
        limit: int | None = None,
    ) -> tuple[StoredDocument, ...]:
        """Documents within the given bounds, by id: `text` in their title or a tag, `after` the page before's last."""
        own, tags = documents.c, cast(documents.c.tags, Text)
        chosen = self._select(documents).where(
            true() if status is None else own.status == status,
            # the words of a tag as JSON writes them
            true() if tag is None else tags.contains(json.dumps(tag, ensure_ascii=False), autoescape=True),
            or_(own.title.icontains(text, autoescape=True), tags.icontains(text, autoescape=True)) if text else true(),
            true() if after is None else own.id > after,
        )
        rows = await self._rows(chosen.order_by(own.id).limit(limit))
        return tuple(_stored(row) for row in rows)

    async def describe(
        self, document_id: str, *, status: DocumentStatus | None = None, tags: Sequence[str] | None = None
    ) -> None:
        """Publish or withdraw, and put other tags on it; what is not given stays. Raises NotFound."""
        changes: dict[str, object] = {"changed_in": await self._bump(_VERSION)}
        if status is not None:
            changes["status"] = status
        if tags is not None:
            changes["tags"] = list(tags)
        if not await self._run(self._update(documents).where(documents.c.id == document_id).values(changes)):
            raise NotFound(f"There is no document {document_id}.")

    async def delete(self, document_id: str) -> bool:
        """Remove the document with every version of its content; False when there was none."""
        if not await self._run(self._delete(documents).where(documents.c.id == document_id)):
            return False
        changed_in = await self._bump(_VERSION)
        await self._put(deleted_documents, [{"id": document_id, "changed_in": changed_in}])
        return True

    async def versions(self, document_id: str) -> tuple[DocumentVersion, ...]:
        """The document's history, newest first."""
        columns = [document_versions.c[name] for name in DocumentVersion.model_fields]
        chosen = self._select(document_versions, *columns).where(document_versions.c.document_id == document_id)
        rows = await self._rows(chosen.order_by(document_versions.c.version.desc()))
        return tuple(DocumentVersion.model_validate(row._asdict()) for row in rows)

    async def changed_since(self, knowledge_version: int) -> tuple[tuple[StoredDocument, ...], tuple[str, ...]]:
        """Documents added or changed after that version, oldest change first, and the ids deleted after it."""
        later = self._select(documents).where(documents.c.changed_in > knowledge_version)
        changed = tuple(_stored(row) for row in await self._rows(later.order_by(documents.c.changed_in)))
        gone = self._select(deleted_documents, deleted_documents.c.id).where(
            deleted_documents.c.changed_in > knowledge_version
        )
        return changed, tuple(row.id for row in await self._rows(gone.order_by(deleted_documents.c.changed_in)))

    async def knowledge_version(self) -> int:
        """Grows with every change of a document; 0 for a shop that never had one."""
        return await self._counter(_VERSION)


def _kept(one: IncomingDocument, version: int, at: datetime, changed_in: int) -> StoredDocument:
    dated = one.document.model_copy(update={"version": version, "updated_at": at})
    return StoredDocument(
        document=dated,
        status=one.status,
        media_type=one.media_type,
        owner=one.owner,
        tags=one.tags,
        changed_in=changed_in,
    )


def _beside(stored: StoredDocument) -> dict[str, object]:
    """The columns that are not the document's own."""
    return {**stored.model_dump(exclude={"document", "tags"}), "tags": list(stored.tags)}


def _version(one: IncomingDocument, version: int, now: datetime) -> dict[str, object]:
    return {
        "document_id": one.document.id,
        "version": version,
        "content_hash": one.document.content_hash,
        "media_type": one.media_type,
        "author": one.author or one.owner,
        "created_at": now,
        "content": one.content,
    }


def _stored(row: Row[tuple[object, ...]]) -> StoredDocument:
    values = row._asdict()
    document = {name: values.pop(name) for name in Document.model_fields}
    return StoredDocument.model_validate({"document": document, **values})
