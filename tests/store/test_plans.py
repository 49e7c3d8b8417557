"""No look-up that a turn makes reads a whole table, however large the shop grows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from backend.domain.cases import ComplaintFilter, ComplaintStatus
from backend.domain.inbox import InboxQuery, SortBy
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
    await records.events.claim_due(1, NOON)
    await records.mails.claim(1, NOON)


@pytest.fixture
async def furnished(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'records.db'}")
    await furnish(database)
    yield database
    await database.close()


async def _steps(database: Database, ask: Callable[[Records], Awaitable[object]]) -> list[str]:
    """How the engine goes about what is asked of a shop's records: the plans of its reads."""

    async def asked() -> None:
        async with database.records(SHOP, write=True) as records:
            await ask(records)

    return await _plans(database, asked)


async def _plans(database: Database, ask: Callable[[], Awaitable[object]]) -> list[str]:
    seen: list[tuple[str, Any]] = []
    listener = ("before_cursor_execute", lambda _c, _u, statement, params, *_: seen.append((statement, params)))
    for engine in (database._reader, database._writer):
        event.listen(engine.sync_engine, *listener)
    await ask()
    for engine in (database._reader, database._writer):
        event.remove(engine.sync_engine, *listener)
    steps = list[str]()
    async with database._writer.begin() as connection:
        for statement, params in seen:
            if statement.startswith("SELECT"):
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", params)
                steps += [row.detail for row in plan]
    return steps


async def test_waiting_for_what_seldom_comes_reads_no_table(furnished: Database) -> None:
    steps = await _plans(furnished, lambda: furnished.tenants_with_webhooks_due(NOON))
    steps += await _plans(furnished, lambda: furnished.tenants_with_mails_due(NOON))
    assert {step.split()[1] for step in steps if step.startswith("SEARCH")} == {"webhook_deliveries", "mails"}
    assert {step.split()[1] for step in steps if step.startswith("SCAN")} == {"tenants"}


async def test_every_look_up_searches_an_index(furnished: Database) -> None:
    steps = await _steps(furnished, _look_ups)
    assert [step for step in steps if step.startswith("SCAN") and "subquery" not in step.lower()] == []


def _listed(**bounds: Any) -> Callable[[Records], Awaitable[object]]:
    return lambda records: records.inbox.page(InboxQuery(**bounds), NOON)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda records: records.audit.list(actor="staff:ida"), "ix_audit_tenant_actor_at"),
        (lambda records: records.audit.list(action="cancel_order"), "ix_audit_tenant_action_at"),
        (_listed(assignee="ida"), "ix_conversations_assigned"),
        (_listed(assignee="ida"), "ix_complaints_assigned"),
        (_listed(priorities=("urgent",)), "ix_conversations_tenant_priority_updated_at"),
        (_listed(channel="email"), "ix_conversations_tenant_channel_updated_at"),
        (_listed(breached=True), "ix_conversations_due"),
        (_listed(sort=SortBy.CREATED), "ix_complaints_tenant_created_at"),
        (_listed(sort=SortBy.PRIORITY), "ix_conversations_tenant_priority_updated_at"),
        (_listed(sort=SortBy.PRIORITY), "ix_complaints_tenant_priority_updated_at"),
        (_listed(sort=SortBy.DUE), "ix_conversations_due"),
        (_listed(sort=SortBy.DUE), "ix_complaints_due"),
    ],
)
async def test_a_list_of_the_desk_has_its_own_index(
    furnished: Database, ask: Callable[[Records], Awaitable[object]], index: str
) -> None:
    assert any(index in step for step in await _steps(furnished, ask))
