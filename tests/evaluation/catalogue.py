"""What fits what, by id and asked by name, over labelled pairs; and generated questions to a large catalogue."""

from collections.abc import Callable
from pathlib import Path

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from tests.graph import evaluation, questions

#: Other seeds ask other questions: `python -m tests.graph.evaluation SEED`.
SEED = 1


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """Shares of right answers; an unknown is no right answer."""
    evaluation.DATA = questions.DATA = data
    fits = await evaluation.compatibility()
    asked = await evaluation.catalogue_questions(SEED)
    return [
        _score("fit by id", round(fits["by_id"].get("right", 0) * fits["pairs"]), fits["pairs"]),
        _score("fit asked by name", round(fits["by_name"].get("right", 0) * fits["pairs"]), fits["pairs"]),
        _score("catalogue questions", asked["right"], asked["questions"]),
    ]


def _score(check: str, right: int, n: int) -> Score:
    return Score("local", check, n, right / n, *wilson(right, n))
