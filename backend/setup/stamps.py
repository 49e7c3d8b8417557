"""Remembers for each step the content it was done with, so that an unchanged one is skipped."""

import hashlib
import json
import os
from pathlib import Path

_IGNORED = {"node_modules", ".next", "out", "__pycache__", "test-results", "e2e"}


def digest(*paths: "str | Path") -> str:
    """A hash over names and contents of files and folders; what does not exist counts as empty."""
    seen = hashlib.sha256()
    for path in paths:
        for file in sorted(_files(Path(path))):
            seen.update(str(file).encode())
            seen.update(file.read_bytes())
    return seen.hexdigest()


def _files(path: Path) -> "list[Path]":
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    found = []
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if name not in _IGNORED]  # 25,000 files of packages are not even listed
        found += [Path(folder) / name for name in names if name not in _IGNORED]
    return [file for file in found if file.is_file()]


class Stamps:
    """A small JSON file under var/."""

    def __init__(self, file: "str | Path") -> None:
        self._file = Path(file)
        try:
            self._known = json.loads(self._file.read_text())
        except (OSError, ValueError):
            self._known = {}

    def current(self, step: str, stamp: str) -> bool:
        """Whether the step was last done with exactly this content."""
        return bool(self._known.get(step) == stamp)

    def keep(self, step: str, stamp: str) -> None:
        """The step is done."""
        self._known[step] = stamp
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._known, indent=1))
