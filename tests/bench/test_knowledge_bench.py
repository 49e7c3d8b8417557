"""The knowledge parts of the bench: what they read, what they count, and what they say when something is missing."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from backend.cli.bench import retrieval, scale, server
from backend.rag.embedder import CachedEmbedder, Matrix

WIDTH = 16


class Words(CachedEmbedder):
    """Vectors by the letters of a text: the same text, the same vector."""

    def __init__(self) -> None:
        super().__init__("letters", WIDTH)

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = np.full((len(texts), WIDTH), 0.1, dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                rows[row, ord(letter) % WIDTH] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    dev = tmp_path / "public" / "dev"
    dev.mkdir(parents=True)
    things = ("anchor", "bucket", "candle", "dynamo", "easel", "funnel", "gimlet", "hinge")
    corpus = [{"id": f"d{n}", "title": f"The {t}", "text": f"A {t} of brass."} for n, t in enumerate(things)]
    queries = [{"id": f"q{n}", "text": f"which {t} is of brass"} for n, t in enumerate(things)]
    qrels = ["query_id\tdoc_id\tscore", *(f"q{n}\td{n}\t1" for n in range(len(things)))]
    for name in scale.CORPORA:
        (dev / f"{name}.corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
        (dev / f"{name}.queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
        (dev / f"{name}.qrels.tsv").write_text("\n".join(qrels))
    return dev.parent


def test_search_is_measured_and_what_is_missing_is_named(
    tmp_path: Path, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "SECONDS", 0.05)
    report = retrieval.measure(tmp_path, public, Words)
    assert report.figures["ours"]["hit"] == 1
    assert report.figures["ours"]["rate"] > 0
    if "LangChain" not in report.figures:
        assert "pip install" in str(report.table.caption)


def test_the_vector_index_is_measured_at_every_size(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "SIZES", (2_000, 60_000))
    figures = scale.measure(public, Words()).figures
    assert {found["kind"] for found in figures.values()} == {"FlatIP", "IVFScalarQuantizer"}
    assert figures["2000"]["recall"] == 1
    assert figures["60000"]["megabytes"] > 0


def test_without_the_data_a_sentence_says_where_they_are_named(tmp_path: Path) -> None:
    for measure in (lambda: scale.read(tmp_path), lambda: retrieval.read(tmp_path)):
        with pytest.raises(server.Failed, match="DATA=path"):
            measure()


def test_perturbed_vectors_are_near_the_real_ones() -> None:
    real = Words().embed(["abc", "xyz"])
    near = scale.perturbed(real, 5)
    assert np.allclose(np.linalg.norm(near, axis=1), 1, atol=1e-5)
    assert all(float(near[n] @ real[n % 2]) > 0.8 for n in range(5))
