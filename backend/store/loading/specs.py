"""Turns the nested specifications of a foreign catalogue into flat, typed ones with units."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.catalogue import Spec
from backend.store.loading.units import measured, suffix_of, unit_of

_WRAPPERS = frozenset({"specifications", "specs", "attributes"})
_UNSTATED = frozenset({"", "unknown", "n/a", "na", "null", "-", "tbd"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP = re.compile(r"\s{2,}|\s*\n\s*")
#: Words that are written in a way of their own.
_WORDS = (
    "CPU GPU PSU RAM RGB ARGB USB HDMI SATA ECC RAID SSD HDD DVI VGA LED HDR DPI BIOS CMOS TDP PPT ID "
    "L1 L2 L3 U2 EPS ATX LAN CAS OS NVMe PCIe M.2 DisplayPort"
)
_SPELLING = {word.lower().replace(".", ""): word for word in _WORDS.split()}
#: Units whose name says what is measured.
_SAID = frozenset({"rpm", "DPI", "nits"})
_COLOURS = frozenset({"RGB", "ARGB"})


def flat_specs(category: str, nested: Mapping[str, Any]) -> tuple[Spec, ...]:
    """One specification for each figure, text, truth value or list, in the order of the catalogue.

    What is not stated (null, empty, "unknown", a measure of 0) is left out: it never counts as 0.
    """
    found: dict[str, Spec] = {}
    for path, value in _leaves(nested, ()):
        for spec in _specs(category, path, value):
            found.setdefault(spec.name, spec)
    return tuple(found.values())


def _leaves(value: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, inner in value.items():
        if key.startswith("_"):
            continue
        name = _snake(key)
        here = path if name in _WRAPPERS else (*path, name)
        if isinstance(inner, dict):
            yield from _leaves(inner, here)
        else:
            yield here or (name,), inner


def _specs(category: str, path: tuple[str, ...], value: Any) -> Iterator[Spec]:
    field = "_".join(path)
    if isinstance(value, bool):
        yield Spec(name=field, label=_label(field), value=value, text="Yes" if value else "No")
    elif isinstance(value, int | float):
        name, unit = unit_of(category, path)
        if unit is None or value != 0:
            yield _measure(name, value, unit)
    elif isinstance(value, str):
        yield from _text(field, value.strip())
    elif isinstance(value, list):
        yield from _list(field, value)


def _measure(name: str, figure: float, unit: str | None) -> Spec:
    number: float | int = int(figure) if float(figure).is_integer() else figure
    said = name if unit is None or unit in _SAID else name.rpartition("_")[0]
    text = f"{number} {unit}" if unit else f"{number}"
    return Spec(name=name, label=_label(said), value=number, text=text, unit=unit)


def _text(field: str, text: str) -> Iterator[Spec]:
    if text.lower() in _UNSTATED:
        return
    if _GAP.search(text):
        yield from _list(field, _GAP.split(text))
        return
    figure = measured(text)
    if figure is not None:
        suffix = suffix_of(figure[1])
        yield _measure(field if field.endswith(f"_{suffix}") else f"{field}_{suffix}", *figure)
    else:
        yield Spec(name=field, label=_label(field), value=_cased(field, text), text=_cased(field, text))


def _list(field: str, items: list[Any]) -> Iterator[Spec]:
    """A list of texts; a list of objects becomes one text for each, and the number of things."""
    texts = tuple(dict.fromkeys(t for t in (_cased(field, _one_text(i)) for i in items) if t.lower() not in _UNSTATED))
    if texts:
        yield Spec(name=field, label=_label(field), value=texts, text=", ".join(texts))
    objects = [item for item in items if isinstance(item, dict)]
    if objects:
        count = sum(_quantity(item) for item in objects)
        yield Spec(name=f"{field}_count", label=f"Number of {_label(field)}", value=count, text=str(count))


def _one_text(item: Any) -> str:
    if isinstance(item, dict):
        stated = ((_snake(k), v) for k, v in item.items() if not k.startswith("_") and v not in (None, "", "Unknown"))
        return " ".join(
            f"{v} ×" if k == "quantity" else f"{_label(k)} {v}" for k, v in sorted(stated, key=_count_first)
        )
    return " ".join(str(item).split()) if item is not None else ""


def _count_first(stated: tuple[str, Any]) -> bool:
    return stated[0] != "quantity"


def _quantity(item: Mapping[str, Any]) -> int:
    stated = item.get("quantity")
    return stated if isinstance(stated, int) else 1


def _cased(field: str, text: str) -> str:
    """Colours are often shouted in catalogues."""
    shouted = field.endswith(("color", "colour")) and text.isupper() and text not in _COLOURS
    return text.capitalize() if shouted else text


def _snake(key: str) -> str:
    return re.sub(r"\W+", "_", _CAMEL.sub("_", key.strip()).lower()).strip("_")


def _label(field: str) -> str:
    """A field as people read it: "usb_headers_usb_3_2_gen_1" → "USB headers USB 3.2 gen 1"."""
    text = " ".join(_SPELLING.get(word, word) for word in field.split("_"))
    text = re.sub(r"\b(\d) (\d)(?=[a-z]?\b)", r"\1.\2", text).replace(" gb s", " Gb/s")
    return text[:1].upper() + text[1:]
