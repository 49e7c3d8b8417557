# ruff: noqa: E501  a phrasing a line reads as the table it is
"""Catalogue conversations of another hand than `fresh_questions.py`: one to three turns, the last of them judged.

The answers are computed with pandas from the raw rows of the file, past loader, snapshot and search.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from tests.graph.reading import raw_table

Mask = Any
Rows = Any

GOODS: dict[str, tuple[str, ...]] = {
    "CPU": ("processors", "CPUs", "desktop processors"), "GPU": ("graphics cards", "video cards", "GPUs"),
    "RAM": ("memory kits", "RAM kits", "memory modules"), "Storage": ("drives", "storage drives"),
    "Monitor": ("monitors", "displays"), "PCCase": ("PC cases", "cases", "computer cases"),
    "CPUCooler": ("CPU coolers", "coolers"), "PSU": ("power supplies", "PSUs"),
    "Motherboard": ("motherboards", "mainboards"), "Mouse": ("mice",), "Keyboard": ("keyboards",),
    "Headphones": ("headphones", "headsets"),
}  # fmt: skip


class Spoken(NamedTuple):
    """A numeric field and the ways to say it. In a way, {} is the number and {op} the bound with its number."""

    path: str
    ways: tuple[str, ...]
    unit: str = ""
    factor: float = 1
    most: tuple[str, ...] = ()
    least: tuple[str, ...] = ()


SPOKEN: dict[str, tuple[Spoken, ...]] = {
    "CPU": (
        Spoken("cores.total", ("with {op} cores", "that have {op} cores"), most=("the most cores", "the highest core count"), least=("the fewest cores",)),
        Spoken("cores.threads", ("with {op} threads",), most=("the most threads",)),
        Spoken("specifications.tdp", ("with a TDP of {op}", "with {op} TDP", "whose TDP is {op}"), " W", most=("the highest TDP",), least=("the lowest TDP",)),
        Spoken("clocks.performance.boost", ("with a boost clock of {op}", "that boost to {op}"), " GHz", most=("the highest boost clock",)),
        Spoken("clocks.performance.base", ("with a base clock of {op}",), " GHz"),
        Spoken("cache.l3", ("with {op} of L3 cache",), " MB", most=("the largest L3 cache",)),
    ),
    "GPU": (
        Spoken("memory", ("with {op} of VRAM", "with {op} VRAM", "with {op} of video memory", "with {op} of graphics memory", "having {op} of memory"), " GB", most=("the most VRAM", "the most memory")),
        Spoken("length", ("with a length of {op}", "whose length is {op}"), " mm", most=("the greatest length",), least=("the shortest length",)),
        Spoken("length", ("with a length of {op}",), " cm", 10),
        Spoken("tdp", ("with a TDP of {op}", "that draw {op}"), " W", most=("the highest TDP",), least=("the lowest TDP",)),
        Spoken("core_boost_clock", ("with a boost clock of {op}",), " MHz", most=("the highest boost clock",)),
        Spoken("memory_bus", ("with a memory bus of {op}",), " bit"),
    ),
    "RAM": (
        Spoken("capacity", ("with {op}", "with a capacity of {op}", "of {op}"), " GB", most=("the largest capacity", "the most memory"), least=("the smallest capacity",)),
        Spoken("speed", ("with a speed of {op}", "running at {op}", "clocked at {op}"), " MHz", most=("the highest speed",)),
        Spoken("cas_latency", ("with a CAS latency of {op}",), least=("the lowest CAS latency",)),
        Spoken("modules.quantity", ("with {op} sticks", "with {op} modules")),
        Spoken("modules.capacity_gb", ("with {op} per module",), " GB"),
        Spoken("voltage", ("with a voltage of {op}",), " V"),
    ),
    "Storage": (
        Spoken("capacity", ("with {op}", "with a capacity of {op}", "holding {op}", "with {op} of space"), " TB", 1000, most=("the largest capacity", "the most space")),
        Spoken("capacity", ("with {op}", "with {op} of storage"), " GB"),
    ),
    "Monitor": (
        Spoken("screen_size", ("with {op}", "with a screen size of {op}", "measuring {op}"), " inches", most=("the largest screen", "the biggest screen size"), least=("the smallest screen",)),
        Spoken("refresh_rate", ("with {op}", "with a refresh rate of {op}", "that refresh at {op}", "running at {op}"), " Hz", most=("the highest refresh rate",)),
        Spoken("max_brightness", ("with a brightness of {op}", "with {op} of brightness", "with {op}"), " nits", most=("the highest brightness",)),
        Spoken("response_time", ("with a response time of {op}",), " ms", least=("the lowest response time", "the shortest response time")),
    ),
    "PSU": (
        Spoken("wattage", ("with {op}", "with a wattage of {op}", "rated at {op}", "delivering {op}", "that deliver {op}"), " W", most=("the highest wattage", "the most power"), least=("the lowest wattage",)),
        Spoken("length", ("with a length of {op}",), " mm", least=("the shortest length",)),
    ),
    "CPUCooler": (
        Spoken("height", ("with a height of {op}", "that are {op} tall", "{op} high"), " mm", least=("the lowest height",), most=("the greatest height",)),
        Spoken("radiator_size", ("with a radiator of {op}", "with a radiator size of {op}"), " mm", most=("the largest radiator",)),
        Spoken("max_fan_rpm", ("with a maximum fan speed of {op}",), " rpm"),
        Spoken("max_noise_level", ("with a maximum noise level of {op}",), " dB", least=("the lowest maximum noise level",)),
    ),
    "PCCase": (
        Spoken("max_video_card_length", ("with a maximum graphics card length of {op}", "with room for video cards of {op}"), " mm"),
        Spoken("max_cpu_cooler_height", ("with a maximum CPU cooler height of {op}",), " mm"),
        Spoken("volume", ("with a volume of {op}",), " liters", most=("the largest volume",), least=("the smallest volume",)),
        Spoken("expansion_slots", ("with {op} expansion slots",), most=("the most expansion slots",)),
        Spoken("internal_3_5_bays", ('with {op} internal 3.5" bays', 'with {op} 3.5" drive bays')),
    ),
    "Motherboard": (
        Spoken("memory.slots", ("with {op} memory slots", "with {op} RAM slots", "with {op} DIMM slots"), most=("the most memory slots",)),
        Spoken("memory.max", ("with a maximum memory of {op}", "that take {op} of memory", "supporting {op} of RAM"), " GB", most=("the highest maximum memory",)),
    ),
}  # fmt: skip

#: field → how a value of it is said before the goods (or with {}), and behind them
TEXTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "CPU": (("socket", ("{v} {g}", "{g} for socket {v}", "{g} with socket {v}", "{g} on the {v} socket")), ("microarchitecture", ("{v} {g}", "{g} of the {v} microarchitecture"))),
    "Motherboard": (("socket", ("{v} {g}", "{g} with socket {v}", "{g} with an {v} socket", "socket {v} {g}")), ("form_factor", ("{v} {g}", "{g} in {v} form factor", "{g} in {v} format", "{g} of form factor {v}")), ("memory.ram_type", ("{v} {g}", "{g} that take {v}", "{g} for {v} memory")), ("chipset", ("{g} with the {v} chipset", "{v} {g}"))),
    "RAM": (("ram_type", ("{v} {g}", "{g} of type {v}")), ("form_factor", ("{v} {g}",))),
    "GPU": (("chipset", ("{v} {g}", "{g} with a {v}")), ("memory_type", ("{g} with {v} memory", "{v} {g}")), ("cooling", ("{g} with {v}",))),
    "Storage": (("storage_type", ("{v} {g}",)), ("form_factor", ("{v} {g}", "{g} in {v} form factor")), ("interface", ("{g} with {v} interface",))),
    "Monitor": (("panel_type", ("{v} {g}", "{g} with an {v} panel", "{g} with {v} panels")), ("aspect_ratio", ("{g} with an aspect ratio of {v}", "{v} {g}"))),
    "PSU": (("efficiency_rating", ("{v} {g}", "{g} rated {v}", "{g} with {v} efficiency")), ("form_factor", ("{v} {g}", "{g} in {v} form factor"))),
    "PCCase": (("form_factor", ("{v} {g}",)), ("side_panel", ("{g} with a {v} side panel",))),
}  # fmt: skip

ASK = (
    "show me {}", "do you have {}?", "do you sell {}?", "what {} do you have?", "I need {}", "looking for {}", "{}", "got any {}?",
    "any {} in your shop?", "which {} can you offer?", "find {}", "please list {}", "have you got {}", "do you stock {}?", "I want to buy {}",
    "I'm after {}", "give me {}", "can I see your {}?", "hi, do you carry {}?", "what do you have in the way of {}?",
)  # fmt: skip
COUNT = (
    "how many {} do you have?", "how many {} are there?", "how many {} do you sell?", "number of {}", "how many {} can I choose from?",
    "what's the number of {} in your catalogue?", "how many different {} do you stock?",
)  # fmt: skip
OPS: dict[str, tuple[str, ...]] = {
    "ge": ("at least {}", "{} or more", "{} and up", "no less than {}", "a minimum of {}", "{} or higher", "not less than {}", "{}+"),
    "le": ("at most {}", "{} or less", "no more than {}", "up to {}", "a maximum of {}", "{} or lower", "not more than {}"),
    "gt": ("more than {}", "over {}", "above {}", "greater than {}", "upwards of {}"),
    "lt": ("less than {}", "under {}", "below {}", "lower than {}"),
    "eq": ("exactly {}", "{}"),
}  # fmt: skip
_TEST: dict[str, Callable[[Any, float], Any]] = {
    "ge": lambda c, v: c >= v, "le": lambda c, v: c <= v, "gt": lambda c, v: c > v, "lt": lambda c, v: c < v, "eq": lambda c, v: c == v,
}  # fmt: skip


@dataclass(frozen=True)
class Conversation:
    """Turns of one shopper. `ids` answer the last; `first`: any one of them must lead the list; `family` names it."""

    turns: tuple[str, ...]
    ids: frozenset[str]
    first: bool = False
    family: str = ""


@dataclass(frozen=True)
class _Wish:
    """Goods with conditions: `template` has {g} for the goods."""

    text: str
    rows: Rows


class VariedQuestions:
    """An endless source; the same seed asks the same."""

    def __init__(self, seed: int, catalogue: Path) -> None:
        self._random = random.Random(seed)
        self._table = raw_table(catalogue)

    def ask(self) -> Conversation:
        """The next conversation that has an answer."""
        families = (
            (self._listed, 5), (self._counted, 3), (self._superlative, 4), (self._negation, 2), (self._narrowed, 4), (self._two_figures, 2),
            (self._range, 2), (self._sorted, 1), (self._paged, 1),
        )  # fmt: skip
        while True:
            family = self._random.choices([f for f, _ in families], [w for _, w in families])[0]
            category = self._random.choice(sorted(GOODS))
            rows = self._table[self._table["category"] == category]
            made = family(category, rows, rows.iloc[self._random.randrange(len(rows))])
            if made is not None and made.ids:
                return made

    # families

    def _listed(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        wish = self._wish(category, rows, one, self._random.choice((1, 2, 2, 3)))
        return _of("listed", wish.rows, self._random.choice(ASK).format(wish.text)) if wish else None

    def _counted(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        wish = self._wish(category, rows, one, self._random.choice((1, 2, 2)))
        return _of("counted", wish.rows, self._random.choice(COUNT).format(wish.text)) if wish else None

    def _superlative(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        figures = [f for f in SPOKEN.get(category, ()) if f.most or f.least]
        if figures and self._random.random() < 0.5:
            figure = self._random.choice(figures)
            words, best = self._random.choice([(w, "max") for w in figure.most] + [(w, "min") for w in figure.least])
            wish = self._wish(category, rows, one, self._random.choice((0, 1)), unsaid=figure.path)
            if wish is None:
                return None
            column = _numbers(wish.rows, figure.path)
            text = self._random.choice(
                ("which {g} has {w}?", "which of your {g} has {w}?", "show me the {g} with {w}", "what {g} have {w}?")
            ).format(g=wish.text, w=words)
        else:
            words, best = self._random.choice(
                (
                    ("cheapest", "min"),
                    ("least expensive", "min"),
                    ("most expensive", "max"),
                    ("priciest", "max"),
                    ("most affordable", "min"),
                    ("lowest priced", "min"),
                )
            )
            wish = self._wish(category, rows, one, self._random.choice((0, 1, 1, 2)), behind=True)
            if wish is None:
                return None
            column = wish.rows["price_usd"]
            text = self._random.choice(
                (
                    "what's the {w} of your {g}?",
                    "the {w} {g}",
                    "which is the {w} of the {g}?",
                    "show me the {w} {g} please",
                    "what are your {w} {g}?",
                )
            ).format(g=wish.text, w=words)
        column = column.dropna()
        if column.empty:
            return None
        top = getattr(column, best)()
        return Conversation((text,), frozenset(wish.rows.loc[column[column == top].index]["id"]), True, "superlative")

    def _negation(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        brand = one["brand"]
        if not isinstance(brand, str) or not brand:
            return None
        lower = rows["brand"].fillna("").str.lower()
        second = self._random.choice(
            [b for b in rows["brand"].dropna().unique() if b.lower() != brand.lower()] or [brand]
        )
        tail, kept = self._random.choice((
            (f"not by {brand}", lower != brand.lower()), (f"but nothing from {brand}", lower != brand.lower()),
            (f"that aren't {brand}", lower != brand.lower()), (f"excluding {brand}", lower != brand.lower()),
            (f"not made by {brand}", lower != brand.lower()), (f"without {brand}", lower != brand.lower()),
            (f"that are neither {brand} nor {second}", ~lower.isin([brand.lower(), second.lower()])),
            (f"not from {brand} or {second}", ~lower.isin([brand.lower(), second.lower()])),
            (f", no {brand} please", lower != brand.lower()), (f"by any brand but {brand}", lower != brand.lower()),
        ))  # fmt: skip
        price, said = self._price(rows, one)
        goods = self._random.choice(GOODS[category])
        if self._random.random() < 0.5:
            return _of(
                "negation", rows[kept], self._random.choice(ASK[:12]).format(f"{goods} {tail}".replace(" ,", ","))
            )
        return _of(
            "negation",
            rows[kept & price],
            self._random.choice(ASK[:12]).format(f"{goods} {said} {tail}".replace(" ,", ",")),
        )

    def _narrowed(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        wish = self._wish(category, rows, one, self._random.choice((0, 1)))
        if wish is None or len(wish.rows) < 3:
            return None
        rows = wish.rows
        start = self._random.choice(ASK[:8]).format(wish.text)
        price, lower = rows["price_usd"], rows["brand"].fillna("").str.lower()
        inside = rows.iloc[self._random.randrange(len(rows))]
        at, brand = round(inside["price_usd"]), inside["brand"]
        ways: list[tuple[str, Any]] = [
            (f"only those under ${at}", price < at), (f"which of them cost less than {at} dollars?", price < at),
            (f"just the ones up to ${at}", price <= at), (f"and over ${at}?", price > at), (f"how many of those are under ${at}?", price < at),
        ]  # fmt: skip
        if isinstance(brand, str) and brand and brand.lower() not in start.lower():
            ways += [(f"only the {brand} ones", lower == brand.lower()), (f"just {brand}", lower == brand.lower()), (f"which of those are by {brand}?", lower == brand.lower()),
                     (f"show only {brand}", lower == brand.lower()), (f"how many of them are from {brand}?", lower == brand.lower()), (f"not {brand} please", lower != brand.lower())]  # fmt: skip
        colours = inside.get("color")
        if isinstance(colours, list) and colours:
            colour = colours[0].lower()
            has = rows["color"].map(lambda c: isinstance(c, list) and colour in [x.lower() for x in c])
            if colour.isalpha() and len(colours) < 3 and colour != "rgb":
                ways += [
                    (f"only the {colour} ones", has),
                    (f"which of these come in {colour}?", has),
                    (f"in {colour} please", has),
                ] * 2
        figure = self._figure(category, rows, inside)
        if figure and self._path not in wish.text:
            ways += [(f"only those {figure[0]}", figure[1])] * 2
        if self._random.random() < 0.25:
            best = price.min()
            text = self._random.choice(
                ("which one is the cheapest?", "what's the cheapest of them?", "and the cheapest?")
            )
            return Conversation((start, text), frozenset(rows[price == best]["id"]), True, "narrowed")
        text, kept = self._random.choice(ways)
        found = rows[kept]
        if found.empty:
            return None
        if self._random.random() < 0.25:
            cut = round(found["price_usd"].median()) + 1
            found = found[found["price_usd"] <= cut]
            return Conversation((start, text, f"and no more than ${cut}"), frozenset(found["id"]), family="narrowed")
        return _of("narrowed", found, start, text)

    def _two_figures(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        first, path = self._figure(category, rows, one), self._path
        second = self._figure(category, rows, one)
        if not first or not second or path == self._path:
            return None
        goods = self._random.choice(GOODS[category])
        text = f"{goods} {first[0]} and {second[0]}"
        return _of("two figures", rows[first[1] & second[1]], self._random.choice(ASK).format(text))

    def _range(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        if category not in SPOKEN:
            return None
        figure = self._random.choice(SPOKEN[category])
        column = _numbers(rows, figure.path)
        values = sorted({v for v in column.dropna().unique() if float(f"{v / figure.factor:g}") * figure.factor == v})
        if len(values) < 3:
            return None
        low, high = sorted(self._random.sample(values, 2))
        a, b, u = f"{low / figure.factor:g}", f"{high / figure.factor:g}", figure.unit
        said = self._random.choice(
            (
                f"between {a} and {b}{u}",
                f"between {a}{u} and {b}{u}",
                f"from {a} to {b}{u}",
                f"{a}-{b}{u}" if u else f"{a} to {b}",
            )
        )
        text = self._random.choice(figure.ways).format(op=said)
        goods = self._random.choice(GOODS[category])
        return _of(
            "range", rows[(column >= low) & (column <= high)], self._random.choice(ASK).format(f"{goods} {text}")
        )

    def _sorted(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        wish = self._wish(category, rows, one, 1)
        if wish is None or len(wish.rows) < 2:
            return None
        text, best = self._random.choice(
            (
                ("sorted by price", "min"),
                ("cheapest first", "min"),
                ("by price, low to high", "min"),
                ("most expensive first", "max"),
                ("sorted by price from high to low", "max"),
            )
        )
        top = getattr(wish.rows["price_usd"], best)()
        return Conversation(
            (f"{self._random.choice(ASK[:2]).format(wish.text).rstrip('?')} {text}",),
            frozenset(wish.rows[wish.rows["price_usd"] == top]["id"]),
            True,
            "sorted",
        )

    def _paged(self, category: str, rows: Rows, one: Any) -> Conversation | None:
        wish = self._wish(category, rows, one, 1)
        if wish is None or len(wish.rows) < 45:
            return None
        text = self._random.choice(
            ("show me more", "next page", "more please", "what else do you have?", "show me the next ones")
        )
        return _of("paged", wish.rows, self._random.choice(ASK[:8]).format(wish.text), text)

    # parts

    def _wish(
        self, category: str, rows: Rows, one: Any, number: int, *, behind: bool = False, unsaid: str = ""
    ) -> _Wish | None:
        goods, mask = self._random.choice(GOODS[category]), pd.Series(True, index=rows.index)
        template, tail = "{g}", []
        kinds = self._random.sample(("text", "brand", "price", "figure", "color", "special"), 6)[:]
        for kind in kinds:
            if number <= 0:
                break
            if kind == "price":
                held, said = self._price(rows, one)
                tail.append((2, said))
            elif kind == "brand":
                brand = one["brand"]
                if not isinstance(brand, str) or not brand:
                    continue
                held = rows["brand"].fillna("").str.lower() == brand.lower()
                if not behind and template == "{g}" and self._random.random() < 0.5:
                    template = f"{brand} {{g}}"
                else:
                    tail.append((1, self._random.choice((f"by {brand}", f"from {brand}", f"made by {brand}"))))
            elif kind == "figure":
                figure = self._figure(category, rows, one)
                if not figure or self._path == unsaid:
                    continue
                held = figure[1]
                tail.append((0, figure[0]))
            elif kind == "color":
                colours = one.get("color")
                if not isinstance(colours, list) or not colours or behind or template != "{g}":
                    continue
                colour = self._random.choice(colours).lower()
                if not colour.isalpha() or colour in ("rgb", "argb"):
                    continue
                held = rows["color"].map(lambda c, w=colour: isinstance(c, list) and w in [x.lower() for x in c])
                if self._random.random() < 0.7:
                    template = f"{colour} {{g}}"
                else:
                    tail.append((0, f"in {colour}"))
            elif kind == "text":
                fields = TEXTS.get(category)
                if not fields or template != "{g}":
                    continue
                path, ways = self._random.choice(fields)
                value = one[path]
                if not isinstance(value, str) or not value or path == unsaid:
                    continue
                chosen = [w for w in ways if not behind or w.startswith("{g}")]
                if not chosen:
                    continue
                template = self._random.choice(chosen).replace(
                    "{v}", value if self._random.random() < 0.7 else value.lower()
                )
                held = rows[path].fillna("").str.lower() == value.lower()
            else:
                special = self._special(category, rows, one, behind)
                if special is None or template != "{g}":
                    continue
                template, held = special
            number -= 1
            mask &= held
        if number > 0:
            return None
        found = rows[mask]
        tail.sort(key=lambda part: part[0])
        text = " ".join((template.replace("{g}", goods), *(said for _, said in tail)))
        return None if found.empty else _Wish(text, found)

    def _special(self, category: str, rows: Rows, one: Any, behind: bool) -> tuple[str, Mask] | None:
        def flag(path: str) -> Mask:
            return rows[path] == True  # noqa: E712

        ways: dict[str, list[tuple[str, Callable[[], Mask]]]] = {
            "PSU": [("fully modular {g}", lambda: rows["modular"] == "Full"), ("semi-modular {g}", lambda: rows["modular"] == "Semi-Modular"), ("non-modular {g}", lambda: rows["modular"] == "Non-Modular")],
            "CPUCooler": [("water cooled {g}", lambda: flag("water_cooled"))],
            "Storage": [("NVMe {g}", lambda: flag("nvme"))],
            "CPU": [("{g} with ECC support", lambda: flag("specifications.eccSupport")), ("{g} that support DDR5", lambda: rows["specifications.memory.types"].map(lambda t: isinstance(t, list) and "DDR5" in t))],
            "RAM": [("{g} with RGB", lambda: flag("rgb")), ("{g} with a heat spreader", lambda: flag("heat_spreader"))],
            "Monitor": [(g, partial(rows["resolution.verticalRes"].eq, v)) for g, v in (("4K {g}", 2160), ("1440p {g}", 1440), ("1080p {g}", 1080), ("{g} with 4K resolution", 2160))],
            "PCCase": [("{g} for Mini-ITX boards", lambda: rows["supported_motherboard_form_factors"].map(lambda t: isinstance(t, list) and "Mini-ITX" in t)), ("{g} with a transparent side panel", lambda: flag("has_transparent_side_panel"))],
            "Motherboard": [("{g} with RAID support", lambda: flag("raid_support"))],
        }  # fmt: skip
        chosen = [w for w in ways.get(category, []) if not behind or w[0].startswith("{g}")]
        if not chosen:
            return None
        text, mask = self._random.choice(chosen)
        return text, mask()

    def _price(self, rows: Rows, one: Any) -> tuple[Mask, str]:
        price, at = rows["price_usd"], round(one["price_usd"])
        high = at + self._random.choice((20, 50, 120, 300))
        low = max(1, at - self._random.choice((5, 20, 60)))
        return self._random.choice((
            (price < high, f"under ${high}"), (price < high, f"below ${high}"), (price < high, f"for under {high} bucks"), (price < high, f"cheaper than ${high}"),
            (price <= high, f"up to ${high:,}"), (price <= high, f"for {high} dollars or less"), (price <= high, f"with a budget of ${high}"), (price <= high, f"for no more than ${high}"),
            (price <= high, f"at most ${high}"), (price > low, f"over ${low}"), (price > low, f"above {low} dollars"), (price >= low, f"costing at least ${low}"), (price >= low, f"from ${low} up"),
            ((price >= low) & (price <= high), f"between ${low} and ${high}"), ((price >= low) & (price <= high), f"from ${low} to ${high}"),
            ((price >= low) & (price <= high), f"priced between {low} and {high} dollars"), ((price >= low) & (price <= high), f"in the ${low}-${high} range"),
        ))  # fmt: skip

    _path = ""

    def _figure(self, category: str, rows: Rows, one: Any) -> tuple[str, Mask] | None:
        if category not in SPOKEN:
            return None
        figure = self._random.choice(SPOKEN[category])
        value = pd.to_numeric(one[figure.path], errors="coerce")
        if not value or pd.isna(value):
            return None
        shown = f"{value / figure.factor:g}"
        if float(shown) * figure.factor != value:
            return None
        kind = self._random.choice(("ge", "le", "gt", "lt", "eq"))
        way = self._random.choice(OPS[kind])
        unit = figure.unit if self._random.random() < 0.7 or not figure.unit else figure.unit.replace(" ", "")
        if "+" in way and not unit:
            way = "{} or more"
        said = self._random.choice(figure.ways).format(op=way.format(shown + unit))
        self._path = figure.path
        return said, _TEST[kind](_numbers(rows, figure.path), value)


def _numbers(rows: Rows, path: str) -> Any:
    """A measure of 0 is how this catalogue writes "not stated"; of things that are counted 0 is a number."""
    column = pd.to_numeric(rows[path], errors="coerce")
    return column if "bays" in path or "slots" in path else column.where(lambda c: c != 0)


def _of(family: str, rows: Rows, *turns: str) -> Conversation:
    return Conversation(turns, frozenset(rows["id"]), family=family)
