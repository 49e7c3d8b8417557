"""Nothing of a person is left in any table after erasing, and everything was in the export before."""

import json
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Table, Text, insert, select

from backend.store.database import Database
from backend.store.personal import RULES, Person
from backend.store.tables import metadata
from backend.store.tables.base import UtcTime
from tests.store.world import MAYA, NOON, SHOP, furnish

#: What no erased record may hold any more.
PRIVATE = (
    "Maya",
    "Okonkwo",
    "lanterns.example",
    "3212345678",
    "Quay Lane",
    "9000",
    "1111",
    "cracked",
    "KS1",
    "private",
)
#: Text and JSON columns that name no person, by table: a new column is decided here, or emptied in RULES.
KEPT: dict[str, str] = {
    "customers": "id",
    "payment_methods": "id customer_id kind",
    "orders": "id customer_id status currency cancel_reason",
    "order_lines": "order_id id product_id variant_id name category options",
    "payments": "order_id id kind method_id",
    "deliveries": "id order_id carrier status line_ids",
    "returns": "id order_id line_ids quantities reason status method_id refund_id",
    "exchanges": "id order_id items method_id",
    "refunds": "id order_id return_id currency method_id status reason",
    "complaints": "id customer_id order_id line_ids category severity priority status assignee tags",
    "handoffs": "id conversation_id customer_id state staff_id staff_name",
    "enquiries": "id kind score_reasons status priority assignee tags",
    "conversations": "id customer_id channel status priority assignee tags",
    "messages": "id conversation_id role replaced_by",
    "feedback": "message_id conversation_id score reasons",
    "satisfaction": "conversation_id",
    "model_calls": "id conversation_id message_id purpose model variant outcome",
    "actions": "key",
    "audit": "id actor action object",
}
#: How the rows of the test are tied to Maya.
TIES: dict[str, Any] = {
    "customer_id": "C-1", "conversation_id": "conv-1", "complaint_id": "CMP-7", "message_id": "m-1",
    "order_id": "ORD-7", "to": MAYA.email, "email_key": MAYA.email.casefold(), "object": "customer:C-1",
}  # fmt: skip
BY_HAND: dict[tuple[str, str], Any] = {
    ("conversations", "id"): "conv-1",
    ("messages", "id"): "m-1",
    ("events", "payload"): {"order_id": "ORD-7", "address": "private"},
    ("actions", "result"): {"action": "a", "outcome": {"tool": "t", "text": "private", "order_id": "ORD-7"}},
    ("enquiries", "email"): {"value": MAYA.email, "confidence": 1.0},
}


def _value(table: Table, column: Column[Any], rule_columns: set[str]) -> Any:
    if (table.name, column.name) in BY_HAND:
        return BY_HAND[table.name, column.name]
    if column.name in TIES:
        return TIES[column.name]
    private = column.name in rule_columns
    if isinstance(column.type, UtcTime):
        return NOON
    if isinstance(column.type, JSON):
        return {"said": "private"} if private else []
    if isinstance(column.type, Text):
        return "private words" if private else f"{table.name}-1"
    return {int: 1, bool: True, float: 1.0, bytes: b"x", date: date(2026, 1, 1)}[column.type.python_type]


async def _fill(database: Database) -> None:
    """Maya's shop, and one row about her in every other table that may hold one."""
    await furnish(database)
    async with database._transaction(database._writer, SHOP) as connection:
        for table in metadata.sorted_tables:
            rule = RULES[table.name]
            there = (await connection.execute(select(table).limit(1))).first()
            if there is None and (rule.whose or rule.looked or rule.gone):
                private = set(rule.emptied) if not rule.gone else {c.name for c in table.c if not c.primary_key}
                row = {c.name: _value(table, c, private) for c in table.c if c.name != "tenant"}
                await connection.execute(insert(table).values(row | {"tenant": SHOP}))


async def _everything(database: Database) -> dict[str, str]:
    """Every table of the shop as text."""
    async with database._transaction(database._reader, SHOP) as connection:
        return {
            table.name: json.dumps(
                [dict(row._mapping) for row in await connection.execute(select(table))], default=str, ensure_ascii=False
            )
            for table in metadata.sorted_tables
        }


async def _maya(database: Database) -> Person:
    async with database.records(SHOP) as records:
        found = await records.personal.person("C-1")
    assert found is not None
    return found


def test_every_table_and_every_column_has_a_decision() -> None:
    assert set(RULES) == {table.name for table in metadata.sorted_tables}
    for name, rule in RULES.items():
        about = rule.whose or rule.looked
        if about and not rule.gone:
            words = {c.name for c in metadata.tables[name].c if isinstance(c.type, Text | JSON)} - {"tenant"}
            assert words == set(rule.emptied) & words | set(KEPT[name].split()), name


async def test_the_export_holds_every_row_and_no_proof(database: Database) -> None:
    await _fill(database)
    async with database.records(SHOP) as records:
        found = await records.personal.read(await _maya(database))
    about = {name for name, rule in RULES.items() if rule.whose or rule.looked or name == "corrections"}
    assert set(found) == about
    shown = json.dumps(found, default=str)
    assert all(word in shown for word in ("Maya Okonkwo", "Quay Lane", "glass is cracked", "private words"))
    assert "password_hash" not in shown and "code_hash" not in shown


async def test_nothing_of_the_person_is_left(database: Database) -> None:
    await _fill(database)
    before = await _everything(database)
    assert any(word in before["messages"] for word in PRIVATE)
    person = await _maya(database)
    async with database.records(SHOP, write=True) as records:
        touched = await records.personal.erase(person)
    assert {"customers", "messages", "mails", "events", "attachments"} <= set(touched)
    for name, content in (await _everything(database)).items():
        left = [word for word in PRIVATE if word.casefold() in content.casefold()]
        assert not left or name in ("products", "tenants", "variants"), f"{name} still says {left}"


async def test_the_books_stay_right_and_erasing_again_does_no_harm(database: Database) -> None:
    await _fill(database)
    async with database.records(SHOP) as records:
        before = await records.orders.get("ORD-7")
    for _ in range(2):
        person = await _maya(database)
        async with database.records(SHOP, write=True) as records:
            await records.personal.erase(person)
    async with database.records(SHOP) as records:
        after, customer = await records.orders.get("ORD-7"), await records.customers.get("C-1")
        complaint = await records.complaints.get("CMP-7")
        assert await records.customers.by_email(MAYA.email) is None
    assert before is not None and after is not None and customer is not None and complaint is not None
    assert [line.unit_price_cents for line in after.lines] == [line.unit_price_cents for line in before.lines]
    assert [p.amount_cents for p in after.payments] == [p.amount_cents for p in before.payments]
    assert after.refunds[0].amount_cents == 4_500 and after.address.country == "Belgium"
    assert customer.payment_methods[0].balance_cents == 5_000  # the shop still owes it
    assert complaint.category == "damage" and complaint.description == "(erased)"


async def test_others_are_left_alone(database: Database) -> None:
    await furnish(database)
    await furnish(database, "elsewhere")
    told = {"id": "C-2", "name": "Ines Vidal", "email": "ines@ghent.example", "payment_methods": ()}
    other = MAYA.model_copy(update=told)
    async with database.records(SHOP, write=True) as records:
        await records.customers.upsert([other])
        await records.mails.add(other.email, "Hello", "Ines, your lamp is on its way.")
    person = await _maya(database)
    async with database.records(SHOP, write=True) as records:
        await records.personal.erase(person)
    async with database.records(SHOP) as records:
        assert await records.customers.get("C-2") == other
        assert [m.to for m in await records.mails.list()] == [other.email]
    async with database.records("elsewhere") as records:
        assert await records.customers.get("C-1") == MAYA


async def test_questions_are_kept_without_who_asked(database: Database) -> None:
    await furnish(database)
    async with database.records(SHOP, write=True) as records:
        await records.unanswered.add(f"Do you ship to 7 Quay Lane? Write to {MAYA.email} or +3212345678", None, NOON)
        (kept,) = await records.unanswered.list(limit=5)
    assert kept.question == "Do you ship to [address]? Write to [email] or [phone]"
