"""An OpenAI-compatible embeddings endpoint: one call for one batch, retried, left alone for a while once it is down."""

import threading
import time
from collections.abc import Sequence

import httpx
from pydantic import BaseModel, ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from backend.domain.errors import EngineUnavailable

#: Seconds for a connection and for an answer; a batch of passages takes its time.
CONNECT, ANSWER = 2.0, 30.0
TRIES = 3
#: Seconds in which a failed endpoint is not asked again: a shopper waits once, not with every message.
LEFT_ALONE = 5.0
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504})


class _Passing(Exception):
    """Trouble that may be over with the next try."""


class _Row(BaseModel):
    index: int
    embedding: list[float]


class _Answer(BaseModel):
    data: list[_Row]


class EmbeddingsEndpoint:
    """Called with texts, gives their vectors in the same order. Safe to call from several threads."""

    def __init__(self, base_url: str, key: str, model: str) -> None:
        self._model = model
        headers = {"authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/", headers=headers, timeout=httpx.Timeout(ANSWER, connect=CONNECT)
        )
        self._down_until = 0.0
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> list[list[float]]:
        """Raises EngineUnavailable when it stays down, refuses, or answers something else than one vector a text."""
        if not texts:
            return []
        if time.monotonic() < self._down_until:
            raise EngineUnavailable(f"The embeddings endpoint of {self._model} does not answer.")
        try:
            return self._tried(texts)
        except (_Passing, httpx.HTTPError, ValidationError, ValueError) as problem:
            with self._lock:
                self._down_until = time.monotonic() + LEFT_ALONE
            raise EngineUnavailable(f"The embeddings endpoint of {self._model} failed: {problem}") from problem

    def _tried(self, texts: Sequence[str]) -> list[list[float]]:
        for attempt in Retrying(
            retry=retry_if_exception_type((_Passing, httpx.TransportError)),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=0.2, max=2),
            reraise=True,
        ):
            with attempt:
                return self._asked(texts)
        raise AssertionError("tenacity ended without a result")  # pragma: no cover

    def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        # some servers refuse an empty text
        sent = {"model": self._model, "input": [text or " " for text in texts], "encoding_format": "float"}
        answer = self._client.post("embeddings", json=sent)
        if answer.status_code in _PASSING:
            raise _Passing(f"status {answer.status_code}")
        if answer.is_error:
            raise ValueError(f"status {answer.status_code}: {answer.text[:200]}")
        rows = sorted(_Answer.model_validate_json(answer.content).data, key=lambda row: row.index)
        if [row.index for row in rows] != list(range(len(texts))):
            raise ValueError(f"{len(rows)} vectors for {len(texts)} texts")
        return [row.embedding for row in rows]
