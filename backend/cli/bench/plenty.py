"""A shop with very many rows, made inside PostgreSQL from rows that the product itself wrote."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]

SHOP = "techpro"
#: What the many are spread over, so that a month holds its share of them.
_DAYS = 1_000
#: Rows of one statement; connections at work; from how many rows on indexes wait; seconds for a statement.
_PORTION, _SIDE_BY_SIDE, _WITHOUT_INDEXES, _LONGEST = 100_000, 3, 50_000, 1800
#: A table's indexes that hold no constraint.
_INDEXES = """
SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS made
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = $1::regclass AND NOT i.indisprimary AND NOT i.indisunique
"""
_BEGUN = f"now() - interval '1 hour' - (n % {_DAYS}) * interval '1 day' - (n % 1000) * interval '1 second'"


@dataclass(frozen=True, slots=True)
class Many:
    """Copies of the rows of `table` for which `like` holds, one for every `each`th number n; `own` differs."""

    table: str
    like: str
    own: Mapping[str, str]
    each: int = 1


def _many(order: str, customer: str, conversation: str, helped: str, complaint: str, document: str) -> Sequence[Many]:
    """In the order in which the rows need each other; each kind as many as there are orders, or one in ten."""
    of_order = {"order_id": "'ORD-' || (1000000 + n)"}
    of_talk = {"conversation_id": "'g' || n"}
    return (
        Many("customers", f"id = '{customer}'", {
            "id": "'G-' || n", "email": "'g' || n || '@example.com'", "email_key": "'g' || n || '@example.com'",
        }),
        Many("payment_methods", f"customer_id = '{customer}'", {"id": "t.id || '-' || n", "customer_id": "'G-' || n"}),
        Many("orders", f"id = '{order}'", {
            "id": "'ORD-' || (1000000 + n)", "customer_id": "'G-' || n", "placed_at": _BEGUN,
        }),
        Many("order_lines", f"order_id = '{order}'", of_order),
        Many("payments", f"order_id = '{order}'", of_order),
        Many("deliveries", f"order_id = '{order}'", {
            "id": "t.id || '-' || n", "tracking_number": "'G' || n", **of_order,
        }),
        Many("conversations", f"id = '{conversation}'", {
            "id": "'g' || n", "session_id": "'gs' || n", "customer_id": "'G-' || n", "started_at": _BEGUN,
            "updated_at": _BEGUN, "status": "CASE WHEN n % 100 = 0 THEN 'open' ELSE 'closed' END",
        }),
        Many("messages", f"conversation_id = '{conversation}'", {
            "id": "t.id || '-' || n", "at": _BEGUN, **of_talk,
        }),
        Many("feedback", f"conversation_id = '{helped}'", {
            "message_id": "t.message_id || '-' || n", "at": _BEGUN, **of_talk,
        }, each=10),
        Many("handoffs", f"conversation_id = '{helped}'", {
            "id": "t.id || '-' || n", "session_id": "'gs' || n", "customer_id": "'G-' || n", "created_at": _BEGUN,
            "state": "CASE WHEN n % 1000 = 0 THEN 'waiting' ELSE 'closed' END", **of_talk,
        }, each=100),
        Many("complaints", f"id = '{complaint}'", {
            "id": "'CMP-' || (1000000 + n)", "customer_id": "'G-' || n", "created_at": _BEGUN, "updated_at": _BEGUN,
            "status": "CASE WHEN n % 1000 = 0 THEN 'open' ELSE 'closed' END", "resolution_due": _BEGUN, **of_order,
        }, each=10),
        Many("audit", f"object = 'complaint:{complaint}'", {
            "id": "t.id || '-' || n", "at": _BEGUN, "object": "'complaint:CMP-' || (1000000 + n)",
        }),
        # changed in version 0: rows that no index asks for, because a million texts are not embedded here
        Many("documents", f"id = '{document}'", {"id": "'g-' || n", "title": "'Guide ' || n", "changed_in": "0"}),
        Many("document_versions", f"document_id = '{document}'", {
            "document_id": "'g-' || n", "content": "decode('00', 'hex')",
        }),
    )  # fmt: skip


async def grow(url: str, first: int, last: int, told: Callable[[str], None], **like: str) -> None:
    """Add what belongs to the numbers `first` to `last`; `like` names the rows that are copied, see `_many`.

    Tables side by side, a portion at a time, each numbered once: what is there already is not made again. The rows
    come before what finds them: of a table that starts small, every index but that of its key is made at the end.
    `told` hears what was filled.
    """
    tables = list(_many(**like))
    waiting = asyncio.Queue[Many]()
    for many in tables:
        waiting.put_nowait(many)

    async def filling() -> None:
        connection = await asyncpg.connect(url, command_timeout=_LONGEST)
        try:
            await connection.execute("SET session_replication_role = replica")  # parents are made as well
            await connection.execute("SET synchronous_commit = off")
            await connection.execute("SET maintenance_work_mem = '256MB'")
            while not waiting.empty():
                many = waiting.get_nowait()
                begun = time.perf_counter()
                await _fill(connection, many, first, last)
                told(f"{many.table}, {time.perf_counter() - begun:.0f} s")
        finally:
            await connection.close()

    await asyncio.gather(*(filling() for _ in range(_SIDE_BY_SIDE)))


async def _fill(connection: asyncpg.Connection, many: Many, first: int, last: int) -> None:
    """Without the table's further indexes while many rows come: each would be written at random."""
    later = await connection.fetch(_INDEXES, many.table) if last - first >= _WITHOUT_INDEXES else []
    for index in later:
        await connection.execute(f'DROP INDEX "{index["name"]}"')
    for begin in range(first, last + 1, _PORTION):
        await connection.execute(await _statement(connection, many, begin, min(last, begin + _PORTION - 1)))
    for index in later:
        await connection.execute(index["made"])
    await connection.execute(f'VACUUM ANALYZE "{many.table}"')


async def _statement(connection: asyncpg.Connection, many: Many, first: int, last: int) -> str:
    found = await connection.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public'",
        many.table,
    )
    names = [row["column_name"] for row in found]
    values = ", ".join(many.own.get(name, f't."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return (
        f'INSERT INTO "{many.table}" ({columns}) SELECT {values} FROM "{many.table}" t, '  # noqa: S608  our own names
        f"generate_series({first}, {last}) n WHERE t.tenant = '{SHOP}' AND t.{many.like} AND n % {many.each} = 0"
        " ON CONFLICT DO NOTHING"
    )
