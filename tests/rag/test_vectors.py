"""The vector index takes and forgets single vectors, and keeps finding what exact search finds."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.rag import vectors
from backend.rag.vectors import VectorIndex

WIDTH = 32
#: Vectors without any order are the hardest to put into lists: what a change may cost beside a fresh index.
LOSS = 0.02


def unit(count: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> NDArray[np.float32]:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)
    return unit(4_000, 1)


def exact(rows: NDArray[np.float32], query: NDArray[np.float32]) -> set[int]:
    return set(np.argsort(-(rows @ query))[:5].tolist())


def agreement(index: VectorIndex, rows: NDArray[np.float32]) -> float:
    found = [len(set(index.nearest(query, 50).tolist()) & exact(rows, query)) / 5 for query in unit(100, 2)]
    return float(np.mean(found))


def test_the_kind_is_chosen_by_size(many: NDArray[np.float32]) -> None:
    kinds = VectorIndex.build(many[:900]).kind, VectorIndex.build(many).kind
    assert kinds == ("IndexFlatIP", "IndexIVFScalarQuantizer")


def test_rows_go_and_come_without_a_rebuild(many: NDArray[np.float32], tmp_path: Path) -> None:
    index, added = VectorIndex.build(many), unit(100, 3)
    anew = agreement(index, many)
    kept = np.setdiff1d(np.arange(len(many)), np.arange(0, 4_000, 9))
    changed = index.changed(kept, added)
    assert changed is not None
    now = np.concatenate([many[kept], added])
    assert changed.size == len(now)
    assert agreement(changed, now) >= agreement(VectorIndex.build(now), now) - LOSS
    assert [int(changed.nearest(row, 1)[0]) for row in added[:20]] == [len(kept) + n for n in range(20)]
    assert agreement(index, many) >= anew - LOSS  # the former state serves on
    changed.save(tmp_path / "dense.faiss")
    again = VectorIndex.load(tmp_path / "dense.faiss")
    assert np.array_equal(again.nearest(added[3], 5), changed.nearest(added[3], 5))
    twice = again.changed(np.arange(1, again.size), added[:0])
    assert twice is not None and agreement(twice, now[1:]) >= anew - 2 * LOSS


def test_a_small_or_much_changed_index_is_built_anew(many: NDArray[np.float32]) -> None:
    small = VectorIndex.build(many[:500])
    assert small.changed(np.arange(500), many[500:600]) is None
    assert VectorIndex.build(many).changed(np.arange(4_000), unit(40_000, 5)) is None
