"""The evaluation of understanding: its arithmetic, and that a fall is reported."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.agents.understanding.evaluation import (
    Verdict,
    as_json,
    evaluate,
    keyword_reader,
    macro_f1,
    shortfalls,
    table,
    wilson,
)
from backend.domain.acts import Intent, SubAction
from backend.settings import ROOT


def says(intent: Intent, sub_action: SubAction = SubAction.NONE):
    """A tier that has one answer for everything."""

    def read(texts: Sequence[str]) -> list[Verdict]:
        return [Verdict(intent, sub_action, intent is not Intent.OUT_OF_SCOPE) for _ in texts]

    return read


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    rows = {
        "mixed": [
            {"text": "a", "intent": "delivery"},
            {"text": "b", "intent": "order_status", "accept": ["delivery", "order_status"]},
            {"text": "c", "intent": "refund"},
            {"text": "d", "intent": "general"},
        ],
        "strangers": [{"text": "e", "intent": "out_of_scope"}],
        "subs": [{"text": "f", "sub_action": "cancel_order"}, {"text": "g", "sub_action": "none"}],
        "own": [
            {"text": "h", "intent": "delivery", "part": "first"},
            {"text": "i", "intent": "refund", "part": "last"},
        ],
    }
    for name, content in rows.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in content))
    return [tmp_path / f"{name}.jsonl" for name in rows]


def test_each_file_and_part_has_its_score(files: list[Path]) -> None:
    scores = {s.check: s for s in evaluate({"one": says(Intent.DELIVERY)}, files)}
    assert scores["mixed"].score == 0.5
    assert scores["mixed"].n == 4
    assert scores["strangers"].score == 0
    assert (scores["own_first"].score, scores["own_last"].score) == (1, 0)
    assert scores["false_rejections"].score == 0
    assert scores["subs"].score == pytest.approx(1 / 3)


def test_refusing_everything_is_false_rejection(files: list[Path]) -> None:
    scores = {s.check: s for s in evaluate({"one": says(Intent.OUT_OF_SCOPE)}, files)}
    assert scores["strangers"].score == 1
    assert scores["false_rejections"].score == 1
    assert scores["false_rejections"].n == 6


def test_wilson_interval() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)


def test_macro_f1_counts_every_label_alike() -> None:
    assert macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]) == pytest.approx((6 / 7 + 0) / 2)
    assert macro_f1(["a", "b"], ["a", "b"]) == 1


def test_a_fall_a_missing_score_and_a_rise_of_rejections_are_named(files: list[Path]) -> None:
    scores = evaluate({"one": says(Intent.DELIVERY), "two": says(Intent.OUT_OF_SCOPE)}, files)
    kept = {"one": {"mixed": 0.5, "false_rejections": 0.05}, "two": {"strangers": 0.9}}
    assert shortfalls(scores, kept) == []
    broken = {"one": {"mixed": 0.6, "gone": 0.1}, "two": {"false_rejections": 0.05}}
    found = shortfalls(scores, broken)
    assert [line.split(":")[0] for line in found] == ["one mixed", "one gone", "two false_rejections"]


def test_table_and_json_hold_every_score(files: list[Path]) -> None:
    scores = evaluate({"keywords": keyword_reader}, files)
    assert len(table(scores).splitlines()) == len(scores) + 1
    assert [row["check"] for row in json.loads(as_json(scores))] == [s.check for s in scores]


def test_the_kept_floors_are_at_least_the_promised_ones() -> None:
    kept = json.loads((ROOT / "tests" / "evaluation" / "floors.json").read_text())["understanding"]["local"]
    promised = {
        "intent_abcd": 0.95,
        "intent_product_qa": 0.90,
        "intent_clinc": 0.93,
        "intent_bitext": 0.92,
        "intent_noisy_bitext": 0.88,
        "intent_oos": 0.88,
        "subaction_bitext": 0.90,
    }
    assert all(kept[check] >= floor for check, floor in promised.items())
    assert kept["false_rejections"] <= 0.05
