"""A whole shop as its users meet it: the real server process on a free port, with data of its own."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
#: Prepared once (models, demo shop, index) and copied for every server.
PREPARED = ROOT / "var" / "test"
SECRET = "a-secret-that-only-the-tests-know-0123456789"


@dataclass(frozen=True)
class Shop:
    """A running server: where it is, and the environment it was started with."""

    url: str
    env: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def token(self, role: str = "admin", tenant: str = "techpro") -> str:
        """A staff token, printed by the command that operators use."""
        command = [sys.executable, "-m", "backend.cli", "token", "--role", role, "--tenant", tenant]
        return subprocess.run(
            command, env=self.env, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()

    def client(self, **options: object) -> httpx.Client:
        """An HTTP client of this server."""
        return httpx.Client(base_url=self.url, timeout=60, **options)  # type: ignore[arg-type]


def prepared() -> Path:
    """The prepared data, made under a lock so that parallel test processes share it."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "backend.cli", "prepare"]
        subprocess.run(command, env=environment(PREPARED), cwd=ROOT, check=True, capture_output=True)
    return PREPARED


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a server whose data lie in `data`: nothing of this machine's .env counts."""
    fixed = {"DATA_DIR": str(data), "VECTOR_DIR": str(data / "vectors"), "SECRET_KEY": SECRET, "HOST": "127.0.0.1"}
    fixed["RATE_LIMITS"] = "off"  # one machine plays many shoppers; limits are tested where they are set
    unset = dict.fromkeys(("OPENAI_API_KEY", "DATABASE_URL", "REDIS_URL", "NEO4J_URI", "SMTP_URL", "S3_BUCKET"), "")
    return {**os.environ, **unset, **fixed, **settings}


@contextlib.contextmanager
def running_shop(**settings: str) -> Iterator[Shop]:
    """A server with a copy of the prepared data, until the block ends."""
    source, port = prepared(), free_port()
    with tempfile.TemporaryDirectory(prefix="shop", ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        shutil.copytree(source / "vectors", data / "vectors")
        (data / "models").symlink_to(source / "models")
        for name in ("support.db", "stamps.json"):
            shutil.copy(source / name, data / name)
        with _serving(environment(data, **{"PORT": str(port), **settings})) as shop:
            yield shop


@contextlib.contextmanager
def beside(shop: Shop) -> Iterator[Shop]:
    """Another server on the same data, until the block ends."""
    with _serving({**shop.env, "PORT": str(free_port())}, "beside.log") as other:
        yield other


@contextlib.contextmanager
def _serving(env: dict[str, str], log_name: str = "server.log") -> Iterator[Shop]:
    url = f"http://127.0.0.1:{env['PORT']}"
    env, log = {"PUBLIC_URL": url, **env}, Path(env["DATA_DIR"]) / log_name
    with log.open("wb") as out:
        command = [sys.executable, "-m", "backend.cli", "serve"]
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(url, process, log)
        yield Shop(url, env, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-3000:]}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=1).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer: {log.read_text(errors='replace')[-3000:]}")
