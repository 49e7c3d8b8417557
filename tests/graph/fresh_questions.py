# ruff: noqa: E501  a phrasing a line reads as the table it is
"""Catalogue questions in many phrasings, composed by a seed from the rows of a catalogue, answered with pandas.

A question is a kind of goods, one to three conditions and a way to ask. The answers come from the raw rows of the
file, past loader, snapshot and search; `tests/graph/chatting.py` asks them over HTTP.
"""

import random
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from tests.graph.questions import Question
from tests.graph.reading import raw_table

_CALLED = {
    "CPU": ("CPUs", "processors"), "GPU": ("graphics cards", "GPUs", "video cards"),
    "RAM": ("RAM kits", "memory kits", "RAM"), "Storage": ("storage drives", "drives"),
    "Monitor": ("monitors", "displays", "screens"), "PCCase": ("cases", "PC cases", "computer cases"),
    "CPUCooler": ("CPU coolers", "coolers"), "PSU": ("power supplies", "PSUs"),
    "Motherboard": ("motherboards", "mainboards", "boards"), "Mouse": ("mice", "computer mice"),
    "Keyboard": ("keyboards",), "Headphones": ("headphones", "headsets"),
}  # fmt: skip


class Figure(NamedTuple):
    """A numeric field: its path, and how a value of it is said, with the factor from the said unit."""

    path: str
    said: tuple[tuple[str, float], ...]
    highest: str = ""
    lowest: str = ""


_FIGURES = {
    "CPU": (
        Figure("cores.total", (("{} cores", 1),), "with the most cores", "with the fewest cores"),
        Figure(
            "specifications.tdp", (("a TDP of {} W", 1), ("{} watts", 1)), "with the highest TDP", "with the lowest TDP"
        ),
        Figure("clocks.performance.boost", (("a boost clock of {} GHz", 1),)),
    ),
    "GPU": (
        Figure("memory", (("{} GB of VRAM", 1), ("{}GB memory", 1)), "with the most memory", "with the least memory"),
        Figure("length", (("a length of {} mm", 1), ("a length of {} cm", 10))),
        Figure("tdp", (("{} W", 1), ("a TDP of {} watts", 1)), "", "with the lowest TDP"),
    ),
    "RAM": (
        Figure("capacity", (("{} GB", 1), ("{}GB", 1)), "with the largest capacity", "with the smallest capacity"),
        Figure("speed", (("{} MHz", 1), ("a speed of {} MHz", 1)), "with the highest speed", "with the lowest speed"),
        Figure("cas_latency", (("CAS latency {}", 1), ("a CAS latency of {}", 1)), "", "with the lowest CAS latency"),
        Figure("modules.quantity", (("{} modules", 1),)),
    ),
    "Storage": (
        Figure(
            "capacity", (("{} GB", 1), ("{} TB", 1000), ("a capacity of {} TB", 1000)), "with the largest capacity", ""
        ),
    ),
    "Monitor": (
        Figure(
            "screen_size",
            (("{} inches", 1), ('{}"', 1), ("a {} inch screen", 1)),
            "with the biggest screen",
            "with the smallest screen",
        ),
        Figure("refresh_rate", (("{} Hz", 1), ("a refresh rate of {} Hz", 1)), "with the highest refresh rate", ""),
        Figure("max_brightness", (("{} nits", 1), ("a brightness of {} nits", 1)), "", ""),
        Figure("response_time", (("a response time of {} ms", 1),)),
    ),
    "PSU": (
        Figure(
            "wattage", (("{} W", 1), ("{} watts", 1), ("{}W", 1)), "with the highest wattage", "with the lowest wattage"
        ),
    ),
    "CPUCooler": (
        Figure("height", (("a height of {} mm", 1), ("a height of {} cm", 10)), "", "with the lowest height"),
    ),
    "PCCase": (
        Figure("max_video_card_length", (("a maximum video card length of {} mm", 1),)),
        Figure("internal_3_5_bays", (("{} internal 3.5 bays", 1),)),
    ),
    "Motherboard": (Figure("memory.slots", (("{} memory slots", 1),)),),
}
_TEXTS = {
    "Motherboard": ("socket", "form_factor", "memory.ram_type", "chipset"), "RAM": ("ram_type",),
    "Monitor": ("panel_type", "aspect_ratio"), "CPU": ("socket",), "PSU": ("efficiency_rating", "form_factor"),
    "GPU": ("chipset", "memory_type"), "Storage": ("storage_type",), "PCCase": ("form_factor",),
}  # fmt: skip
_ASK = (
    "show me {} please", "do you have any {}?", "I am looking for {}", "which {} do you sell?", "list all {}",
    "what {} have you got?", "I'd like to see {}", "{}", "can you find me {}", "are there {}?", "we need {} for the office",
)  # fmt: skip
_COUNT = ("how many {} do you have?", "how many {} are there?", "what is the number of {} you sell?", "count your {}")
_AT_LEAST = ("at least {}", "{} or more", "no less than {}", "a minimum of {}")
_AT_MOST = ("at most {}", "{} or less", "no more than {}", "up to {}")
_MORE, _LESS = ("more than {}", "over {}", "above {}"), ("less than {}", "under {}", "below {}")


class Condition(NamedTuple):
    """Words and the rows that meet them. `before` stands before the goods."""

    said: str
    rows: "pd.Series[bool]"
    before: bool = False


class FreshQuestions:
    """An endless source; the same seed asks the same."""

    def __init__(self, seed: int, catalogue: Path) -> None:
        self._random = random.Random(seed)
        self._table = raw_table(catalogue)

    def ask(self) -> Question:
        """The next question that has an answer."""
        while True:
            category = self._random.choice(sorted(_CALLED))
            rows = self._table[self._table["category"] == category]
            one = rows.iloc[self._random.randrange(len(rows))]
            made = (
                self._superlative(category, rows, one)
                if self._random.random() < 0.2
                else self._wish(category, rows, one)
            )
            if made is not None:
                return made

    def _wish(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Question | None:
        conditions = self._conditions(category, rows, one)
        mask = pd.Series(True, index=rows.index)
        for condition in conditions:
            mask &= condition.rows
        found = frozenset(rows[mask]["id"])
        if not found:
            return None
        goods = self._goods(category, conditions)
        return Question(self._random.choice(_COUNT if self._random.random() < 0.3 else _ASK).format(goods), found)

    def _superlative(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Question | None:
        conditions = [c for c in self._conditions(category, rows, one) if self._random.random() < 0.6][:1]
        for condition in conditions:
            rows = rows[condition.rows]
        goods = self._goods(category, conditions)
        figures = [f for f in _FIGURES.get(category, ()) if f.highest or f.lowest]
        if figures and self._random.random() < 0.6:
            figure = self._random.choice(figures)
            words, way = self._random.choice(
                [(w, way) for w, way in ((figure.highest, max), (figure.lowest, min)) if w]
            )
            column, text = (
                pd.to_numeric(rows[figure.path], errors="coerce"),
                f"which of your {goods} is the one {words}?",
            )
            column = column[column > 0]
            if conditions:
                return None  # "with X with the most Y" is nobody's English
        else:
            words, way = self._random.choice(
                (("cheapest", min), ("most expensive", max), ("least expensive", min), ("priciest", max))
            )
            column, text = (
                rows["price_usd"],
                self._random.choice(
                    (f"what is the {words} of your {goods}?", f"the {words} {goods}", f"show me the {words} {goods}")
                ),
            )
        if column.empty:
            return None
        best = way(column)
        return Question(text, frozenset(rows.loc[column[column == best].index]["id"]), first=True)

    def _conditions(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> list[Condition]:
        makers = [self._price, self._brand, self._figure, self._figure, self._text, self._unwanted]
        chosen = self._random.sample(makers, k=self._random.choice((1, 1, 2, 2, 3)))
        found: list[Condition] = []
        for maker in dict.fromkeys(chosen):
            condition = maker(category, rows, one)
            if condition is not None and not (
                maker is self._unwanted and any(c.said.startswith(("by", "from")) or c.before for c in found)
            ):
                found.append(condition)
        return found

    def _goods(self, category: str, conditions: list[Condition]) -> str:
        before = " ".join(c.said for c in conditions if c.before)
        behind = [c.said for c in conditions if not c.before]
        behind.sort(key=lambda said: not said.startswith("with"))
        return " ".join((before, self._random.choice(_CALLED[category]), *behind)).strip()

    def _price(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Condition:
        price, at = rows["price_usd"], round(one["price_usd"])
        high = at + self._random.choice((25, 60, 150, 400))
        return self._random.choice((
            Condition(f"under ${at}", price < at), Condition(f"for less than {at} dollars", price < at),
            Condition(f"below {at} USD", price < at), Condition(f"that cost ${high:,} or less", price <= high),
            Condition(f"for at most ${high:,}", price <= high), Condition(f"up to ${high}", price <= high),
            Condition(f"over ${at}", price > at), Condition(f"that cost more than {at} dollars", price > at),
            Condition(f"from ${at} to ${high}", (price >= at) & (price <= high)),
            Condition(f"between {at} and {high} dollars", (price >= at) & (price <= high)),
            Condition(f"in the range of ${at} to ${high}", (price >= at) & (price <= high)),
            Condition(f"priced ${at}-${high}", (price >= at) & (price <= high)),
        ))  # fmt: skip

    def _brand(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Condition | None:
        if not isinstance(one["brand"], str) or not one["brand"]:
            return None
        same = rows["brand"].fillna("").str.lower() == one["brand"].lower()
        return self._random.choice((
            Condition(f"by {one['brand']}", same), Condition(f"from {one['brand']}", same), Condition(one["brand"], same, True),
            Condition(f"made by {one['brand'].lower()}", same),
        ))  # fmt: skip

    def _unwanted(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Condition | None:
        if not isinstance(one["brand"], str) or not one["brand"]:
            return None
        other = rows["brand"].fillna("").str.lower() != one["brand"].lower()
        words = ("not from {}", "that are not {}", "but not by {}", "other than {}", "except {}")
        return Condition(self._random.choice(words).format(one["brand"]), other)

    def _figure(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Condition | None:
        if category not in _FIGURES:
            return None
        figure = self._random.choice(_FIGURES[category])
        words, factor = self._random.choice(figure.said)
        column = pd.to_numeric(rows[figure.path], errors="coerce")
        if "bays" not in figure.path:  # a measure of 0 is how this catalogue writes "not stated"
            column = column.where(lambda c: c != 0)
        value = pd.to_numeric(one[figure.path], errors="coerce")
        if not value or pd.isna(value):
            return None
        shown = f"{value / factor:g}"
        if float(shown) * factor != value:
            return None
        said = words.format(shown)
        kind = self._random.choice(("ge", "le", "gt", "lt", "eq", "range"))
        if kind == "range":
            above = column[column > value]
            if above.empty or "{} " not in words or words.startswith("a "):
                return None
            top = above.min()
            if float(f"{top / factor:g}") * factor != top:
                return None
            return Condition(
                f"with {shown} to {words.format(f'{top / factor:g}')}", (column >= value) & (column <= top)
            )
        bounds = {"ge": (_AT_LEAST, column >= value), "le": (_AT_MOST, column <= value), "gt": (_MORE, column > value),
                  "lt": (_LESS, column < value), "eq": (("{}",), column == value)}  # fmt: skip
        ways, mask = bounds[kind]
        return Condition("with " + self._random.choice(ways).format(said), mask)

    def _text(self, category: str, rows: pd.DataFrame, one: "pd.Series[Any]") -> Condition | None:
        if category not in _TEXTS:
            return None
        path = self._random.choice(_TEXTS[category])
        value = one[path]
        if not isinstance(value, str) or not value:
            return None
        stated = rows[path].fillna("").str.lower()
        if self._random.random() < 0.12 and len(value) < 12:
            return Condition(f"without {value}", stated != value.lower())
        return Condition(
            *self._random.choice(((value, stated == value.lower(), True), (f"with {value}", stated == value.lower())))
        )
