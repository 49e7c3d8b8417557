"""What a shop has written down: put in, searched, answered from, kept level with the records."""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import structlog

from backend.domain.base import Value
from backend.domain.errors import EngineUnavailable, NotFound, ShopError
from backend.domain.knowledge import DocumentKind, DocumentStatus, FoundPassage, GroundedAnswer, Passage
from backend.domain.trace import step
from backend.rag.answer import answer, quote_passages
from backend.rag.answerable import LOOKED_AT
from backend.rag.documents import LoadedDocument, hashed
from backend.rag.drafts import Drafts
from backend.rag.embedder import Embedder, Vector
from backend.rag.generation import Generation
from backend.rag.index import PassageIndex, Progress
from backend.rag.level import Leveller
from backend.rag.products import DESCRIPTION, ID_PREFIX
from backend.rag.question import Shape, read_question
from backend.rag.search import Filter, Hit, search
from backend.rag.sheets import Sheets
from backend.store.database import Database
from backend.store.files import Files
from backend.store.originals import Originals

log = structlog.get_logger()

#: From so many passages on a search is worth a thread of its own.
INLINE_UP_TO = 10_000
#: What the trace of a turn repeats of a search.
_SHOWN_PASSAGES, _SHOWN_CHARACTERS = 5, 160

#: By how much what holds for the shop must be surer than the page of the product that is asked about.
MARGIN = 0.1

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


class Knowledge:
    """One per process. Originals belong to the records; passages and vectors are derived and can be rebuilt."""

    def __init__(self, database: Database, embedder: Embedder, vector_dir: Path, files: Files | None = None) -> None:
        self._database = database
        self._embedder = embedder
        self._index = PassageIndex(vector_dir, embedder)
        self._originals = Originals(database, files)
        self._leveller = Leveller(database, self._index, self._originals)
        self._sheets = Sheets(database, self._index)
        self._drafts = Drafts(database, self._index, self._originals)

    async def search(
        self,
        tenant: str,
        query: str,
        *,
        k: int = 5,
        product_id: str | None = None,
        category: str | None = None,
        kinds: Iterable[DocumentKind] | None = None,
        vector: Vector | None = None,
        by_document: bool = False,
        shop_wide: bool = False,
    ) -> tuple[FoundPassage, ...]:
        """The best passages, best first, scores 0 to 1. `vector` is the query's, when the caller has it already.

        `shop_wide` leaves out what was written for a single product.
        """
        where = Filter.of(product_id, category, kinds, shop_wide=shop_wide)
        generation = await self._about(tenant, product_id)
        hits = await self._search(generation, query, vector, k, where, by_document=by_document)
        return tuple(hit.found for hit in hits)

    async def answer(
        self,
        tenant: str,
        question: str,
        *,
        product_id: str | None = None,
        category: str | None = None,
        kinds: Iterable[DocumentKind] | None = None,
        vector: Vector | None = None,
        shop_wide: bool = False,
        before: str | None = None,
    ) -> GroundedAnswer:
        """Sentences of the best passages with [n] citations; empty text when they do not answer.

        A question that names one product is about that product. `before` is the question that a follow-up leans on.
        """
        where = Filter.of(product_id, category, kinds, shop_wide=shop_wide)
        if where == Filter():
            named = (await self._index.generation(tenant)).names.read(question).products
            if len(named) == 1:
                return await self.answer_about(tenant, question, *named, before=before)
        generation = await self._about(tenant, product_id)
        asked = read_question(question, _names(generation, product_id), before)
        if asked.shape is Shape.OVERVIEW:
            described = _description(generation, product_id)
            if described:
                return quote_passages(described)
        hits = await self._search(generation, question, vector, LOOKED_AT, where, before=before)
        return answer(asked, hits, generation.lexicon, within=product_id is not None)

    async def answer_with_drafts(self, tenant: str, question: str) -> GroundedAnswer:
        """What `answer` would say with every draft published."""
        generation = await self._drafts.added_to(tenant, await self._index.generation(tenant))
        asked = read_question(question, _names(generation, None))
        hits = await self._search(generation, question, None, LOOKED_AT, Filter.of(None, None, None))
        return answer(asked, hits, generation.lexicon, within=False)

    async def _about(self, tenant: str, product_id: str | None) -> Generation:
        """The shop's index, with the data sheet of the product in it."""
        return await self._sheets.about(tenant, product_id, await self._index.generation(tenant))

    async def answer_about(
        self, tenant: str, question: str, product_id: str, *, before: str | None = None
    ) -> GroundedAnswer:
        """From the product's own pages, else from what holds for the whole shop: never from another product's."""
        own = await self.answer(tenant, question, product_id=product_id, before=before)
        shop = await self.answer(tenant, question, shop_wide=True, before=before)
        return shop if shop.known and not (own.known and own.confidence + MARGIN >= shop.confidence) else own

    async def _search(
        self,
        generation: Generation,
        query: str,
        vector: Vector | None,
        k: int,
        where: Filter,
        *,
        before: str | None = None,
        by_document: bool = False,
    ) -> tuple[Hit, ...]:
        if not generation.passages:
            return ()
        said = generation.names.read(query)
        if vector is None or said.bare != query:
            vector = await self._vector(said.bare)
        wider = generation.names.read(f"{before} {query}").bare if before else None
        if wider:
            vector = _between(vector, await self._vector(wider))
        with step("search", "passages", query=query[:_SHOWN_CHARACTERS]) as taken:
            find = partial(search, named=said.products, wider=wider, by_document=by_document)
            if len(generation.passages) <= INLINE_UP_TO:
                hits = find(generation, said.bare, vector, k, where)
            else:
                hits = await asyncio.to_thread(find, generation, said.bare, vector, k, where)
            taken.detail["passages"] = [_shown(hit.found) for hit in hits[:_SHOWN_PASSAGES]]
        return hits

    async def _vector(self, query: str) -> Vector:
        """While the embedder is away words alone find, with lower scores, too low for an answer."""
        try:
            return await self._embedder.aembed_one(query)
        except EngineUnavailable as away:
            log.warning("searched_by_words_alone", reason=away.detail)
            return np.zeros(self._embedder.width, dtype=np.float32)

    async def product_id(self, tenant: str, name_or_id: str) -> str | None:
        """The product that documents were loaded for under this id or name, or None."""
        names = (await self._index.generation(tenant)).product_names
        return names.get(name_or_id.strip().casefold())

    async def product_named(self, tenant: str, texts: Sequence[str]) -> str | None:
        """The product name that the last of these texts to name one says last, as it says it; None when none does."""
        names = (await self._index.generation(tenant)).names
        said = ((text, found) for text in reversed(texts) if (found := list(names.find(text))))
        return next((text[found[-1].start : found[-1].end] for text, found in said), None)

    async def product_meant(self, tenant: str, texts: Sequence[str]) -> str | None:
        """The id of the product that the last of these texts to name one names last."""
        names = (await self._index.generation(tenant)).names
        said = (found for text in reversed(texts) if (found := list(names.find(text))))
        return next((found[-1].product for found in said), None)

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
            document=hashed(changed, new, media_type),
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

    async def _catch_up(self, tenant: str) -> None:
        """What fails for one shop is tried again with the next round and holds up no other shop."""
        try:
            if await self._leveller.catch_up(tenant):
                log.info("knowledge_caught_up", tenant=tenant)
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

    async def passages(self, tenant: str, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order, for the page that opens a citation. Raises NotFound."""
        product_id = document_id.removeprefix(ID_PREFIX) if document_id.startswith(ID_PREFIX) else None
        generation = await self._about(tenant, product_id)
        rows = generation.by_document.get(document_id)
        if not rows:
            raise NotFound(f"There is no document {document_id}.")
        return tuple(generation.passages[row] for row in rows)


def _between(one: Vector, other: Vector) -> Vector:
    middle = one + other
    return middle / max(float(np.linalg.norm(middle)), 1e-6)


def _shown(found: FoundPassage) -> dict[str, Any]:
    passage = found.passage
    named = {"id": passage.id, "document_id": passage.document_id, "title": passage.title, "section": passage.section}
    return named | {"score": round(found.score, 3)}


def _description(generation: Generation, product_id: str | None) -> tuple[Hit, ...]:
    """What the catalogue says of a product as a whole."""
    rows = generation.by_document.get(f"{ID_PREFIX}{product_id}", ())
    found = [generation.passages[row] for row in rows if generation.passages[row].section == DESCRIPTION]
    return tuple(Hit(passage, 1.0, 1.0) for passage in found[:1])


def _names(generation: Generation, product_id: str | None) -> tuple[str, ...]:
    """The names a product goes by."""
    if product_id is None:
        return ()
    return tuple(name for name, known in generation.product_names.items() if known == product_id)
