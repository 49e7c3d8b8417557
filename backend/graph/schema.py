"""A shop's catalogue as nodes and relations: the same rows fill every graph engine.

Fit is derived, not stored: a product offers or accepts a standard (a socket, a memory type), needs or
allows a measure (a length, a wattage), and two products meet at that shared node. Over 9,016 PC parts
the plain rules make 1.08 million pairs but only some 23,000 such relations.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from backend.domain.catalogue import FitOp, FitRule, Product, Relation, RelationKind
from backend.graph.base import product_key
from backend.graph.fit import LEFT, RIGHT, Condition
from backend.graph.rulebook import RuleBook
from backend.graph.text import squeezed

#: columns and types of every node table, the key first
NODES: dict[str, dict[str, str]] = {
    "Product": {"key": "STRING", "id": "STRING", "name": "STRING", "category": "STRING", "brand": "STRING"},
    "Value": {"key": "STRING", "name": "STRING", "text": "STRING", "shared": "INT64", "weight": "DOUBLE"},
    "Standard": {"key": "STRING", "rule": "STRING", "text": "STRING"},
    "Measure": {"key": "STRING", "rule": "STRING"},
}
#: from, to and columns of every relation; `kind` repeats the name where a path has to tell it
RELATIONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "HAS": ("Product", "Value", {"label": "STRING", "position": "INT64"}),
    "OFFERS": ("Product", "Standard", {"kind": "STRING", "reason": "STRING"}),
    "ACCEPTS": ("Product", "Standard", {"kind": "STRING", "reason": "STRING"}),
    "NEEDS": ("Product", "Measure", {"amount": "DOUBLE"}),
    "ALLOWS": ("Product", "Measure", {"amount": "DOUBLE"}),
    **{
        kind.name: ("Product", "Product", {"kind": "STRING", "reason": "STRING", "strength": "DOUBLE"})
        for kind in RelationKind
    },
}
Cell = str | int | float | None
Rows = list[tuple[Cell, ...]]


@dataclass(frozen=True)
class GraphRows:
    """Rows of every table, in the order of its columns; a relation's row begins with its two keys."""

    nodes: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in NODES})
    relations: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in RELATIONS})


def graph_rows(
    scope: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
) -> GraphRows:
    """The whole graph of a shop under one scope. Relations to products that are not sold are left out."""
    rows = GraphRows()
    known = {product.id for product in products}
    for p in products:
        rows.nodes["Product"].append((product_key(scope, p.id), p.id, p.name, p.category, p.brand or ""))
    _add_values(rows, scope, products)
    _add_fit(rows, scope, products, RuleBook(rules))
    for r in {(r.kind, r.source_id, r.target_id): r for r in relations}.values():
        if r.source_id in known and r.target_id in known:
            ends = product_key(scope, r.source_id), product_key(scope, r.target_id)
            rows.relations[r.kind.name].append((*ends, r.kind.value, r.reason, r.strength))
    return rows


def fingerprint(products: Iterable[Product], relations: Iterable[Relation], rules: Iterable[FitRule]) -> str:
    """A name for this content of the graph. Stock, price and rating live in the records and do not count."""
    digest = hashlib.sha256()
    for p in products:
        digest.update(repr((p.id, p.name, p.category, p.brand, p.specs)).encode())
    for part in (*relations, *rules):
        digest.update(part.model_dump_json().encode())
    return digest.hexdigest()[:16]


def _add_values(rows: GraphRows, scope: str, products: Sequence[Product]) -> None:
    counts = Counter((p.category, s.name, s.text) for p in products for s in {s.name: s for s in p.specs}.values())
    sizes = Counter(p.category for p in products)
    keys: dict[tuple[str, str, str], str] = {}
    for number, (value, shared) in enumerate(counts.items()):
        keys[value] = f"{scope}/v{number}"
        # the rarer a value is within its category, the more it says about likeness
        weight = math.log((1 + sizes[value[0]]) / shared)
        rows.nodes["Value"].append((keys[value], value[1], value[2], shared, weight))
    for p in products:
        for position, s in enumerate({s.name: s for s in p.specs}.values()):
            ends = product_key(scope, p.id), keys[p.category, s.name, s.text]
            rows.relations["HAS"].append((*ends, s.label, position))


def _add_fit(rows: GraphRows, scope: str, products: Sequence[Product], book: RuleBook) -> None:
    nodes: dict[str, tuple[str, tuple[Cell, ...]]] = {}
    sides = {
        category: [(c, LEFT) for c in book.of_left(category)] + [(c, RIGHT) for c in book.of_right(category)]
        for category in {p.category for p in products}
    }
    for p in products:
        for condition, side in sides[p.category]:
            found = _measure(scope, p, condition, side) if condition.numeric else _standards(scope, p, condition, side)
            for kind, node, row in found:
                nodes.setdefault(str(node[1][0]), node)
                rows.relations[kind].append(row)
    for table, row in nodes.values():
        rows.nodes[table].append(row)


#: a relation's name, the shared node it leads to, and its row
_Link = tuple[str, tuple[str, tuple[Cell, ...]], tuple[Cell, ...]]


def _standards(scope: str, p: Product, condition: Condition, side: str) -> Iterator[_Link]:
    kind, name = "OFFERS" if side == LEFT else "ACCEPTS", condition.rule.name
    for standard in sorted(condition.standards(p, side)):
        key, shown = f"{scope}/s/{squeezed(name)}/{standard}", condition.written(p, side, standard)
        yield kind, ("Standard", (key, name, shown)), (product_key(scope, p.id), key, kind.lower(), shown)


def _measure(scope: str, p: Product, condition: Condition, side: str) -> Iterator[_Link]:
    size = condition.amount(p, side)
    if size is not None:
        key = f"{scope}/m/{squeezed(condition.rule.name)}"
        needs = (condition.rule.op is FitOp.AT_MOST) == (side == LEFT)
        yield (
            "NEEDS" if needs else "ALLOWS",
            ("Measure", (key, condition.rule.name)),
            (product_key(scope, p.id), key, size),
        )
