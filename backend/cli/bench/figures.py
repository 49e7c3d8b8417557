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

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """Of at least one time; the 99th percentile is the smallest time that 99 % do not exceed."""
        ordered = sorted(seconds)
        last = ordered[math.ceil(0.99 * len(ordered)) - 1]
        return cls(round(1000 * statistics.median(ordered), 2), round(1000 * last, 2), len(ordered))

    def __str__(self) -> str:
        return f"{self.median:.1f} / {self.p99:.1f}"


def titled(title: str, *columns: str) -> Table:
    """A plain table whose first column is text and whose others are numbers."""
    table = Table(title=title, box=None, header_style="bold", title_justify="left", title_style="bold", pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    return table
