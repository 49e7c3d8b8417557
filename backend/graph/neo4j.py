"""Neo4j, or any server that speaks Bolt, as the graph engine; the only importer of neo4j."""

import asyncio
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncSession
from neo4j.exceptions import ClientError, ConstraintError, DriverError, Neo4jError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.conversation import Degraded
from backend.domain.trace import step
from backend.graph.base import GraphUnavailable, Row, query_text, scoped
from backend.graph.schema import NODES, RELATIONS, GraphRows, Rows, fingerprint, graph_rows

_SECONDS: Final = 2.0  # longest wait for a connection or an answer in a conversation
_BATCH: Final = 2000  # rows of one writing transaction
_LOADING_SECONDS: Final = 60.0  # longest wait for one batch
_CLAIM_SECONDS: Final = 300  # a process that has written for longer is taken for dead
_RETIRED_SECONDS: Final = 600

_WRITES: Final = re.compile(
    r"^[\s+*|-]*(?:detach|create|merge|set|delete|remove|foreach|lock|load|drop)", re.IGNORECASE | re.MULTILINE
)
_CLAIM: Final = """
MERGE (g:Generation {key: $scope})
ON CREATE SET g.tenant = $tenant, g.complete = false, g.owner = $me, g.claimed = $now
SET g.owner = CASE WHEN NOT g.complete AND g.claimed < $now - $patience THEN $me ELSE g.owner END,
    g.claimed = CASE WHEN NOT g.complete AND g.claimed < $now - $patience THEN $now ELSE g.claimed END,
    g.retired = null
RETURN g.complete AS complete, g.owner AS owner
"""
_RETIRE: Final = """
MATCH (g:Generation {tenant: $tenant}) WHERE g.key <> $kept
SET g.retired = coalesce(g.retired, $now)
RETURN g.key AS key, g.retired AS retired
"""


class Neo4jGraph:
    """Every loading is a generation of its own: keys carry its name, and it is read only once it is complete.

    The name is the fingerprint of the content, so workers that load the same catalogue write the same nodes,
    and a server that already holds the generation is not loaded again.
    """

    def __init__(self, uri: str, user: str, password: str, database: str) -> None:
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=_SECONDS,
            connection_acquisition_timeout=_SECONDS,
            max_transaction_retry_time=_SECONDS,
            telemetry_disabled=True,
        )
        self._database = database
        self._scopes: dict[str, str] = {}
        self._prepared = False
        self._me = uuid.uuid4().hex

    async def load(
        self, tenant: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
    ) -> None:
        """Write the generation, mark it complete, then drop older ones. Raises GraphUnavailable."""
        scope = f"{tenant}@{await asyncio.to_thread(fingerprint, products, relations, rules)}"
        try:
            await self._prepare()
            if await self._claim(tenant, scope):
                await self._fill(scope, await asyncio.to_thread(graph_rows, scope, products, relations, rules))
            self._scopes[tenant] = scope
            await self._retire_others(tenant, scope)
        except (DriverError, Neo4jError, OSError) as error:
            raise GraphUnavailable(str(error)) from error

    async def run(self, query: str, tenant: str, **params: Any) -> list[Row]:
        """Rows of a named question in a managed read transaction. A shop never loaded has an empty graph."""
        text, scope = query_text(query, "bolt"), self._scopes.get(tenant)
        if scope is None:
            return []
        try:
            with step("query", query):
                async with asyncio.timeout(_SECONDS), self._session(default_access_mode=READ_ACCESS) as session:
                    return await session.execute_read(_rows, text, scoped(scope, params))
        except (DriverError, Neo4jError, OSError, TimeoutError) as error:
            raise GraphUnavailable(str(error)) from error

    async def may_write(self, text: str, params: dict[str, Any]) -> bool:
        """Whether the server's plan for a text holds anything but reading. The text is explained, not run."""
        async with self._session(default_access_mode=READ_ACCESS) as session:
            summary = await (await session.run("EXPLAIN " + text, params)).consume()
        if summary.query_type == "r":
            return False
        # a compatible server may call every plan "w": then its operators tell
        return summary.plan is None or bool(_WRITES.search("\n".join(_operators(summary.plan))))

    async def ping(self) -> bool:
        """Whether the server answers within two seconds."""
        try:
            async with asyncio.timeout(_SECONDS), self._session() as session:
                return bool(await session.execute_read(_rows, "RETURN 1 AS one", {}))
        except (DriverError, Neo4jError, OSError, TimeoutError):
            return False

    def degraded(self) -> tuple[Degraded, ...]:
        """Nothing stands in for it here; see `fallback`."""
        return ()

    async def close(self) -> None:
        """Close all connections."""
        await self._driver.close()

    def _session(self, **options: Any) -> AsyncSession:
        return self._driver.session(database=self._database, **options)

    async def _prepare(self) -> None:
        """Constraints and indexes, once; a server that has them says so by an error or by silence."""
        if self._prepared:
            return
        async with self._session() as session:
            for label in (*NODES, "Generation"):
                await _tolerant(session, f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS "
                                         f"FOR (n:{label}) REQUIRE n.key IS UNIQUE")  # fmt: skip
            await _tolerant(session, "CREATE INDEX product_category IF NOT EXISTS FOR (n:Product) ON (n.category)")
            await _tolerant(session, "CREATE INDEX generation_tenant IF NOT EXISTS FOR (n:Generation) ON (n.tenant)")
        self._prepared = True

    async def _claim(self, tenant: str, scope: str) -> bool:
        """True: this process is to write the generation. False: it is complete, perhaps by another process by now."""
        params = {"scope": scope, "tenant": tenant, "me": self._me, "now": int(time.time()), "patience": _CLAIM_SECONDS}
        while True:
            found = (await self._write(_CLAIM, params))[0]
            if found["complete"]:
                return False
            if found["owner"] == self._me:
                return True
            await asyncio.sleep(1)
            params["now"] = int(time.time())

    async def _fill(self, scope: str, rows: GraphRows) -> None:
        # a loading that broke off leaves relations behind, and CREATE would double them
        await self._drop(scope)
        for name, columns in NODES.items():
            setters = ", ".join(f"n.{column} = row[{at}]" for at, column in enumerate(columns) if column != "key")
            text = f"UNWIND $rows AS row MERGE (n:{name} {{key: row[0]}}) SET {setters}, n.scope = $scope"
            await self._write_batches(text, rows.nodes[name], scope)
        for name, (source, target, columns) in RELATIONS.items():
            fields = ", ".join(f"{column}: row[{at}]" for at, column in enumerate(columns, start=2))
            text = (f"UNWIND $rows AS row MATCH (a:{source} {{key: row[0]}}), (b:{target} {{key: row[1]}}) "
                    f"CREATE (a)-[:{name} {{{fields}}}]->(b)")  # fmt: skip
            await self._write_batches(text, rows.relations[name], scope)
        await self._write("MATCH (g:Generation {key: $scope}) SET g.complete = true", {"scope": scope})

    async def _write_batches(self, text: str, rows: Rows, scope: str) -> None:
        for batch in _batches(rows):
            await self._write(text, {"rows": batch, "scope": scope})

    async def _write(self, text: str, params: dict[str, Any]) -> list[Row]:
        """One managed writing transaction. The driver retries transient errors; two writers of one new key are ours."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(ConstraintError),
            stop=stop_after_attempt(4),
            wait=wait_random_exponential(max=0.5),
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                async with asyncio.timeout(_LOADING_SECONDS), self._session() as session:
                    return await session.execute_write(_rows, text, params)
        raise AssertionError("tenacity ended without a result")  # pragma: no cover

    async def _retire_others(self, tenant: str, kept: str) -> None:
        """Drop the shop's older generations, once other processes have had time to leave them."""
        now = int(time.time())
        for row in await self._write(_RETIRE, {"tenant": tenant, "kept": kept, "now": now}):
            if row["retired"] < now - _RETIRED_SECONDS:
                await self._drop(row["key"])
                await self._write("MATCH (g:Generation {key: $key}) DELETE g", {"key": row["key"]})

    async def _drop(self, scope: str) -> None:
        """Delete a generation's nodes in batches, so that no transaction grows large."""
        for name in NODES:
            text = (f"MATCH (n:{name}) WHERE n.scope = $scope WITH n LIMIT {_BATCH} "
                    "DETACH DELETE n RETURN count(*) AS gone")  # fmt: skip
            while (await self._write(text, {"scope": scope}))[0]["gone"]:
                pass


async def _rows(transaction: AsyncManagedTransaction, text: str, params: dict[str, Any]) -> list[Row]:
    result = await transaction.run(text, params)
    return [record.data() async for record in result]


def _operators(plan: Any) -> Iterator[str]:
    """The operators of a plan, a line each, as Neo4j nests them or as a compatible server prints them."""
    if isinstance(plan, dict):
        yield str(plan.get("operatorType", ""))
        yield str((plan.get("args") or {}).get("string-representation", ""))
        for child in plan.get("children") or ():
            yield from _operators(child)


async def _tolerant(session: AsyncSession, text: str) -> None:
    try:
        await (await session.run(text)).consume()
    except ClientError as error:
        # a compatible server may have its own words for "it exists"; anything else is told
        if "exist" not in str(error).lower():
            raise


def _batches(rows: Rows) -> Iterator[list[list[Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield [list(row) for row in rows[start : start + _BATCH]]
