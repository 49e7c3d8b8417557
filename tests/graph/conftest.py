"""Graph engines for the contract suite: the embedded one, a real Bolt server, and Neo4j where one is named."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.cli.bench.bolt import PASSWORD
from backend.graph.base import GraphEngine
from backend.graph.embedded import EmbeddedGraph
from backend.graph.neo4j import Neo4jGraph
from tests import servers

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def bolt_process(folder: str, bolt: int, http: int) -> Iterator[subprocess.Popen[str]]:
    """The server as a child process, from the moment it says it is ready until the block ends."""
    command = [sys.executable, "-m", "backend.cli.bench.bolt", folder, str(bolt), str(http)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    # the server writes its logs into the folder it is started in
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        if not any(line.strip().endswith("ready") for line in iter(process.stdout.readline, "")):
            raise RuntimeError("the Bolt server ended before it was ready")
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def bolt_uri() -> Iterator[str]:
    """URI of a real Bolt server (user root)."""
    bolt, http = servers.free_port(), servers.free_port()
    with (
        tempfile.TemporaryDirectory(prefix="bolt", ignore_cleanup_errors=True) as folder,
        bolt_process(folder, bolt, http),
    ):
        yield f"bolt://127.0.0.1:{bolt}"


#: Neo4j itself joins the suite where a server is named.
SERVERS = ["bolt", *(["neo4j"] if os.environ.get("NEO4J_URI") else [])]


def _server(name: str, request: pytest.FixtureRequest) -> Neo4jGraph:
    if name == "bolt":
        return Neo4jGraph(request.getfixturevalue("bolt_uri"), "root", PASSWORD, "neo4j")
    return Neo4jGraph(
        os.environ["NEO4J_URI"],
        os.environ.get("NEO4J_USER", "neo4j"),
        os.environ.get("NEO4J_PASSWORD", ""),
        os.environ.get("NEO4J_DATABASE", "neo4j"),
    )


@pytest.fixture(params=["embedded", *SERVERS])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[GraphEngine]:
    """Every engine that is reachable, one after another."""
    made: GraphEngine = EmbeddedGraph() if request.param == "embedded" else _server(request.param, request)
    yield made
    await made.close()


@pytest.fixture(params=SERVERS)
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Neo4jGraph]:
    """Every real server that is reachable."""
    made = _server(request.param, request)
    yield made
    await made.close()
