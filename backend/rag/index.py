"""The passages of every shop, searched by this process and kept level with what other processes write."""

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from backend.domain.knowledge import Passage
from backend.rag.embedded import Embedded, shares
from backend.rag.embedder import Embedder, Vector
from backend.rag.folders import KEPT, TenantFolder
from backend.rag.generation import Generation, Kept, Manifest, empty, read_manifest
from backend.rag.headings import headline
from backend.rag.line_vectors import lines_of

#: Seconds between two looks at whether another process has written.
LOOK_EVERY = 0.5
#: Threads that embed a load: a core or more is left for those who ask meanwhile.
EMBEDDING_THREADS = max(1, min(3, (os.cpu_count() or 1) - 1))

#: Called with (done, all) texts, from a worker thread.
Progress = Callable[[int, int], None]
#: Vectors of texts by the texts' keys.
Fresh = Mapping[str, Vector]
_NONE: Fresh = {}


@dataclass(frozen=True)
class Change:
    """What a writer wants: documents to forget, and those that come or take their place with their hashes."""

    forget: frozenset[str]
    passages: tuple[Passage, ...]
    documents: Mapping[str, str]
    product_names: Mapping[str, str]
    records_version: int
    catalogue_version: int


@dataclass
class _Shop:
    """What this process holds of one shop."""

    generation: Generation
    stamp: tuple[int, int] | None
    looked: float
    reloading: asyncio.Task[None] | None = None


class PassageIndex:
    """All shops' generations on disk, and those asked for in memory."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self._root = root
        self._embedder = embedder
        self._shops: dict[str, _Shop] = {}
        self._manifests: dict[str, tuple[tuple[int, int] | None, Manifest]] = {}

    async def generation(self, tenant: str) -> Generation:
        """The newest state known here; a newer one on disk is loaded beside the search, never during it."""
        shop = self._shops.get(tenant)
        if shop is None:
            return (await asyncio.to_thread(self._open, tenant)).generation
        now = time.monotonic()
        if now - shop.looked > LOOK_EVERY:
            shop.looked = now
            # where the folder is gone, what was read from it goes on serving until it is built anew
            if shop.reloading is None and TenantFolder(self._root, tenant).stamp() not in (None, shop.stamp):
                shop.reloading = asyncio.create_task(self._reload(tenant))
        return shop.generation

    def held(self, tenant: str) -> Generation | None:
        """What this process has in memory; None of a shop that nobody asked here."""
        shop = self._shops.get(tenant)
        return shop.generation if shop is not None and shop.stamp is not None else None

    def manifest(self, tenant: str) -> Manifest:
        """What the generation in force on disk was made of, without opening the rest of it."""
        folder = TenantFolder(self._root, tenant)
        stamp = folder.stamp()
        shop = self._shops.get(tenant)
        if shop is not None and shop.stamp == stamp:
            return shop.generation.manifest
        seen = self._manifests.get(tenant)
        if seen is None or seen[0] != stamp:
            current = folder.current()
            read = read_manifest(current) if current else None
            of_this = read is not None and (read.model, read.width) == (self._embedder.name, self._embedder.width)
            none = Manifest(model=self._embedder.name, width=self._embedder.width)
            seen = self._manifests[tenant] = (stamp, read if read is not None and of_this else none)
        return seen[1]

    def folder(self, tenant: str) -> TenantFolder:
        """Where a shop's generations lie."""
        return TenantFolder(self._root, tenant)

    async def newest(self, tenant: str) -> Generation:
        """The state in force on disk at this moment, for writers."""
        return (await asyncio.to_thread(self._open, tenant)).generation

    def embed(
        self, known: Generation, passages: Sequence[Passage], progress: Progress | None = None, fresh: Fresh = _NONE
    ) -> Fresh:
        """Vectors of the texts and headings that neither `known` nor `fresh` holds. Blocks: call it in a thread."""
        have = set(known.embedded.hashes) | fresh.keys()
        texts = {key(text): text for passage in passages for text in (passage.text, headline(passage))}
        # neighbours in length share a batch: little is padded
        missing = sorted(((k, text) for k, text in texts.items() if k not in have), key=lambda item: len(item[1]))
        size = self._embedder.batch
        batches = [missing[start : start + size] for start in range(0, len(missing), size)]
        found: dict[str, Vector] = {}
        with ThreadPoolExecutor(EMBEDDING_THREADS) as pool:
            done = pool.map(lambda batch: self._embedder.embed([text for _, text in batch]), batches)
            for batch, vectors in zip(batches, done, strict=True):
                found.update(zip((k for k, _ in batch), vectors, strict=True))
                if progress:
                    progress(len(found), len(missing))
        return found

    def about(self, known: Generation, product_id: str, more: Sequence[Passage]) -> Generation:
        """An index of what `known` holds about a product and of these passages. Blocks: call it in a thread."""
        rows = np.flatnonzero(known.mask("product_id", product_id))
        passages = [*(known.passages[row] for row in rows), *more]
        names = {name: owner for name, owner in known.manifest.product_names.items() if owner == product_id}
        manifest = known.manifest.model_copy(update={"documents": {}, "product_names": names})
        built = Generation.build(manifest, passages, self._gather(known, passages, _NONE))
        return replace(built, lines=known.lines)

    def with_more(self, known: Generation, more: Sequence[Passage]) -> Generation:
        """An index of all that `known` holds and of these passages. Blocks: call it in a thread."""
        passages = [*known.passages, *more]
        built = Generation.build(known.manifest, passages, self._gather(known, passages, _NONE))
        return replace(built, lines=known.lines)

    def publish(self, tenant: str, base: Manifest, change: Change, fresh: Fresh) -> bool:
        """Puts the state after `change` in force; False when another writer went beyond `base` meanwhile.

        `change` is what the records hold beyond `base`. One writer a shop at a time, across processes.
        Blocks: call it in a thread.
        """
        folder = TenantFolder(self._root, tenant)
        with folder.writing():
            old = self._load(folder)
            if versions(old.manifest) != versions(base):
                return False
            # what is deleted is gone from the disk too: a reader who is just opening it begins again with the new
            folder.publish(self._build(old, change, fresh), kept=0 if change.forget else KEPT)
        self._open(tenant)
        return True

    async def _reload(self, tenant: str) -> None:
        try:
            await asyncio.to_thread(self._open, tenant)
        finally:
            self._shops[tenant].reloading = None

    def _open(self, tenant: str) -> _Shop:
        """Loads the generation in force unless it is in memory already."""
        folder = TenantFolder(self._root, tenant)
        stamp = folder.stamp()
        known = self._shops.get(tenant)
        if known is not None and known.stamp == stamp:
            return known
        generation = self._load(folder)
        if known is not None and stamp is None:  # for a writer, who begins anew
            return _Shop(generation, stamp, time.monotonic())
        if known is not None:
            known.generation, known.stamp = generation, stamp
            return known
        return self._shops.setdefault(tenant, _Shop(generation, stamp, time.monotonic()))

    def _load(self, folder: TenantFolder) -> Generation:
        """The generation in force; one of another model, or a broken one, counts as none and is built anew."""
        for _ in range(3):
            path = folder.current()
            if path is None:
                break
            try:
                generation = Generation.load(path, int(path.name.removeprefix("gen-")))
            except (OSError, ValueError, KeyError, RuntimeError):
                continue  # swept away by a writer between two reads: the pointer names a newer one by now
            if (generation.manifest.model, generation.manifest.width) == (self._embedder.name, self._embedder.width):
                return generation
            break
        return empty(self._embedder.name, self._embedder.width)

    def _build(self, old: Generation, wanted: Change, fresh: Fresh) -> Generation:
        gone = wanted.forget | wanted.documents.keys()
        kept = [row for row, passage in enumerate(old.passages) if passage.document_id not in gone]
        passages = [old.passages[row] for row in kept] + list(wanted.passages)
        documents = {k: value for k, value in old.manifest.documents.items() if k not in gone}
        documents |= wanted.documents
        manifest = Manifest(
            model=self._embedder.name,
            width=self._embedder.width,
            documents=documents,
            product_names=old.manifest.names_with(wanted.product_names, documents),
            records_version=wanted.records_version,
            catalogue_version=wanted.catalogue_version,
        )
        before = Kept(old.index, np.array(kept, dtype=np.int64))
        forgotten = lines_of(passage for passage in old.passages if passage.document_id in wanted.forget)
        built = Generation.build(manifest, passages, self._gather(old, passages, fresh), before)
        return replace(built, lines=old.lines.without(forgotten))

    def _gather(self, old: Generation, passages: Sequence[Passage], fresh: Fresh) -> Embedded:
        """The vectors of these passages, each text once, from the old state, the fresh ones, or embedded now."""
        late = {**fresh, **self.embed(old, passages, None, fresh)}
        pairs = [(key(passage.text), key(headline(passage))) for passage in passages]
        hashes = tuple(dict.fromkeys(k for pair in pairs for k in pair))
        before = {k: row for row, k in enumerate(old.embedded.hashes)}
        vectors = np.empty((len(hashes), self._embedder.width), dtype=np.float32)
        for row, k in enumerate(hashes):
            vectors[row] = old.embedded.vectors[before[k]] if k in before else late[k]
        place = {k: row for row, k in enumerate(hashes)}
        at = np.array([(place[text], place[title]) for text, title in pairs], dtype=np.int32).reshape(-1, 2)
        return Embedded(vectors, hashes, at[:, 0].copy(), at[:, 1].copy(), shares(passages))


def key(text: str) -> str:
    """Names a text by its content."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def versions(manifest: Manifest) -> tuple[int, int]:
    """Up to which changes of the records an index is level."""
    return manifest.records_version, manifest.catalogue_version
