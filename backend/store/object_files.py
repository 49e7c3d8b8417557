"""Files on S3-compatible storage, so that every machine serves them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from backend.domain.errors import EngineUnavailable
from backend.store.files import checked

log = structlog.get_logger()

#: A storage that is away is told within seconds, whoever waits: a short answer, few tries, and whole files in time.
CONNECT_SECONDS, CALL_SECONDS, RETRY_SECONDS, TRIES = 1, 20, 2, 2


class ObjectFiles:
    """One bucket; a file lies under `shop/name`. The storage keeps a file whole or not at all."""

    kind, shared = "s3", True

    def __init__(self, bucket: str, endpoint: str, region: str, access_key: str, secret_key: str) -> None:
        """Connects with the first call. Without keys those of the machine's own role are used."""
        config = {"endpoint": endpoint, "access_key_id": access_key, "secret_access_key": secret_key}
        self._store = S3Store(
            bucket,
            region=region or "us-east-1",
            virtual_hosted_style_request=not endpoint,
            client_options={
                "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                "timeout": timedelta(seconds=CALL_SECONDS),
                "allow_http": endpoint.startswith("http://"),
            },
            retry_config={"max_retries": TRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
            **{name: value for name, value in config.items() if value},  # type: ignore[arg-type]
        )
        self.failed = False

    async def put(self, tenant: str, name: str, content: bytes) -> None:
        path = _path(tenant, name)
        with self._reaching():
            await obstore.put_async(self._store, path, content)

    async def get(self, tenant: str, name: str) -> bytes | None:
        path = _path(tenant, name)
        with self._reaching():
            try:
                found = await obstore.get_async(self._store, path)
                return bytes(await found.bytes_async())
            except FileNotFoundError:
                return None

    async def delete(self, tenant: str, name: str) -> None:
        await self._delete([_path(tenant, name)])

    async def erase(self, tenant: str) -> int:
        count, prefix = 0, f"{checked(tenant)}/"
        with self._reaching():
            async for batch in obstore.list(self._store, prefix):
                await self._delete([found["path"] for found in batch])
                count += len(batch)
        return count

    async def _delete(self, paths: list[str]) -> None:
        with self._reaching():
            try:
                await obstore.delete_async(self._store, paths)
            except FileNotFoundError:
                return

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError, TimeoutError) as away:
            self.failed = True
            log.warning("file_storage_away", reason=str(away))
            raise EngineUnavailable("The file storage does not answer. Please try again in a moment.") from away
        self.failed = False


def _path(tenant: str, name: str) -> str:
    return f"{checked(tenant)}/{checked(name)}"
