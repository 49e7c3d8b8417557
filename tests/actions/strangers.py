"""A stranger's speech: a manner of speaking put to the arguments of recorded wishes."""

import random
from collections.abc import Sequence
from typing import Any

from backend.tools.replay.tasks import Call
from tests.actions.manners import Manner
from tests.actions.phrasing import Row, Store
from tests.actions.pieces import goods, method, number, place, place_bits, swaps, version

_TEMPLATES = {
    "cancel_pending_order": "cancel",
    "modify_pending_order_address": "address",
    "modify_pending_order_payment": "payment",
    "modify_pending_order_items": "items",
    "return_delivered_order_items": "send_back",
    "exchange_delivered_order_items": "exchange",
    "modify_user_address": "account",
}
_BARE = {"code": "{code}", "email": "{email}", "number_and_email": "{order} {email}", "order": "{order}"}


class StrangeSpeech:
    """Speaks as a manner has it; the seed decides between its sentences."""

    def __init__(self, manner: Manner, store: Store, owner: Row, seed: str) -> None:
        self._manner = manner
        self._store = store
        self._owner = owner
        self._choice = random.Random(seed)

    def wishes(self, calls: Sequence[Call], *, first: bool) -> str:
        manner = self._manner
        said = manner.between.join(self._say(call) for call in calls)
        return f"{manner.opening}{said}{manner.closing}" if first else said

    def names_goods(self, wish: Call, response: str) -> bool:
        return self._store.names_goods(wish.arguments, response)

    def yes(self) -> str | None:
        return self._choice.choice(self._manner.yes)

    def give(self, kind: str, wish: Call | None, asked: str, times: int) -> str:
        said: Row = wish.arguments if wish else {}
        if kind in ("version", "item", "method", "address"):
            return self._give_part(kind, said, asked, times)
        form = self._manner.answers.get(kind) or _BARE.get(kind) or ("{reason}" if kind == "reason" else "no")
        return self._put(form, said) if "order_id" in said or "{order}" not in form else "{email}"

    def _give_part(self, kind: str, said: Row, asked: str, times: int) -> str:
        manner = self._manner
        if kind == "item":
            return manner.joint.join(goods(said, self._store, manner.goods)) if "item_ids" in said else "all of it"
        if kind == "method":
            return self._put("{pay}", said) if "payment_method_id" in said else "the one I paid with"
        if kind == "address":
            if "address1" not in said:
                return "the same"
            told = place_bits(said)
            return told[(times - 1) % len(told)] if manner.drips else self._put("{address}", said)
        return self._version(said, asked)

    def _version(self, said: Row, asked: str) -> str:
        """Of the thing that the question names, else of the first one."""
        if "new_item_ids" not in said:
            return "any"
        rows = {str(r["item_id"]): r for r in self._store.orders[said["order_id"]]["items"]}
        pairs = [
            (rows[a], self._store.variants[b]) for a, b in zip(said["item_ids"], said["new_item_ids"], strict=True)
        ]
        row, new = next((p for p in pairs if p[0]["name"].lower() in asked.lower()), pairs[0])
        return version(row, new, self._manner.version)

    def _say(self, call: Call) -> str:
        forms: tuple[str, ...] = getattr(self._manner, _TEMPLATES[call.name])
        return self._put(self._choice.choice(forms), call.arguments)

    def _put(self, form: str, said: Row) -> str:
        manner, parts = self._manner, dict[str, Any]()
        if "order_id" in said:
            parts["order"] = number(said, manner.number)
        if "payment_method_id" in said:
            parts["pay"] = method(str(said["payment_method_id"]), self._owner, manner.method)
        if "item_ids" in said:
            parts["goods"] = manner.joint.join(goods(said, self._store, manner.goods))
        if "new_item_ids" in said:
            pairs = swaps(said, self._store, manner.goods, manner.version, manner.link)
            parts["swaps"] = manner.joint.join(pairs)
        if "address1" in said:
            parts["address"] = place(said, manner.place)
        if "reason" in said:
            parts["reason"] = self._choice.choice(manner.mistake if "mistake" in said["reason"] else manner.unneeded)
        return form.format(**{"email": "{email}", "code": "{code}", "reason": "I changed my mind", **parts})
