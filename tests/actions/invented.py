"""New tasks of a retail store, drawn by seed: wishes that its rules allow, and wishes that they refuse."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.tools.replay.tasks import Call, Task
from tests.actions.phrasing import Row, Store

_STREETS = ("Alder Court", "Birch Lane", "Harbor Street", "Quarry Road", "Juniper Avenue", "Mill Drive", "Orchard Way")
_CITIES = (("Boise", "ID", "83702"), ("Tulsa", "OK", "74103"), ("Reno", "NV", "89501"), ("Salem", "OR", "97301"))
_REASONS = ("no longer needed", "ordered by mistake")


@dataclass(frozen=True)
class Invented:
    """A task, the kind it is of, and whose it is."""

    kind: str
    task: Task
    user_id: str


def invent(store: Store, seed: str, count: int) -> list[Invented]:
    """So many tasks, the kinds in turn. Orders that a recorded task names may be among them."""
    choice = random.Random(seed)
    kinds, found = list(_KINDS.items()), list[Invented]()
    users = sorted(store.users)
    while len(found) < count:
        kind, make = kinds[len(found) % len(kinds)]
        draw = _Draw(choice, store, store.users[choice.choice(users)])
        try:
            calls, allowed = make(draw)
        except _NoneHere:
            continue
        actions = tuple(Call(name=name, arguments=said) for name, said in calls)
        known = Call(name="get_user_details", arguments={"user_id": draw.user["user_id"]})
        writes = tuple(call for call, works in zip(actions, allowed, strict=True) if works)
        task = Task(id=f"{seed}-{len(found)} {kind}", actions=(known, *actions), write_actions=writes)
        found.append(Invented(kind, task, str(draw.user["user_id"])))
    return found


class _NoneHere(Exception):
    """The customer drawn has no order that would do."""


Said = tuple[str, dict[str, Any]]
Made = tuple[list[Said], list[bool]]


@dataclass(frozen=True)
class _Draw:
    """Draws what a wish needs from one customer's records."""

    choice: random.Random
    store: Store
    user: Row

    def order(self, *statuses: str, fits: Callable[[Row], bool] = lambda _: True) -> Row:
        orders = [self.store.orders[o] for o in self.user["orders"]]
        found = [o for o in orders if o["status"] in statuses and fits(o)]
        if not found:
            raise _NoneHere
        return self.choice.choice(found)

    def orders(self, count: int, *statuses: str) -> list[Row]:
        found = [o for o in map(self.store.orders.__getitem__, self.user["orders"]) if o["status"] in statuses]
        if len(found) < count:
            raise _NoneHere
        return self.choice.sample(found, count)

    def method(self, *, instead_of: str = "", covers: float = 0.0, kinds: Sequence[str] = ()) -> str:
        """A stored method; a gift card only when it covers the amount in dollars."""
        found = [
            m
            for m, row in self.user["payment_methods"].items()
            if m != instead_of
            and (not kinds or row["source"] in kinds)
            and (row["source"] != "gift_card" or row["balance"] >= covers)
        ]
        if not found:
            raise _NoneHere
        return self.choice.choice(found)

    def address(self) -> dict[str, str]:
        city, state, zip_code = self.choice.choice(_CITIES)
        unit = self.choice.choice(("", f"Suite {self.choice.randint(100, 999)}", f"Apt {self.choice.randint(1, 40)}"))
        street = f"{self.choice.randint(11, 980)} {self.choice.choice(_STREETS)}"
        where = {"address1": street, "address2": unit, "city": city, "state": state}
        return where | {"country": "USA", "zip": zip_code}

    def rows(self, order: Row, most: int = 3) -> list[Row]:
        count = self.choice.randint(1, min(most, len(order["items"])))
        return self.choice.sample(order["items"], count)

    def other(self, row: Row, *, available: bool = True) -> Row:
        """Another version of the same product."""
        product = next(p for p in self.store.products.values() if row["item_id"] in p["variants"])
        found = [
            v for v in product["variants"].values() if v["item_id"] != row["item_id"] and v["available"] is available
        ]
        if not found:
            raise _NoneHere
        return self.choice.choice(found)


def _cancel(draw: _Draw) -> Said:
    order = draw.order("pending")
    return "cancel_pending_order", {"order_id": order["order_id"], "reason": draw.choice.choice(_REASONS)}


def _address(draw: _Draw) -> Said:
    order = draw.order("pending")
    return "modify_pending_order_address", {"order_id": order["order_id"], **draw.address()}


def _account(draw: _Draw) -> Said:
    return "modify_user_address", {"user_id": draw.user["user_id"], **draw.address()}


def _payment(draw: _Draw) -> Said:
    order = draw.order("pending", fits=lambda o: len(o["payment_history"]) == 1)
    paid = order["payment_history"][0]
    method = draw.method(instead_of=paid["payment_method_id"], covers=paid["amount"])
    return "modify_pending_order_payment", {"order_id": order["order_id"], "payment_method_id": method}


def _swap(draw: _Draw, name: str, status: str) -> Said:
    order = draw.order(status)
    rows = draw.rows(order)
    new = [draw.other(row) for row in rows]
    owed = sum(b["price"] - a["price"] for a, b in zip(rows, new, strict=True))
    return name, {
        "order_id": order["order_id"],
        "item_ids": [row["item_id"] for row in rows],
        "new_item_ids": [row["item_id"] for row in new],
        "payment_method_id": draw.method(covers=max(owed, 0.0)),
    }


def _items(draw: _Draw) -> Said:
    return _swap(draw, "modify_pending_order_items", "pending")


def _exchange(draw: _Draw) -> Said:
    return _swap(draw, "exchange_delivered_order_items", "delivered")


def _return(draw: _Draw, order: Row | None = None, rows: Sequence[Row] = ()) -> Said:
    order = order or draw.order("delivered")
    rows = rows or (draw.rows(order) if draw.choice.random() < 0.8 else order["items"])
    original = order["payment_history"][0]["payment_method_id"]
    cards = [m for m, row in draw.user["payment_methods"].items() if row["source"] == "gift_card"]
    back = draw.choice.choice([original, *cards])
    return "return_delivered_order_items", {
        "order_id": order["order_id"],
        "item_ids": [row["item_id"] for row in rows],
        "payment_method_id": back,
    }


def _one(make: Callable[[_Draw], Said]) -> Callable[[_Draw], Made]:
    return lambda draw: ([make(draw)], [True])


def _twins(draw: _Draw) -> Made:
    """Something of an order that holds the same product twice."""

    def twice(order: Row) -> bool:
        names = [row["name"] for row in order["items"]]
        return len(set(names)) < len(names)

    order = draw.order("delivered", fits=twice)
    names = [row["name"] for row in order["items"]]
    twins = [row for row in order["items"] if names.count(row["name"]) > 1]
    return [_return(draw, order, twins[: draw.choice.randint(1, len(twins))])], [True]


def _on_one_order(draw: _Draw) -> Made:
    """Two changes of one pending order; the items last, for nothing goes after them."""
    name, said = _items(draw)
    number = said["order_id"]
    first = ("modify_pending_order_address", {"order_id": number, **draw.address()})
    return [first, (name, said)], [True, True]


def _on_two_orders(draw: _Draw) -> Made:
    one, two = draw.orders(2, "pending", "delivered")
    return [_any_of(draw, one), _any_of(draw, two)], [True, True]


def _on_three_orders(draw: _Draw) -> Made:
    return [_any_of(draw, order) for order in draw.orders(3, "pending", "delivered")], [True] * 3


def _any_of(draw: _Draw, order: Row) -> Said:
    """A wish about that order."""
    alone = _Draw(draw.choice, draw.store, {**draw.user, "orders": [order["order_id"]]})
    makes = (_cancel, _address, _items) if order["status"] == "pending" else (_return, _exchange)
    return draw.choice.choice(makes)(alone)


def _refused_status(draw: _Draw) -> Made:
    """What the status of the order does not allow."""
    kind = draw.choice.randrange(3)
    if kind == 0:
        order = draw.order("processed", "delivered")
        said: Said = "cancel_pending_order", {"order_id": order["order_id"], "reason": draw.choice.choice(_REASONS)}
    elif kind == 1:
        said = _return(draw, draw.order("pending", "processed"))
    else:
        order = draw.order("processed", "delivered")
        said = "modify_pending_order_address", {"order_id": order["order_id"], **draw.address()}
    return [said], [False]


def _refused_refund(draw: _Draw) -> Made:
    """A refund to a method that neither paid nor is a gift card."""
    name, said = _return(draw)
    original = draw.store.orders[said["order_id"]]["payment_history"][0]["payment_method_id"]
    wrong = draw.method(instead_of=original, kinds=("paypal", "credit_card"))
    return [(name, {**said, "payment_method_id": wrong})], [False]


def _refused_sold_out(draw: _Draw) -> Made:
    """A version that is not to be had."""
    order = draw.order("delivered")
    row = draw.choice.choice(order["items"])
    said = {
        "order_id": order["order_id"],
        "item_ids": [row["item_id"]],
        "new_item_ids": [draw.other(row, available=False)["item_id"]],
        "payment_method_id": draw.method(),
    }
    return [("exchange_delivered_order_items", said)], [False]


def _refused_stranger(draw: _Draw) -> Made:
    """An order of somebody else."""
    other = draw.choice.choice(sorted(set(draw.store.orders) - set(draw.user["orders"])))
    said = {"order_id": other, "reason": draw.choice.choice(_REASONS)}
    return [("cancel_pending_order", said)], [False]


_KINDS: dict[str, Callable[[_Draw], Made]] = {
    "cancel": _one(_cancel),
    "address": _one(_address),
    "payment": _one(_payment),
    "items": _one(_items),
    "return": _one(_return),
    "exchange": _one(_exchange),
    "account address": _one(_account),
    "twins": _twins,
    "one order": _on_one_order,
    "two orders": _on_two_orders,
    "three orders": _on_three_orders,
    "refused status": _refused_status,
    "refused refund": _refused_refund,
    "refused sold out": _refused_sold_out,
    "refused stranger": _refused_stranger,
}
