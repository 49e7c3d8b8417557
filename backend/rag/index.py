"""The passages of every shop, searched by this process and kept level with what other processes write."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from backend.domain.knowledge import Passage
from backend.rag.embedder import Embedder
from backend.rag.folders import TenantFolder
from backend.rag.generation import Embedded, Generation, Manifest, empty, title_path

#: Seconds between two looks at whether another process has written.
LOOK_EVERY = 0.5
#: Texts embedded between two reports of progress.
PORTION = 128

#: Called with (done, all) passages; from a worker thread.
Progress = Callable[[int, int], None]


@dataclass
class _Shop:
    """What this process holds of one shop."""

    generation: Generation
    stamp: tuple[int, int] | None
    looked: float
    reloading: asyncio.Task[None] | None = None


class PassageIndex:
    """All shops' generations. Search reads `generation(tenant)`; writers call `replace` in a thread."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self._root = root
        self._embedder = embedder
        self._shops: dict[str, _Shop] = {}

    async def generation(self, tenant: str) -> Generation:
        """The newest state known here; a newer one on disk is loaded beside the search, never during it."""
        shop = self._shops.get(tenant)
        if shop is None:
            return (await asyncio.to_thread(self._open, tenant)).generation
        now = time.monotonic()
        if now - shop.looked > LOOK_EVERY:
            shop.looked = now
            if shop.reloading is None and self._folder(tenant).stamp() != shop.stamp:
                shop.reloading = asyncio.create_task(self._reload(tenant))
        return shop.generation

    async def _reload(self, tenant: str) -> None:
        try:
            await asyncio.to_thread(self._open, tenant)
        finally:
            self._shops[tenant].reloading = None

    def _open(self, tenant: str) -> _Shop:
        """Loads the generation in force; one of another model, or a broken one, counts as none."""
        folder = self._folder(tenant)
        stamp = folder.stamp()
        shop = _Shop(self._load(folder), stamp, time.monotonic())
        known = self._shops.get(tenant)
        if known is not None and known.generation.number > shop.generation.number and stamp == known.stamp:
            return known
        self._shops[tenant] = shop
        return shop

    def _load(self, folder: TenantFolder) -> Generation:
        for _ in range(3):
            path = folder.current()
            if path is None:
                break
            try:
                generation = Generation.load(path, int(path.name.removeprefix("gen-")))
            except (OSError, ValueError, KeyError):
                continue  # swept away by a writer between two reads: the pointer names a newer one by now
            if (generation.manifest.model, generation.manifest.width) == (self._embedder.name, self._embedder.width):
                return generation
            break
        return empty(self._embedder.name, self._embedder.width)

    def _folder(self, tenant: str) -> TenantFolder:
        return TenantFolder(self._root, tenant)

    def apply(
        self,
        tenant: str,
        change: Callable[[Generation], "Change | None"],
        progress: Progress | None = None,
    ) -> Generation:
        """Publishes the state after `change`, which sees the state in force; None changes nothing.

        Blocks for as long as the embedding takes: call it in a thread. One writer a shop at a time.
        """
        folder = self._folder(tenant)
        with folder.writing():
            old = self._load(folder)
            wanted = change(old)
            if wanted is None:
                return old
            generation = self._build(old, wanted, progress)
            folder.publish(generation)
            return self._open(tenant).generation

    def _build(self, old: Generation, wanted: "Change", progress: Progress | None) -> Generation:
        passages = [p for p in old.passages if p.document_id not in wanted.forget]
        passages += wanted.passages
        documents = {key: value for key, value in old.manifest.documents.items() if key not in wanted.forget}
        documents.update(wanted.documents)
        manifest = Manifest(model=self._embedder.name, width=self._embedder.width, documents=documents)
        return Generation.build(manifest, passages, self._embed(old.embedded, passages, progress))

    def _embed(self, old: Embedded, passages: Sequence[Passage], progress: Progress | None) -> Embedded:
        """Every text and title path once; what was embedded before is taken over."""
        keys = [(_key(passage.text), _key(title_path(passage))) for passage in passages]
        texts = {}
        for passage, (text_key, title_key) in zip(passages, keys, strict=True):
            texts[text_key] = passage.text
            texts[title_key] = title_path(passage)
        known = {key: row for row, key in enumerate(old.hashes) if key in texts}
        missing = [(key, text) for key, text in texts.items() if key not in known]
        # neighbours in length share a batch: little is padded
        missing.sort(key=lambda item: len(item[1]))
        vectors = np.empty((len(texts), self._embedder.width), dtype=np.float32)
        vectors[: len(known)] = old.vectors[list(known.values())]
        for start in range(0, len(missing), PORTION):
            portion = missing[start : start + PORTION]
            first = len(known) + start
            vectors[first : first + len(portion)] = self._embedder.embed([text for _, text in portion])
            if progress:
                progress((start + len(portion)) * len(passages) // len(missing), len(passages))
        hashes = (*known, *(key for key, _ in missing))
        row = {key: at for at, key in enumerate(hashes)}
        at = np.array([(row[text], row[title]) for text, title in keys], dtype=np.int32).reshape(-1, 2)
        return Embedded(vectors, hashes, at[:, 0].copy(), at[:, 1].copy())


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Change:
    """What a writer wants: documents to forget, and passages of the documents that take their place."""

    forget: frozenset[str]
    passages: tuple[Passage, ...]
    documents: Mapping[str, str]
