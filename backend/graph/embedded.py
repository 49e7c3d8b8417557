"""The embedded graph engine: one in-memory copy per shop and process, filled from the records."""

import asyncio
import csv
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ladybug

from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.conversation import Degraded
from backend.domain.trace import step
from backend.graph.base import Row, query_text, scoped
from backend.graph.schema import NODES, RELATIONS, GraphRows, Rows, graph_rows

_POOL_BYTES = 1 << 30  # address space that fills as it is used, not memory taken at once
# PARALLEL=false because a text may hold a line break; guessing takes a quoted comma for a column
_CSV = "HEADER=false, PARALLEL=false, AUTO_DETECT=false, DELIM=',', QUOTE='\"', ESCAPE='\"'"
_SCOPE = "shop"  # a copy holds one shop only


class EmbeddedGraph:
    """Ladybug in memory. A loading builds a new copy and swaps it in, so readers never see half of one."""

    def __init__(self) -> None:
        self._copies: dict[str, _Copy] = {}
        self._one_writer = threading.Lock()

    async def load(
        self, tenant: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
    ) -> None:
        """Build the shop's copy beside the old one, then swap."""
        copy = await asyncio.to_thread(self._build, products, relations, rules)
        old = self._copies.get(tenant)
        self._copies[tenant] = copy
        if old is not None:
            await asyncio.to_thread(old.close)

    async def run(self, query: str, tenant: str, **params: Any) -> list[Row]:
        """Rows of a named question. A shop that was never loaded has an empty graph."""
        text, bound = query_text(query, "embedded"), scoped(_SCOPE, params)
        copy = self._copies.get(tenant)
        # most questions take 0.3 to 6 ms and let go of the GIL: a thread keeps the loop free
        with step("query", query):
            return [] if copy is None else await asyncio.to_thread(copy.run, text, bound)

    async def ping(self) -> bool:
        """It lives in this process, so it answers."""
        return True

    def degraded(self) -> tuple[Degraded, ...]:
        """Nothing can stand in for it."""
        return ()

    async def close(self) -> None:
        """Free every copy."""
        copies, self._copies = self._copies, {}
        for copy in copies.values():
            await asyncio.to_thread(copy.close)

    def _build(self, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]) -> "_Copy":
        with self._one_writer:
            copy = _Copy()
            copy.fill(graph_rows(_SCOPE, products, relations, rules))
            return copy


class _Copy:
    """One shop's graph. Calls take turns on its connection: each is short."""

    def __init__(self) -> None:
        self._database = ladybug.Database(":memory:", buffer_pool_size=_POOL_BYTES)
        self._connection = ladybug.Connection(self._database, num_threads=1)
        self._turn = threading.Lock()
        self._closed = False

    def fill(self, rows: GraphRows) -> None:
        with tempfile.TemporaryDirectory(prefix="graph") as folder:
            for name, columns in NODES.items():
                declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
                self._connection.execute(f"CREATE NODE TABLE {name}({declared}, PRIMARY KEY(key))")
                self._copy_in(name, rows.nodes[name], Path(folder))
            for name, (source, target, columns) in RELATIONS.items():
                declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
                self._connection.execute(f"CREATE REL TABLE {name}(FROM {source} TO {target}, {declared})")
                self._copy_in(name, rows.relations[name], Path(folder))

    def run(self, text: str, params: dict[str, Any]) -> list[Row]:
        with self._turn:
            if self._closed:
                return []
            result = self._connection.execute(text, params)
            assert not isinstance(result, list)
            names = result.get_column_names()
            return [dict(zip(names, row, strict=True)) for row in result.get_all()]

    def close(self) -> None:
        with self._turn:
            self._closed = True
            self._connection.close()
            self._database.close()

    def _copy_in(self, table: str, rows: Rows, folder: Path) -> None:
        if not rows:
            return
        file = folder / f"{table}.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, quoting=csv.QUOTE_MINIMAL).writerows(rows)
        self._connection.execute(f'COPY {table} FROM "{file.as_posix()}" ({_CSV})')
