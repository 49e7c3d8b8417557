"""Training of the intent classifier at build time: seconds on our own utterances, scikit-learn stays here."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.agents.understanding.classifier import Classifier, ClassifierModel, Floats
from backend.agents.understanding.features import COLUMNS, columns_of
from backend.agents.understanding.kept_vectors import Encoder, kept_path, vectors_of
from backend.agents.understanding.spelling import known_words, open_spelling
from backend.agents.understanding.utterances import Utterance, mended, read_utterances, roughened

#: weight of the words beside the embedding, inverse regularisation: the best of a grid on the development rows
WORDS_SCALE = 2.0
STRENGTH = 1.0
#: one line in so many is held out for calibration
HELD = 5
#: P(out of scope), the vote of the lines included, from which a message is refused: it refuses 24 in 25 strangers among
#: the development rows, and of shoppers in sentences written after the training 1 in 50.
SCOPE = 0.38
#: raised when a change of this code makes older model files wrong
VERSION = 11


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
    model = train(utterances_dir, embedder, kept=kept_path(models_dir, embedder.name))
    model.save(path)
    return Classifier(model)


def train(utterances_dir: Path, embedder: Encoder, kept: Path | None = None) -> ClassifierModel:
    """Fit, calibrate and bound the classifier; `kept` as in `vectors_of`."""
    spelling = open_spelling(utterances_dir, known_words(embedder))
    said = mended(roughened(read_utterances(utterances_dir)), spelling.mend)
    return fit(said, vectors_of([u.text for u in said], embedder, kept), embedder.name)


def train_further(
    base: ClassifierModel, utterances_dir: Path, embedder: Encoder, extra: Sequence[Utterance], kept: Path
) -> ClassifierModel:
    """`base` trained on with a shop's own messages beside ours, on one thread: it goes on from the weights of `base`
    and keeps its calibration, which a few messages do not move.
    """
    spelling = open_spelling(utterances_dir, known_words(embedder))
    ours = mended(roughened(read_utterances(utterances_dir)), spelling.mend)
    own = [Utterance(spelling.mend(u.text), u.act, u.line) for u in roughened(list(extra))]
    parts = [vectors_of([u.text for u in ours], embedder, kept, threads=1)]
    if own:
        parts.append(vectors_of([u.text for u in own], embedder, None, threads=1))
    return fit([*ours, *own], np.concatenate(parts), embedder.name, base)


def fit(
    said: Sequence[Utterance], vectors: Floats, embedder_name: str, base: ClassifierModel | None = None
) -> ClassifierModel:
    """A model of these utterances: calibrated on lines it has not seen, then fitted to all of them.

    With a `base` of the same acts it starts there and takes over its calibration.
    """
    acts = tuple(sorted({u.act for u in said}))
    labels = np.array([acts.index(u.act) for u in said])
    table, regression = _table(said, vectors), _regression(labels)
    if base is not None and base.acts == acts and base.sparse.shape[0] == COLUMNS:
        temperature = base.temperature
        regression.coef_ = np.concatenate([base.dense, base.sparse]).T.astype(np.float64)
        regression.intercept_ = base.bias.astype(np.float64)
    else:
        held = _held_out(said)
        regression.fit(table[~held], labels[~held])
        temperature = _temperature(regression.decision_function(table[held]), labels[held]) if held.any() else 1.0
    regression.fit(table, labels)
    weights, width = regression.coef_.T.astype(np.float32), vectors.shape[1]
    lines, line_acts = _lines(said, vectors, labels)
    return ClassifierModel(
        embedder=embedder_name,
        acts=acts,
        dense=weights[:width],
        sparse=weights[width:],
        bias=regression.intercept_.astype(np.float32),
        lines=lines,
        line_acts=line_acts,
        words_scale=WORDS_SCALE,
        temperature=temperature,
        scope=SCOPE,
    )


def _lines(said: Sequence[Utterance], vectors: Floats, labels: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """A unit vector for each line, the mean of what it unfolds to, and its act."""
    places: dict[str, int] = {}
    of_line = np.array([places.setdefault(u.line, len(places)) for u in said])
    sums = np.zeros((len(places), vectors.shape[1]), np.float32)
    np.add.at(sums, of_line, vectors)
    acts = np.zeros(len(places), np.int64)
    acts[of_line] = labels
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), acts


def _table(said: Sequence[Utterance], vectors: Floats) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]  # training only: serving starts without it

    rows = [columns_of(u.text) for u in said]
    counts = np.array([row.size for row in rows])
    values = np.repeat(WORDS_SCALE / np.sqrt(np.maximum(counts, 1)), counts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    words = sparse.csr_matrix((values, np.concatenate(rows), starts), shape=(len(said), COLUMNS))
    return sparse.hstack([sparse.csr_matrix(vectors), words], format="csr")


def _held_out(said: Sequence[Utterance]) -> NDArray[np.bool_]:
    """Every fifth line of each act: what one line unfolds to stays together."""
    ranks: dict[str, dict[str, int]] = {}
    found = []
    for u in said:
        lines = ranks.setdefault(u.act, {})
        found.append(lines.setdefault(u.line, len(lines)) % HELD == HELD - 1)
    return np.array(found)


def _regression(labels: NDArray[np.int64]) -> Any:
    """A multinomial logistic regression that goes on from where its last fit ended.

    Acts with few utterances weigh more, by the square root of what would make all equal.
    """
    from sklearn.linear_model import LogisticRegression  # training only: serving starts without it

    counts = np.bincount(labels)
    weight = np.sqrt(counts.mean() / counts)
    return LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3, class_weight=dict(enumerate(weight)), warm_start=True)


def _temperature(logits: Floats, labels: NDArray[np.int64]) -> float:
    """The divisor of the logits with the least log loss (Guo et al. 2017, temperature scaling)."""

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        top = scaled.max(axis=1)
        total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((total - scaled[np.arange(len(labels)), labels]).mean())

    return float(min(np.geomspace(0.3, 4, 40), key=loss))
