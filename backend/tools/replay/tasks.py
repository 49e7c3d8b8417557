"""A recorded task: the calls an agent was right to make, and the state they must leave."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Call(BaseModel):
    """One call in the words of the recording."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class Task(BaseModel):
    """`actions` are all calls in order; those that write are in `write_actions` unless they must be refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    actions: tuple[Call, ...] = ()
    write_actions: tuple[Call, ...] = ()
    expected_end_state: dict[str, Any] = Field(default_factory=dict)


class Unreadable(BaseModel):
    """A line that is no task; it counts as one that failed."""

    id: str
    reason: str


def read_tasks(path: Path) -> Iterator[Task | Unreadable]:
    """A task for each line of a JSONL file that is not blank."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield Task.model_validate({"id": f"line {number}", **row})
            except (ValueError, TypeError) as broken:  # pydantic's ValidationError is a ValueError
                yield Unreadable(id=f"line {number}", reason=str(broken).splitlines()[0])
