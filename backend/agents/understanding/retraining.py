"""A shop's own classifier: trained with its corrected messages in a process of its own, live only when not worse.

python -m backend.agents.understanding.retraining   (the job as JSON on standard input)
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from backend.agents.understanding.classifier import Classifier, ClassifierModel, Floats
from backend.agents.understanding.training import Encoder, fit, model_path
from backend.agents.understanding.utterances import Utterance, read_utterances, roughened
from backend.domain.conversation import INTENT_OF_ACT, Act, Intent
from backend.rag.embedder import open_embedder

#: A correction weighs as much as a line with so many fillings.
WEIGHT = 10
#: Texts embedded at a time, so that a serving process keeps its cores.
_PART = 64

Row = Mapping[str, str]


@dataclass(frozen=True)
class Job:
    """What to train and where it goes (`shops_dir`).

    `corrections` are {text, act}, `rows` {text, intent} to be judged by beside them.
    """

    tenant: str
    shops_dir: str
    models_dir: str
    utterances_dir: str
    embedder: str
    corrections: list[dict[str, str]]
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class Outcome:
    """How the training ended; `before` and `after` are shares of rows read right, from 0 to 1."""

    live: bool
    before: float
    after: float
    rows: int
    corrections: int


def shop_path(shops_dir: Path, base: Path, tenant: str) -> Path:
    """Where the model of a shop lies; one trained from other utterances than `base` is never found."""
    return shops_dir / f"{base.stem}-{hashlib.sha256(tenant.encode()).hexdigest()[:16]}.npz"


def retrain(job: Job, embedder: Encoder) -> Outcome:
    """Train the candidate, compare it with the live model on all rows, and put it in place when it is no worse."""
    base = model_path(Path(job.models_dir), Path(job.utterances_dir), embedder.name)
    live = shop_path(Path(job.shops_dir), base, job.tenant)
    current = ClassifierModel.load(live if live.exists() else base)
    candidate = _candidate(job, embedder, base)
    taught = [{"text": c["text"], "intent": INTENT_OF_ACT[Act(c["act"])].value} for c in job.corrections]
    models = Classifier(current), Classifier(candidate)
    common, own = (_compared(models, rows, embedder) for rows in (job.rows, taught))
    better = common[1] >= common[0] and own[1] >= own[0]  # a slip of the staff must not cost what was read right
    if better:
        candidate.save(live)
    count = max(1, len(job.rows) + len(taught))
    before, after = (common[at] + own[at] for at in (0, 1))
    return Outcome(better, before / count, after / count, count, len(taught))


def _candidate(job: Job, embedder: Encoder, base: Path) -> ClassifierModel:
    own = [Utterance(c["text"], Act(c["act"]), f"{c['act']}: {c['text']}") for c in job.corrections]
    said = roughened(read_utterances(Path(job.utterances_dir)))
    extra = roughened(own * WEIGHT)
    vectors = np.concatenate([_base_vectors(said, embedder, base), _embedded([u.text for u in extra], embedder)])
    return fit([*said, *extra], vectors, embedder.name)


def _base_vectors(said: Sequence[Utterance], embedder: Encoder, base: Path) -> Floats:
    """The vectors of our own utterances, kept beside the model that was trained from them."""
    kept = base.with_suffix(".vectors.npy")
    if kept.exists():
        vectors: Floats = np.load(kept)
        if len(vectors) == len(said):
            return vectors
    vectors = _embedded([u.text for u in said], embedder)
    part = kept.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.save(file, vectors)
    part.replace(kept)
    return vectors


def _embedded(texts: Sequence[str], embedder: Encoder) -> Floats:
    by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    vectors = np.empty((len(texts), embedder.embed(["hello"]).shape[1]), np.float32)
    for start in range(0, len(texts), _PART):
        part = by_length[start : start + _PART]
        vectors[part] = embedder.embed([texts[at] for at in part])
    return vectors


def _compared(models: Sequence[Classifier], rows: Sequence[Row], embedder: Encoder) -> list[int]:
    vectors = _embedded([row["text"] for row in rows], embedder)
    return [_right(model, rows, vectors) for model in models]


def _right(classifier: Classifier, rows: Sequence[Row], vectors: Floats) -> int:
    """How many rows get their intent."""
    read = [classifier.predict(row["text"], vector).intent for row, vector in zip(rows, vectors, strict=True)]
    return sum(intent is Intent(row["intent"]) for intent, row in zip(read, rows, strict=True))


def main() -> None:
    """Do the job given on standard input; the outcome goes to standard output."""
    os.nice(10)  # shoppers come first
    job = Job(**json.load(sys.stdin))
    outcome = retrain(job, open_embedder(job.embedder, Path(job.models_dir)))
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
