"""What holds for every tool, and what the reading tools answer."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from backend.domain.errors import InvalidInput, NotFound
from backend.domain.identity import Identity, IdentityLevel
from backend.store.database import Database
from backend.tools.base import BaseTool, IdentityNeeded
from backend.tools.complaints import ComplaintArgs
from backend.tools.orders import NoArgs, OrderArgs
from backend.tools.refunds import RefundArgs
from backend.tools.toolbox import Toolbox, build_toolbox, write_tools
from tests.tools import shop
from tests.tools.shop import guest, signed_in

#: words that would let an argument say who is asking
_WHO = ("customer", "user", "account", "owner", "email", "e_mail", "identity", "tenant")
_MOVES = {
    "cancel_order",
    "change_address",
    "change_payment_method",
    "change_items",
    "return_items",
    "exchange_items",
    "change_default_address",
}


def every_tool() -> tuple[BaseTool[Any], ...]:
    return build_toolbox(None).every()  # type: ignore[arg-type]  # nothing is read here


def properties(schema: Any) -> set[str]:
    """Names of all fields, nested ones included."""
    if isinstance(schema, list):
        return set().union(*map(properties, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})) | properties(list(schema.values()))


@pytest.mark.parametrize("tool", every_tool(), ids=lambda tool: tool.name)
def test_no_argument_names_a_customer(tool: BaseTool[Any]) -> None:
    schema = tool.args.model_json_schema()
    named = [name for name in properties(schema) if any(word in name.lower() for word in _WHO)]
    assert named == []
    assert schema["additionalProperties"] is False
    with pytest.raises(InvalidInput):
        tool.parse({"customer_id": "ada"})


def test_what_moves_money_goods_or_an_address_needs_the_code_and_consent() -> None:
    tools = write_tools()
    assert set(tools) >= _MOVES
    for name, tool in tools.items():
        assert (tool.level is IdentityLevel.VERIFIED) == (name in _MOVES)
        assert tool.needs_consent == (name in _MOVES | {"file_complaint"})


async def test_unknown_and_foreign_orders_are_one_answer(tools: Toolbox) -> None:
    for who in (signed_in(), guest("ORD-2")):
        answers, statements = set(), []
        for written in ("ORD-9", "ORD-0"):
            with statements_run() as run, pytest.raises(NotFound) as missing:
                await tools.look_up_order.run(who, OrderArgs(order_id=written))
            answers.add(missing.value.detail.replace(written, "…"))
            statements.append(list(run))
        assert len(answers) == 1
        assert statements[0] == statements[1] and statements[0]


@contextlib.contextmanager
def statements_run() -> Iterator[list[str]]:
    """Every statement any engine executes meanwhile: equal lists take equal time."""
    run: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_guest_reads_the_opened_order_only(tools: Toolbox) -> None:
    who = guest("ORD-2")
    assert (await tools.look_up_order.run(who, OrderArgs(order_id="#ord2"))).id == "ORD-2"
    with pytest.raises(NotFound):
        await tools.look_up_order.run(who, OrderArgs(order_id="ORD-1"))
    assert [order.id for order in await tools.list_orders.run(who, NoArgs())] == ["ORD-2"]
    assert len(await tools.list_orders.run(signed_in(), NoArgs())) == 6
    with pytest.raises(IdentityNeeded) as needed:
        await tools.list_orders.run(replace(who, identity=Identity()), NoArgs())
    assert needed.value.level is IdentityLevel.GUEST


async def test_refund_view_tells_the_verdict_by_line(tools: Toolbox) -> None:
    view = await tools.refund_status.run(signed_in(), RefundArgs(order_id="ORD-2"))
    assert (view.verdict.allowed, view.verdict.days_left, view.verdict.amount_cents) == (True, 20, 2_000)
    assert set(view.line_verdicts) == {"L1", "L2"}
    assert (await tools.refund_status.run(signed_in(), RefundArgs(order_id="ORD-5"))).asks_opened
    assert not (await tools.refund_status.run(signed_in(), RefundArgs(order_id="ORD-3"))).verdict.allowed


async def test_a_complaint_is_read_by_its_customer_without_internal_notes(tools: Toolbox) -> None:
    who = guest("ORD-2")
    pending = await tools.desk.propose(who, "file_complaint", {"order_id": "ORD-2", "description": "It smokes!"})
    await tools.desk.confirm(who, pending.id)
    complaint = await tools.complaint_status.run(who, ComplaintArgs(complaint_id="cmp-101"))
    assert complaint.priority == "urgent" and complaint.history == ()
    assert (await tools.complaint_status.run(signed_in(), ComplaintArgs())).id == "CMP-101"
    assert [one.id for one in await tools.list_complaints.run(who, NoArgs())] == ["CMP-101"]
    for stranger in (signed_in(shop.BOB), guest("ORD-1")):
        assert await tools.list_complaints.run(stranger, NoArgs()) == ()
        with pytest.raises(NotFound):
            await tools.complaint_status.run(stranger, ComplaintArgs(complaint_id="CMP-101"))


async def test_a_person_is_asked_for_once(tools: Toolbox, database: Database) -> None:
    who = replace(signed_in(), identity=Identity())
    first = await tools.desk.perform(who, "request_handoff", {"reason": "please"})
    again = await tools.desk.perform(who, "request_handoff", {})
    assert first.handoff is not None and first.ids == again.ids
    assert first.handoff.expected_at is not None
    async with database.records(shop.TENANT) as records:
        assert len(await records.handoffs.list()) == 1


async def test_an_enquiry_is_read_scored_and_kept(tools: Toolbox, database: Database) -> None:
    text = (
        "Hello, my name is Grace Hopper from Harbor Labs Inc. We need 40 laptops by next month, "
        "our budget is $50k. Reach me at grace@harborlabs.com or +1 202 555 0143."
    )
    outcome = await tools.desk.perform(replace(signed_in(), identity=Identity()), "file_enquiry", {"text": text})
    async with database.records(shop.TENANT) as records:
        kept = await records.enquiries.get(outcome.ids["enquiry"])
    assert kept is not None and kept.name and kept.email and kept.phone and kept.company
    assert kept.name.value == "Grace Hopper"
    assert kept.email.value == "grace@harborlabs.com"
    assert kept.phone.value == "+12025550143"
    assert kept.budget_cents == 5_000_000
    assert kept.kind == "bulk" and kept.score > 0.7 and kept.score_reasons
    assert "Grace Hopper" in kept.draft_reply and json.dumps(kept.draft_reply)
