"""Retrieval, refusal and citations on public questions and our own, through the same doors as the API."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from backend.rag.embedder import open_embedder
from backend.rag.evaluation import evaluate
from backend.settings import load_settings
from tests.evaluation import answers, manuals, refusals
from tests.shop import prepared


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """One score per row. Rates against the embedder are `make bench`'s."""
    models = await asyncio.to_thread(prepared) / "models"
    embedder = open_embedder(load_settings().embedding_model, models)
    rows = await evaluate(data / "dev", embedder)
    found = [
        Score("local", row.name, row.count, row.value, *wilson(round(row.value * row.count), row.count))
        for row in rows
        if not row.name.startswith("load ")
    ]
    own = [*await manuals.scores(embedder), *await answers.scores(embedder)]
    return [*found, *own, *await asyncio.to_thread(refusals.scores, data / "dev", embedder)]
