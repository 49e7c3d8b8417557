"""Reads files in a process of its own: one that is built to stall or to swell ends its reader and nothing else."""

import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from backend.domain.errors import InvalidInput
from backend.rag.formats import PDF, TEXT, Reading, read

#: What is no PDF and no longer than this is read at once: it cannot keep a reader busy.
SMALL_BYTES = 20_000
#: Seconds of a processor for a reader: the longest honest files take half. It may wait for the processor besides.
PDF_SECONDS, SECONDS, WAITING_SECONDS = 60, 15, 30
#: Of a reader; a PDF of 1,200 full pages takes a quarter of it.
MEMORY_BYTES = 400_000_000
#: Readers at work at once, so that processors are left for those who ask meanwhile.
_READERS = BoundedSemaphore(2)
_REFUSED = 3
_TOO_MUCH = "The file cannot be read: it takes too much time or memory. Split it."
_ROOT = Path(__file__).resolve().parents[2]


def read_apart(content: bytes, media_type: str, seconds: int = 0) -> Reading:
    """What a document's bytes say. Blocks: call it in a thread. Raises InvalidInput when they cannot be read.

    `seconds` of a processor are enough for it; 0 means those of its format.
    """
    if media_type == TEXT or (media_type != PDF and len(content) <= SMALL_BYTES):
        return read(content, media_type)
    seconds = seconds or (PDF_SECONDS if media_type == PDF else SECONDS)
    command = [sys.executable, "-m", "backend.rag.reading", media_type, str(seconds)]
    try:
        with _READERS:  # without the environment: nothing in it is for a file to see
            done = subprocess.run(  # noqa: S603  a module of ours
                command,
                input=content,
                capture_output=True,
                timeout=seconds + WAITING_SECONDS,
                cwd=_ROOT,
                env={},
                check=False,
            )
    except subprocess.TimeoutExpired as late:
        raise InvalidInput(_TOO_MUCH, field="file") from late
    if done.returncode == 0:
        return Reading.model_validate_json(done.stdout)
    if done.returncode == _REFUSED:
        raise InvalidInput(done.stdout.decode(), field="file")
    raise InvalidInput(_TOO_MUCH, field="file")


def _main(media_type: str, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        said = read(sys.stdin.buffer.read(), media_type).model_dump_json()
    except InvalidInput as refused:
        sys.stdout.write(refused.detail)
        return _REFUSED
    sys.stdout.write(said)
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(_main(sys.argv[1], int(sys.argv[2])))
