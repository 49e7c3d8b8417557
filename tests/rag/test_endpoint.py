"""Embeddings from an OpenAI-compatible server on loopback: other widths, in batches, retried, waited for."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend.domain.errors import EngineUnavailable
from backend.llm import embeddings
from backend.rag.documents import make_document
from backend.rag.embedder import EndpointEmbedder, open_embedder
from backend.rag.knowledge import Knowledge
from backend.store.database import Database

WIDTH = 48


class Server:
    """`statuses` are given in order before it answers; `refuses` is what it says to everything."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.statuses: list[int] = []
        self.refuses = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                server.requests.append({**body, "path": self.path})
                server.keys.append(self.headers["authorization"])
                status = server.refuses or (server.statuses.pop(0) if server.statuses else 200)
                said = server.answer(body["input"]) if status == 200 else {"error": {"message": "no"}}
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_: object) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def answer(self, texts: list[str]) -> dict[str, Any]:
        """Words in buckets, the rows in reverse: their index tells the order."""
        rows = [{"object": "embedding", "index": n, "embedding": vector(text)} for n, text in enumerate(texts)]
        return {"object": "list", "data": rows[::-1], "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def vector(text: str) -> list[float]:
    found = np.full(WIDTH, 0.01)
    for word in text.lower().split():
        found[int(hashlib.sha256(word.strip(".?").encode()).hexdigest(), 16) % WIDTH] += 2
    return [float(x) for x in found]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(embeddings, "LEFT_ALONE", 0.0)
    running = Server()
    thread = threading.Thread(target=running.http.serve_forever, daemon=True)
    thread.start()
    yield running
    running.http.shutdown()
    running.http.server_close()


def test_width_key_batches_and_order(server: Server, tmp_path: Path) -> None:
    embedder = open_embedder("wide-model", tmp_path, server.url, "k-123")
    assert (embedder.width, embedder.name) == (WIDTH, "wide-model")
    texts = [f"lamp {n}" for n in range(150)]
    found = embedder.embed(texts)
    assert [len(r["input"]) for r in server.requests[1:]] == [64, 64, 22]
    assert {r["model"] for r in server.requests} == {"wide-model"} and {r["path"] for r in server.requests} == {
        "/v1/embeddings"
    }
    assert set(server.keys) == {"Bearer k-123"}
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert found[7] @ np.array(vector("lamp 7")) / np.linalg.norm(vector("lamp 7")) > 0.999


def test_one_question_is_asked_once(server: Server, tmp_path: Path) -> None:
    embedder = open_embedder("m", tmp_path, server.url)
    before = len(server.requests)
    assert np.array_equal(embedder.embed_one("how wide?"), embedder.embed_one("how wide?"))
    assert len(server.requests) == before + 1
    assert server.keys[-1] is None


def test_passing_trouble_is_tried_again_and_a_refusal_is_not(server: Server, tmp_path: Path) -> None:
    embedder = open_embedder("m", tmp_path, server.url)
    server.statuses = [429, 503]
    assert embedder.embed_one("again").shape == (WIDTH,)
    before = len(server.requests)
    server.refuses = 401
    with pytest.raises(EngineUnavailable, match="401"):
        embedder.embed_one("never")
    assert len(server.requests) == before + 1


def test_a_start_while_it_is_away_knows_the_width(server: Server, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable):
        open_embedder("m", tmp_path, "http://127.0.0.1:9/v1")
    open_embedder("m", tmp_path, server.url)
    away = open_embedder("m", tmp_path, "http://127.0.0.1:9/v1")
    assert isinstance(away, EndpointEmbedder) and away.width == WIDTH
    with pytest.raises(EngineUnavailable):
        away.embed(["x"])
    assert away.failed


async def test_documents_wait_for_it_and_words_find_meanwhile(
    server: Server, database: Database, tmp_path: Path
) -> None:
    knowledge = Knowledge(database, open_embedder("m", tmp_path, server.url), tmp_path / "v")
    first = make_document({"id": "a", "title": "Zither"}, b"The zither has thirty strings.")
    assert (await knowledge.put("lamps", [first])).searchable
    server.refuses = 500
    second = make_document({"id": "b", "title": "Oboe"}, b"The oboe is made of grenadilla.")
    assert not (await knowledge.put("lamps", [second])).searchable
    found = await knowledge.search("lamps", "zither strings")
    assert [hit.passage.document_id for hit in found] == ["a"]
    server.refuses = 0
    assert await knowledge.sync("lamps")
    found = await knowledge.search("lamps", "oboe grenadilla", k=1)
    assert found[0].passage.document_id == "b"


async def test_an_index_of_the_model_here_is_built_anew(
    server: Server, database: Database, tmp_path: Path, shop: Any
) -> None:
    remote = Knowledge(shop.database, open_embedder("m", tmp_path, server.url), shop.vectors)
    assert not (await remote.status(shop.tenant)).level
    assert await remote.sync(shop.tenant)
    assert (await remote.status(shop.tenant)).model == "m"
    assert await remote.search(shop.tenant, "battery life")
