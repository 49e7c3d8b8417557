"""The vectors of utterances are computed once; a changed or broken file costs time, never a wrong vector."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from backend.agents.understanding.kept_vectors import vectors_of


class Lengths:
    """An embedder that tells a text by its length and counts what it is asked."""

    name = "lengths"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        return np.array([[1.0, len(text) / 64] for text in texts], np.float32)


def test_only_new_texts_are_embedded_and_all_come_in_order(tmp_path: Path) -> None:
    kept, embedder = tmp_path / "kept.npz", Lengths()
    first = vectors_of(["bb", "a", "bb"], embedder, kept)
    assert sorted(embedder.asked) == ["a", "bb", "bb"]
    again = vectors_of(["ccc", "a", "bb"], embedder, kept)
    assert embedder.asked[3:] == ["ccc"]
    assert np.allclose(first[:, 1] * 64, [2, 1, 2]) and np.allclose(again[:, 1] * 64, [3, 1, 2])
    assert vectors_of(["a"], embedder, kept).dtype == np.float32


def test_a_file_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    kept, embedder = tmp_path / "kept.npz", Lengths()
    kept.write_bytes(b"nothing of the kind")
    assert np.allclose(vectors_of(["abcd"], embedder, kept)[:, 1] * 64, [4])
    vectors_of(["abcd"], embedder, kept)
    assert embedder.asked == ["abcd"]
