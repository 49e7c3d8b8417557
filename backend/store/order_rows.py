"""How an order lies in the tables, and how it is read back in four queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, Date, Row, Text, cast, literal, null, union_all
from sqlalchemy.sql.selectable import Select

from backend.domain.orders import Delivery, Exchange, Order, OrderLine, PaymentEntry, Refund, Return
from backend.store.numbers import Counting
from backend.store.tables.orders import deliveries, exchanges, order_lines, orders, payments, refunds, returns

_LINE_COLUMNS = [c for c in order_lines.c if c.name not in {"tenant", "order_id", "position"}]


class OrderReading(Counting):
    """Reads whole orders: headers with lines, payments, deliveries, and what came after the sale."""

    async def _load(self, condition: ColumnElement[bool]) -> list[Order]:
        joined = self._join(orders, order_lines, order_lines.c.order_id == orders.c.id)
        lines = [column.label(f"line_{column.name}") for column in _LINE_COLUMNS]
        header = [column for column in orders.c if column.name != "tenant"]
        found = self._select(orders, *header, *lines, source=joined).where(condition)
        rows = await self._rows(found.order_by(orders.c.id, order_lines.c.position))
        ids = list(dict.fromkeys(row.id for row in rows))
        if not ids:
            return []
        parts = [await self._payments(ids), await self._deliveries(ids), await self._after_sales(ids)]
        return [_order([row for row in rows if row.id == i], *(part.get(i, []) for part in parts)) for i in ids]

    async def _payments(self, ids: list[str]) -> dict[str, list[Row[Any]]]:
        chosen = self._select(payments).where(payments.c.order_id.in_(ids))
        return _by_order(await self._rows(chosen.order_by(payments.c.order_id, payments.c.position)))

    async def _deliveries(self, ids: list[str]) -> dict[str, list[Row[Any]]]:
        chosen = self._select(deliveries).where(deliveries.c.order_id.in_(ids))
        return _by_order(await self._rows(chosen.order_by(deliveries.c.id)))

    async def _after_sales(self, ids: list[str]) -> dict[str, list[Row[Any]]]:
        """Returns, exchanges and refunds in one query: they are few and their columns nearly agree."""
        parts = [self._padded("return", returns), self._padded("exchange", exchanges), self._padded("refund", refunds)]
        chosen = [part.where(part.selected_columns.order_id.in_(ids)) for part in parts]
        return _by_order(await self._rows(union_all(*chosen).order_by("created_at", "id")))

    def _padded(self, kind: str, table: Any) -> Select[Any]:
        columns = [
            table.c[name] if name in table.c else cast(null(), kinds).label(name) for name, kinds in _UNION.items()
        ]
        return self._select(table, literal(kind).label("record"), *columns)


_UNION: dict[str, Any] = {
    "id": Text,
    "order_id": Text,
    "created_at": Text,
    "method_id": Text,
    "line_ids": JSON,
    "items": JSON,
    "reason": Text,
    "status": Text,
    "refund_cents": BigInteger,
    "amount_cents": BigInteger,
    "difference_cents": BigInteger,
    "fee_cents": BigInteger,
    "refund_id": Text,
    "return_id": Text,
    "currency": Text,
    "method_label": Text,
    "expected_by": Date,
}


def header_row(order: Order) -> dict[str, Any]:
    """The order's own row."""
    return order.model_dump(exclude={"lines", "payments", "deliveries", "returns", "exchanges", "refunds"})


def line_rows(order: Order) -> list[dict[str, Any]]:
    """A row for each line, in the order in which they were bought."""
    return [{**line.model_dump(), "order_id": order.id, "position": at} for at, line in enumerate(order.lines)]


def payment_row(order_id: str, entry: PaymentEntry, position: int) -> dict[str, Any]:
    """A row of the order's ledger."""
    return {**entry.model_dump(), "order_id": order_id, "position": position}


def _by_order(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    groups: dict[str, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.order_id, []).append(row)
    return groups


def _order(
    rows: Sequence[Row[Any]], paid: Sequence[Row[Any]], parcels: Sequence[Row[Any]], after: Sequence[Row[Any]]
) -> Order:
    header = {name: value for name, value in rows[0]._asdict().items() if not name.startswith("line_")}
    return Order(
        **header,
        lines=tuple(_line(row) for row in rows if row.line_id is not None),
        payments=tuple(PaymentEntry.model_validate(_known(PaymentEntry, row)) for row in paid),
        deliveries=tuple(Delivery.model_validate(row._asdict()) for row in parcels),
        returns=tuple(Return.model_validate(_known(Return, row)) for row in after if row.record == "return"),
        exchanges=tuple(Exchange.model_validate(_known(Exchange, row)) for row in after if row.record == "exchange"),
        refunds=tuple(Refund.model_validate(_known(Refund, row)) for row in after if row.record == "refund"),
    )


def _line(row: Row[Any]) -> OrderLine:
    return OrderLine(**{column.name: row._mapping[f"line_{column.name}"] for column in _LINE_COLUMNS})


def _known(model: Any, row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name in model.model_fields}
