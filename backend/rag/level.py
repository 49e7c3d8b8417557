"""Keeps the index level with the records: what changed there is split, embedded and published, in portions."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from backend.domain.catalogue import Product
from backend.domain.errors import InvalidInput, ShopError
from backend.domain.knowledge import Document, DocumentStatus, Passage
from backend.rag.documents import LoadedDocument
from backend.rag.generation import Generation, Manifest
from backend.rag.index import Change, Fresh, PassageIndex, Progress
from backend.rag.products import ID_PREFIX, INDEXED_UP_TO, LEFT_OUT, product_document, product_sections
from backend.rag.reading import read_apart
from backend.rag.splitting import Section, split
from backend.store.database import Database
from backend.store.originals import Originals

log = structlog.get_logger()

#: Documents saved in one transaction, and published together: what is in can be found while the rest fills in.
SAVED_TOGETHER, PUBLISHED_TOGETHER = 200, 2_000
#: Tries when other writers publish in between.
TRIES = 5

#: Sections by content hash: what was read already is not read again.
Ready = Mapping[str, tuple[Section, ...]]
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Put:
    documents: int
    passages: int
    searchable: bool


@dataclass
class _Behind:
    """What the index lacks: documents to split (sections where known), documents to forget, as of which versions."""

    records_version: int
    catalogue_version: int
    documents: list[Document] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    sections: dict[str, tuple[Section, ...]] = field(default_factory=dict)


class Leveller:
    """Moves documents from the records into the index. Safe to run in several processes at once."""

    def __init__(self, database: Database, index: PassageIndex, originals: Originals) -> None:
        self._database = database
        self._originals = originals
        self._index = index

    async def put(self, tenant: str, documents: Sequence[LoadedDocument], progress: Progress | None) -> Put:
        """Reads, then saves and embeds side by side, then publishes. Raises InvalidInput before anything is saved."""
        with self._index.folder(tenant).busy(alone=False):
            return await self._put(tenant, documents, progress)

    async def catch_up(self, tenant: str) -> bool:
        """Levels the index unless somebody is at it; True when it did. Raises what the embedder raises."""
        if await self.is_level(tenant, await asyncio.to_thread(self._index.manifest, tenant)):
            return False
        with self._index.folder(tenant).busy(alone=True) as mine:
            return mine and await self.level(tenant)

    async def _put(self, tenant: str, documents: Sequence[LoadedDocument], progress: Progress | None) -> Put:
        ready, passages = await asyncio.to_thread(_read_all, documents)
        saving = asyncio.create_task(self._save(tenant, documents))
        try:
            fresh = await self._embed(tenant, passages, progress)
        finally:
            await saving
        searchable = fresh is not None and await self.try_level(tenant, ready, fresh)
        return Put(len(documents), len(passages), searchable)

    async def _embed(self, tenant: str, passages: Sequence[Passage], progress: Progress | None) -> Fresh | None:
        """None when the embedder is down: documents are saved without it."""
        known = await self._index.generation(tenant)
        try:
            return await asyncio.to_thread(self._index.embed, known, passages, progress)
        except Exception:
            log.exception("the embedder does not answer; documents are saved and wait", tenant=tenant)
            return None

    async def try_level(self, tenant: str, ready: Ready = _NOTHING, fresh: Fresh = _NOTHING) -> bool:
        """Whether what is saved can be found now; else it can once the engines are back."""
        try:
            await self._level(tenant, None, ready, fresh)
        except (ShopError, OSError):
            log.exception("documents are saved but not searchable yet", tenant=tenant)
            return False
        return True

    async def level(self, tenant: str, progress: Progress | None = None, *, anew: bool = False) -> bool:
        """Everything that changed since the index was built; with `anew` everything there is."""
        return await self._level(tenant, progress, {}, {}, anew=anew)

    async def is_level(self, tenant: str, manifest: Manifest) -> bool:
        """Whether the records hold nothing newer."""
        async with self._database.records(tenant) as records:
            return (
                await records.documents.knowledge_version() == manifest.records_version
                and await records.catalogue.version() == manifest.catalogue_version
            )

    async def _save(self, tenant: str, documents: Sequence[LoadedDocument]) -> None:
        for start in range(0, len(documents), SAVED_TOGETHER):
            rows = await self._originals.put_away(tenant, documents[start : start + SAVED_TOGETHER])
            async with self._database.records(tenant, write=True) as records:
                await records.documents.put_many(rows)

    async def _level(
        self, tenant: str, progress: Progress | None, ready: Ready, fresh: Fresh, *, anew: bool = False
    ) -> bool:
        for _ in range(TRIES):
            base = await self._index.newest(tenant)
            behind = await self._behind(tenant, base.manifest, anew=anew)
            if behind is None:
                return False
            behind.sections.update({d.id: ready[d.content_hash] for d in behind.documents if d.content_hash in ready})
            if await self._publish(tenant, base, behind, fresh, progress):
                return True
        log.warning("index is written by others all the time", tenant=tenant)
        return False

    async def _behind(self, tenant: str, manifest: Manifest, *, anew: bool) -> _Behind | None:
        """None when the records hold nothing newer."""
        async with self._database.records(tenant) as records:
            behind = _Behind(await records.documents.knowledge_version(), await records.catalogue.version())
            same_records = behind.records_version == manifest.records_version and not anew
            same_catalogue = behind.catalogue_version == manifest.catalogue_version and not anew
            if same_records and same_catalogue:
                return None
            indexed = {} if anew else manifest.documents
            if not same_records:
                changed, gone = await records.documents.changed_since(0 if anew else manifest.records_version)
                behind.gone.update(gone)
                for stored in changed:
                    _compare(stored.document, indexed, behind, published=stored.status is DocumentStatus.PUBLISHED)
                if anew:
                    behind.gone.update(k for k in manifest.documents if not k.startswith(ID_PREFIX))
            products = () if same_catalogue else await records.catalogue.all()
        if not same_catalogue:
            await asyncio.to_thread(_compare_products, products, indexed, manifest, behind)
        return behind

    async def _publish(
        self, tenant: str, base: Generation, behind: _Behind, fresh: Fresh, progress: Progress | None
    ) -> bool:
        """In portions; False when another writer went further meanwhile and all has to be looked at again."""
        portions = range(0, max(1, len(behind.documents)), PUBLISHED_TOGETHER)
        for start in portions:
            documents = behind.documents[start : start + PUBLISHED_TOGETHER]
            passages = await self._split(tenant, documents, behind)
            vectors = {**fresh, **await asyncio.to_thread(self._index.embed, base, passages, progress, fresh)}
            last = start == portions[-1]
            change = Change(
                forget=frozenset(behind.gone) - {d.id for d in behind.documents} if last else frozenset(),
                passages=passages,
                documents={d.id: d.content_hash for d in documents},
                product_names=_product_names(documents),
                records_version=behind.records_version if last else base.manifest.records_version,
                catalogue_version=behind.catalogue_version if last else base.manifest.catalogue_version,
            )
            accepted = await asyncio.to_thread(self._index.publish, tenant, base.manifest, change, vectors)
            if not accepted:
                return False
        return True

    async def _split(self, tenant: str, documents: Sequence[Document], behind: _Behind) -> tuple[Passage, ...]:
        unread = [d.id for d in documents if d.id not in behind.sections]
        if unread:
            contents = await self._originals.newest(tenant, unread)
            behind.sections.update(await asyncio.to_thread(_read_stored, contents))
        return await asyncio.to_thread(_split, documents, behind.sections)


def _compare(document: Document, indexed: Mapping[str, str], behind: _Behind, *, published: bool) -> None:
    if not published:
        behind.gone.add(document.id)
    elif indexed.get(document.id) != document.content_hash:
        behind.documents.append(document)


def _compare_products(
    products: Sequence[Product], indexed: Mapping[str, str], manifest: Manifest, behind: _Behind
) -> None:
    """Products whose words changed, and those no longer sold. Of many products only the names are kept."""
    current = set()
    whole = len(products) <= INDEXED_UP_TO
    for product in products:
        document = product_document(product)
        if not whole:  # the same data are another content once the catalogue is small enough to be indexed
            document = document.model_copy(update={"content_hash": f"{LEFT_OUT}{document.content_hash}"})
        current.add(document.id)
        if indexed.get(document.id) != document.content_hash:
            behind.documents.append(document)
            behind.sections[document.id] = product_sections(product) if whole else ()
    behind.gone.update(k for k in manifest.documents if k.startswith(ID_PREFIX) and k not in current)


def _product_names(documents: Sequence[Document]) -> dict[str, str]:
    """Every writing by which a product can be asked for → its id."""
    names = {}
    for document in documents:
        if document.product_id:
            names[document.product_id.casefold()] = document.product_id
            if document.product_name:
                names[document.product_name.casefold()] = document.product_id
    return names


def _read_all(documents: Sequence[LoadedDocument]) -> tuple[dict[str, tuple[Section, ...]], list[Passage]]:
    ready = {d.document.content_hash: d.read() for d in documents}
    return ready, [p for d in documents for p in split(d.document, ready[d.document.content_hash])]


def _split(documents: Sequence[Document], sections: dict[str, tuple[Section, ...]]) -> tuple[Passage, ...]:
    return tuple(p for d in documents for p in split(d, sections.pop(d.id)))


def _read_stored(contents: Mapping[str, tuple[bytes, str]]) -> dict[str, tuple[Section, ...]]:
    """What was accepted once and cannot be read now makes no passages; the others go on."""
    sections: dict[str, tuple[Section, ...]] = {}
    for document_id, (content, media_type) in contents.items():
        try:
            sections[document_id] = read_apart(content, media_type).sections
        except InvalidInput:
            log.warning("document cannot be read", document=document_id)
            sections[document_id] = ()
    return sections
