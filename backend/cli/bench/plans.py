"""The plans that PostgreSQL really used, with how many rows each step read, as its own auto_explain logs them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]

#: Given to the server when it starts.
OPTIONS = (
    "session_preload_libraries=auto_explain",
    "auto_explain.log_analyze=on",
    "auto_explain.log_timing=off",
    "auto_explain.log_format=json",
    "logging_collector=on",
    "log_destination=jsonlog",
    "log_directory=log",
)


@dataclass(frozen=True, slots=True)
class Read:
    """One step of one statement that reads a table: how, by which index, and how many rows it looked at."""

    table: str
    how: str
    index: str
    rows: int
    statement: str


async def log_plans(url: str, *, on: bool) -> None:
    """From now on, for every connection there is."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"ALTER SYSTEM SET auto_explain.log_min_duration = {0 if on else -1}")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()


def logged(home: Path, begin: int) -> tuple[list[Read], int]:
    """What was logged after the first `begin` bytes, and how many there are now."""
    text = "".join(path.read_text(errors="replace") for path in sorted((home / "log").glob("*.json")))
    found: list[Read] = []
    for line in text[begin:].splitlines():
        message = json.loads(line).get("message", "") if line.endswith("}") else ""
        if "plan:\n" in message:
            plan = json.loads(message.split("plan:\n", 1)[1])
            found += _reads(plan["Plan"], plan.get("Query Text", ""))
    return found, len(text)


def _reads(node: dict[str, Any], statement: str) -> Iterator[Read]:
    if "Scan" in node["Node Type"] and ("Relation Name" in node or "Index Name" in node):
        looked = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
        looked += node.get("Rows Removed by Index Recheck", 0)
        index = node.get("Index Name", "")
        table = node.get("Relation Name") or re.sub(r"^(ix|pk)_", "", index)
        yield Read(table, node["Node Type"], index, int(looked * node.get("Actual Loops", 1)), statement)
    for part in node.get("Plans", ()):
        yield from _reads(part, statement)
