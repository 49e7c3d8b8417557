"""Data sheets of a large catalogue: a product's own data become passages when somebody asks about it."""

import asyncio
from collections import OrderedDict
from typing import Final

from backend.rag.generation import Generation
from backend.rag.index import PassageIndex
from backend.rag.products import ID_PREFIX, LEFT_OUT, product_document, product_sections
from backend.rag.splitting import split
from backend.store.database import Database

_REMEMBERED: Final = 256


class Sheets:
    """What is written about one product, with its data sheet, as an index of its own.

    Embedding the sheets of many thousand products takes minutes, one sheet some ten milliseconds: they are made
    when asked for and remembered while they hold.
    """

    def __init__(self, database: Database, index: PassageIndex) -> None:
        self._database, self._index = database, index
        self._made: OrderedDict[tuple[str, str, str, int], Generation] = OrderedDict()

    async def about(self, tenant: str, product_id: str | None, generation: Generation) -> Generation:
        """The shop's index, or where that leaves the product's data sheet out, an index of all about the product."""
        document_id = f"{ID_PREFIX}{product_id}"
        stated = generation.manifest.documents.get(document_id)
        if product_id is None or stated is None or not stated.startswith(LEFT_OUT):
            return generation
        key = tenant, product_id, stated, generation.number
        if key not in self._made:
            self._made[key] = await self._make(tenant, product_id, generation)
            if len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]

    async def _make(self, tenant: str, product_id: str, generation: Generation) -> Generation:
        async with self._database.records(tenant) as records:
            product = await records.catalogue.get(product_id)
        if product is None:
            return generation
        own = tuple(split(product_document(product), product_sections(product)))
        return await asyncio.to_thread(self._index.about, generation, product_id, own)
