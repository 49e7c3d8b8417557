"""Files keep the same promises in a folder and on S3-compatible storage, over a real connection to a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain.errors import EngineUnavailable
from backend.store.files import Files, open_files
from tests.servers import free_port, s3_server

KEYS = {"bucket": "desk", "region": "eu-west-1", "access_key": "key", "secret_key": "not-a-secret"}


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    with s3_server("desk") as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "folder":
        return open_files(tmp_path, {})
    return open_files(tmp_path, {**KEYS, "endpoint": request.getfixturevalue("s3_address")})


async def test_what_is_put_is_got_replaced_and_forgotten(files: Files) -> None:
    content = bytes(range(256)) * 20_000  # more than one packet, and every byte
    await files.put("lamps", "a.pdf", content)
    assert await files.get("lamps", "a.pdf") == content
    await files.put("lamps", "a.pdf", b"")
    assert await files.get("lamps", "a.pdf") == b""
    await files.delete("lamps", "a.pdf")
    await files.delete("lamps", "a.pdf")
    assert await files.get("lamps", "a.pdf") is None
    assert not files.failed


async def test_a_shop_is_erased_with_all_its_files_and_no_other(files: Files) -> None:
    for shop, name in (("kites", "1"), ("kites", "2"), ("kites-2", "1")):
        await files.put(shop, name, b"wind")
    assert await files.erase("kites") == 2 and await files.erase("kites") == 0
    assert await files.get("kites", "1") is None
    assert await files.get("kites-2", "1") == b"wind"


@pytest.mark.parametrize("name", ["../lamps/a", "a/b", "", ".", "..", ".hidden", "a\x00", "a" * 200])
async def test_no_name_leaves_its_shop(files: Files, name: str) -> None:
    for work in (files.get("lamps", name), files.delete("lamps", name), files.put("lamps", name, b"x")):
        with pytest.raises(ValueError, match="not a file's name"):
            await work
    with pytest.raises(ValueError, match="not a file's name"):
        await files.erase(name)


async def test_storage_that_is_away_says_so_and_comes_back(tmp_path: Path) -> None:
    port = free_port()
    files = open_files(tmp_path, {**KEYS, "endpoint": f"http://127.0.0.1:{port}"})
    for work in (files.put("lamps", "a", b"x"), files.get("lamps", "a"), files.delete("lamps", "a"), files.erase("a")):
        with pytest.raises(EngineUnavailable, match="does not answer"):
            await work
    assert files.failed
    with s3_server("desk", port):
        await files.put("lamps", "a", b"x")
        assert await files.get("lamps", "a") == b"x" and not files.failed
