"""How an order lies in the tables, and how it is read back in four queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Date,
    Row,
    Table,
    Text,
    bindparam,
    cast,
    literal,
    null,
    union_all,
)
from sqlalchemy.sql.selectable import Select

from backend.domain.orders import Delivery, Exchange, Order, OrderLine, PaymentEntry, Refund, Return
from backend.store.numbers import Counting
from backend.store.repository import joined, of_shop
from backend.store.tables.orders import deliveries, exchanges, order_lines, orders, payments, refunds, returns

_LINE_COLUMNS = [c for c in order_lines.c if c.name not in {"tenant", "order_id", "position"}]
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)

#: The columns of returns, exchanges and refunds laid over each other: they are few and nearly agree.
_AFTER_SALES: dict[str, Any] = {
    "id": Text,
    "order_id": Text,
    "created_at": Text,
    "method_id": Text,
    "line_ids": JSON,
    "quantities": JSON,
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


def _padded(kind: str, table: Table) -> Select[Any]:
    own = [table.c[n] if n in table.c else cast(null(), t).label(n) for n, t in _AFTER_SALES.items()]
    return of_shop(table, literal(kind).label("record"), *own).where(table.c.order_id.in_(_IDS))


def _headers() -> Select[Any]:
    lines = [column.label(f"line_{column.name}") for column in _LINE_COLUMNS]
    columns = [column for column in orders.c if column.name != "tenant"]
    source = joined(orders, order_lines, order_lines.c.order_id == orders.c.id)
    return of_shop(orders, *columns, *lines, source=source).order_by(orders.c.id, order_lines.c.position)


_HEADERS = _headers().where(orders.c.id.in_(_IDS))
_PAYMENTS = of_shop(payments).where(payments.c.order_id.in_(_IDS)).order_by(payments.c.order_id, payments.c.position)
_DELIVERIES = of_shop(deliveries).where(deliveries.c.order_id.in_(_IDS)).order_by(deliveries.c.id)
_LATER = union_all(_padded("return", returns), _padded("exchange", exchanges), _padded("refund", refunds))
_LATER_IN_ORDER = _LATER.order_by("created_at", "id")


class OrderReading(Counting):
    """Reads whole orders in four queries."""

    async def _load(self, ids: Sequence[str]) -> list[Order]:
        """The known orders among the ids, by id."""
        rows = _by_order(await self._rows(_HEADERS, ids=ids), "id") if ids else {}
        if not rows:
            return []
        found = list(rows)
        paid = _by_order(await self._rows(_PAYMENTS, ids=found))
        parcels = _by_order(await self._rows(_DELIVERIES, ids=found))
        later = _by_order(await self._rows(_LATER_IN_ORDER, ids=found))
        return [_order(rows[i], paid.get(i, ()), parcels.get(i, ()), later.get(i, ())) for i in found]


def header_row(order: Order) -> dict[str, Any]:
    """The order's own row."""
    return order.model_dump(exclude={"lines", "payments", "deliveries", "returns", "exchanges", "refunds"})


def line_rows(order: Order) -> list[dict[str, Any]]:
    """A row for each line, in the order in which they were bought."""
    return [{**line.model_dump(), "order_id": order.id, "position": at} for at, line in enumerate(order.lines)]


def payment_row(order_id: str, entry: PaymentEntry, position: int) -> dict[str, Any]:
    """A row of the order's ledger."""
    return {**entry.model_dump(), "order_id": order_id, "position": position}


def _by_order(rows: Iterable[Row[Any]], key: str = "order_id") -> dict[str, list[Row[Any]]]:
    groups: dict[str, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row._mapping[key], []).append(row)
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
