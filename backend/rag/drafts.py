"""The shop's index as it would be with every draft published: made when asked for, kept nowhere."""

import asyncio
from collections.abc import Mapping, Sequence

from backend.domain.errors import InvalidInput
from backend.domain.knowledge import DocumentStatus, Passage, StoredDocument
from backend.rag.generation import Generation
from backend.rag.index import PassageIndex
from backend.rag.reading import read_apart
from backend.rag.splitting import split
from backend.store.database import Database
from backend.store.originals import Originals


class Drafts:
    """Reads the drafts of a shop beside what is published."""

    def __init__(self, database: Database, index: PassageIndex, originals: Originals) -> None:
        self._database, self._index, self._originals = database, index, originals

    async def added_to(self, tenant: str, generation: Generation) -> Generation:
        """What is published and the drafts, as one index; the same index where there is no draft."""
        async with self._database.records(tenant) as records:
            drafts = await records.documents.list(status=DocumentStatus.DRAFT)
        if not drafts:
            return generation
        contents = await self._originals.newest(tenant, [draft.document.id for draft in drafts])
        more = await asyncio.to_thread(_passages, drafts, contents)
        return await asyncio.to_thread(self._index.with_more, generation, more)


def _passages(drafts: Sequence[StoredDocument], contents: Mapping[str, tuple[bytes, str]]) -> tuple[Passage, ...]:
    """A draft that holds no text yet has no passages."""
    found: list[Passage] = []
    for stored in drafts:
        try:
            found += split(stored.document, read_apart(*contents[stored.document.id]).sections)
        except InvalidInput:
            continue
    return tuple(found)
