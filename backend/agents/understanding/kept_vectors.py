"""The vectors of training utterances, kept between trainings: only what was not embedded before costs time."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Texts embedded by one thread at a time.
_PART = 256


class Encoder(Protocol):
    """The part of an embedder that training needs."""

    name: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """float32 (len(texts), width), each row of length one."""
        ...


def kept_path(models_dir: Path, embedder_name: str) -> Path:
    """Where the vectors of an embedder are kept."""
    return models_dir / "understanding" / f"vectors-{hashlib.sha256(embedder_name.encode()).hexdigest()[:16]}.npz"


def vectors_of(texts: Sequence[str], embedder: Encoder, kept: Path | None, threads: int | None = None) -> Floats:
    """The vectors of all texts, those not found in `kept` embedded on `threads` (every core).

    The file then holds exactly these texts; what it cannot hold or give is embedded again. Half precision is enough:
    it moves no component by more than 1/4000.
    """
    keys = np.array([_key(text) for text in texts], dtype=np.uint64)
    known, rows = _load(kept)
    place = np.searchsorted(known, keys)
    found = known[np.minimum(place, len(known) - 1)] == keys if len(known) else np.zeros(len(keys), bool)
    missing = [at for at in range(len(texts)) if not found[at]]
    fresh = _embedded([texts[at] for at in missing], embedder, threads) if missing else None
    width = rows.shape[1] if fresh is None else fresh.shape[1]
    vectors = np.empty((len(texts), width), np.float16)
    if found.any():
        vectors[found] = rows[place[found]]
    if fresh is not None:
        vectors[missing] = fresh
        _save(kept, keys, vectors)
    return vectors.astype(np.float32)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _load(kept: Path | None) -> tuple[NDArray[np.uint64], NDArray[np.float16]]:
    """Keys in ascending order and their vectors; nothing where there is no readable file."""
    try:
        if kept is not None:
            with np.load(kept, allow_pickle=False) as file:
                return file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError):
        pass
    return np.empty(0, np.uint64), np.empty((0, 0), np.float16)


def _save(kept: Path | None, keys: NDArray[np.uint64], vectors: NDArray[np.float16]) -> None:
    if kept is None:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    ordered, first = np.unique(keys, return_index=True)
    part = kept.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez(file, keys=ordered, vectors=vectors[first])
    part.replace(kept)


def _embedded(texts: Sequence[str], embedder: Encoder, threads: int | None) -> Floats:
    """All vectors; alike lengths go together, they need little padding."""
    by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts = [by_length[start : start + _PART] for start in range(0, len(texts), _PART)]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        found = list(pool.map(lambda part: embedder.embed([texts[at] for at in part]), parts))
    vectors = np.empty((len(texts), found[0].shape[1]), np.float32)
    for part, block in zip(parts, found, strict=True):
        vectors[part] = block
    return vectors
