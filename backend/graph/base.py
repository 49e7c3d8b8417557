"""What every graph engine promises, and the one place where a query is bound to its shop."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.conversation import Degraded

QUERIES = Path(__file__).with_name("queries")
Row = dict[str, Any]


class GraphUnavailable(Exception):
    """The engine does not answer."""


class GraphEngine(Protocol):
    """Holds the product graphs of all shops and answers the named questions of `queries/`."""

    async def load(
        self, tenant: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
    ) -> None:
        """Replace the shop's graph at once: readers see the old one or the new one, never a mixture."""

    async def run(self, query: str, tenant: str, **params: Any) -> list[Row]:
        """Rows of a named question; `id` and `ids` are product ids of that shop.

        Raises GraphUnavailable when the engine does not answer, LookupError when no such question exists.
        """

    async def ping(self) -> bool:
        """Whether the engine answers."""

    def degraded(self) -> tuple[Degraded, ...]:
        """Which configured engine does not answer at this moment and what stands in for it."""

    async def close(self) -> None:
        """Let go of everything."""


@lru_cache
def query_names() -> tuple[str, ...]:
    """The names of all questions."""
    return tuple(sorted({path.name.split(".")[0] for path in QUERIES.glob("*.cypher")}))


@lru_cache
def query_text(name: str, dialect: str) -> str:
    """The Cypher of a question; a file of that dialect goes before the common one. Raises LookupError."""
    for file in (QUERIES / f"{name}.{dialect}.cypher", QUERIES / f"{name}.cypher"):
        if file.is_file():
            return re.sub(r"^//.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE).strip()
    raise LookupError(f"no question named {name}")


def product_key(scope: str, product_id: str) -> str:
    """The key of a product node: ids of different shops, and of two loadings of one shop, never meet."""
    return f"{scope}/{product_id}"


def scoped(scope: str, params: dict[str, Any]) -> dict[str, Any]:
    """Parameters with `id`, `other` and `ids` turned into keys of that scope: no query sees another shop."""
    bound = dict(params)
    for name in ("id", "other"):
        if name in bound:
            bound[name] = product_key(scope, bound[name])
    if "ids" in bound:
        bound["ids"] = [product_key(scope, one) for one in bound["ids"]]
    return bound
