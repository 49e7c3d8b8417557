"""Addresses that a shopper only points at: the default one, the one of another order, "my Chicago address"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.agents.actions.addresses import STATE_NAMES
from backend.agents.actions.numbers import referred_order
from backend.domain.customers import Address
from backend.tools.order_ids import same_order

_DEFAULT = re.compile(
    r"\b(?:default|profile|account|usual|primary|main|on file|saved|registered)\b|\bmy (?:own )?home\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:same (?:\w+ )?(?:as|like)|other order|another order|other address|previous order|last order|second order"
    r"|one of my orders|in my orders|old address|new (?:home|house|place))\b",
    re.IGNORECASE,
)
#: Cities known by their letters.
_SHORT = {
    "new york": r"nyc|ny city|the big apple",
    "los angeles": r"la|l\.a\.",
    "san francisco": r"sf",
    "washington": r"dc",
}


@dataclass(frozen=True, slots=True)
class Place:
    """An address that the records of the customer hold; `order_id` None for the default one."""

    address: Address
    order_id: str | None = None


def places_meant(text: str, known: Sequence[Place], now: Address | None) -> tuple[Address, ...]:
    """The known addresses that the words may mean, each once; `now` is the one to be replaced. Empty: none meant."""
    referred = referred_order(text)
    if referred:
        return _each(p.address for p in known if p.order_id and same_order(referred, p.order_id))
    others = [p for p in known if p.address != now]
    named = _each(p.address for p in others if _names(text, p.address))
    if named:
        return named
    if _DEFAULT.search(text):
        return _each(p.address for p in others if p.order_id is None)
    return _each(p.address for p in others) if _OTHER.search(text) else ()


def place_order(text: str, address: Address) -> bool:
    """Whether a text calls an order by where it goes: "my Chicago order"."""
    return bool(
        re.search(rf"(?<!\w)(?:{_called(address)})(?:\W+\w+)?\s+(?:order|package|parcel)\b", text, re.IGNORECASE)
    )


def _names(text: str, address: Address) -> bool:
    """Whether the city, its short name, or the state written out stands in the text."""
    return bool(re.search(rf"(?<!\w)(?:{_called(address)})(?!\w)(?! order)", text, re.IGNORECASE))


def _called(address: Address) -> str:
    city = address.city.lower()
    names = [re.escape(city), *filter(None, [_SHORT.get(city)])]
    state = STATE_NAMES.get(address.state)
    if state:
        names.append(re.escape(state))
    return "|".join(names)


def _each(addresses: Iterable[Address]) -> tuple[Address, ...]:
    found: list[Address] = []
    for address in addresses:
        if address not in found:
            found.append(address)
    return tuple(found)
