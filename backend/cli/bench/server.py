"""Servers that the bench starts: the product with data of its own and nothing set, and the bare echo."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.cli.bench.http import Connection, Refused
from backend.settings import ROOT

#: A first start downloads every package.
_LONGEST_START = 900.0
_UNSET = ("OPENAI_API_KEY", "DATABASE_URL", "REDIS_URL", "NEO4J_URI", "SMTP_URL")


class Failed(Exception):
    """A server of the bench did not come up, or a command beside it failed; the text ends with what it said."""


@dataclass(frozen=True)
class Weight:
    """Memory of a process, MB: all that it sees (RSS), the same with shared pages divided among those who share them
    (PSS), and what goes when it ends (USS). Zeros where the system does not tell.
    """

    resident: float = 0.0
    share: float = 0.0
    own: float = 0.0

    def __str__(self) -> str:
        return f"{self.resident:.0f} / {self.share:.0f} / {self.own:.0f}"

    @classmethod
    def of(cls, pid: int) -> "Weight":
        rolled = Path(f"/proc/{pid}/smaps_rollup")
        rows = [row.split() for row in rolled.read_text().splitlines()[1:]] if rolled.exists() else []
        told = {row[0]: int(row[1]) / 1024 for row in rows}
        own = told.get("Private_Clean:", 0.0) + told.get("Private_Dirty:", 0.0)
        return cls(round(told.get("Rss:", 0.0)), round(told.get("Pss:", 0.0), 1), round(own))


@dataclass(frozen=True)
class Server:
    """A running process: where it answers, and how long it took to."""

    port: int
    pid: int
    env: dict[str, str]
    seconds: float

    def cpu_seconds(self) -> float:
        """Processor time of the process and its workers so far; 0 where the system does not tell."""
        return cpu_seconds([self.pid, *self.workers()])

    def workers(self) -> list[int]:
        """Process ids of the workers, where there are several."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []

    def weights(self) -> list["Weight"]:
        """What each worker weighs."""
        return [Weight.of(pid) for pid in self.workers() or [self.pid]]

    def own_memory_mb(self) -> list[float]:
        """Each worker's share: pages that it has in common with others are divided among them."""
        return [weight.share for weight in self.weights()]

    def memory_mb(self) -> float | None:
        """Resident memory of the process; None where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def cpu_seconds(pids: Sequence[int]) -> float:
    """Processor time of the processes and of their children that ended; 0 where the system does not tell."""
    found = [Path(f"/proc/{pid}/stat") for pid in pids]
    used = [stat.read_text().rsplit(")", 1)[1].split()[11:15] for stat in found if stat.exists()]
    return sum(int(ticks) for times in used for ticks in times) / os.sysconf("SC_CLK_TCK")


def environment(data: Path) -> dict[str, str]:
    """The product on embedded engines, no key, its data in `data`, limits off for measuring."""
    own = {"DATA_DIR": str(data), "VECTOR_DIR": str(data / "vectors"), "HOST": "127.0.0.1", "RATE_LIMITS": "off"}
    return {**os.environ, **dict.fromkeys(_UNSET, ""), **own, "WORKERS": "1", "PYTHONUNBUFFERED": "1"}


def prepare(data: Path) -> None:
    """Models, demo shop and index in `data`. Raises CalledProcessError."""
    command = [sys.executable, "-m", "backend.cli", "prepare"]
    subprocess.run(command, env=environment(data), cwd=ROOT, check=True, capture_output=True)  # noqa: S603  our own


@contextlib.contextmanager
def shop(
    data: Path,
    module: str = "backend.cli",
    command: str = "serve",
    settings: Mapping[str, str] | None = None,
    health: str = "/health",
) -> Iterator[Server]:
    """The product, from its first answered health check until the block ends."""
    env = {**environment(data), **(settings or {})}
    with _running([sys.executable, "-m", module, command], env, health, data / "server.log") as server:
        yield server


@contextlib.contextmanager
def fresh(checkout: Path, command: Sequence[str]) -> Iterator[Server]:
    """The product of another checkout, started there with nothing set and its data where they belong."""
    env = {name: value for name, value in environment(checkout).items() if name not in ("DATA_DIR", "VECTOR_DIR")}
    with _running(command, env, "/health", checkout / "server.log", checkout) as server:
        yield server


@contextlib.contextmanager
def echo(data: Path, workers: int = 1) -> Iterator[Server]:
    """A FastAPI app that reads the chat's body and says it back."""
    command = [*app("echo"), "--loop", "uvloop", "--http", "httptools", "--workers", str(workers)]
    with _running(command, environment(data), "/health", data / "echo.log") as server:
        yield server


@contextlib.contextmanager
def model(data: Path, seconds: float, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A language model that thinks for so long before every answer."""
    env = {**environment(data), "BENCH_MODEL_SECONDS": str(seconds), **(settings or {})}
    with _running(app("model"), env, "/health", data / "model.log") as server:
        yield server


def app(module: str) -> list[str]:
    name = f"backend.cli.bench.{module}:create_app"
    return [sys.executable, "-m", "uvicorn", name, "--factory", "--no-access-log", "--log-level", "warning"]


@contextlib.contextmanager
def _running(
    command: Sequence[str], env: dict[str, str], path: str, log: Path, folder: Path = ROOT
) -> Iterator[Server]:
    port = free_port()
    env = {**env, "PORT": str(port), "UVICORN_PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603  our own
    try:
        _wait(process, port, path, log)
        yield Server(port, process.pid, env, time.perf_counter() - started)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + _LONGEST_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failed(f"the server ended: {log.read_text(errors='replace')[-2000:]}")
        with contextlib.suppress(OSError, Refused, asyncio.IncompleteReadError):
            asyncio.run(_ask(port, path))
            return
        time.sleep(0.02)
    raise Failed(f"the server did not answer: {log.read_text(errors='replace')[-2000:]}")


async def _ask(port: int, path: str) -> None:
    async with Connection(port) as connection:
        await connection.get(path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
