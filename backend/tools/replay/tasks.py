"""A recorded task: the calls an agent was right to make, and the state they must leave."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator


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

    @field_validator("expected_end_state")
    @classmethod
    def _records_by_id(cls, state: dict[str, Any]) -> dict[str, Any]:
        for part in ("orders", "users"):
            records = state.get(part)
            if records is not None and not (isinstance(records, dict) and all(map(_is_record, records.values()))):
                raise ValueError(f"expected_end_state.{part} has to hold a record for each id")
        return state


class Unreadable(BaseModel):
    """A line that is no task; it counts as one that failed."""

    id: str
    reason: str


def _is_record(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def read_tasks(path: Path) -> Iterator[Task | Unreadable]:
    """A task for each line of a JSONL file that is not blank."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield Task.model_validate({"id": f"line {number}", **row})
            except ValidationError as broken:
                first = broken.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                name = row["id"] if isinstance(row.get("id"), str) else f"line {number}"
                yield Unreadable(id=name, reason=f"is no task: {place}: {first['msg']}")
            except (ValueError, TypeError) as broken:
                yield Unreadable(id=f"line {number}", reason=f"is no task: {broken}")
