"""Where uploaded files lie: one small port, and a folder as the embedded default."""

import asyncio
import re
from pathlib import Path
from typing import Protocol

#: Nothing that could leave the folder.
_PART = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")


class Files(Protocol):
    """Bytes under a shop and a name; the same promises on a disk and on object storage."""

    async def put(self, tenant: str, name: str, content: bytes) -> None:
        """Keep the bytes, whole or not at all; what lay under that name is replaced."""
        ...

    async def get(self, tenant: str, name: str) -> bytes | None:
        """The bytes, or None."""
        ...

    async def delete(self, tenant: str, name: str) -> None:
        """Forget them; unknown names too."""
        ...


class FolderFiles:
    """Files under one folder, a folder for each shop. Disks are slow, so the work is done off the event loop."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, tenant: str, name: str, content: bytes) -> None:
        path = self._path(tenant, name)

        def write() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            part.write_bytes(content)
            part.replace(path)

        await asyncio.to_thread(write)

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

    def _path(self, tenant: str, name: str) -> Path:
        """Raises ValueError for a name that is not one plain part."""
        if not _PART.match(tenant) or not _PART.match(name):
            raise ValueError(f"not a file's name: {tenant}/{name}")
        return self._root / tenant / name
