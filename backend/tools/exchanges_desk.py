"""What staff do when an exchange is fulfilled: the lines become the new variants and the difference is settled."""

from datetime import datetime

from backend.domain.catalogue import Variant
from backend.domain.customers import Customer
from backend.domain.errors import Conflict, InvalidInput, NotFound
from backend.domain.identity import ANONYMOUS
from backend.domain.money import format_money
from backend.domain.orders import Exchange, ExchangeItem, Order, OrderLine, OrderStatus
from backend.domain.rules.money import Share
from backend.domain.rules.parts import standing
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.base import ToolContext
from backend.tools.ledger import charge, pay_back
from backend.tools.letters import letter
from backend.tools.ownership import shop_policy


class ExchangesDesk:
    """The second half of an exchange: its new variants were set aside when it was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fulfil(self, tenant: str, exchange_id: str, actor: str, now: datetime) -> Order:
        """Swap the lines and settle the difference (cents), once; returns the order as it is then.

        Raises NotFound, Conflict for an order that waits for no exchange or a gift card that does not cover
        the difference, InvalidInput for a payment method that is no longer stored.
        """
        context = ToolContext(tenant, ANONYMOUS, "", now)

        async def fulfilled(records: Records) -> Order:
            first = await records.actions.claim(f"fulfil:{exchange_id}")
            order, exchange, customer = await _opened(records, exchange_id)
            if not first:
                return order
            if order.status is not OrderStatus.EXCHANGE_REQUESTED:
                raise Conflict(f"Order {order.id} waits for no exchange: {order.status.value.replace('_', ' ')}.")
            refunds = await _settle(records, context, order, exchange, customer)
            changes = [await _change(records, order, item) for item in exchange.items]
            await records.orders.set_items_modified(order.id, changes)
            changed = await records.orders.get(order.id) or order
            await records.orders.set_status(order.id, standing(changed))
            await records.actions.put(f"fulfil:{exchange_id}", {"order": order.id})
            after = changed.model_copy(update={"status": standing(changed)})
            await _note(records, order, after, exchange, customer, actor, refunds)
            return after

        return await self._database.write(tenant, fulfilled)


async def _opened(records: Records, exchange_id: str) -> tuple[Order, Exchange, Customer]:
    order_id = await records.orders.order_of_exchange(exchange_id)
    order = await records.orders.lock(order_id) if order_id else None
    exchange = next((e for e in order.exchanges if e.id == exchange_id), None) if order else None
    customer = await records.customers.get(order.customer_id) if order else None
    if order is None or exchange is None or customer is None:
        raise NotFound(f"There is no exchange {exchange_id[:40]}.")
    return order, exchange, customer


async def _settle(
    records: Records, context: ToolContext, order: Order, exchange: Exchange, customer: Customer
) -> dict[str, str]:
    """Take or give back the difference; returns the refund's number, if there is one, as an event names it."""
    cents, method = exchange.difference_cents, customer.payment_method(exchange.method_id)
    if cents == 0:
        return {}
    if method is None:
        raise InvalidInput("The payment method of this exchange is no longer stored.", field="method_id")
    if cents > 0:
        await charge(records, order, method, cents, context.now)
        return {}
    share = Share(method_id=method.id, method_label=method.label(), amount_cents=-cents)
    policy = await shop_policy(records)
    (refund,) = await pay_back(records, context, order, customer, [share], policy, reason=f"exchange {exchange.id}")
    return {"refund": refund.id}


async def _change(records: Records, order: Order, item: ExchangeItem) -> tuple[str, Variant]:
    """The line that holds the pieces, on their own where some stay, and what it becomes."""
    line: OrderLine | None = order.line(item.line_id)
    if line is None:
        raise NotFound(f"There is no line {item.line_id} in order {order.id}.")
    options, price = dict(item.new_options), item.new_price_cents
    variant = Variant(id=item.new_variant_id, product_id=line.product_id, options=options, price_cents=price)
    return await records.orders.split_line(order.id, line.id, item.quantity or line.quantity), variant


async def _note(
    records: Records,
    before: Order,
    after: Order,
    exchange: Exchange,
    customer: Customer,
    actor: str,
    refunds: dict[str, str],
) -> None:
    """Audit row, events and mail."""
    shown = {"status", "lines", "payments", "refunds"}
    was, became = before.model_dump(mode="json", include=shown), after.model_dump(mode="json", include=shown)
    await records.audit.add(actor, "fulfil_exchange", f"order:{after.id}", was, became)
    payload = {"object": f"order:{after.id}", "order": after.id, "exchange": exchange.id, **refunds}
    await records.events.add("exchange.fulfilled", payload | {"difference_cents": exchange.difference_cents})
    if refunds:
        await records.events.add("refund.created", payload)
    facts = [f"Exchange {exchange.id} of order {after.id} is fulfilled."]
    if exchange.difference_cents:
        amount = format_money(abs(exchange.difference_cents), after.currency)
        facts.append(f"{amount} was charged." if exchange.difference_cents > 0 else f"{amount} goes back to you.")
    text = letter(customer, await shop_policy(records), facts)
    await records.mails.add(customer.email, f"Exchange {exchange.id} of order {after.id}", text)
