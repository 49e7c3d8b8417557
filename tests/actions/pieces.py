"""The parts of a wish in words, each in several forms: numbers, goods, versions, payment methods, addresses."""

from collections import Counter
from collections.abc import Sequence

from tests.actions.phrasing import Row, Store, listed

#: Values that mean something only beside the name of their option.
_SPOKEN = dict(zip("0123456789", "zero one two three four five six seven eight nine".split(), strict=True))
_BARE = frozenset({"yes", "no", "none"})


def number(said: Row, form: str) -> str:
    """ "hash" as the shop writes it, "plain" without the sign, "low" in small letters, "spoken" digit by digit."""
    written = str(said["order_id"])
    if form == "spoken":
        return " ".join(_SPOKEN.get(sign, sign.lower()) for sign in written.lstrip("#"))
    return {"hash": written, "plain": written.lstrip("#"), "low": written.lower()}[form]


def goods(said: Row, store: Store, form: str, article: str = "the ") -> list[str]:
    """Each thing once: by "id", by "name", or by "full" name with all its options."""
    rows = store.orders[said["order_id"]]["items"]
    if form == "id":
        return [str(item) for item in said["item_ids"]]
    wanted, held = Counter(map(str, said["item_ids"])), Counter(str(r["item_id"]) for r in rows)
    return [_thing(_row(rows, item), rows, n, held[item], form, article) for item, n in wanted.items()]


def _thing(row: Row, rows: Sequence[Row], wanted: int, held: int, form: str, article: str) -> str:
    name = str(row["name"]).lower()
    plural = name if name.endswith("s") else f"{name}s"
    if held > 1:
        return f"one of the {'two' if held == 2 else held} {plural}" if wanted < held else f"{article}{held} {plural}"
    twins = [r for r in rows if r["name"] == row["name"] and r["item_id"] != row["item_id"]]
    if form == "full":
        return f"{article}{name} ({', '.join(f'{k} {v}' for k, v in row['options'].items())})"
    if twins:
        telling = {k: v for k, v in row["options"].items() if any(t["options"].get(k) != v for t in twins)}
        return f"{article}{name} with " + listed([f"{k} {v}" for k, v in telling.items()])
    return f"{article}{name}"


def _row(rows: Sequence[Row], item: str) -> Row:
    return next(r for r in rows if str(r["item_id"]) == item)


def swaps(said: Row, store: Store, old: str, new: str, link: str) -> list[str]:
    """Each "{old} for {new}" as `link` has it."""
    rows = store.orders[said["order_id"]]["items"]
    things = [one for item in said["item_ids"] for one in goods({**said, "item_ids": [item]}, store, old)]
    versions = [
        version(_row(rows, str(item)), store.variants[str(wanted)], new)
        for item, wanted in zip(said["item_ids"], said["new_item_ids"], strict=True)
    ]
    return [link.format(old=a, new=b) for a, b in zip(things, versions, strict=True)]


def version(row: Row, variant: Row, form: str) -> str:
    """What a thing is to become: its "id", "all" options, the "changed" ones with names, or their "values"."""
    if form == "id":
        return str(variant["item_id"])
    options = variant["options"]
    changed = {k: v for k, v in options.items() if row["options"].get(k) != v} or dict(options)
    if form == "all":
        return "the one with " + listed([f"{k} {v}" for k, v in options.items()])
    if form == "pairs":
        return ", ".join(f"{k}={v}" for k, v in changed.items())
    if form == "values":
        return " and ".join(f"{k} {v}" if _says_little(v) else str(v) for k, v in changed.items())
    return "the one with " + listed([f"{k} {v}" for k, v in changed.items()])


def _says_little(value: str) -> bool:
    return value in _BARE or value.isdigit() or len(value) < 3


def method(method_id: str, owner: Row, form: str) -> str:
    """A stored method by "id", as "short" as it can be told, or "long"."""
    stored = owner["payment_methods"].get(method_id)
    if form == "id" or stored is None:
        return method_id
    kind = str(stored["source"])
    alone = sum(m["source"] == kind for m in owner["payment_methods"].values()) == 1
    if kind == "paypal":
        return "PayPal" if form == "short" else "my PayPal account"
    if kind == "gift_card":
        return "gift card" if form == "short" else "my gift card"
    if form == "short":
        return "credit card" if alone else f"{stored['brand']} {stored['last_four']}"
    return f"my {str(stored['brand']).title()} credit card ending in {stored['last_four']}"


def place(said: Row, form: str) -> str:
    """An address in one "line", in "rows" as on an envelope, or with "labels"."""
    unit = said.get("address2") or ""
    if form == "labels":
        shown = {"Street": said["address1"], "Apt/Suite": unit, "City": said["city"], "State": said["state"]}
        return ", ".join(f"{k}: {v}" for k, v in {**shown, "ZIP": said["zip"]}.items() if v)
    street = ", ".join(filter(None, [said["address1"], unit]))
    joint = "\n" if form == "rows" else ", "
    return joint.join([street, f"{said['city']}, {said['state']} {said['zip']}"])


def place_bits(said: Row) -> list[str]:
    """An address told in parts."""
    street = ", ".join(filter(None, [said["address1"], said.get("address2")]))
    return [street, f"{said['city']}, {said['state']}", str(said["zip"])]
