"""The entities of several clauses as one."""

from collections.abc import Sequence
from typing import Any

from backend.domain.conversation import Entities

_LISTS = ("order_ids", "products", "candidates", "unknown_products", "complaint_ids", "refund_ids")


def combine(several: Sequence[Entities]) -> Entities:
    """Lists are joined, each entry once; of single values the latest given wins."""
    joined: dict[str, Any] = {}
    for entities in several:
        for name in entities.model_fields_set:
            value = getattr(entities, name)
            if name in _LISTS:
                joined[name] = tuple(dict.fromkeys((*joined.get(name, ()), *value)))
            elif name == "options":
                joined[name] = {**joined.get(name, {}), **value}
            elif value is not None:
                joined[name] = value
    if joined.get("products"):
        joined["candidates"] = ()
    return Entities(**joined)
