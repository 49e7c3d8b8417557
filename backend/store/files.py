"""Where uploaded files lie: one small port, and a folder as the embedded default."""

import asyncio
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from backend.domain.errors import EngineUnavailable

#: Nothing that could leave the folder.
_PART = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")


class Files(Protocol):
    """Bytes under a shop and a name; the same promises on a disk and on object storage.

    Names are one plain part: ValueError for others. EngineUnavailable where the storage does not answer.
    """

    @property
    def kind(self) -> str:
        """What serves the role, for /ready."""
        ...

    @property
    def shared(self) -> bool:
        """Whether every machine reaches them."""
        ...

    @property
    def failed(self) -> bool:
        """Whether the last call got no answer."""
        ...

    async def put(self, tenant: str, name: str, content: bytes) -> None:
        """Keep the bytes, whole or not at all; what lay under that name is replaced."""
        ...

    async def get(self, tenant: str, name: str) -> bytes | None:
        """The bytes, or None."""
        ...

    async def delete(self, tenant: str, name: str) -> None:
        """Forget them; unknown names too."""
        ...

    async def erase(self, tenant: str) -> int:
        """Forget everything of a shop; how many files that were."""
        ...


class FolderFiles:
    """Files under one folder, a folder for each shop. Disks are slow, so the work is done off the event loop."""

    kind, shared = "folder", False

    def __init__(self, root: Path) -> None:
        self._root = root
        self.failed = False

    async def put(self, tenant: str, name: str, content: bytes) -> None:
        path = self._path(tenant, name)

        def write() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            try:
                part.write_bytes(content)
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)  # half a file would fill a full disk for good
                raise

        try:
            await asyncio.to_thread(write)
        except OSError as error:
            self.failed = True
            raise EngineUnavailable("The file cannot be kept right now. Please try again in a moment.") from error
        self.failed = False

    async def get(self, tenant: str, name: str) -> bytes | None:
        path = self._path(tenant, name)

        def read() -> bytes | None:
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

        return await asyncio.to_thread(read)

    async def delete(self, tenant: str, name: str) -> None:
        path = self._path(tenant, name)
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def erase(self, tenant: str) -> int:
        folder = self._root / checked(tenant)

        def remove() -> int:
            count = len(list(folder.iterdir())) if folder.is_dir() else 0
            shutil.rmtree(folder, ignore_errors=True)
            return count

        return await asyncio.to_thread(remove)

    def _path(self, tenant: str, name: str) -> Path:
        return self._root / checked(tenant) / checked(name)


def checked(part: str) -> str:
    """A shop's or a file's name. Raises ValueError for one that is not one plain part."""
    if not _PART.match(part):
        raise ValueError(f"not a file's name: {part}")
    return part


def open_files(folder: Path, bucket: Mapping[str, str]) -> Files:
    """The bucket described, as ObjectFiles takes it; without one the folder."""
    if not bucket:
        return FolderFiles(folder)
    from backend.store.object_files import ObjectFiles  # its engine is loaded only where it is used

    return ObjectFiles(**bucket)
