"""The vector index at 10⁴, 10⁵ and 10⁶ vectors: real embeddings, perturbed until there are enough of them."""

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from backend.cli.bench import server
from backend.cli.bench.figures import Report, Spread, titled
from backend.rag.embedder import Embedder, Matrix
from backend.rag.vectors import VectorIndex

SIZES = (10_000, 100_000, 1_000_000)
#: Length of the random step away from a real embedding: about the distance between two paraphrases.
STEP = 0.5
QUERIES, BEST = 500, 5
#: Candidates that a search takes from the index; their exact cosines decide.
CANDIDATES = 192
CHANGED = 1_000
CORPORA = ("retrieval_epqa", "retrieval_stackfaq")


def measure(public: Path, embedder: Embedder) -> Report:
    """Recall against exact search, milliseconds, build, memory, and changes without a rebuild."""
    texts, questions = read(public / "dev")
    asked = embedder.embed(questions[:QUERIES])
    real = embedder.embed(texts)
    columns = ("vectors", "index", "recall@5", "ms", "exact ms", "build s", "MB", "add 1,000 s", "delete s")
    table = titled("Vector index: perturbed real embeddings, one thread, median / p99", *columns)
    figures = {}
    for size in SIZES:
        found = figures[str(size)] = _measured(perturbed(real, size), asked)
        table.add_row(f"{size:,}", *(str(found[name]) for name in _SHOWN))
    return Report(table, figures)


_SHOWN = ("kind", "recall", "ms", "exact_ms", "build_seconds", "megabytes", "add_seconds", "delete_seconds")


def read(dev: Path) -> tuple[list[str], list[str]]:
    """Passages and questions of the public corpora. Raises Failed when they are not there."""
    if not (dev / f"{CORPORA[0]}.corpus.jsonl").exists():
        raise server.Failed(f"the corpora are not in {dev}: name the folder that holds dev/ by DATA=path")
    lines = [[(dev / f"{name}.{part}.jsonl").read_text("utf-8").splitlines() for name in CORPORA] for part in _PARTS]
    texts, questions = ([json.loads(line)["text"] for file in files for line in file] for files in lines)
    return [text[:400] for text in texts], questions


_PARTS = ("corpus", "queries")


def perturbed(real: Matrix, size: int) -> Matrix:
    """Unit vectors near the real ones, each real one as often as any other."""
    chance = np.random.default_rng(0)
    rows = np.empty((size, real.shape[1]), dtype=np.float32)
    for start in range(0, size, 50_000):
        at = np.arange(start, min(start + 50_000, size)) % len(real)
        step = chance.normal(size=(len(at), real.shape[1])).astype(np.float32)
        step *= STEP / np.linalg.norm(step, axis=1, keepdims=True)
        near = real[at] + step
        rows[start : start + len(at)] = near / np.linalg.norm(near, axis=1, keepdims=True)
    return rows


def _measured(rows: Matrix, asked: Matrix) -> dict[str, Any]:
    begun = time.perf_counter()
    index = VectorIndex.build(rows)
    built = time.perf_counter() - begun
    truth, exact = _exact(rows, asked)
    recall, spread = _searched(index, rows, asked, truth)
    begun = time.perf_counter()
    added = index.changed(np.arange(len(rows)), perturbed(rows[:CHANGED], CHANGED)) or VectorIndex.build(rows)
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    _ = added.changed(np.arange(CHANGED, added.size), rows[:0]) or VectorIndex.build(rows)
    return {
        "kind": index.kind.removeprefix("Index"),
        "recall": round(recall, 3),
        "ms": str(spread),
        "median_ms": spread.median,
        "exact_ms": round(1000 * exact, 1),
        "build_seconds": round(built, 1),
        "megabytes": _megabytes(index),
        "add_seconds": round(took, 2),
        "delete_seconds": round(time.perf_counter() - begun, 2),
    }


def _searched(index: VectorIndex, rows: Matrix, asked: Matrix, truth: NDArray[np.int64]) -> tuple[float, Spread]:
    """As search does it: candidates from the index, their exact cosines in order."""
    times, hits = [], 0
    for query, right in zip(asked, truth, strict=True):
        begun = time.perf_counter()
        near = index.nearest(query, CANDIDATES)
        best = near[np.argsort(-(rows[near] @ query))[:BEST]]
        times.append(time.perf_counter() - begun)
        hits += len(np.intersect1d(best, right))
    return hits / truth.size, Spread.of(times)


def _exact(rows: Matrix, asked: Matrix) -> tuple[NDArray[np.int64], float]:
    """The true best of every query, and the seconds of one."""
    flat = faiss.IndexFlatIP(rows.shape[1])
    flat.add(rows)
    begun = time.perf_counter()
    for query in asked[:5]:
        flat.search(query.reshape(1, -1), BEST)
    seconds = (time.perf_counter() - begun) / 5
    _, truth = flat.search(asked, BEST)
    return truth, seconds


def _megabytes(index: VectorIndex) -> int:
    with tempfile.TemporaryDirectory(prefix="bench") as scratch:
        index.save(Path(scratch) / "dense.faiss")
        return round(os.path.getsize(Path(scratch) / "dense.faiss") / 1e6)  # noqa: PTH202  one number
