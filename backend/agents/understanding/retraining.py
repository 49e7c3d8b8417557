"""A shop's own classifier: trained with its corrected messages in a process of its own, live only when not worse.

python -m backend.agents.understanding.retraining   (the job as JSON on standard input)
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from backend.agents.understanding.classifier import Classifier, ClassifierModel, Floats
from backend.agents.understanding.kept_vectors import Encoder, kept_path, vectors_of
from backend.agents.understanding.spelling import known_words, open_spelling
from backend.agents.understanding.training import model_path, train_further
from backend.agents.understanding.utterances import Utterance
from backend.domain.acts import INTENT_OF_ACT, Act, Intent
from backend.rag.embedder import open_embedder
from backend.settings import load_settings

#: A correction weighs as much as a line with so many fillings.
WEIGHT = 10

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
    common = ClassifierModel.load(base)
    current = ClassifierModel.load(live) if live.exists() else common
    candidate = _candidate(job, embedder, common)
    taught = [{"text": c["text"], "intent": INTENT_OF_ACT[Act(c["act"])].value} for c in job.corrections]
    models = Classifier(current), Classifier(candidate)
    mend = open_spelling(Path(job.utterances_dir), known_words(embedder)).mend
    ours, own = (_compared(models, rows, embedder, mend) for rows in (job.rows, taught))
    better = ours[1] >= ours[0] and own[1] >= own[0]  # a slip of the staff must not cost what was read right
    if better:
        candidate.save(live)
    count = max(1, len(job.rows) + len(taught))
    before, after = (ours[at] + own[at] for at in (0, 1))
    return Outcome(better, before / count, after / count, count, len(taught))


def _candidate(job: Job, embedder: Encoder, common: ClassifierModel) -> ClassifierModel:
    own = [Utterance(c["text"], Act(c["act"]), f"{c['act']}: {c['text']}") for c in job.corrections]
    kept = kept_path(Path(job.models_dir), embedder.name)
    return train_further(common, Path(job.utterances_dir), embedder, own * WEIGHT, kept)


def _compared(
    models: Sequence[Classifier], rows: Sequence[Row], embedder: Encoder, mend: Callable[[str], str]
) -> list[int]:
    if not rows:
        return [0 for _ in models]
    said = [{**row, "text": mend(row["text"])} for row in rows]
    vectors = vectors_of([row["text"] for row in said], embedder, None, threads=1)
    return [_right(model, said, vectors) for model in models]


def _right(classifier: Classifier, rows: Sequence[Row], vectors: Floats) -> int:
    """How many rows get their intent."""
    read = [classifier.predict(row["text"], vector).intent for row, vector in zip(rows, vectors, strict=True)]
    return sum(intent is Intent(row["intent"]) for intent, row in zip(read, rows, strict=True))


def main() -> None:
    """Do the job given on standard input; the outcome goes to standard output."""
    os.nice(10)  # shoppers come first
    job = Job(**json.load(sys.stdin))
    outcome = retrain(job, open_embedder(job.embedder, Path(job.models_dir), *load_settings().embedding_endpoint))
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
