"""No query of a conversation on PostgreSQL reads a whole table: each that real turns make has an index to use."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine

from backend.agents.base import Call
from backend.cli.prepare import prepare
from backend.container import open_container
from backend.settings import Settings
from tests.shop import PREPARED, SECRET, prepared

SAID = (
    "Show me laptops under $1500",
    "What's the battery life of the X1?",
    "Compare it to the Gaming Laptop",
    "Where is ORD-1002?",
    "sarah.johnson@example.com",
    "What else did I order?",
    "I want to complain: the screen of my laptop from ORD-1002 flickers",
    "It flickers all day.",
    "yes",
    "What is the state of my complaint?",
    "How do I return something?",
    "I want to talk to a person",
    "yes",
    "Are you there?",
)
#: Small tables that a shop's growth leaves small, and that are read as a whole on purpose.
WHOLE = {"tenants", "webhooks", "policies", "fit_rules", "relations", "canned_replies"}


async def _own_database(postgres_url: str) -> str:
    parts = urlsplit(postgres_url)
    engine = create_async_engine(postgres_url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE DATABASE turns"))
    await engine.dispose()
    return urlunsplit(parts._replace(path="/turns"))


async def _said(settings: Settings) -> set[tuple[str, str]]:
    """Every statement of the conversation and which tables its plan reads as a whole."""
    container = await open_container(settings)
    try:
        await container.warm_up()
        seen: dict[str, Any] = {}
        listener = ("before_cursor_execute", lambda _c, _u, statement, params, *_: seen.setdefault(statement, params))
        event.listen(container.database._writer.sync_engine, *listener)
        session: str | None = None
        for said in SAID:
            reply = await container.orchestrator.answer(Call(tenant="techpro", text=said, session_id=session))
            session = reply.session_id
        event.remove(container.database._writer.sync_engine, *listener)
        assert any("complaints" in statement and "INSERT" in statement for statement in seen), "no write was made"
        return await _plans(container.database._writer, seen)
    finally:
        await container.close()


async def _plans(engine: Any, seen: dict[str, Any]) -> set[tuple[str, str]]:
    found = set[tuple[str, str]]()
    async with engine.connect() as connection:
        # the planner is told of a million rows a table: few would be read as a whole whatever indexes there are
        await connection.exec_driver_sql(
            "UPDATE pg_class SET reltuples = 1e6, relpages = 1"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for statement, params in seen.items():
            if (
                statement.split(None, 1)[0] not in ("SELECT", "UPDATE", "DELETE")
                or " FROM " not in f"{statement} FROM "
            ):
                continue
            if "set_config" in statement or "pg_" in statement:
                continue
            rows = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", params)
            plan = rows.scalar_one()
            for table in _scanned(plan if isinstance(plan, list) else json.loads(plan)):
                found.add((table, statement))
    return found


def _scanned(plan: Any) -> list[str]:
    """Tables that are read from end to end, or over all rows of the shop."""
    nodes, tables = [(part["Plan"], False) for part in plan], []
    while nodes:
        node, limited = nodes.pop()
        limited = limited or node["Node Type"] == "Limit"
        condition = node.get("Index Cond", "")
        by_shop_alone = bool(condition) and set(re.findall(r"(\w+)\)?(?:::\w+)? [=<>]", condition)) <= {"tenant"}
        if node["Node Type"] == "Seq Scan" or (by_shop_alone and not limited and " ANY " not in condition):
            tables.append(node.get("Relation Name") or node["Index Name"])
        nodes += [(part, limited) for part in node.get("Plans", [])]
    return tables


async def test_every_query_of_a_turn_has_an_index(postgres_url: str, tmp_path: Path) -> None:
    prepared()
    (tmp_path / "models").symlink_to(PREPARED / "models")
    url = await _own_database(postgres_url)
    settings = Settings(
        _env_file=None,
        database_url=url,
        data_dir=tmp_path,
        vector_dir=PREPARED / "vectors",
        secret_key=SECRET,  # type: ignore[arg-type]
    )
    await asyncio.to_thread(prepare, settings.model_copy(update={"vector_dir": tmp_path / "vectors"}))
    scanned = {(table, statement) for table, statement in await _said(settings) if table not in WHOLE}
    assert not scanned
