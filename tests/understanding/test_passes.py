"""One pass of the embedding model for a turn: understanding and retrieval share their vectors."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from backend.agents.base import Call
from backend.container import Container, open_container
from backend.rag.embedder import OnnxEmbedder
from backend.settings import Settings
from tests.shop import SECRET, prepared


class Counted:
    """An encoder that counts its runs and the rows of each."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.rows: list[int] = []

    def run(self, tokens: list[list[int]]) -> Any:
        self.rows.append(len(tokens))
        return self._encoder.run(tokens)


@pytest.fixture
async def container(tmp_path: Path) -> AsyncIterator[Container]:
    source = prepared()
    shutil.copytree(source / "vectors", tmp_path / "vectors")
    (tmp_path / "models").symlink_to(source / "models")
    shutil.copy(source / "support.db", tmp_path / "support.db")
    opened = await open_container(
        Settings(data_dir=tmp_path, vector_dir=tmp_path / "vectors", secret_key=SecretStr(SECRET))
    )
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("message", "rows"),
    [
        ("What is your return policy?", [1]),
        # its words settle what is asked, and the pages of a product are searched without its name
        ("How long does the battery of the X1 last?", [1]),
        # how something is done to a product is asked of its manual, whatever else the verb may mean
        ("how do I charge the X1", [1]),
        # they leave a doubt: one short run more
        ("do I have to charge the X1 before I use it", [1, 1]),
        # two wishes and the whole message, in one run
        ("What is your return policy, and how long does the battery of the X1 last?", [3, 1]),
    ],
)
async def test_retrieval_uses_the_vectors_of_understanding(container: Container, message: str, rows: list[int]) -> None:
    assert isinstance(container.embedder, OnnxEmbedder)
    await container.orchestrator.answer(Call(tenant="techpro", text=message))  # what lines mean is read once
    container.embedder._cache.clear()
    counted = container.embedder._encoder = Counted(container.embedder._encoder)
    reply = await container.orchestrator.answer(Call(tenant="techpro", text=message))
    assert reply.sources, "the answer was looked up"
    assert counted.rows == rows
