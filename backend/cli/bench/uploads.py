"""Two hundred malformed files are uploaded: what is answered, how long the longest takes, and who waits meanwhile."""

import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Event, Thread

import httpx

from backend.cli.bench import malformed, server
from backend.settings import ROOT

FILES = 200
#: Longest wait for an answer to any of them: two readers at their limit, one after the other.
_SECONDS = 120.0


@dataclass
class Uploads:
    """What came back. `beside` are the seconds that searches took meanwhile."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    most_memory_mb: float = 0.0
    #: of the processes beside the server that read, together
    most_beside_mb: float = 0.0


def send(running: server.Server) -> Uploads:
    """Uploads them one by one; wrong is what gets a 5xx or no answer."""
    seen, done = Uploads(), Event()
    hostile = list(malformed.hostile())
    whole = (malformed.whole_pdf(), malformed.HTML, malformed.MARKDOWN)
    headers = {"Authorization": f"Bearer {_token(running)}"}
    address = f"http://127.0.0.1:{running.port}"
    watching = Thread(target=_watch, args=(address, running, seen, done))
    watching.start()
    with httpx.Client(base_url=address, headers=headers, timeout=_SECONDS) as http:
        for name, content in chain(hostile, malformed.broken(whole, FILES - len(hostile))):
            _upload(http, name, content, seen)
    done.set()
    watching.join()
    return seen


def _upload(http: httpx.Client, name: str, content: bytes, seen: Uploads) -> None:
    begun = time.perf_counter()
    try:
        answer = http.post("/api/knowledge", files={"file": (name, content)})
    except httpx.WriteError:  # refused before all of it was sent
        answer = httpx.Response(413)
    except httpx.HTTPError as lost:
        seen.wrong.append(f"{type(lost).__name__}: {name} {content[:60]!r}")
        return
    if answer.status_code >= 500:
        seen.wrong.append(f"{answer.status_code}: {name} {content[:60]!r} {answer.text[:300]}")
    seen.statuses[answer.status_code] += 1
    seen.seconds.append(time.perf_counter() - begun)


def _watch(address: str, running: server.Server, seen: Uploads, done: Event) -> None:
    with httpx.Client(base_url=address, timeout=_SECONDS) as http:
        while not done.wait(0.1):
            begun = time.perf_counter()
            http.get("/api/knowledge/search", params={"q": "battery life of the X1"}).raise_for_status()
            seen.beside.append(time.perf_counter() - begun)
            seen.most_memory_mb = max(seen.most_memory_mb, running.memory_mb() or 0.0)
            seen.most_beside_mb = max(seen.most_beside_mb, _readers_mb(running.pid))


def _readers_mb(pid: int) -> float:
    """Resident memory of the processes that the server's threads began; 0 where the system does not tell."""
    children = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    total = 0
    for child in {child for some in children for child in some}:
        with contextlib.suppress(OSError, IndexError):  # ended meanwhile
            total += int(Path(f"/proc/{child}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total / 1024**2


def _token(running: server.Server) -> str:
    command = [sys.executable, "-m", "backend.cli", "token", "--role", "admin", "--tenant", "techpro"]
    said = subprocess.run(command, env=running.env, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return said.stdout.strip()
