"""Nearest vectors by FAISS: exact while that is fast, an inverted file with 8-bit codes beyond."""

import math
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from backend.rag.embedder import Matrix, Vector

#: Up to here exact search stays under about 3 ms a query; above, lists and codes win.
EXACT_UP_TO = 50_000
#: Lists looked into, as a share of all: measured for recall@5 ≥ .97 with exact rescoring.
PROBES = 64
#: Vectors that train the lists; more than 40 a list changes nothing.
TRAINING = 40


class VectorIndex:
    """Row numbers of the vectors most like a query. Rows are 0 … size-1 in the order added.

    FAISS knows a vector by an id that stays when others go: `ids` says it for every row.
    """

    def __init__(self, index: "faiss.Index", ids: NDArray[np.int64] | None = None) -> None:
        self._index = index
        self._ids = np.arange(index.ntotal, dtype=np.int64) if ids is None else ids
        self._rows = np.full(int(self._ids.max(initial=-1)) + 1, -1, dtype=np.int64)
        self._rows[self._ids] = np.arange(len(self._ids))
        faiss.omp_set_num_threads(1)
        faiss.cvar.distance_compute_blas_threshold = 20

    @classmethod
    def build(cls, vectors: Matrix) -> "VectorIndex":
        """Chooses the kind of index by the number of vectors."""
        count, width = vectors.shape
        faiss.omp_set_num_threads(1)
        if count <= EXACT_UP_TO:
            index: faiss.Index = faiss.IndexFlatIP(width)
        else:
            lists = _lists(count)
            index = faiss.index_factory(width, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
            sample = np.random.default_rng(0).choice(count, min(count, TRAINING * lists), replace=False)
            index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
            faiss.ParameterSpace().set_index_parameter(index, "nprobe", PROBES)
        for start in range(0, count, 65_536):
            index.add(np.ascontiguousarray(vectors[start : start + 65_536]))
        return cls(index)

    def changed(self, kept: NDArray[np.int64], added: Matrix) -> "VectorIndex | None":
        """The index of the `kept` rows, in order, with `added` after them; this one stays as it is.

        None where building anew is as quick, or the lists were made for a much larger or smaller number.
        """
        count = len(kept) + len(added)
        if count <= EXACT_UP_TO or not isinstance(self._index, faiss.IndexIVF):
            return None
        if not 0.5 <= _lists(count) / self._index.nlist <= 2:
            return None
        index = faiss.clone_index(self._index)
        gone = np.setdiff1d(self._ids, self._ids[kept])
        if len(gone):
            index.remove_ids(faiss.IDSelectorBatch(gone))
        new = np.arange(len(self._rows), len(self._rows) + len(added), dtype=np.int64)
        if len(added):
            index.add_with_ids(np.ascontiguousarray(added), new)
        return VectorIndex(index, np.concatenate([self._ids[kept], new]))

    @property
    def kind(self) -> str:
        """The FAISS index in use, for /ready."""
        return str(type(self._index).__name__)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vector, count: int) -> NDArray[np.int64]:
        """Up to `count` rows, best first."""
        if not self.size:
            return np.empty(0, dtype=np.int64)
        _, rows = self._index.search(vector.reshape(1, -1), min(count, self.size))
        found: NDArray[np.int64] = rows[0]
        return self._rows[found[found >= 0]]

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))
        if not np.array_equal(self._ids, np.arange(len(self._ids))):
            np.save(_ids_of(path), self._ids)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        ids = _ids_of(path)
        return cls(faiss.read_index(str(path)), np.load(ids) if ids.exists() else None)


def _lists(count: int) -> int:
    """How many lists an inverted file of so many vectors has."""
    return int(2 ** round(math.log2(4 * math.sqrt(count))))


def _ids_of(path: Path) -> Path:
    return path.with_suffix(".ids.npy")
