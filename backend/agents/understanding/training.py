"""Training of the intent classifier at build time: seconds on our own utterances, scikit-learn stays here."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from backend.agents.understanding.classifier import Classifier, ClassifierModel, Floats
from backend.agents.understanding.features import COLUMNS, columns_of
from backend.agents.understanding.utterances import Utterance, read_utterances, roughened

#: weight of the words beside the embedding, inverse regularisation: by cross-validation over lines
WORDS_SCALE = 1.0
STRENGTH = 3.0
FOLDS = 4
#: P(out of scope) from which a message is refused: people's own words stray further from ours than our held-out
#: lines do, so the bound is the one that refuses 9 in 10 strangers on the development rows and at most 1 in 30 shoppers
SCOPE = 0.25
#: raised when a change of this code makes older model files wrong
VERSION = 1


class Encoder(Protocol):
    """The part of an embedder that training needs."""

    name: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """float32 (len(texts), width), each row of length one."""
        ...


def model_path(models_dir: Path, utterances_dir: Path, embedder_name: str) -> Path:
    """Where the model of exactly these utterances and this embedder lies."""
    digest = hashlib.sha256(f"{VERSION} {embedder_name}".encode())
    for path in sorted(utterances_dir.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return models_dir / "understanding" / f"{digest.hexdigest()[:16]}.npz"


def open_classifier(models_dir: Path, utterances_dir: Path, embedder: Encoder) -> Classifier:
    """The trained classifier, trained now if its inputs changed."""
    path = model_path(models_dir, utterances_dir, embedder.name)
    if path.exists():
        return Classifier(ClassifierModel.load(path))
    model = train(utterances_dir, embedder)
    model.save(path)
    return Classifier(model)


def train(utterances_dir: Path, embedder: Encoder, extra: Sequence[Utterance] = ()) -> ClassifierModel:
    """Fit, calibrate and bound the classifier. `extra` are a shop's own corrected messages."""
    said = roughened([*read_utterances(utterances_dir), *extra])
    vectors = embedder.embed([u.text for u in said])
    return fit(said, vectors, embedder.name)


def fit(said: Sequence[Utterance], vectors: Floats, embedder_name: str) -> ClassifierModel:
    """A model of these utterances: weights from all of them, calibration from lines held out in turn."""
    acts = tuple(sorted({u.act for u in said}))
    labels = np.array([acts.index(u.act) for u in said])
    table = _table(said, vectors)
    held_out = np.zeros((len(said), len(acts)), dtype=np.float32)
    folds = _folds(said)
    for fold in range(FOLDS):
        kept = folds != fold
        weights, bias = _weights(table[kept], labels[kept], len(acts))
        held_out[~kept] = table[~kept] @ weights + bias
    temperature = _temperature(held_out, labels)
    weights, bias = _weights(table, labels, len(acts))
    width = vectors.shape[1]
    return ClassifierModel(
        embedder=embedder_name,
        acts=acts,
        dense=weights[:width],
        sparse=weights[width:],
        bias=bias,
        words_scale=WORDS_SCALE,
        temperature=temperature,
        scope=SCOPE,
    )


def _table(said: Sequence[Utterance], vectors: Floats) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]  # training only: serving starts without it

    rows = [columns_of(u.text) for u in said]
    counts = np.array([row.size for row in rows])
    values = np.repeat(WORDS_SCALE / np.sqrt(np.maximum(counts, 1)), counts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    words = sparse.csr_matrix((values, np.concatenate(rows), starts), shape=(len(said), COLUMNS))
    return sparse.hstack([sparse.csr_matrix(vectors), words], format="csr")


def _folds(said: Sequence[Utterance]) -> NDArray[np.int64]:
    """Lines, not utterances, are dealt out: what one line unfolds to stays together."""
    return np.array([hashlib.sha256(u.line.encode()).digest()[0] % FOLDS for u in said])


def _weights(table: Any, labels: NDArray[np.int64], classes: int) -> tuple[Floats, Floats]:
    """(columns, classes) weights and (classes,) bias of a multinomial logistic regression.

    Acts with few utterances weigh more, by the square root of what would make all equal.
    """
    from sklearn.linear_model import LogisticRegression  # training only: serving starts without it

    counts = np.bincount(labels, minlength=classes)
    weight = np.sqrt(counts.mean() / np.maximum(counts, 1))
    model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3, class_weight=dict(enumerate(weight)))
    model.fit(table, labels)
    weights = np.zeros((table.shape[1], classes), dtype=np.float32)
    bias = np.full(classes, -20, dtype=np.float32)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return weights, bias


def _temperature(logits: Floats, labels: NDArray[np.int64]) -> float:
    """The divisor of the logits with the least log loss (Guo et al. 2017, temperature scaling)."""

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        top = scaled.max(axis=1)
        total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((total - scaled[np.arange(len(labels)), labels]).mean())

    return float(min(np.geomspace(0.3, 4, 40), key=loss))
