"""The files of one shop's index: numbered generation folders and the pointer that names the one in force."""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from backend.domain.base import SLUG
from backend.rag.generation import Generation

#: Generations kept beside the current one, for readers that are still opening it.
KEPT = 1
_NAME = re.compile(r"gen-(\d{8})")


class TenantFolder:
    """`gen-00000007/` and `CURRENT`. A reader never sees a generation that is not complete."""

    def __init__(self, root: Path, tenant: str) -> None:
        if not re.fullmatch(SLUG, tenant):
            raise ValueError(f"{tenant!r} is no tenant slug")
        self.path = root / tenant

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever another generation comes into force; cheap enough to ask before every search."""
        try:
            stat = (self.path / "CURRENT").stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def current(self) -> Path | None:
        """The folder of the generation in force, or None before the first."""
        try:
            name = (self.path / "CURRENT").read_text().strip()
        except OSError:
            return None
        return self.path / name if _NAME.fullmatch(name) else None

    def generation(self, number: int) -> Path:
        """Where a generation lies, or lay."""
        return self.path / f"gen-{number:08d}"

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One writer of this shop at a time, across processes; blocks, so enter it in a thread."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "LOCK").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def busy(self, *, alone: bool) -> Iterator[bool]:
        """Marks work that will end in a publish, across processes; False when it should be left to the others.

        Whoever puts documents in shares the mark; whoever only catches up wants it `alone`, so that no text is
        embedded twice at once.
        """
        with self._marked("BUSY", fcntl.LOCK_EX if alone else fcntl.LOCK_SH) as mine:
            yield mine

    @contextlib.contextmanager
    def alone(self, mark: str) -> Iterator[bool]:
        """Marks a work that one process does; False where another is at it."""
        with self._marked(mark, fcntl.LOCK_EX) as mine:
            yield mine

    @contextlib.contextmanager
    def _marked(self, mark: str, how: int) -> Iterator[bool]:
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / mark).open("w") as file:
            try:
                fcntl.flock(file, how | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def publish(self, generation: Generation, kept: int = KEPT) -> Path:
        """Writes the generation beside the others and puts it in force with one rename; `kept` former ones stay.

        A crash at any point leaves the former generation in force. Call it inside `writing`.
        """
        number = max((int(m[1]) for p in self.path.iterdir() if (m := _NAME.fullmatch(p.name))), default=0) + 1
        scratch, folder = self.path / f"new-{number:08d}", self.generation(number)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        generation.save(scratch)
        for file in scratch.iterdir():
            _flush(file)
        scratch.rename(folder)
        pointer = self.path / "CURRENT.new"
        pointer.write_text(folder.name)
        _flush(pointer)
        pointer.replace(self.path / "CURRENT")
        _flush(self.path)
        self._sweep(number - kept)
        return folder

    def _sweep(self, oldest: int) -> None:
        """Removes what is older and what a crash left half written."""
        for path in self.path.iterdir():
            named = _NAME.fullmatch(path.name)
            if path.name.startswith("new-") or (named and int(named[1]) < oldest):
                shutil.rmtree(path, ignore_errors=True)


def _flush(path: Path) -> None:
    """Makes a file or folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
