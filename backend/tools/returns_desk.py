"""What staff do with goods that come back: taken in, the money goes out; refused, it stays."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.base import Value
from backend.domain.customers import Customer
from backend.domain.errors import Conflict, NotFound
from backend.domain.money import format_money
from backend.domain.orders import Order, OrderStatus, Refund, RefundStatus, Return, ReturnStatus
from backend.domain.policy import ShopPolicy
from backend.domain.rules.parts import standing
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.ledger import pay_promised
from backend.tools.letters import letter
from backend.tools.ownership import shop_policy


class ReturnCase(Value):
    """A return with its refund as they are now."""

    returned: Return
    refund: Refund


class _Opened(Value):
    case: ReturnCase
    order: Order
    customer: Customer
    policy: ShopPolicy


class ReturnsDesk:
    """The second half of a return. Asked twice, a step is done once and answers the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, tenant: str, status: ReturnStatus, limit: int) -> tuple[Return, ...]:
        """Returns of that status, oldest first."""
        async with self._database.records(tenant) as records:
            return await records.orders.returns_in(status, limit=limit)

    async def receive(self, tenant: str, return_id: str, actor: str, now: datetime) -> ReturnCase:
        """The goods are here: pay the refund that waited for them.

        Raises NotFound, Conflict for a return that was refused, NotEligible beyond what the order still holds.
        """

        async def taken_in(records: Records) -> ReturnCase:
            found = await _opened(records, return_id)
            if found.case.returned.status is ReturnStatus.REFUNDED:
                return found.case
            _insist_open(found.case)
            refund = await pay_promised(records, found.order, found.customer, found.case.refund, found.policy, now)
            await records.orders.set_return_status(return_id, ReturnStatus.REFUNDED)
            await _stand(records, found.order.id)
            kinds = ("return.received", "refund.paid" if refund.status is RefundStatus.PAID else "refund.processing")
            return await _noted(records, found, refund, actor, "receive_return", kinds, _paid_facts(refund))

        return await self._database.write(tenant, taken_in)

    async def reject(self, tenant: str, return_id: str, reason: str, actor: str) -> ReturnCase:
        """The goods did not come, or not as they must: the promised refund is withdrawn. Raises NotFound, Conflict."""

        async def refused(records: Records) -> ReturnCase:
            found = await _opened(records, return_id)
            if found.case.returned.status is ReturnStatus.REJECTED:
                return found.case
            _insist_open(found.case)
            await records.orders.set_refund_status(found.case.refund.id, RefundStatus.REJECTED)
            await records.orders.set_return_status(return_id, ReturnStatus.REJECTED)
            await _stand(records, found.order.id)
            refund = found.case.refund.model_copy(update={"status": RefundStatus.REJECTED})
            facts = (f"We could not accept return {return_id}: {reason}", f"Refund {refund.id} will not be paid.")
            return await _noted(records, found, refund, actor, "reject_return", ("return.rejected",), facts)

        return await self._database.write(tenant, refused)

    async def paid(self, tenant: str, refund_id: str, actor: str) -> Refund:
        """The payment provider has paid a refund that was on its way. Raises NotFound, Conflict."""

        async def noted(records: Records) -> Refund:
            refund = await records.orders.refund(refund_id)
            if refund is None:
                raise NotFound(f"There is no refund {refund_id[:40]}.")
            order = await records.orders.lock(refund.order_id)
            refund = next((r for r in order.refunds if r.id == refund_id), refund) if order else refund
            if refund.status is RefundStatus.PAID:
                return refund
            if refund.status is not RefundStatus.PROCESSING:
                raise Conflict(f"Refund {refund_id} is not on its way: {refund.status.value.replace('_', ' ')}.")
            await records.orders.set_refund_status(refund_id, RefundStatus.PAID)
            what, before = f"refund:{refund_id}", {"status": refund.status}
            await records.audit.add(actor, "refund_paid", what, before, {"status": RefundStatus.PAID})
            payload = {"object": what, "refund": refund_id, "order": refund.order_id}
            await records.events.add("refund.paid", payload)
            return refund.model_copy(update={"status": RefundStatus.PAID})

        return await self._database.write(tenant, noted)


async def _opened(records: Records, return_id: str) -> _Opened:
    """Everything a step needs, the order locked. Raises NotFound."""
    known = await records.orders.return_of(return_id)
    order = await records.orders.lock(known.order_id) if known else None
    returned = next((r for r in order.returns if r.id == return_id), None) if order else None
    refund = next((r for r in order.refunds if returned and r.id == returned.refund_id), None) if order else None
    customer = await records.customers.get(order.customer_id) if order else None
    if order is None or returned is None or refund is None or customer is None:
        raise NotFound(f"There is no return {return_id[:40]}.")
    case = ReturnCase(returned=returned, refund=refund)
    return _Opened(case=case, order=order, customer=customer, policy=await shop_policy(records))


async def _stand(records: Records, order_id: str) -> None:
    """The order's status by its returns. One that waits for an exchange goes on waiting."""
    order = await records.orders.get(order_id)
    if order is not None and order.status is not OrderStatus.EXCHANGE_REQUESTED:
        await records.orders.set_status(order_id, standing(order))


def _insist_open(case: ReturnCase) -> None:
    if case.returned.status not in (ReturnStatus.REQUESTED, ReturnStatus.RECEIVED):
        raise Conflict(f"Return {case.returned.id} was settled before: {case.returned.status.value}.")


def _paid_facts(refund: Refund) -> tuple[str, ...]:
    amount = format_money(refund.amount_cents, refund.currency)
    until = f" by {refund.expected_by:%-d %B %Y}" if refund.expected_by else ""
    there = "is there now" if refund.status is RefundStatus.PAID else f"will be there{until}"
    return (f"Your parcel has arrived. Refund {refund.id}: {amount} to your {refund.method_label} {there}.",)


async def _noted(
    records: Records,
    found: _Opened,
    refund: Refund,
    actor: str,
    action: str,
    kinds: Sequence[str],
    facts: Sequence[str],
) -> ReturnCase:
    """Audit row, events and mail of a step, and the case as it is now."""
    before, order = found.case, found.order
    returned = await records.orders.return_of(before.returned.id) or before.returned
    case = ReturnCase(returned=returned, refund=refund)
    what = f"return:{returned.id}"
    await records.audit.add(actor, action, what, before.model_dump(mode="json"), case.model_dump(mode="json"))
    payload = {"object": what, "order": order.id, "return": returned.id, "refund": refund.id}
    for kind in kinds:
        await records.events.add(kind, payload | {"amount_cents": refund.amount_cents, "status": refund.status})
    text = letter(found.customer, found.policy, facts)
    await records.mails.add(found.customer.email, f"Return {returned.id} of order {order.id}", text)
    return case
