"""The unit in which catalogues commonly give a figure, known from the name of its field.

The names follow the usual data sheets of computer parts; a field that is not listed keeps its bare number.
"""

import re
from functools import lru_cache

from backend.domain.measures import sign_of
from backend.domain.measures import unit_of as measure

#: The unit, how a specification's name carries it, and the fields (after their category) that are given in it.
_UNITS: tuple[tuple[str, str, str], ...] = (
    ("mm", "mm", r"(length|height|width|depth|thickness|diameter|fan_size|radiator_size|driver_size|clearance)$"),
    ("in", "inches", r"(screen_size|screen_diagonal|diagonal)$"),
    ("W", "w", r"(^|_)(tdp|ppt|wattage|power_draw|max_power)$"),
    ("GB", "gb", r"^(ram|memory|storage|gpu|ssd|hdd)[^ ]* (memory|capacity|modules_capacity|memory_size|vram)$"),
    ("GB", "gb", r"(memory_max|memory_max_support|max_memory)$"),
    ("MB", "mb", r"(cache_l2|cache_l3|(storage|ssd|hdd) cache)$"),
    ("GHz", "ghz", r"^cpu clocks_\w*(base|boost)$"),
    ("MHz", "mhz", r"((core|memory|integrated_graphics)_\w*clock|^ram speed)$"),
    ("Hz", "hz", r"(refresh_rate|polling_rate)$"),
    ("ms", "ms", r"(response_time|latency_ms|headphones latency)$"),
    ("nits", "nits", r"(brightness|max_brightness)$"),
    ("dB", "db", r"noise_level$"),
    ("rpm", "rpm", r"_rpm$"),
    ("V", "v", r"voltage$"),
    ("h", "hours", r"battery_life$"),
    ("L", "l", r" volume$"),
    ("bit", "bit", r"memory_bus$"),
    ("DPI", "dpi", r"(max_dpi|^mouse dpi)$"),
)
#: Numbers of things that merely contain one of the words above.
_COUNTS = re.compile(r"(slot_width|cropfactor|crop_factor)$")
#: A unit that a field's own name already carries.
_CARRIED: dict[str, str] = {suffix: unit for unit, suffix, _ in _UNITS if suffix not in {"v", "l", "bit"}} | {
    "cm": "cm",
    "kg": "kg",
    "tb": "TB",
    "g": "g",
    "mah": "mAh",
}
_MEASURED = re.compile(r"^([+−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(\D[^\d]{0,20}|ft³)$")
#: How a unit ends the name of a specification, where that is not its sign.
_SUFFIXES = {
    "h": "hours",
    "inch": "inches",
    "nit": "nits",
    "°": "degrees",
    "°f": "fahrenheit",
    "%": "percent",
    "l/h": "lph",
}


@lru_cache(maxsize=8192)
def unit_of(category: str, path: tuple[str, ...]) -> tuple[str, str | None]:
    """The name that a field's specification gets and its unit: ("CPUCooler", ("height",)) → ("height_mm", "mm").

    Path parts are in snake case. A unit that ends one of them moves to the end of the name:
    ("dimensions_mm", "width") → "dimensions_width_mm".
    """
    for at, part in enumerate(path):
        stem, _, suffix = part.rpartition("_")
        if stem and suffix in _CARRIED:
            return "_".join([*path[:at], stem, *path[at + 1 :], suffix]), _CARRIED[suffix]
    field = "_".join(path)
    if not _COUNTS.search(field):
        for unit, suffix, pattern in _UNITS:
            if re.search(pattern, f"{category.lower()} {field}") or re.search(pattern, field):
                return field if field.endswith(f"_{suffix}") else f"{field}_{suffix}", unit
    return field, None


def measured(text: str) -> tuple[float | int, str] | None:
    """A text that is nothing but a figure with its unit: "250 W" → (250, "W"); else None."""
    match = _MEASURED.match(text)
    if match is None or measure(match.group(2)) is None:
        return None
    figure = float(match.group(1).replace(",", "").replace("−", "-"))
    return (int(figure) if figure.is_integer() else figure), match.group(2).strip()


def suffix_of(unit: str) -> str:
    """How a unit ends the name of a specification that is given in it: "litres" → "l"."""
    known = measure(unit)
    sign = sign_of(known) if known is not None else unit.lower()
    return _SUFFIXES.get(sign) or re.sub(r"\W+", "_", sign).strip("_")
