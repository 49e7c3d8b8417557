"""Orders: what was bought, and every change to it."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import bindparam

from backend.domain.catalogue import Variant
from backend.domain.customers import Address
from backend.domain.errors import Conflict, NotFound
from backend.domain.orders import Order, OrderStatus, PaymentEntry
from backend.store.aftersales import AfterSales
from backend.store.order_rows import header_row, line_rows, payment_row
from backend.store.repository import BATCH, of_shop
from backend.store.tables.orders import deliveries, order_lines, orders, payments

_IDS_OF = of_shop(orders, orders.c.id).where(orders.c.customer_id == bindparam("customer"))


class Orders(AfterSales):
    """The shop's orders. Ids are exact: whoever reads them from a message normalises them first."""

    async def get(self, order_id: str) -> Order | None:
        """The order with everything that belongs to it, or None."""
        return next(iter(await self._load([order_id])), None)

    async def for_customer(self, customer_id: str, *, limit: int = 100) -> tuple[Order, ...]:
        """A customer's orders, newest first; undated ones by falling id."""
        newest = self._select(orders, orders.c.id).where(orders.c.customer_id == customer_id)
        newest = newest.order_by(orders.c.placed_at.desc().nulls_last(), orders.c.id.desc()).limit(limit)
        ids = [row.id for row in await self._rows(newest)]
        known = {order.id: order for order in await self._load(ids)}
        return tuple(known[i] for i in ids)

    async def all(self) -> tuple[Order, ...]:
        """Every order, by id: for a demo shop or an export, not for a large one's every day."""
        ids = [row.id for row in await self._rows(self._select(orders, orders.c.id).order_by(orders.c.id))]
        loaded: list[Order] = []
        for start in range(0, len(ids), BATCH):
            loaded.extend(await self._load(ids[start : start + BATCH]))
        return tuple(loaded)

    async def ids_of(self, customer_id: str) -> tuple[str, ...]:
        """The numbers of all orders of a customer, in one query that costs the same when there are none."""
        return tuple(row.id for row in await self._rows(_IDS_OF, customer=customer_id))

    async def lock(self, order_id: str) -> Order | None:
        """The order as it is now, kept from every other writer until this transaction ends; or None."""
        await self._rows(self._select(orders, orders.c.id).where(orders.c.id == order_id).with_for_update())
        return await self.get(order_id)

    async def by_tracking_number(self, tracking_number: str) -> Order | None:
        """The order whose parcel carries that number, or None."""
        parcel = self._select(deliveries, deliveries.c.order_id).where(deliveries.c.tracking_number == tracking_number)
        order_id = await self._scalar(parcel.limit(1))
        return await self.get(order_id) if order_id else None

    async def set_status(self, order_id: str, status: OrderStatus, cancel_reason: str | None = None) -> None:
        """Move the order on. Raises NotFound."""
        values: dict[str, Any] = {"status": status}
        if cancel_reason is not None:
            values["cancel_reason"] = cancel_reason
        await self._change(order_id, values)

    async def set_address(self, order_id: str, address: Address) -> None:
        """Replace where the order goes. Raises NotFound."""
        await self._change(order_id, {"address": address.model_dump()})

    async def set_items_modified(self, order_id: str, changes: Sequence[tuple[str, Variant]]) -> None:
        """Give each named line another variant with that variant's own options and price, and mark the order.

        Raises NotFound for an unknown order or line.
        """
        for line_id, variant in changes:
            line = self._update(order_lines).where(order_lines.c.order_id == order_id, order_lines.c.id == line_id)
            values = {"variant_id": variant.id, "options": variant.options, "unit_price_cents": variant.price_cents}
            if not await self._run(line.values(values)):
                raise NotFound(f"There is no line {line_id} in order {order_id}.")
        await self._change(order_id, {"items_modified": True})

    async def split_line(self, order_id: str, line_id: str, quantity: int) -> str:
        """Put that many pieces of a line on a line of their own, and return its id; all of them: the line's own id.

        Raises NotFound for an unknown line and Conflict when it holds fewer.
        """
        rows = await self._rows(self._select(order_lines).where(order_lines.c.order_id == order_id))
        line = next((row._asdict() for row in rows if row.id == line_id), None)
        if line is None:
            raise NotFound(f"There is no line {line_id} in order {order_id}.")
        if quantity == line["quantity"]:
            return line_id
        if not 0 < quantity < line["quantity"]:
            raise Conflict(f"Line {line_id} of order {order_id} holds {line['quantity']} pieces.")
        taken = {row.id for row in rows}
        new_id = next(name for n in count(2) if (name := f"{line_id}-{n}") not in taken)
        here = self._update(order_lines).where(order_lines.c.order_id == order_id, order_lines.c.id == line_id)
        await self._run(here.values(quantity=line["quantity"] - quantity))
        position = 1 + max(row.position for row in rows)
        await self._add(order_lines, [line | {"id": new_id, "quantity": quantity, "position": position}])
        return new_id

    async def add_payment(self, order_id: str, entry: PaymentEntry) -> None:
        """Append to the order's ledger of money in and out. The entry's id must be new in this order."""
        taken = await self._rows(self._select(payments, payments.c.position).where(payments.c.order_id == order_id))
        await self._add(payments, [payment_row(order_id, entry, 1 + max((r.position for r in taken), default=-1))])

    async def upsert(self, listed: Sequence[Order]) -> None:
        """Add or replace whole orders."""
        if not listed:
            return
        await self._put(orders, [header_row(order) for order in listed])
        await self._forget_parts([order.id for order in listed])
        await self._add(order_lines, [row for order in listed for row in line_rows(order)])
        entries = [(order.id, entry, at) for order in listed for at, entry in enumerate(order.payments)]
        await self._add(payments, [payment_row(*entry) for entry in entries])
        await self._add(deliveries, [d.model_dump() for order in listed for d in order.deliveries])
        for order in listed:
            await self._add_after_sales(order)

    async def _change(self, order_id: str, values: dict[str, Any]) -> None:
        if not await self._run(self._update(orders).where(orders.c.id == order_id).values(values)):
            raise NotFound(f"There is no order {order_id}.")
