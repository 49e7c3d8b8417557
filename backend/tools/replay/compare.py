"""Compares the shop after a task with the recorded end state, on three levels, and says what differs.

Order statuses; items and addresses; payments and balances. What the recording does not mention must not
have changed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.customers import Address, Customer
from backend.domain.money import to_cents
from backend.domain.orders import Order, OrderLine, OrderStatus, PaymentEntry
from backend.tools.replay.snapshot import Snapshot


def differences(expected: Mapping[str, Any], before: Snapshot, after: Snapshot) -> list[str]:
    """One line for each difference; empty when the end state is the recorded one."""
    found = [f"the end state has an unknown part {part!r}" for part in expected if part not in ("orders", "users")]
    orders, users = expected.get("orders") or {}, expected.get("users") or {}
    for order_id in sorted({*orders, *before.orders, *after.orders}):
        found += _record(
            f"order {order_id}",
            orders.get(order_id) or {},
            _order_state(before.orders.get(order_id), before.orders.get(order_id)),
            _order_state(after.orders.get(order_id), before.orders.get(order_id)),
        )
    for user_id in sorted({*users, *before.customers, *after.customers}):
        found += _record(
            f"customer {user_id}",
            users.get(user_id) or {},
            _customer_state(before.customers.get(user_id)),
            _customer_state(after.customers.get(user_id)),
        )
    return found


def _record(
    name: str, expected: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[str]:
    if expected and not after:
        yield f"{name} does not exist"
        return
    for key, value in expected.items():
        if key not in after:
            yield f"{name} has an unknown field {key!r}"
        elif (wanted := _comparable(key, value, before)) != after[key]:
            yield f"{name}: {key} is {_shown(after[key])}, expected {_shown(wanted)}"
    for key in after:
        if key not in expected and after[key] != before.get(key):
            yield f"{name}: {key} became {_shown(after[key])}, expected no change"


def _order_state(order: Order | None, before: Order | None) -> dict[str, Any]:
    """The order in the recording's fields, each in a form that can be compared."""
    if order is None:
        return {}
    old_entries = len(before.payments) if before else 0
    returned = order.returns[-1] if order.returns else None
    exchange = order.exchanges[-1] if order.exchanges else None
    variants = {line.id: line.variant_id for line in order.lines}
    return {
        "status": _status(order),
        "items_after": Counter(map(_line, order.lines)),
        "address": _address(order.address),
        "cancel_reason": order.cancel_reason,
        "payment_history_added": Counter(map(_entry, order.payments[old_entries:])),
        "return_items": Counter(variants[line_id] for line_id in returned.line_ids) if returned else Counter(),
        "return_payment_method_id": returned.method_id if returned else None,
        "exchange_items": Counter(variants[item.line_id] for item in exchange.items) if exchange else Counter(),
        "exchange_new_items": Counter(i.new_variant_id for i in exchange.items) if exchange else Counter(),
        "exchange_payment_method_id": exchange.method_id if exchange else None,
        "exchange_price_difference": exchange.difference_cents if exchange else None,
    }


def _customer_state(customer: Customer | None) -> dict[str, Any]:
    if customer is None:
        return {}
    cards = {m.id: m.balance_cents for m in customer.payment_methods if m.balance_cents is not None}
    return {"address": _address(customer.address), "payment_method_balance": cards}


def _comparable(key: str, value: Any, before: Mapping[str, Any]) -> Any:
    """A recorded value in the form of `_order_state`. What cannot be read stays as it is and so differs."""
    try:
        return _READ.get(key, lambda same, _before: same)(value, before.get(key))
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        return value


def _balances(value: Any, before: Any) -> dict[str, int]:
    """Cards that the recording does not mention keep their balance."""
    return {**before, **{card: to_cents(balance) for card, balance in value.items()}}


def _payments(value: Any, _before: Any) -> Counter[tuple[str, str, int]]:
    """An entry of 0 moves no money and counts for nothing."""
    entries = ((e["transaction_type"], e["payment_method_id"], to_cents(e["amount"])) for e in value)
    return Counter(entry for entry in entries if entry[2])


def _items(value: Any, _before: Any) -> Counter[tuple[Any, ...]]:
    return Counter(
        (i["item_id"], i["product_id"], i["name"], to_cents(i["price"]), tuple(sorted(i["options"].items())))
        for i in value
    )


_READ: dict[str, Any] = {
    "items_after": _items,
    "payment_history_added": _payments,
    "return_items": lambda value, _before: Counter(value),
    "exchange_items": lambda value, _before: Counter(value),
    "exchange_new_items": lambda value, _before: Counter(value),
    "exchange_price_difference": lambda value, _before: to_cents(value),
    "address": lambda value, _before: {"address2": "", "state": "", "country": "USA", **value},
    "payment_method_balance": _balances,
}


def _status(order: Order) -> str:
    if order.status is OrderStatus.PENDING and order.items_modified:
        return "pending (item modified)"
    return order.status.value.replace("_", " ")


def _line(line: OrderLine) -> tuple[Any, ...]:
    options = tuple(sorted(line.options.items()))
    return (line.variant_id, line.product_id, line.name, line.unit_price_cents, options)


def _entry(entry: PaymentEntry) -> tuple[str, str, int]:
    return (entry.kind.value, entry.method_id, entry.amount_cents)


def _address(address: Address | None) -> dict[str, str] | None:
    if address is None:
        return None
    return {
        "address1": address.line1,
        "address2": address.line2,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "country": address.country,
    }


def _shown(value: Any) -> str:
    """Short enough for one line; money in cents."""
    text = str(sorted(value.elements())) if isinstance(value, Counter) and _sortable(value) else str(value)
    return text if len(text) <= 300 else f"{text[:297]}…"


def _sortable(value: Counter[Any]) -> bool:
    return len({type(element) for element in value}) <= 1
