"""How well messages are understood: one score with its interval per file and tier, held against kept floors."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from backend.agents.understanding import keywords
from backend.agents.understanding.classifier import Classifier, Prediction
from backend.agents.understanding.kept_vectors import Encoder
from backend.domain.acts import SUB_ACTION_OF_ACT, Intent, SubAction
from backend.domain.intervals import wilson

RESAMPLES = 400
#: the one score that is better when lower
FALSE_REJECTIONS = "false_rejections"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a tier makes of one text."""

    intent: Intent
    sub_action: SubAction
    in_scope: bool


@dataclass(frozen=True)
class Score:
    """One line of the table; score, low and high from 0 to 1."""

    tier: str
    check: str
    n: int
    score: float
    low: float
    high: float


#: reads texts, one verdict each, in order
Reader = Callable[[Sequence[str]], Sequence[Verdict]]


def evaluate(tiers: Mapping[str, Reader], files: Sequence[Path]) -> list[Score]:
    """Score every tier on every .jsonl file of {text, intent, accept?, part?} or {text, sub_action} rows.

    Rows with a `part` are scored by part. Intent out_of_scope asks for refusal. What is refused among the in-scope
    rows of all files is the check FALSE_REJECTIONS; sub-actions are scored by macro-F1.
    """
    groups = _groups(files)
    return [score for tier, read in tiers.items() for score in _scores(tier, read, groups)]


def classifier_reader(classifier: Classifier, embedder: Encoder, mend: Callable[[str], str] = str) -> Reader:
    """The trained classifier as a tier, asked about what `mend` makes of a text."""

    def read(texts: Sequence[str]) -> list[Verdict]:
        texts = [mend(text) for text in texts]
        vectors = embedder.embed(texts)
        return [_verdict(classifier.predict(text, vector)) for text, vector in zip(texts, vectors, strict=True)]

    return read


def keyword_reader(texts: Sequence[str]) -> list[Verdict]:
    """The keyword tier."""
    return [_verdict(keywords.classify(text)) for text in texts]


def shortfalls(scores: Sequence[Score], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One sentence for each score beyond its limit in {tier: {check: limit}}, and for each limit without a score."""
    found = {(s.tier, s.check): s.score for s in scores}
    lines = []
    for tier, limits in floors.items():
        for check, limit in limits.items():
            score = found.get((tier, check))
            if score is None:
                lines.append(f"{tier} {check}: not measured, its limit is {limit:.3f}")
            elif (score > limit + 5e-4) if check == FALSE_REJECTIONS else (score < limit - 5e-4):
                lines.append(f"{tier} {check}: {score:.3f}, its limit is {limit:.3f}")
    return lines


def table(scores: Sequence[Score]) -> str:
    """The scores as lines of text."""
    lines = [f"{'tier':<10}{'check':<26}{'n':>5}  score   95 % interval"]
    lines += [f"{s.tier:<10}{s.check:<26}{s.n:>5}  {s.score:.3f}   {s.low:.3f} to {s.high:.3f}" for s in scores]
    return "\n".join(lines)


def as_json(scores: Sequence[Score]) -> str:
    """The scores as a JSON list."""
    return json.dumps([asdict(score) for score in scores], indent=1)


def macro_f1(gold: Sequence[str], told: Sequence[str]) -> float:
    """The mean of the F1 of every label that occurs in `gold`."""
    labels = sorted(set(gold))
    pairs = list(zip(gold, told, strict=True))
    total = 0.0
    for label in labels:
        hits = sum(g == t == label for g, t in pairs)
        named = sum(g == label for g, _ in pairs) + sum(t == label for _, t in pairs)
        total += 2 * hits / named
    return total / len(labels)


def _groups(files: Sequence[Path]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            groups.setdefault(f"own_{row['part']}" if "part" in row else path.stem, []).append(row)
    return groups


def _scores(tier: str, read: Reader, groups: Mapping[str, Sequence[Row]]) -> list[Score]:
    scores, refused, open_rows = [], 0, 0
    for check, rows in groups.items():
        verdicts = read([row["text"] for row in rows])
        if "intent" not in rows[0]:
            scores.append(_sub_action_score(tier, check, rows, verdicts))
            continue
        good = sum(v.intent in row.get("accept", (row["intent"],)) for row, v in zip(rows, verdicts, strict=True))
        scores.append(_proportion(tier, check, good, len(rows)))
        wanted = [v for row, v in zip(rows, verdicts, strict=True) if row["intent"] != Intent.OUT_OF_SCOPE]
        open_rows += len(wanted)
        refused += sum(not v.in_scope for v in wanted)
    return [*scores, _proportion(tier, FALSE_REJECTIONS, refused, open_rows)]


def _proportion(tier: str, check: str, good: int, n: int) -> Score:
    return Score(tier, check, n, good / n if n else 0.0, *wilson(good, n))


def _sub_action_score(tier: str, check: str, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> Score:
    """Macro-F1, its interval by resampling the rows."""
    pairs = [(str(row["sub_action"]), v.sub_action.value) for row, v in zip(rows, verdicts, strict=True)]
    dice = Random(1)  # noqa: S311  repeatable, not secret
    drawn = sorted(_f1_of(dice.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return Score(tier, check, len(rows), _f1_of(pairs), drawn[RESAMPLES // 40], drawn[-RESAMPLES // 40 - 1])


def _f1_of(pairs: Sequence[tuple[str, str]]) -> float:
    gold, told = zip(*pairs, strict=True)
    return macro_f1(gold, told)


def _verdict(prediction: Prediction) -> Verdict:
    sub_action = SUB_ACTION_OF_ACT.get(prediction.act, SubAction.NONE)
    return Verdict(prediction.intent, sub_action, prediction.in_scope)
