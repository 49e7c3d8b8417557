"""A way through the graph as steps from product to product."""

from backend.domain.catalogue import PathStep, RelationKind
from backend.graph.base import Row

_DIRECT = {kind.value for kind in RelationKind}


def steps_of(row: Row) -> tuple[PathStep, ...]:
    """Steps of a `path` row. Two relations that meet at a shared standard are one step between two products."""
    keys, kinds, reasons = row["keys"], row["kinds"], row["reasons"]
    steps, place = [], 0
    while place < len(kinds):
        if kinds[place] in _DIRECT:
            kind, reason, ahead = RelationKind(kinds[place]), reasons[place], 1
        elif {kinds[place], kinds[place + 1]} == {"offers", "accepts"}:
            kind, reason, ahead = RelationKind.COMPATIBLE_WITH, f"{reasons[place]} on both sides", 2
        else:
            kind, reason, ahead = RelationKind.SIMILAR_TO, f"both {reasons[place]}", 2
        source, target = _id(keys[place]), _id(keys[place + ahead])
        steps.append(PathStep(source_id=source, target_id=target, kind=kind, reason=reason))
        place += ahead
    return tuple(steps)


def _id(key: str) -> str:
    return key.split("/", 1)[1]
