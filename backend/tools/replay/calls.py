"""How a recorded call is said to our tools: names, arguments, and item ids turned into order lines."""

from collections.abc import Callable, Mapping
from typing import Any

from backend.domain.orders import Order

#: recorded writes → our tool and the arguments it takes
Translate = Callable[[Mapping[str, Any], Order | None], tuple[str, dict[str, Any]]]

_ADDRESS = {
    "address1": "line1",
    "address2": "line2",
    "city": "city",
    "state": "state",
    "zip": "zip",
    "country": "country",
}


def translate(name: str, arguments: Mapping[str, Any], order: Order | None) -> tuple[str, dict[str, Any]]:
    """Our tool's name and arguments. `order` is the order the call names, when it exists.

    Raises KeyError when the call lacks an argument.
    """
    return _WRITES[name](arguments, order)


def writes(name: str) -> bool:
    """Whether a recorded call of that name changes the shop."""
    return name in _WRITES


def _cancel(said: Mapping[str, Any], _order: Order | None) -> tuple[str, dict[str, Any]]:
    return "cancel_order", {"order_id": said["order_id"], "reason": said["reason"]}


def _address(said: Mapping[str, Any], _order: Order | None) -> tuple[str, dict[str, Any]]:
    return "change_address", {"order_id": said["order_id"], "address": _postal(said)}


def _default_address(said: Mapping[str, Any], _order: Order | None) -> tuple[str, dict[str, Any]]:
    return "change_default_address", {"address": _postal(said)}


def _payment(said: Mapping[str, Any], _order: Order | None) -> tuple[str, dict[str, Any]]:
    return "change_payment_method", {"order_id": said["order_id"], "method_id": said["payment_method_id"]}


def _return(said: Mapping[str, Any], order: Order | None) -> tuple[str, dict[str, Any]]:
    lines = _line_ids(said["item_ids"], order)
    return "return_items", {
        "order_id": said["order_id"],
        "line_ids": lines,
        "method_id": said["payment_method_id"],
    }


def _items(said: Mapping[str, Any], order: Order | None) -> tuple[str, dict[str, Any]]:
    return "change_items", _swaps(said, order)


def _exchange(said: Mapping[str, Any], order: Order | None) -> tuple[str, dict[str, Any]]:
    return "exchange_items", _swaps(said, order)


def _swaps(said: Mapping[str, Any], order: Order | None) -> dict[str, Any]:
    old, new = _line_ids(said["item_ids"], order), [str(item) for item in said["new_item_ids"]]
    # lists of different length cannot be paired; the tool refuses the empty rest
    longest = max(len(old), len(new))
    old, new = old + [""] * (longest - len(old)), new + [""] * (longest - len(new))
    items = [{"line_id": line, "variant_id": variant} for line, variant in zip(old, new, strict=True)]
    return {"order_id": said["order_id"], "items": items, "method_id": said["payment_method_id"]}


def _line_ids(item_ids: Any, order: Order | None) -> list[str]:
    """A line for each item id; the same item twice means two lines. Unknown ones stay for the tool to refuse."""
    left = list(order.lines) if order else []
    found: list[str] = []
    for item_id in map(str, item_ids):
        line = next((line for line in left if line.variant_id == item_id), None)
        if line is not None:
            left.remove(line)
        found.append(line.id if line else f"no line of {item_id}")
    return found


def _postal(said: Mapping[str, Any]) -> dict[str, str]:
    return {ours: str(said[theirs]) for theirs, ours in _ADDRESS.items() if theirs in said}


_WRITES: dict[str, Translate] = {
    "cancel_pending_order": _cancel,
    "modify_pending_order_address": _address,
    "modify_pending_order_payment": _payment,
    "modify_pending_order_items": _items,
    "modify_user_address": _default_address,
    "return_delivered_order_items": _return,
    "exchange_delivered_order_items": _exchange,
}
