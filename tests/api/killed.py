"""Runs the real server in processes that end themselves at a chosen step: `python -m tests.api.killed`.

A line of JSON on stdin starts one; the answer is how it ended. Steps are counted from SIGUSR1 on and are not listed
anywhere: every write to the records, every commit, and every file of the index that is opened, renamed or removed.
"""

import gc
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

import faiss  # noqa: F401  what takes long to import is there before the first fork
import onnxruntime  # noqa: F401
import tokenizers  # noqa: F401
import uvicorn
from sqlalchemy import event
from sqlalchemy.engine import Engine

from backend.main import create_app
from backend.settings import Settings

_FILES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}


def _end_itself(fatal: int, counted: Path, vectors: Path) -> None:
    """Dies at step `fatal` after the signal; the steps made are bytes of the file `counted`."""
    log = os.open(counted, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)
    armed = False

    def arm(*_: object) -> None:
        nonlocal armed
        armed = True

    def step() -> None:
        if armed:
            os.write(log, b".")
            if os.fstat(log).st_size == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    def statement(_connection: Any, _cursor: Any, text: str, *_: object) -> None:
        if not text.startswith("SELECT"):
            step()

    def file(name: str, arguments: tuple[Any, ...]) -> None:
        if name in _FILES and str(arguments[0]).startswith(str(vectors)):
            step()

    signal.signal(signal.SIGUSR1, arm)
    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", lambda _: step())
    sys.addaudithook(file)


def _serve(job: dict[str, Any]) -> None:
    os.dup2(2, 1)  # its log lines are no answers
    settings = Settings(_env_file=None, **job["settings"])
    _end_itself(job["fatal"], Path(job["counted"]), settings.vector_dir)
    app = create_app(settings)
    uvicorn.run(app, host="127.0.0.1", port=settings.port, loop="uvloop", log_level="error", access_log=False)


def _run() -> None:
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _serve(json.loads(line))
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _run()
