"""One line and a bar for each step of a command."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

#: takes (done, total)
Report = Callable[[int, int], None]
#: in a log there is no terminal to ask for its width
console = Console(width=None if sys.stdout.isatty() else 140)


@contextmanager
def step(label: str) -> Iterator[Report]:
    """Shows the step; the callable inside takes (done, total)."""
    columns = (TextColumn("{task.description:<34}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(label, total=1)

        def report(done: int, total: int) -> None:
            bars.update(task, completed=done, total=max(total, 1))

        yield report
        known = bars.tasks[0]
        bars.update(task, completed=known.total or 1)
