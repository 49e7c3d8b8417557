"""Products of one file with their figures in the same units: what one line states in lb and another in kg compares."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from backend.domain.catalogue import Product, Spec
from backend.domain.measures import Unit, unit_of
from backend.store.loading.source import BadRow, Placed, attempt, placed
from backend.store.loading.units import suffix_of

#: a specification without its unit, and what it measures
_Figure = tuple[str, str]


def placed_alike(rows: Iterable[tuple[str, Callable[[], Product]]]) -> Iterator[Placed | BadRow]:
    """Each (place, product to be built), in its order; a figure is given in the unit that most lines give it in."""
    built = [attempt(place, build) for place, build in rows]
    products = [row.record for row in built if isinstance(row, Placed) and isinstance(row.record, Product)]
    usual = _usual(products)
    for row in built:
        changed = _converted(row.record, usual) if isinstance(row, Placed) and isinstance(row.record, Product) else None
        yield placed(row.place, changed) if changed is not None else row


def _usual(products: Iterable[Product]) -> dict[_Figure, str]:
    """The unit in use for each figure that is given in several."""
    counts: dict[_Figure, Counter[str]] = {}
    for product in products:
        for spec in product.specs:
            if (figure := _figure(spec)) is not None and spec.unit is not None:
                counts.setdefault(figure, Counter())[suffix_of(spec.unit)] += 1
    return {figure: units.most_common(1)[0][0] for figure, units in counts.items() if len(units) > 1}


def _figure(spec: Spec) -> _Figure | None:
    measured = _measured(spec)
    return (_stem(spec), measured.dimension) if measured is not None else None


def _measured(spec: Spec) -> Unit | None:
    if spec.unit is None or isinstance(spec.value, bool | str | tuple):
        return None
    return unit_of(spec.unit)


def _stem(spec: Spec) -> str:
    return spec.name.removesuffix(f"_{suffix_of(spec.unit or '')}")


def _converted(product: Product, usual: dict[_Figure, str]) -> Product | None:
    specs = tuple(_in_usual(spec, usual) for spec in product.specs)
    return None if specs == product.specs else product.model_copy(update={"specs": specs})


def _in_usual(spec: Spec, usual: dict[_Figure, str]) -> Spec:
    """The figure converted; its text stays as stated, with the new figure behind it where the systems differ."""
    figure, own = _figure(spec), _measured(spec)
    sign = usual.get(figure) if figure is not None else None
    unit = unit_of(sign) if sign is not None else None
    if sign is None or unit is None or own is None or own == unit or isinstance(spec.value, bool | str | tuple):
        return spec
    value = round(spec.value * own.factor / unit.factor, 6)
    ratio = math.log10(own.factor / unit.factor)
    text = spec.text if ratio.is_integer() else f"{spec.text} ({value:.3g} {sign})"
    whole: float | int = int(value) if value.is_integer() else value
    return spec.model_copy(update={"name": f"{_stem(spec)}_{sign}", "value": whole, "unit": sign, "text": text})
