"""Where the bytes of documents lie: in the records, or, large ones, on object storage where there is one."""

from collections.abc import Sequence

from backend.domain.knowledge import IncomingDocument
from backend.store.database import Database
from backend.store.files import Files

#: What is smaller stays in its row: articles and corpora are saved in one transaction and read by the thousand.
IN_ROW_BYTES = 100_000


class Originals:
    """Files that not every machine reaches are none for it: then everything stays in the records."""

    def __init__(self, database: Database, files: Files | None = None) -> None:
        self._database = database
        self._files = files if files is not None and files.shared else None

    async def put_away(self, tenant: str, incoming: Sequence[IncomingDocument]) -> list[IncomingDocument]:
        """What is left to put into the records. Files come before the rows that name them: a row is never without.

        Raises EngineUnavailable.
        """
        left = []
        for one in incoming:
            if self._files is not None and len(one.content) > IN_ROW_BYTES:
                await self._files.put(tenant, _name(one.document.content_hash), one.content)
                one = one.model_copy(update={"content": b""})
            left.append(one)
        return left

    async def content(self, tenant: str, document_id: str, version: int) -> bytes | None:
        """The bytes of a version, or None. Raises EngineUnavailable."""
        async with self._database.records(tenant) as records:
            found = await records.documents.content(document_id, version)
            elsewhere = await records.documents.elsewhere([document_id]) if found == b"" else {}
        return await self._fetched(tenant, elsewhere[document_id, version]) if elsewhere else found

    async def newest(self, tenant: str, ids: Sequence[str]) -> dict[str, tuple[bytes, str]]:
        """The bytes and media types of these; those of one deleted meanwhile are empty. Raises EngineUnavailable."""
        found, versions = {}, {}
        async with self._database.records(tenant) as records:
            for document_id in ids:
                stored = await records.documents.get(document_id)
                content = await records.documents.content(document_id)
                found[document_id] = (content or b"", stored.media_type if stored else "")
                versions[document_id] = stored.document.version if stored else 0
            elsewhere = await records.documents.elsewhere([k for k in ids if not found[k][0]])
        for document_id, version in versions.items():
            if name := elsewhere.get((document_id, version)):
                found[document_id] = (await self._fetched(tenant, name) or b"", found[document_id][1])
        return found

    async def forget(self, tenant: str, document_id: str) -> None:
        """Delete what of a document is not in the records, before its rows: what fails is done by asking again."""
        async with self._database.records(tenant) as records:
            elsewhere = await records.documents.elsewhere([document_id])
        for content_hash in elsewhere.values():
            if self._files is not None:
                await self._files.delete(tenant, _name(content_hash))

    async def _fetched(self, tenant: str, content_hash: str) -> bytes | None:
        return await self._files.get(tenant, _name(content_hash)) if self._files is not None else None


def _name(content_hash: str) -> str:
    return f"original-{content_hash}"
