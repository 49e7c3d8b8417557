"""What a part of the bench hands back, and the two numbers that a list of times is reduced to."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True)
class Report:
    """`table` for people, `figures` for var/bench.json."""

    table: Table
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Spread:
    """Milliseconds."""

    median: float
    p99: float
    n: int
    p95: float = 0.0

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """Of at least one time; the nth percentile is the smallest time that n % do not exceed."""
        ordered = sorted(seconds)
        middle, (p95, p99) = (
            statistics.median(ordered),
            (ordered[math.ceil(n * len(ordered)) - 1] for n in (0.95, 0.99)),
        )
        return cls(round(1000 * middle, 2), round(1000 * p99, 2), len(ordered), round(1000 * p95, 2))

    def __str__(self) -> str:
        return f"{self.median:.1f} / {self.p99:.1f}"


def titled(title: str, *columns: str) -> Table:
    """A plain table whose first column is text and whose others are numbers."""
    table = Table(title=title, box=None, header_style="bold", title_justify="left", title_style="bold", pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    return table
