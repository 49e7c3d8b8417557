"""Catalogue questions drawn from templates × catalogue by a seed, each with its exact answer counted independently.

The answers come from the raw rows of the file, past loader, snapshot and search.
"""

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.graph.reading import DATA

Row = dict[str, Any]
_CALLED = {
    "CPU": ("CPUs", "processors"), "GPU": ("graphics cards", "GPUs", "video cards"), "RAM": ("RAM kits", "memory kits"),
    "Storage": ("drives", "storage drives"), "Monitor": ("monitors", "displays"), "PCCase": ("cases", "PC cases"),
    "Mouse": ("mice",), "CPUCooler": ("CPU coolers", "coolers"), "Keyboard": ("keyboards",),
    "Headphones": ("headphones", "headsets"), "PSU": ("power supplies", "PSUs"),
    "Motherboard": ("motherboards", "boards"),
}  # fmt: skip
_NUMBERS: dict[str, tuple[tuple[str, str], ...]] = {
    "CPU": (("cores.total", "{} cores"), ("specifications.tdp", "{} W")),
    "GPU": (("memory", "{} GB of memory"), ("length", "a length of {} mm"), ("tdp", "{} W")),
    "RAM": (("capacity", "{} GB"), ("speed", "{} MHz"), ("cas_latency", "a CAS latency of {}")),
    "Storage": (("capacity", "{} GB"),),
    "Monitor": (("screen_size", "{} inches"), ("refresh_rate", "{} Hz")),
    "PSU": (("wattage", "{} W"),),
    "CPUCooler": (("height", "{} mm of height"),),
    "Motherboard": (("memory.slots", "{} memory slots"),),
}
_TEXTS = {
    "Motherboard": ("socket", "form_factor", "memory.ram_type"), "RAM": ("ram_type",), "Monitor": ("panel_type",),
    "CPU": ("socket",), "PSU": ("efficiency_rating",), "GPU": ("chipset", "memory_type"), "Storage": ("storage_type",),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question and the ids that answer it. `first`: any one of them must lead the list."""

    text: str
    ids: frozenset[str]
    first: bool = False


class Questions:
    """An endless source of questions; the same seed asks the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        content = gzip.decompress((DATA / "electronics" / "catalog.jsonl.gz").read_bytes())
        self._rows: list[Row] = [json.loads(line) for line in content.splitlines()]

    def ask(self) -> Question:
        """The next question."""
        while True:
            category = self._random.choice(sorted(_CALLED))
            rows = [row for row in self._rows if row["category"] == category]
            template = self._random.choice(
                (self._price, self._brand, self._count, self._cheapest, self._number, self._text)
            )
            question = template(category, self._random.choice(_CALLED[category]), rows, self._random.choice(rows))
            if question is not None:
                return question

    def _price(self, category: str, goods: str, rows: list[Row], one: Row) -> Question:
        low = round(one["price_usd"])
        high = low + self._random.choice((50, 100, 500))
        return self._random.choice(
            (
                _such(f"show me {goods} under ${low}", rows, lambda r: r["price_usd"] < low),
                _such(f"{goods} for {low} dollars or less", rows, lambda r: r["price_usd"] <= low),
                _such(f"Which {goods} cost between ${low} and ${high}?", rows, lambda r: low <= r["price_usd"] <= high),
            )
        )

    def _brand(self, category: str, goods: str, rows: list[Row], one: Row) -> Question:
        brand, price = _brand(one), round(one["price_usd"])
        text = f"{goods} by {one['brand']} over {price} dollars"
        return _such(text, rows, lambda r: _brand(r) == brand and r["price_usd"] > price)

    def _count(self, category: str, goods: str, rows: list[Row], one: Row) -> Question:
        brand = _brand(one)
        return self._random.choice(
            (
                _such(f"how many {goods} do you have?", rows, lambda r: True),
                _such(f"how many {one['brand']} {goods} do you sell?", rows, lambda r: _brand(r) == brand),
            )
        )

    def _cheapest(self, category: str, goods: str, rows: list[Row], one: Row) -> Question:
        mine = [row for row in rows if _brand(row) == _brand(one)]
        least = min(row["price_usd"] for row in mine)
        found = frozenset(row["id"] for row in mine if row["price_usd"] == least)
        return Question(f"what is the cheapest of the {goods} from {one['brand']}?", found, first=True)

    def _number(self, category: str, goods: str, rows: list[Row], one: Row) -> Question | None:
        path, said = self._random.choice(_NUMBERS.get(category, (("", ""),)))
        value = _at(one, path)
        if not _is_number(value):
            return None
        wanted, budget = said.format(value), round(one["price_usd"]) + 200

        def holds(test: Callable[[float], bool]) -> Callable[[Row], bool]:
            return lambda row: _is_number(_at(row, path)) and test(_at(row, path))

        at_most = holds(lambda n: n <= value)
        return self._random.choice(
            (
                _such(f"{goods} with at least {wanted}", rows, holds(lambda n: n >= value)),
                _such(f"{goods} with more than {wanted}", rows, holds(lambda n: n > value)),
                _such(
                    f"{goods} with at most {wanted} under ${budget}",
                    rows,
                    lambda r: at_most(r) and r["price_usd"] < budget,
                ),
            )
        )

    def _text(self, category: str, goods: str, rows: list[Row], one: Row) -> Question | None:
        path = self._random.choice(_TEXTS.get(category, ("",)))
        value, price = _at(one, path), round(one["price_usd"])
        if not value:
            return None

        def same(row: Row) -> bool:
            return str(_at(row, path)).lower() == value.lower()

        asked = f"how many {goods} with {value} are there for ${price} or less?"
        return self._random.choice(
            (_such(f"{value} {goods}", rows, same), _such(asked, rows, lambda r: same(r) and r["price_usd"] <= price))
        )


def _such(text: str, rows: list[Row], holds: Callable[[Row], bool]) -> Question:
    return Question(text, frozenset(row["id"] for row in rows if holds(row)))


def _brand(row: Row) -> str:
    return (row["brand"] or "").lower()


def _at(row: Row, path: str) -> Any:
    node: Any = row["specs"]
    for part in path.split("."):
        node = (node or {}).get(part)
    return node


def _is_number(value: object) -> bool:
    """A zero measure is how this catalogue writes "not stated"."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value != 0
