"""Text to vectors: the one place that runs the embedding model."""

import asyncio
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from backend.domain.errors import EngineUnavailable
from backend.llm.embeddings import EmbeddingsEndpoint
from backend.rag.packed import LAYOUT, PackedEncoder

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]

#: Texts per run: larger ones only pad more. A request to an endpoint is worth more of them.
BATCH, REQUEST = 16, 64
#: Questions whose vectors are remembered.
CACHE = 2048
#: So many texts at once are the wishes of one message: retrieval asks for the same vectors right after.
FEW = 9
MANIFEST = "manifest.json"
#: Raised when an export is made in another way: older ones are made again.
FORMAT = 3
#: What is known of a model behind an endpoint.
ENDPOINT = "endpoint.json"


class Embedder(Protocol):
    """Turns texts into unit vectors. Safe to call from several threads."""

    name: str
    width: int
    #: texts that are best embedded at once
    batch: int
    #: whether its last run came to nothing
    failed: bool

    def embed(self, texts: Sequence[str]) -> Matrix:
        """float32 (len(texts), width), each row of length one."""
        ...

    def embed_one(self, text: str) -> Vector:
        """float32 (width,), remembered for a while."""
        ...

    async def aembed_one(self, text: str) -> Vector:
        """The same without holding up the event loop."""
        ...


def model_folder(models_dir: Path, name: str) -> Path:
    """Where the export of a model lies."""
    return models_dir / name.replace("/", "--")


def is_exported(name: str, models_dir: Path) -> bool:
    """Whether a complete export lies there, laid out for this machine, its files unchanged since they were checked.

    Files are read only where size or time tell of a change.
    """
    folder = model_folder(models_dir, name)
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        return bool(
            (manifest["format"], manifest["name"], manifest["layout"]) == (FORMAT, name, LAYOUT)
            and all(_unchanged(folder / file, told) for file, told in manifest["files"].items())
        )
    except (OSError, ValueError, KeyError):
        return False


def file_state(path: Path) -> dict[str, int | str]:
    """What tells a file from a changed one: its size, time and SHA-256."""
    with path.open("rb") as file:
        return {**_stamp(path), "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _stamp(path: Path) -> dict[str, int | str]:
    found = path.stat()
    return {"bytes": found.st_size, "changed_ns": found.st_mtime_ns}


def _unchanged(path: Path, told: Mapping[str, int | str]) -> bool:
    return _stamp(path).items() <= told.items() or file_state(path)["sha256"] == told["sha256"]


def open_embedder(name: str, models_dir: Path, base_url: str = "", key: str = "") -> Embedder:
    """The exported model of that name, else the sentence-transformers model itself; with `base_url` the model of
    that name behind an OpenAI-compatible endpoint.

    Raises EngineUnavailable when it cannot be had.
    """
    if base_url:
        return open_endpoint(name, models_dir, EmbeddingsEndpoint(base_url, key, name))
    folder = model_folder(models_dir, name)
    if (folder / MANIFEST).exists():
        return OnnxEmbedder(folder)
    from backend.rag.sentence_models import SentenceTransformerEmbedder

    try:
        return SentenceTransformerEmbedder(name)
    except Exception as problem:
        raise EngineUnavailable(f"The embedding model {name} cannot be loaded: {problem}") from problem


class CachedEmbedder:
    """What all embedders share: one text at a time through a small memory."""

    batch = BATCH
    failed = False

    def __init__(self, name: str, width: int) -> None:
        self.name = name
        self.width = width
        self._cache: OrderedDict[str, Vector] = OrderedDict()
        self._cache_lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Matrix:
        raise NotImplementedError

    def embed_one(self, text: str) -> Vector:
        found = self._remembered(text)
        return found if found is not None else self._remember(text, self.embed([text])[0])

    async def aembed_one(self, text: str) -> Vector:
        found = self._remembered(text)
        return found if found is not None else await asyncio.to_thread(self.embed_one, text)

    def _remembered(self, text: str) -> Vector | None:
        with self._cache_lock:
            found = self._cache.get(text)
            if found is not None:
                self._cache.move_to_end(text)
            return found

    def _remember(self, text: str, vector: Vector) -> Vector:
        with self._cache_lock:
            self._cache[text] = vector
            if len(self._cache) > CACHE:
                self._cache.popitem(last=False)
        return vector


class OnnxEmbedder(CachedEmbedder):
    """Serves an exported model on onnxruntime. Its files are opened when first asked: a start that finds everything
    current only wants to know its name.
    """

    def __init__(self, folder: Path) -> None:
        manifest = json.loads((folder / MANIFEST).read_text())
        super().__init__(manifest["name"], manifest["width"])
        self._folder, self._max_tokens = folder, int(manifest["max_tokens"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(self._max_tokens)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _encoder(self) -> PackedEncoder:
        return PackedEncoder(self._folder)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Texts of like length share a batch, so that little is padded; rows come back in the order given."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        vectors = np.empty((len(tokens), self.width), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._encoder.run([tokens[i] for i in rows])
        if len(texts) <= FEW:
            for text, vector in zip(texts, vectors, strict=True):
                self._remember(text, vector.copy())
        return vectors

    def embed_one(self, text: str) -> Vector:
        found = self._remembered(text)
        if found is not None:
            return found
        return self._remember(text, self._encoder.run([self._tokenizer.encode(text).ids])[0])

    def words(self) -> frozenset[str]:
        """The lower-case words that are one token each, some 20,000 of the common ones."""
        return frozenset(token for token in self._tokenizer.get_vocab() if token.isalpha() and token.islower())


#: Asks an embeddings endpoint for one batch; it retries by itself and raises when the endpoint stays down.
EndpointCall = Callable[[Sequence[str]], Sequence[Sequence[float]]]


class EndpointEmbedder(CachedEmbedder):
    """An OpenAI-compatible embeddings endpoint; `call` belongs to whoever owns the client."""

    def __init__(self, name: str, width: int, call: EndpointCall, batch: int = REQUEST) -> None:
        super().__init__(name, width)
        self._call = call
        self.batch = batch

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows: list[Sequence[float]] = []
        for start in range(0, len(texts), self.batch):
            rows.extend(self._ask(texts[start : start + self.batch]))
        vectors = np.asarray(rows, dtype=np.float32).reshape(len(texts), -1)
        if len(texts) and vectors.shape[1] != self.width:
            raise EngineUnavailable(f"{self.name} sent vectors of width {vectors.shape[1]}, not {self.width}.")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _ask(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.failed = True
        rows = self._call(texts)
        self.failed = False
        return rows


def open_endpoint(name: str, models_dir: Path, call: EndpointCall) -> Embedder:
    """The width is asked for once and remembered, so that a later start works while the endpoint is away.

    Raises EngineUnavailable when it is away at the first.
    """
    known = model_folder(models_dir, name) / ENDPOINT
    if known.exists():
        return EndpointEmbedder(name, int(json.loads(known.read_text())["width"]), call)
    width = len(call(["width"])[0])
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps({"name": name, "width": width}))
    return EndpointEmbedder(name, width, call)
