"""Real engines of the bench's own, that can be killed, stopped, slowed and brought back while the product runs."""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from backend.cli.bench.bolt import PASSWORD as BOLT_PASSWORD
from backend.cli.bench.server import Failed, app, environment, free_port
from backend.settings import ROOT

__all__ = ["BOLT_PASSWORD", "Engine", "balancer", "bolt", "bolt_installed", "installed", "model", "postgres", "redis"]

#: Debian keeps the server programs of PostgreSQL outside PATH.
_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@dataclass
class Engine:
    """A server process with a wire in front of it: callers use `port`."""

    name: str
    command: Sequence[str]
    inner: int
    options: Mapping[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    #: seconds that the wire holds back what comes in
    delay: float = 0.0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Bring it up and wait until it listens."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        self.process = subprocess.Popen(self.command, **{**quiet, **self.options})  # noqa: S603
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.inner), 0.2):
                return
            time.sleep(0.05)
        raise Failed(f"{self.name} did not come up")

    def kill(self) -> None:
        """With -9, its children too."""
        self._signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def end(self) -> None:
        """Told to stop, until it has."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait()

    def stop(self) -> None:
        """It holds its connections and says nothing more."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """After `stop`."""
        self._signal(signal.SIGCONT)

    def family(self) -> list[int]:
        """Its process and all that it started."""
        assert self.process is not None
        return _family(self.process.pid)

    def _signal(self, number: signal.Signals) -> None:
        for pid in self.family():  # PostgreSQL's children are groups of their own
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    async def wire(self) -> asyncio.Server:
        """Pass bytes on, `delay` later on their way in; open while the returned server is."""
        return await asyncio.start_server(self._joined, "127.0.0.1", self.port)

    async def _joined(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, out = await asyncio.open_connection("127.0.0.1", self.inner)
        except OSError:
            back.transport.abort()
            return
        await asyncio.gather(self._pass(near, out, slowed=True), self._pass(far, back), return_exceptions=True)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, slowed: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                if slowed and self.delay:
                    await asyncio.sleep(self.delay)
                target.write(data)
                await target.drain()
        target.close()


def _family(pid: int) -> list[int]:
    """The process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    own = children.read_text().split() if children.exists() else []
    return [pid, *(one for child in own for one in _family(int(child)))]


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[Engine]:
    """Redis without a file. Raises Failed where it is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        raise Failed("redis-server is not installed")
    inner = free_port()
    command = [program, "--port", str(inner), "--save", "", "--bind", "127.0.0.1", "--dir", str(folder)]
    with _running(Engine("redis", command, inner)) as engine:
        yield engine


def installed() -> bool:
    """Whether PostgreSQL's programs are on this machine."""
    return bool(_POSTGRES)


@contextlib.contextmanager
def postgres(folder: Path, *options: str) -> Iterator[Engine]:
    """PostgreSQL with an empty database `support`, `options` set. Raises Failed where it is not installed."""
    if not _POSTGRES:
        raise Failed("postgresql is not installed")
    programs, inner, home = _POSTGRES[0], free_port(), Path(tempfile.mkdtemp(prefix="postgres", dir=folder))
    who: dict[str, Any] = {"cwd": home}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        shutil.chown(home, "postgres", "postgres")
        home.chmod(0o700)
        who |= {"user": "postgres", "group": "postgres"}
    init = [str(programs / "initdb"), "-D", str(home), "-U", "support", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL, **who)  # noqa: S603
    command = [str(programs / "postgres"), "-D", str(home), "-p", str(inner), "-k", str(home)]
    for option in ("listen_addresses=127.0.0.1", "max_connections=300", *options):
        command += ["-c", option]
    with _running(Engine("postgresql", command, inner, who)) as engine:
        create = [str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(inner), "-U", "support", "support"]
        for _ in range(50):
            if subprocess.run(create, stderr=subprocess.DEVNULL, check=False).returncode == 0:  # noqa: S603
                break
            time.sleep(0.2)
        yield engine


@contextlib.contextmanager
def model(folder: Path, seconds: float) -> Iterator[Engine]:
    """The bench's language model."""
    inner = free_port()
    env = {**environment(folder), "BENCH_MODEL_SECONDS": str(seconds), "UVICORN_PORT": str(inner)}
    with _running(Engine("llm", app("model"), inner, {"env": env})) as engine:
        yield engine


def bolt_installed() -> bool:
    """Whether the stand-in for Neo4j is there: a test package."""
    return find_spec("arcadedb_embedded") is not None


@contextlib.contextmanager
def bolt(folder: Path) -> Iterator[Engine]:
    """A Bolt server in the place of Neo4j, empty after every start."""
    inner, home = free_port(), Path(tempfile.mkdtemp(prefix="bolt", dir=folder))
    command = [sys.executable, "-m", "backend.cli.bench.bolt", str(home), str(inner), str(free_port())]
    with _running(
        Engine("neo4j", command, inner, {"cwd": home, "env": {**os.environ, "PYTHONPATH": str(ROOT)}})
    ) as engine:
        yield engine


@contextlib.contextmanager
def balancer(folder: Path, *servers: int) -> Iterator[int]:
    """nginx as it is delivered, in front of `servers` instead of Docker's names; the port where it listens.

    Raises Failed where it is not installed or refuses its configuration.
    """
    program, delivered = shutil.which("nginx"), ROOT / "deploy" / "nginx"
    if program is None:
        raise Failed("nginx is not installed")
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="nginx", dir=folder))
    shutil.copytree(delivered, folder / "shop")
    upstream = (delivered / "upstream.conf").read_text()
    named = re.search(r"server app:8000 resolve(.*;)", upstream)
    assert named is not None
    rows = "".join(f"server 127.0.0.1:{one}{named[1]}" for one in servers)
    (folder / "shop" / "upstream.conf").write_text(upstream.replace(named[0], rows))
    plain = (delivered / "plain.conf").read_text().replace("8080", f"127.0.0.1:{port}")
    plain = plain.replace("/etc/nginx", str(folder))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}} "
    (folder / "nginx.conf").write_text(own + f"http {{ access_log off; {paths} {plain} }}")
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)  # noqa: S603
    if checked.returncode:
        raise Failed(checked.stderr)
    with _running(Engine("nginx", command, port)):
        yield port


@contextlib.contextmanager
def _running(engine: Engine) -> Iterator[Engine]:
    engine.start()
    try:
        yield engine
    finally:
        engine.go_on()
        engine.kill()
