"""The classifier of each shop: the common one, or its own once its corrections have proved no worse."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import structlog

from backend.agents.understanding.classifier import Classifier, ClassifierModel
from backend.agents.understanding.kept_vectors import Encoder
from backend.agents.understanding.retraining import Job, Outcome, shop_path
from backend.agents.understanding.training import model_path, open_classifier
from backend.domain.corrections import Correction

log = structlog.get_logger()

#: A model that another process put in place is seen after at most so long.
_FRESH_SECONDS = 2.0


class ShopClassifiers:
    """Hands out classifiers and trains a shop's own in a process beside this one.

    Its models lie in `shops_dir`. `rows` is a .jsonl file of {text, intent}: no shop's classifier may read fewer of
    them right than before.
    """

    def __init__(self, shops_dir: Path, models_dir: Path, utterances_dir: Path, embedder: Encoder, rows: Path) -> None:
        self._shops_dir = shops_dir
        self._models_dir, self._utterances_dir = models_dir, utterances_dir
        self._embedder_name = embedder.name
        self._base = model_path(models_dir, utterances_dir, embedder.name)
        self._common = open_classifier(models_dir, utterances_dir, embedder)
        self._rows = rows
        self._held: dict[str, tuple[float, int, Classifier]] = {}
        self._training: set[asyncio.Task[Outcome | None]] = set()
        self._waiting: dict[str, asyncio.Lock] = {}

    def of(self, tenant: str) -> Classifier:
        """The classifier of a shop, at most two seconds old."""
        checked, stamp, held = self._held.get(tenant, (0.0, 0, self._common))
        now = time.monotonic()
        if now - checked < _FRESH_SECONDS and tenant in self._held:
            return held
        found = _stamp(self._path(tenant))
        if found != stamp:
            held = self._load(tenant) if found else self._common
        self._held[tenant] = (now, found, held)
        return held

    def learn(self, tenant: str, corrections: Sequence[Correction]) -> None:
        """Begin to train with the corrections; nobody waits for it."""
        task = asyncio.create_task(self.retrain(tenant, corrections))
        self._training.add(task)
        task.add_done_callback(self._training.discard)

    async def close(self) -> None:
        """Give up what is still being trained; the next correction trains with all of them."""
        for task in self._training:
            task.cancel()
        await asyncio.gather(*self._training, return_exceptions=True)

    async def retrain(self, tenant: str, corrections: Sequence[Correction]) -> Outcome | None:
        """Train with the corrections and tell how it ended; None when the training itself failed."""
        async with self._waiting.setdefault(tenant, asyncio.Lock()):
            outcome = await self._run(tenant, corrections)
        if outcome is None:
            return None
        log.info("classifier_retrained", tenant=tenant, **asdict(outcome))
        self._held.pop(tenant, None)
        return outcome

    async def _run(self, tenant: str, corrections: Sequence[Correction]) -> Outcome | None:
        job = Job(
            tenant=tenant,
            shops_dir=str(self._shops_dir),
            models_dir=str(self._models_dir),
            utterances_dir=str(self._utterances_dir),
            embedder=self._embedder_name,
            corrections=[{"text": c.text, "act": c.act.value} for c in corrections],
            rows=_read_rows(self._rows),
        )
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "backend.agents.understanding.retraining",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[3],
            env={**os.environ, **one_thread},
        )
        try:
            told, problem = await process.communicate(json.dumps(asdict(job)).encode())
        except asyncio.CancelledError:
            process.kill()
            raise
        if process.returncode:
            log.error("classifier_not_retrained", tenant=tenant, reason=problem.decode(errors="replace")[-500:])
            return None
        return Outcome(**json.loads(told))

    def _path(self, tenant: str) -> Path:
        return shop_path(self._shops_dir, self._base, tenant)

    def _load(self, tenant: str) -> Classifier:
        try:
            return Classifier(ClassifierModel.load(self._path(tenant)), corrected=True)
        except (OSError, ValueError) as problem:
            log.error("shop_classifier_unreadable", tenant=tenant, reason=str(problem))
            return self._common


def _stamp(path: Path) -> int:
    """When the file was put there, in nanoseconds; 0 when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _read_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [{"text": row["text"], "intent": row["intent"]} for row in rows]
