"""A shop with very many rows, made inside PostgreSQL from rows that the product itself wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]

SHOP = "techpro"
#: What the many are spread over, so that a month holds its share of them.
_DAYS = 1_000
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


async def grow(url: str, first: int, last: int, **like: str) -> None:
    """Add what belongs to the numbers `first` to `last`; `like` names the rows that are copied, see `_many`."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")  # parents are made first, none is missing
        for many in _many(**like):
            await connection.execute(await _statement(connection, many, first, last), timeout=3600)
        await connection.execute("VACUUM ANALYZE", timeout=3600)
    finally:
        await connection.close()


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
    )
