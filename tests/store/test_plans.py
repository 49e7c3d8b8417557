"""No look-up that a turn makes reads a whole table, however large the shop grows."""

from typing import Any

from sqlalchemy import event

from backend.domain.cases import ComplaintFilter, ComplaintStatus
from backend.domain.knowledge import DocumentStatus
from backend.store.database import Database
from backend.store.records import Records
from tests.store.world import NOON, SHOP, furnish


async def _look_ups(records: Records) -> None:
    await records.catalogue.get("P-1")
    await records.catalogue.variant("V-1")
    await records.catalogue.variants_of("P-1")
    await records.catalogue.version()
    await records.customers.get("C-1")
    await records.customers.by_email("maya@lanterns.example")
    await records.orders.get("ORD-7")
    await records.orders.for_customer("C-1")
    await records.orders.ids_of("C-1")
    await records.orders.by_tracking_number("KS1")
    await records.orders.refund("REF-7")
    await records.complaints.get("CMP-7")
    await records.complaints.for_customer("C-1")
    await records.complaints.for_order("ORD-7")
    await records.complaints.list(ComplaintFilter(statuses=(ComplaintStatus.OPEN,)))
    await records.handoffs.open_in("K-1")
    await records.conversations.messages("K-1")
    await records.conversations.list(customer_id="C-1")
    await records.documents.get("care")
    await records.documents.changed_since(0)
    await records.documents.list(status=DocumentStatus.PUBLISHED)
    await records.staff.by_email("ida@lanterns.example")
    await records.api_keys.by_hash("hash")
    await records.audit.list(object="order:ORD-7")
    await records.actions.get("key")
    await records.pending.get("s1", "a1")
    await records.events.has_due(NOON)
    await records.events.claim_due(1, NOON)
    await records.mails.has_due(NOON)
    await records.mails.claim(1, NOON)


async def test_every_look_up_searches_an_index(tmp_path: Any) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'records.db'}")
    await furnish(database)
    seen: list[tuple[str, Any]] = []
    listener = ("before_cursor_execute", lambda _c, _u, statement, params, *_: seen.append((statement, params)))
    event.listen(database._writer.sync_engine, *listener)
    async with database.records(SHOP, write=True) as records:
        await _look_ups(records)
    event.remove(database._writer.sync_engine, *listener)
    async with database._writer.begin() as connection:
        for statement, params in seen:
            if statement.startswith("SELECT"):
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", params)
                steps = [row.detail for row in plan]
                assert not [step for step in steps if step.startswith("SCAN") and "subquery" not in step.lower()], (
                    statement
                )
    await database.close()
