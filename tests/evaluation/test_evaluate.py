"""`make evaluate`: what it says without data, and that a score below its floor fails it."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from backend.agents.understanding.evaluation import Score
from backend.cli.evaluate import FLOORS, PARTS, Measured, conclude
from backend.settings import ROOT


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", "evaluate", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_missing_data_and_unknown_parts_are_one_sentence(tmp_path: Path) -> None:
    without = command("--data", str(tmp_path))
    assert without.returncode == 1
    assert "make evaluate DATA=path" in without.stderr
    unknown = command("--only", "poetry")
    assert unknown.returncode == 1
    assert "There is no part poetry" in unknown.stderr
    assert "Traceback" not in without.stderr + unknown.stderr


def test_every_part_can_measure_and_every_floor_belongs_to_a_part() -> None:
    assert all(callable(importlib.import_module(f"tests.evaluation.{part}").measure) for part in PARTS)
    assert set(json.loads(FLOORS.read_text())) == set(PARTS)


@pytest.mark.parametrize(("floor", "status"), [(0.9, 0), (0.96, 1)])
def test_a_fall_below_the_floor_fails(tmp_path: Path, floor: float, status: int) -> None:
    out = tmp_path / "deep" / "evaluation.json"
    measured = Measured("tasks", 1.0, (Score("local", "end states", 20, 0.95, 0.7, 0.99),))
    assert conclude([measured], {"tasks": {"local": {"end states": floor}}}, out) == status
    written = json.loads(out.read_text())
    assert written["parts"][0]["scores"][0]["score"] == 0.95
    assert len(written["below_floor"]) == status


def test_a_floor_that_was_not_measured_fails(tmp_path: Path) -> None:
    measured = Measured("tasks", 1.0, ())
    assert conclude([measured], {"tasks": {"local": {"gone": 0.1}}}, tmp_path / "evaluation.json") == 1


def test_floors_of_parts_that_did_not_run_are_left_alone(tmp_path: Path) -> None:
    assert conclude([], {"tasks": {"local": {"end states": 1.0}}}, tmp_path / "evaluation.json") == 0
