"""A server that is killed at ten points of an upload, of an edit and of a deletion leaves all of it or nothing."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.domain.identity import StaffRole
from backend.tools.tokens import TokenKind
from tests.api.people import bearer
from tests.servers import free_port
from tests.shop import ROOT, SECRET, environment, prepared

UPLOADS, EDITS, DELETIONS, CHAPTERS = 10, 4, 3, 6
#: What the shop has written down before, and how it is asked for.
EARLIER = ("battery life", "return window", "shipping cost", "warranty")
WAIT_SECONDS = 90.0
Work = Callable[[httpx.Client], httpx.Response]


def edition(number: int) -> str:
    """A document of several passages, each of which tells its edition."""
    words = " ".join(["The kite rises with the wind of noon and is reeled in before the dew."] * 8)
    return "\n".join(f"## Chapter {part}\n\nEdition {number}, chapter {part}. {words}\n" for part in range(CHAPTERS))


@dataclass
class Victim:
    """One server after the other on the same data."""

    data: Path
    process: "subprocess.Popen[str]"
    port: int = field(default_factory=free_port)
    pid: int = 0

    @contextlib.contextmanager
    def running(self, fatal: int = 0) -> Iterator[httpx.Client]:
        """A server that dies at step `fatal` of what is done after `arm`."""
        settings = {"data_dir": self.data, "vector_dir": self.data / "vectors", "secret_key": SECRET, "port": self.port}
        job = {
            "settings": {**settings, "rate_limits": "off", "background": "worker", "default_tenant": "nobody"},
            "fatal": fatal,
        }
        self._say(json.dumps({**job, "counted": self.data / "steps"}, default=str))
        self.pid = int(self._heard())
        headers = bearer(TokenKind.STAFF, "ida", role=StaffRole.ADMIN)
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=90) as http:
            _until(lambda: _alive(http))
            try:
                yield http
            finally:
                self.stop()

    def killed_at(self, http: httpx.Client, work: Work) -> None:
        """The server ends within the work, or right after it where that has a step less than the one before."""
        os.kill(self.pid, signal.SIGUSR1)
        with contextlib.suppress(httpx.TransportError):
            work(http)
            os.kill(self.pid, signal.SIGKILL)
        assert self.died() == -signal.SIGKILL

    def trials(self, points: list[int], work: Callable[[int], Work]) -> Iterator[tuple[int, httpx.Client]]:
        """The number of each trial with the server that was started after it; earlier documents are found as before."""
        earlier: list[Any] = []
        for n, fatal in enumerate([*points, 0]):
            with self.running(fatal) as http:
                earlier = earlier or _earlier(http)
                assert _earlier(http) == earlier
                if n:
                    yield n - 1, http
                if fatal:
                    self.killed_at(http, work(n))

    def steps(self, http: httpx.Client, work: Work) -> int:
        """How many steps the work has when nobody kills it."""
        os.kill(self.pid, signal.SIGUSR1)
        assert work(http).is_success
        return (self.data / "steps").stat().st_size

    def stop(self) -> None:
        """End the server that runs, if one does."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            self.died()

    def died(self) -> int:
        self.pid = 0
        return int(self._heard())

    def _say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _heard(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Victim]:
    source = prepared()
    shutil.copytree(source / "vectors", tmp_path / "vectors")
    (tmp_path / "models").symlink_to(source / "models")
    for name in ("support.db", "stamps.json"):
        shutil.copy(source / name, tmp_path / name)
    command = [sys.executable, "-m", "tests.api.killed"]
    env = {**environment(tmp_path), "OMP_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=env) as process:
        victim = Victim(tmp_path, process)
        yield victim
        victim.stop()  # of a test that failed, the server still runs
        assert process.stdin
        process.stdin.close()


def test_an_upload_is_searchable_whole_or_not_at_all(victim: Victim) -> None:
    with victim.running() as http:
        points = _spread(victim.steps(http, _upload("kite")), UPLOADS)
    seen = [
        (_settled(http, f"kite-{n}", {0, 1}), n) for n, http in victim.trials(points, lambda n: _upload(f"kite-{n}"))
    ]
    assert {edition for edition, _ in seen} == {0, 1}


def test_an_edit_shows_the_old_or_the_new_and_never_both(victim: Victim) -> None:
    with victim.running() as http:
        _upload("kite")(http)
        points = _spread(victim.steps(http, _edit("kite", 2)), EDITS)
    shown = [2]
    for n, http in victim.trials(points, lambda n: _edit("kite", n + 3)):
        shown.append(_settled(http, "kite", {shown[-1], n + 3}))
    assert shown[1] == 2 and shown[-1] == len(points) + 2


def test_a_deletion_takes_everything_or_nothing(victim: Victim) -> None:
    with victim.running() as http:
        for n in range(DELETIONS + 1):
            _upload(f"kite-{n}")(http)
        points = _spread(victim.steps(http, _delete(f"kite-{DELETIONS}")), DELETIONS)
    left = [_settled(http, f"kite-{n}", {0, 1}) for n, http in victim.trials(points, lambda n: _delete(f"kite-{n}"))]
    assert left[0] == 1 and left[-1] == 0


def _settled(http: httpx.Client, name: str, possible: set[int]) -> int:
    """The edition that is found, the same in every passage and, at the latest soon after, the one in the records."""
    assert _opened(http, name) in possible and _found(http, name) in possible
    kept = next((row for row in http.get("/api/knowledge/documents").json()["results"] if row["id"] == name), None)
    text = http.get(f"/api/knowledge/documents/{name}/versions/{kept['version']}").text if kept else ""
    saved = _one(text.partition("\n\n")[2:]) if text else 0
    _until(lambda: _opened(http, name) == _found(http, name) == saved)
    assert saved in possible
    return saved


def _opened(http: httpx.Client, name: str) -> int:
    """Which edition the document's passages are of; 0 where there is none."""
    answer = http.get(f"/api/knowledge/documents/{name}")
    if answer.status_code == 404:
        return 0
    texts = [passage["text"] for passage in answer.json()["passages"]]
    assert len(texts) == CHAPTERS, "a part of it"
    return _one(texts)


def _found(http: httpx.Client, name: str) -> int:
    """Which edition a search finds; 0 where it finds none."""
    results = http.get("/api/knowledge/search", params={"q": "kite wind noon", "k": 50}).json()["results"]
    excerpts = [result["excerpt"] for result in results if result["document_id"] == name]
    return _one(excerpts) if excerpts else 0


def _one(texts: Sequence[str]) -> int:
    editions = {int(text.split(",")[0].removeprefix("Edition ")) for text in texts}
    assert len(editions) == 1, "old and new together"
    return editions.pop()


def _spread(steps: int, points: int) -> list[int]:
    """So many of the steps, from the first to the last."""
    assert steps >= points
    return [1 + (steps - 1) * n // (points - 1) for n in range(points)]


def _upload(name: str) -> Work:
    return lambda http: http.post("/api/knowledge", files={"file": (f"{name}.md", edition(1).encode())})


def _edit(name: str, number: int) -> Work:
    file = {"file": (f"{name}.md", edition(number).encode())}
    return lambda http: http.put(f"/api/knowledge/documents/{name}", files=file)


def _delete(name: str) -> Work:
    return lambda http: http.delete(f"/api/knowledge/documents/{name}")


def _earlier(http: httpx.Client) -> list[Any]:
    """What there was before the kites: every document, what each question finds first, and the whole of that."""
    rows = http.get("/api/knowledge/documents").json()["results"]
    found: list[Any] = [[row["id"], row["version"]] for row in rows if not row["id"].startswith("kite")]
    for query in EARLIER:
        first = http.get("/api/knowledge/search", params={"q": query}).json()["results"][0]
        found += [first["id"], http.get(f"/api/knowledge/documents/{first['document_id']}").json()]
    return found


def _alive(http: httpx.Client) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return http.get("/health").is_success
    return False


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
