"""One line and one bar for each step on a terminal; one line at its end elsewhere. What a command prints stays alone."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, List, Mapping, Sequence

_WIDTH = 24


class StepFailed(Exception):
    """A step's command failed; the text is what a person should read."""


class Bar:
    """Shows how far a step is. `total` is the number of units expected; the end is always shown as full."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = max(total, 1)
        self._done = 0
        self._started = time.monotonic()
        self._live = sys.stderr.isatty()
        self._draw()

    def advance(self) -> None:
        """One more unit is done."""
        self._done = min(self._done + 1, self._total - 1)
        self._draw()

    def finish(self, note: str = "") -> None:
        """The step is over."""
        self._done = self._total
        self._draw(note or "%.0f s" % (time.monotonic() - self._started), end=True)

    def _draw(self, note: str = "", end: bool = False) -> None:
        if not self._live and not end:
            return
        filled = int(_WIDTH * self._done / self._total)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        start = "\r\033[K" if self._live else ""
        sys.stderr.write("%s%-34s %s %s%s" % (start, self._label, bar, note, "\n" if end else ""))
        sys.stderr.flush()


def run_step(
    label: str,
    command: "Sequence[str]",
    counted: "Callable[[str], object]",
    total: int,
    cwd: "Path | None" = None,
    env: "Mapping[str, str] | None" = None,
) -> None:
    """Run a command behind a bar; a line of its output that `counted` accepts is one unit.

    Raises StepFailed with the last lines of output.
    """
    bar = Bar(label, total)
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    tail: "List[str]" = []
    assert process.stdout is not None
    for line in process.stdout:
        tail = [*tail, line.rstrip()][-25:]
        if counted(line):
            bar.advance()
    if process.wait() != 0:
        raise StepFailed("%s failed:\n%s" % (label, "\n".join(tail)))
    bar.finish()


def skipped(label: str) -> None:
    """Say that a step has nothing to do."""
    Bar(label, 1).finish("unchanged")
