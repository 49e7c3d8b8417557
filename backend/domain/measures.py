"""Units of measure: which belong together, how they convert, and how they are written."""

import re
from functools import lru_cache
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: `factor` of the dimension's base unit."""

    dimension: str
    factor: float


#: dimension, factor, and how the unit is written, the usual sign first ("_" is a blank)
_TABLE: tuple[tuple[str, float, str], ...] = (
    ("data", 1, "gb gigabyte gigabytes gig gigs go"),
    ("data", 1000, "tb terabyte terabytes"),
    ("data", 0.001, "mb megabyte megabytes"),
    ("length", 1, "mm millimeter millimeters millimetre millimetres"),
    ("length", 10, "cm centimeter centimeters centimetre centimetres"),
    ("length", 1000, "m meter meters metre metres"),
    ("length", 25.4, "inch inches in \" ” ″ ''"),
    ("length", 304.8, "ft foot feet"),
    ("power", 1, "w watt watts"),
    ("power", 1000, "kw kilowatt kilowatts"),
    ("energy", 1, "kwh kilowatt-hours kilowatt_hours"),
    ("energy", 0.001, "wh watt-hours watt_hours"),
    ("frequency", 1, "hz hertz"),
    ("frequency", 1000, "khz"),
    ("frequency", 1_000_000, "mhz mt/s"),
    ("frequency", 1_000_000_000, "ghz"),
    ("mass", 1, "g gram grams"),
    ("mass", 0.001, "mg milligram milligrams"),
    ("mass", 1000, "kg kgs kilo kilos kilogram kilograms"),
    ("mass", 453.59237, "lb lbs pound pounds"),
    ("mass", 28.349523, "oz ounce ounces"),
    ("time", 3_600_000, "h hr hrs hour hours"),
    ("time", 60_000, "min minute minutes mins"),
    ("time", 1000, "s sec second seconds"),
    ("time", 1, "ms millisecond milliseconds"),
    ("time", 86_400_000, "day days"),
    ("age", 12, "year years yr yrs"),
    ("age", 1, "month months"),
    ("charge", 1, "mah"),
    ("charge", 1000, "ah"),
    ("pixels", 1, "mp megapixel megapixels"),
    ("dots", 1, "dpi cpi"),
    ("noise", 1, "db dba db(a) decibel decibels"),
    ("voltage", 1, "v volt volts"),
    ("brightness", 1, "nit nits cd/m2 cd/m²"),
    ("light", 1, "lm lumen lumens"),
    ("volume", 1, "l liter liters litre litres"),
    ("volume", 0.001, "ml milliliter milliliters millilitre millilitres"),
    ("volume", 0.01, "cl centiliter centiliters centilitre centilitres"),
    ("volume", 0.0295735, "fl_oz fl._oz fluid_ounce fluid_ounces"),
    ("volume", 3.785412, "gal gallon gallons"),
    ("volume", 28.316847, "cu_ft cu._ft cubic_foot cubic_feet ft³"),
    ("pressure", 1, "bar bars"),
    ("pressure", 0.0689476, "psi"),
    ("angle", 1, "° degree degrees °c degrees_c degrees_celsius celsius"),
    ("fahrenheit", 1, "°f degrees_f degrees_fahrenheit fahrenheit"),
    ("bits", 1, "bit bits"),
    ("rotation", 1, "rpm"),
    ("flow", 1, "cfm"),
    ("people", 1, "person persons people"),
    ("share", 1, "% percent"),
    ("resistance", 1, "ohm ohms ω"),
    ("torque", 1, "nm newton_metres newton_meters"),
    ("passing", 1, "l/h lph"),
    ("food", 1, "kcal"),
    ("area", 1, "m² m2 sqm square_meters square_metres"),
    ("area", 0.09290304, "ft² sq_ft sq._ft sqft square_feet"),
    ("rate", 1, "mb/s mbps"),
    ("rate", 1000, "gb/s gbps"),
)


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    rows = ((dimension, factor, said.split()) for dimension, factor, said in _TABLE)
    return {word.replace("_", " "): Unit(dimension, factor) for dimension, factor, said in rows for word in said}


@lru_cache(maxsize=1)
def _signs() -> dict[Unit, str]:
    return {Unit(dimension, factor): said.split()[0] for dimension, factor, said in _TABLE}


def sign_of(unit: Unit) -> str:
    """The usual sign of a unit of the table."""
    return _signs()[unit]


def unit_of(word: str) -> Unit | None:
    """The unit that a word or sign means, or None."""
    return _units().get(" ".join(word.lower().split()).strip(". "))


@lru_cache(maxsize=1)
def unit_pattern() -> str:
    """A regular expression of all unit words in lower case, the longest first."""
    words = sorted(_units(), key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![^\W_])" if word[-1].isalnum() else "") for word in words)
