"""How scripted customers say a recorded write: plain sentences rendered from its arguments and the store's records."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.tools.replay.tasks import Call

Row = Mapping[str, Any]
_YES = ("yes", "Yes, please", "yes please go ahead", "ok", "Sure", "That's correct", "go ahead", "yep, do it")


@dataclass(frozen=True)
class Store:
    """The rows of a store file, as they are written there."""

    users: Mapping[str, Row]
    orders: Mapping[str, Row]
    variants: Mapping[str, Row]
    products: Mapping[str, Row]

    @classmethod
    def read(cls, rows: Row) -> "Store":
        variants = {item: v for p in rows["products"].values() for item, v in p["variants"].items()}
        return cls(rows["users"], rows["orders"], variants, rows["products"])

    def names_goods(self, said: Row, text: str) -> bool:
        """Whether a text names a thing that the arguments of a wish are about."""
        rows = self.orders[said["order_id"]]["items"] if said.get("order_id") in self.orders else ()
        names = {row["name"].lower() for row in rows if row["item_id"] in said.get("item_ids", ())}
        return any(name in text.lower() for name in names)


@dataclass(frozen=True)
class Voice:
    """One customer's way of speaking: which words, how exact, whether ids or names."""

    choice: random.Random
    store: Store

    def pick(self, *forms: str) -> str:
        return self.choice.choice(forms)


class PlainSpeech:
    """Says things in whole plain sentences, as the voice has it."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def wishes(self, calls: Sequence[Call], *, first: bool) -> str:
        return " ".join(say(call, self._voice) for call in calls)

    def names_goods(self, wish: Call, response: str) -> bool:
        return self._voice.store.names_goods(wish.arguments, response)

    def yes(self) -> str | None:
        return None if self._voice.choice.random() < 0.3 else self._voice.choice.choice(_YES)

    def give(self, kind: str, wish: Call | None, asked: str, times: int) -> str:
        said = wish.arguments if wish else {}
        voice, number = self._voice, str(said.get("order_id", ""))
        if kind == "code":
            return voice.pick("{code}", "the code is {code}", "It's {code}")
        if kind == "number_and_email":
            return f"{number} {{email}}".strip()
        if kind == "email":
            return voice.pick("{email}", "my email is {email}")
        if kind == "order":
            return number or "I don't know"
        if kind == "reason":
            return f"Because {reason(said, voice)}" if "reason" in said else "I changed my mind"
        if kind == "version":
            return self._version(said, asked) if "new_item_ids" in said else "the cheapest one"
        if kind == "item":
            return listed(items(said.get("item_ids", []), said, voice)) or "all of them"
        if kind == "method":
            return method(said["payment_method_id"], said, voice) if "payment_method_id" in said else "the same"
        if kind == "address":
            return address(said) if "address1" in said else "the same"
        return "no"

    def _version(self, said: Row, asked: str) -> str:
        rows = self._voice.store.orders[said["order_id"]]["items"]
        pairs = list(zip(said["item_ids"], said["new_item_ids"], strict=True))
        name = {r["item_id"]: r["name"].lower() for r in rows}
        old, new = next((pair for pair in pairs if name[pair[0]] in asked.lower()), pairs[0])
        return variant(old, new, said, self._voice)


def say(call: Call, voice: Voice) -> str:
    """The wish in a sentence or two."""
    return _SAYINGS[call.name](call.arguments, voice)


def order(said: Row, voice: Voice) -> str:
    number = str(said["order_id"])
    return voice.pick(f"order {number}", f"my order {number}", f"order number {number.lstrip('#')}", f"order {number}")


def method(method_id: str, said: Row, voice: Voice) -> str:
    """A stored payment method as its owner names it."""
    user = voice.store.users[voice.store.orders[said["order_id"]]["user_id"]]
    stored = user["payment_methods"][method_id]
    kind = stored["source"]
    if kind == "credit_card":
        alone = sum(m["source"] == kind for m in user["payment_methods"].values()) == 1
        exact = f"my {stored['brand']} ending in {stored['last_four']}"
        return voice.pick(exact, f"the card ending {stored['last_four']}", "my credit card" if alone else exact)
    return "my PayPal account" if kind == "paypal" and voice.choice.random() < 0.3 else f"my {kind.replace('_', ' ')}"


def items(item_ids: Sequence[str], said: Row, voice: Voice) -> list[str]:
    """Each item by its name, with options where the name is not enough, sometimes by its number."""
    rows = voice.store.orders[said["order_id"]]["items"]
    named = []
    for item_id in item_ids:
        row = next(r for r in rows if r["item_id"] == item_id)
        name = row["name"].lower() if voice.choice.random() < 0.6 else row["name"]
        twin = next((r for r in rows if r["name"] == row["name"] and r["item_id"] != item_id), None)
        if twin is not None:
            telling = [v for k, v in row["options"].items() if twin["options"].get(k) != v]
            name = voice.pick(f"{' '.join(telling)} {name}", f"{name} ({', '.join(telling)})")
        elif voice.choice.random() < 0.15:
            name = f"{name} (item {item_id})"
        named.append(f"the {name}")
    return named


def variant(item_id: str, new_id: str, said: Row, voice: Voice) -> str:
    """What an item is to become: mostly the options that change, sometimes all of them or the number."""
    old = next(r for r in voice.store.orders[said["order_id"]]["items"] if r["item_id"] == item_id)["options"]
    new = voice.store.variants[new_id]["options"]
    changed = {k: v for k, v in new.items() if old.get(k) != v} or dict(new)
    form = voice.choice.randrange(6)
    if form == 0:
        return f"item {new_id}"
    if form == 1:
        return "one with " + listed([f"{k} {v}" for k, v in new.items()])
    if form == 2:
        return "the version with " + listed([f"{k} {v}" for k, v in changed.items()])
    if form == 3:
        return ", ".join(f"{k}: {v}" for k, v in changed.items())
    if form == 4:
        return str(changed)
    plain = all(v not in ("yes", "no", "none") and not v.isdigit() for v in changed.values())
    return (
        f"the {' '.join(changed.values())} one"
        if plain
        else "one with " + listed([f"{k} {v}" for k, v in changed.items()])
    )


def address(said: Row) -> str:
    second = f", {said['address2']}" if said.get("address2") else ""
    return f"{said['address1']}{second}, {said['city']}, {said['state']} {said['zip']}, {said.get('country', 'USA')}"


def listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def reason(said: Row, voice: Voice) -> str:
    if "mistake" in said["reason"]:
        return voice.pick("I ordered it by mistake", "it was ordered by mistake", "that was a mistake")
    return voice.pick("I no longer need it", "it is no longer needed", "I don't need it anymore")


def _cancel(said: Row, voice: Voice) -> str:
    number, why = order(said, voice), reason(said, voice)
    return voice.pick(
        f"Please cancel {number}, {why}.",
        f"I want to cancel {number} because {why}.",
        f"Can you cancel {number}? {why[0].upper()}{why[1:]}.",
        f"I'd like to cancel {number}.",
        f"{why[0].upper()}{why[1:]}, so please cancel {number}.",
    )


def _return(said: Row, voice: Voice) -> str:
    number, back = order(said, voice), method(said["payment_method_id"], said, voice)
    rows = voice.store.orders[said["order_id"]]["items"]
    goods = listed(items(said["item_ids"], said, voice))
    left_out = [r for r in rows if r["item_id"] not in said["item_ids"]]
    if not left_out and voice.choice.random() < 0.5:
        goods = voice.pick("everything", "all items", "all the items")
    elif len(left_out) == 1 and len(rows) > 2 and voice.choice.random() < 0.5:
        goods = f"everything except the {left_out[0]['name'].lower()}"
    return voice.pick(
        f"I want to return {goods} from {number}. Please refund it to {back}.",
        f"I'd like to return {goods} in {number} and get the money back on {back}.",
        f"Can I return {goods} of {number}? The refund should go to {back}.",
        f"I would like to send back {goods} from {number}, refund to {back} please.",
        f"About {number}: please return {goods}, with the refund to {back}.",
    )


def _swap(verbs: Sequence[str]) -> Callable[[Row, Voice], str]:
    def swap(said: Row, voice: Voice) -> str:
        number, pays = order(said, voice), method(said["payment_method_id"], said, voice)
        old = items(said["item_ids"], said, voice)
        pairs = zip(said["item_ids"], said["new_item_ids"], old, strict=True)
        link = voice.pick("for", "to")
        wants = listed([f"{name} {link} {variant(a, b, said, voice)}" for a, b, name in pairs])
        verb = voice.pick(*verbs)
        return voice.pick(
            f"I'd like to {verb} {wants} in {number}. Use {pays} for the difference.",
            f"In {number} I want to {verb} {wants}. Any price difference should go to {pays}.",
            f"Please {verb} {wants} ({number}), paying the difference with {pays}.",
            f"For {number}, can you {verb} {wants}? You can settle the difference with {pays}.",
        )

    return swap


def _address(said: Row, voice: Voice) -> str:
    number, where = order(said, voice), address(said)
    return voice.pick(
        f"Please change the address of {number} to {where}.",
        f"I want {number} to be shipped to a different address: {where}.",
        f"The shipping address of {number} is wrong, it should be {where}.",
        f"Can you update the delivery address for {number}? The new one is {where}.",
    )


def _default_address(said: Row, voice: Voice) -> str:
    where = address(said)
    return voice.pick(
        f"Please change my default address to {where}.",
        f"I moved. My default address should be {where} from now on.",
        f"Update the address in my profile to {where}, please.",
    )


def _payment(said: Row, voice: Voice) -> str:
    number, pays = order(said, voice), method(said["payment_method_id"], said, voice)
    return voice.pick(
        f"Please change the payment method of {number} to {pays}.",
        f"I'd rather pay for {number} with {pays}.",
        f"Can you switch the payment of {number} to {pays}?",
    )


_SAYINGS: dict[str, Callable[[Row, Voice], str]] = {
    "cancel_pending_order": _cancel,
    "modify_pending_order_address": _address,
    "modify_pending_order_payment": _payment,
    "modify_pending_order_items": _swap(("change", "modify", "switch", "exchange", "swap")),
    "modify_user_address": _default_address,
    "return_delivered_order_items": _return,
    "exchange_delivered_order_items": _swap(("exchange", "swap", "exchange")),
}
