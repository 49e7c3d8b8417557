"""What comes after the sale: returns, exchanges and refunds."""

from collections.abc import Sequence
from datetime import date

from backend.domain.errors import NotFound
from backend.domain.orders import Exchange, Order, Refund, RefundStatus, Return, ReturnStatus
from backend.store.order_rows import OrderReading
from backend.store.tables.orders import deliveries, exchanges, order_lines, payments, refunds, returns


class AfterSales(OrderReading):
    """The part of the orders repository that records goods and money on their way back."""

    async def add_return(self, entry: Return) -> None:
        """Record goods that go back. The id must be new."""
        await self._add(returns, [entry.model_dump()])

    async def add_exchange(self, entry: Exchange) -> None:
        """Record goods to be swapped. The id must be new."""
        await self._add(exchanges, [entry.model_dump()])

    async def add_refund(self, entry: Refund) -> None:
        """Record money on its way back. The id must be new."""
        await self._add(refunds, [entry.model_dump()])

    async def set_return_status(self, return_id: str, status: ReturnStatus, refund_id: str | None = None) -> None:
        """Move a return on, and name its refund where there is one. Raises NotFound."""
        values = {"status": status, "refund_id": refund_id} if refund_id else {"status": status}
        if not await self._run(self._update(returns).where(returns.c.id == return_id).values(values)):
            raise NotFound(f"There is no return {return_id}.")

    async def set_refund_status(self, refund_id: str, status: RefundStatus, expected_by: date | None = None) -> None:
        """Move a refund on, with the day on which the money will be there. Raises NotFound."""
        values = {"status": status, "expected_by": expected_by} if expected_by else {"status": status}
        if not await self._run(self._update(refunds).where(refunds.c.id == refund_id).values(values)):
            raise NotFound(f"There is no refund {refund_id}.")

    async def return_of(self, return_id: str) -> Return | None:
        """The return of that number, or None."""
        row = await self._row(self._select(returns).where(returns.c.id == return_id))
        return Return.model_validate(row._asdict()) if row else None

    async def order_of_exchange(self, exchange_id: str) -> str | None:
        """The number of the order that an exchange belongs to, or None."""
        return await self._text(self._select(exchanges, exchanges.c.order_id).where(exchanges.c.id == exchange_id))

    async def returns_in(self, status: ReturnStatus, *, limit: int = 100) -> tuple[Return, ...]:
        """Returns of that status, oldest first."""
        chosen = self._select(returns).where(returns.c.status == status)
        rows = await self._rows(chosen.order_by(returns.c.created_at, returns.c.id).limit(limit))
        return tuple(Return.model_validate(row._asdict()) for row in rows)

    async def refund(self, refund_id: str) -> Refund | None:
        """The refund of that number, or None."""
        row = await self._row(self._select(refunds).where(refunds.c.id == refund_id))
        return Refund.model_validate(row._asdict()) if row else None

    async def _add_after_sales(self, order: Order) -> None:
        for table, entries in ((returns, order.returns), (exchanges, order.exchanges), (refunds, order.refunds)):
            if entries:
                await self._add(table, [entry.model_dump() for entry in entries])

    async def _forget_parts(self, order_ids: Sequence[str]) -> None:
        for table in (order_lines, payments, deliveries, returns, exchanges, refunds):
            await self._run(self._delete(table).where(table.c.order_id.in_(order_ids)))
