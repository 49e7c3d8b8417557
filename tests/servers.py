"""Real servers for tests: each starts on a free port of this machine and ends with the test run."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

#: Debian keeps the server programs of PostgreSQL outside PATH.
_POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class Missing(Exception):
    """A program that the tests need is not on this machine."""


def free_port() -> int:
    """A TCP port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes] | None = None, seconds: float = 90) -> None:
    """Return once the port answers; raises RuntimeError when the process ends or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"the server ended with exit status {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


@contextlib.contextmanager
def running(command: list[str], port: int, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a child process, from the first answer on its port until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        wait_for_port(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """A Redis server without persistence; yields its URL."""
    program = shutil.which("redis-server")
    if program is None:
        raise Missing("redis-server")
    port = port or free_port()
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    with running(command, port):
        yield f"redis://127.0.0.1:{port}/0"


def _until_it_works(command: list[str], seconds: float = 90) -> None:
    """A server listens a moment before it takes work."""
    deadline = time.monotonic() + seconds
    while subprocess.run(command, stderr=subprocess.DEVNULL).returncode != 0:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{command[0]} kept failing")
        time.sleep(0.2)


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server with an empty database `support`; yields its SQLAlchemy URL."""
    if not _POSTGRES_FOLDERS:
        raise Missing("postgresql")
    programs, port = _POSTGRES_FOLDERS[0], free_port()
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        who: dict[str, object] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
            Path(folder).chmod(0o700)
            who = {"user": "postgres", "group": "postgres", "cwd": folder}
        init = [str(programs / "initdb"), "-D", folder, "-U", "support", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
        command = [str(programs / "postgres"), "-D", folder, "-p", str(port), "-k", folder, "-c", "fsync=off"]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
        command += ["-c", "autovacuum=off"]  # plans would follow from whether it has come by
        with running(command, port, **who):
            create = [str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "support", "support"]
            _until_it_works(create)
            yield f"postgresql+asyncpg://support@127.0.0.1:{port}/support"


@contextlib.contextmanager
def s3_server(bucket: str, port: int | None = None) -> Iterator[str]:
    """An S3 server in memory with an empty bucket; yields its address."""
    port = port or free_port()
    with running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port):
        address = f"http://127.0.0.1:{port}"
        httpx.put(f"{address}/{bucket}", timeout=20).raise_for_status()
        yield address
