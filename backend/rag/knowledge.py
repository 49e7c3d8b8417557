"""What a shop has written down: put in, searched, answered from, kept level with the records."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

import structlog

from backend.domain.base import Value
from backend.domain.errors import NotFound, ShopError
from backend.domain.knowledge import DocumentStatus, GroundedAnswer
from backend.rag.asking import Written
from backend.rag.documents import LoadedDocument, hashed
from backend.rag.drafts import Drafts
from backend.rag.embedder import Embedder
from backend.rag.index import PassageIndex, Progress
from backend.rag.level import Leveller
from backend.rag.line_keeper import LineKeeper
from backend.rag.question import read_question
from backend.store.database import Database
from backend.store.files import Files
from backend.store.originals import Originals

log = structlog.get_logger()

#: Seconds between two looks at whether every shop's index is level with the records.
CATCH_UP_EVERY = 3.0


class KnowledgeStatus(Value):
    """`level`: everything in the records can be found. `vector_index`: the FAISS index in use."""

    documents: int
    passages: int
    model: str
    vector_index: str
    level: bool


class PutResult(Value):
    """`searchable` is False when the documents are saved but could not be embedded yet."""

    documents: int
    passages: int
    searchable: bool


class Knowledge(Written):
    """One per process. Originals belong to the records; passages and vectors are derived and can be rebuilt."""

    def __init__(self, database: Database, embedder: Embedder, vector_dir: Path, files: Files | None = None) -> None:
        super().__init__(database, embedder, PassageIndex(vector_dir, embedder))
        self._database = database
        self._originals = Originals(database, files)
        self._leveller = Leveller(database, self._index, self._originals)
        self._drafts = Drafts(database, self._index, self._originals)
        self.lines = LineKeeper(self._index, embedder)

    async def answer_with_drafts(self, tenant: str, question: str) -> GroundedAnswer:
        """What `answer` would say with every draft published."""
        generation = await self._drafts.added_to(tenant, await self._index.generation(tenant))
        return await self._answer(generation, read_question(question))

    async def put(
        self, tenant: str, documents: Sequence[LoadedDocument], progress: Progress | None = None
    ) -> PutResult:
        """Saves the documents and makes them searchable; while saving, they are embedded.

        Raises InvalidInput before anything is saved when one cannot be read.
        """
        return PutResult.model_validate(await self._leveller.put(tenant, documents, progress), from_attributes=True)

    async def revise(
        self,
        tenant: str,
        document_id: str,
        *,
        author: str,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        status: DocumentStatus | None = None,
        content: tuple[bytes, str] | None = None,
    ) -> PutResult:
        """Changes what is given and keeps the rest; another title or `content` (bytes, media type) is a new version.

        Raises NotFound, and InvalidInput for content that cannot be read.
        """
        async with self._database.records(tenant) as records:
            stored = await records.documents.get(document_id)
        if stored is None:
            raise NotFound(f"There is no document {document_id}.")
        if content is None and title in (None, stored.document.title):
            return await self._describe(tenant, document_id, status, tags)
        new, media_type = content or (await self._originals.newest(tenant, [document_id]))[document_id]
        # a text that changes is of today
        changed = stored.document.model_copy(update={"title": title or stored.document.title, "updated_at": None})
        revised = LoadedDocument(
            document=await asyncio.to_thread(hashed, changed, new, media_type),
            content=new,
            media_type=media_type,
            status=status or stored.status,
            owner=stored.owner,
            tags=stored.tags if tags is None else tuple(tags),
            author=author,
        )
        return await self.put(tenant, [revised])

    async def _describe(
        self, tenant: str, document_id: str, status: DocumentStatus | None, tags: Sequence[str] | None
    ) -> PutResult:
        """Another status and other tags need no reading of the text."""
        async with self._database.records(tenant, write=True) as records:
            await records.documents.describe(document_id, status=status, tags=tags)
        return PutResult(documents=1, passages=0, searchable=await self._leveller.try_level(tenant))

    async def original(self, tenant: str, document_id: str, version: int) -> bytes:
        """The bytes of a version as they were handed in. Raises NotFound."""
        found = await self._originals.content(tenant, document_id, version)
        if found is None:
            raise NotFound(f"There is no version {version} of {document_id}.")
        return found

    async def delete(self, tenant: str, document_id: str) -> None:
        """Removes the document, its passages and vectors. Raises NotFound."""
        await self._originals.forget(tenant, document_id)
        async with self._database.records(tenant, write=True) as records:
            if not await records.documents.delete(document_id):
                raise NotFound(f"There is no document {document_id}.")
        await self._leveller.level(tenant)

    async def sync(self, tenant: str, progress: Progress | None = None) -> bool:
        """Brings the index level with the records; True when something had changed."""
        return await self._leveller.level(tenant, progress)

    async def keep_level(self, stop: asyncio.Event, every_seconds: float = CATCH_UP_EVERY) -> None:
        """Makes searchable, for every shop, what was saved without an index: by a load elsewhere, by a change of the
        catalogue, or while the embedder was down. Returns soon after `stop` is set.
        """
        while not stop.is_set():
            try:
                for tenant in await self._database.tenants():
                    await self._catch_up(tenant)
            except ShopError as away:
                log.warning("knowledge_waits", reason=away.detail)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every_seconds)
        self.lines.stop()

    async def _catch_up(self, tenant: str) -> None:
        """What fails for one shop is tried again with the next round and holds up no other shop."""
        try:
            if await self._leveller.catch_up(tenant):
                log.info("knowledge_caught_up", tenant=tenant)
            await self.lines.keep(tenant)
        except Exception as problem:
            log.warning("knowledge_not_level", tenant=tenant, reason=str(problem))

    async def rebuild(self, tenant: str, progress: Progress | None = None) -> None:
        """Splits and indexes everything again; vectors of unchanged texts are taken over."""
        await self._leveller.level(tenant, progress, anew=True)

    async def status(self, tenant: str) -> KnowledgeStatus:
        """What is searchable now."""
        manifest = (await self._index.generation(tenant)).manifest
        return KnowledgeStatus(
            documents=len(manifest.documents),
            passages=manifest.passages,
            model=manifest.model,
            vector_index=manifest.vector_index,
            level=await self._leveller.is_level(tenant, manifest),
        )
