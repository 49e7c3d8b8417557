"""How many calls a minute are welcome: by address, key, token, session, shop and tool. Generous, so that only machines
that run wild ever meet them.
"""

import asyncio
import ipaddress
from collections.abc import Mapping
from typing import NamedTuple

from backend.domain.errors import TooManyAttempts
from backend.memory.limiter import Limiter, Taken

SECONDS = 60
#: A person sends some ten messages a minute; a process answers some hundred a second.
PER_MINUTE: Mapping[str, int] = {
    "address": 1_200,  # a household, an office, a street behind one mobile mast
    "crowd": 12_000,  # an address that stands for many: a proxy, this machine, an integration with its key
    "key": 12_000,  # an integration's API key, a member of staff and their scripts
    "token": 600,  # a customer who signed in
    "session": 300,
    "tenant": 60_000,
    "tool": 60,  # the same kind of change, by the same customer
}
_WORDS = {
    "address": "this address",
    "crowd": "this address",
    "key": "this key or account",
    "token": "this account",
    "session": "this conversation",
    "tenant": "this shop",
    "tool": "this kind of change",
}


class Taking(NamedTuple):
    """One limit to count against: its kind, and whose it is."""

    kind: str
    whose: str


class TooManyCalls(TooManyAttempts):
    """A limit is used up; `taken` says which numbers go into the headers."""

    code, title = "too_many_calls", "Too many calls"

    def __init__(self, kind: str, taken: Taken) -> None:
        wait = "second" if taken.reset == 1 else "seconds"
        super().__init__(
            f"{taken.limit:,} calls a minute are welcome from {_WORDS[kind]}, and these were more. "
            f"Try again in {taken.reset} {wait}.",
            seconds=taken.reset,
        )
        self.taken = taken


class Rates:
    """The limits of this server. `setting` is "on", "off", or other numbers: address=600,session=60."""

    def __init__(self, limiter: Limiter, setting: str = "on") -> None:
        self._limiter = limiter
        self.on = setting.strip().lower() != "off"
        self._limits = {**PER_MINUTE, **read_rates(setting)}

    async def admit(self, *takings: Taking) -> Taken | None:
        """Count one call against each; the numbers of the one that is nearest to its end, None when limits are off.

        Raises TooManyCalls.
        """
        if not self.on or not takings:
            return None
        counted = await asyncio.gather(*(self._take(taking) for taking in takings))
        for taking, taken in zip(takings, counted, strict=True):
            if not taken.allowed:
                raise TooManyCalls(taking.kind, taken)
        return tightest(*counted)

    async def _take(self, taking: Taking) -> Taken:
        return await self._limiter.take(f"{taking.kind}:{taking.whose}", self._limits[taking.kind], SECONDS)


def tightest(*counted: Taken) -> Taken:
    """The one with the smallest part left."""
    return min(counted, key=lambda taken: taken.remaining / taken.limit)


def of_address(address: str, *, with_key: bool = False) -> Taking:
    """An address of the open net is one household; one behind a proxy, of this machine or with a key is many.

    Of IPv6 the first 64 bits count: whoever has one of these addresses has them all.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # a socket file has none
        return Taking("crowd", "local")
    whose = str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
    return Taking("crowd" if with_key or not ip.is_global else "address", whose)


def read_rates(setting: str) -> dict[str, int]:
    """Other numbers than ours. Raises ValueError for what is neither on, off nor name=number."""
    if setting.strip().lower() in ("", "on", "off"):
        return {}
    pairs = [part.strip().partition("=") for part in setting.split(",")]
    if any(name not in PER_MINUTE or not number.isdigit() or int(number) < 1 for name, _, number in pairs):
        raise ValueError(f"RATE_LIMITS is on, off, or calls a minute by name: {', '.join(PER_MINUTE)} (address=600,…)")
    return {name: int(number) for name, _, number in pairs}
