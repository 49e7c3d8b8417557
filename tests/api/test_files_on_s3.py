"""With a bucket set files and large originals lie there and nowhere else; while it is away nothing is half stored."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.talk import complaint_of, customer
from tests.servers import free_port, s3_server
from tests.shop import ROOT, Shop, running_shop

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
PORT = free_port()
LONG = ("# Kiln\n\nThe kiln opens at seven.\n\n" + "The clay dries on its shelf for nine days. " * 3_000).encode()


def _bucket() -> set[str]:
    """The keys in the bucket, from the server's own listing."""
    listing = httpx.get(f"http://127.0.0.1:{PORT}/desk?list-type=2").text
    return {part.partition("</Key>")[0] for part in listing.split("<Key>")[1:]}


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    keys = {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "not-a-secret", "S3_BUCKET": "desk"}
    with running_shop(S3_ENDPOINT_URL=f"http://127.0.0.1:{PORT}", **keys) as running:
        yield running


@pytest.fixture
def desk(shop: Shop) -> httpx.Client:
    return shop.client(headers={"Authorization": f"Bearer {shop.token('admin')}"})


def test_files_lie_in_the_bucket_and_go_with_what_they_belong_to(shop: Shop, desk: httpx.Client) -> None:
    with s3_server("desk", PORT), shop.client(headers=customer(shop)) as http:
        made = desk.post("/api/knowledge", files={"file": ("kiln.md", LONG)}).json()
        assert made["searchable"] and len(_bucket()) == 1
        path = f"/api/knowledge/documents/{made['id']}"
        assert desk.get(f"{path}/versions/1").content == LONG
        assert desk.patch(path, json={"title": "The kiln", "tags": ["clay"]}).json()["version"] == 2
        assert desk.get(f"{path}/versions/2").content == LONG
        assert desk.patch(path, json={"status": "draft"}).json()["version"] == 2
        assert desk.patch(path, json={"status": "published"}).json()["tags"] == ["clay"]
        assert len(desk.get(path).json()["passages"]) == made["passages"]
        assert desk.delete(path).status_code == 204 and not _bucket()

        url = f"/api/complaints/{complaint_of(http)}/attachments"
        kept = [http.post(url, files={"file": ("a.png", PICTURE)}).json() for _ in range(2)]
        assert kept[0]["id"] == kept[1]["id"] and _bucket() == {f"techpro/{kept[0]['id']}"}
        assert http.get(kept[0]["url"]).content == PICTURE
        customer_id = http.get("/api/account/export").json()["customer_id"]
        assert desk.post(f"/api/staff/customers/{customer_id}/erase").json()["files"] == 1
        assert not _bucket() and not (Path(shop.env["DATA_DIR"]) / "files").exists()


def test_while_it_is_away_nothing_is_half_stored(shop: Shop, desk: httpx.Client) -> None:
    refused = desk.post("/api/knowledge", files={"file": ("kiln.md", LONG)})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert "file storage does not answer" in refused.json()["detail"]
    assert "kiln" not in {row["id"] for row in desk.get("/api/knowledge/documents").json()["results"]}
    assert desk.get("/api/knowledge/documents/kiln").status_code == 404
    ready = desk.get("/ready")
    assert ready.is_success and ready.json()["engines"]["files"]["state"] == "down"
    assert desk.post("/api/knowledge", files={"file": ("oven.md", b"The oven opens at eight.")}).json()["searchable"]
    with s3_server("desk", PORT):
        assert desk.post("/api/knowledge", files={"file": ("kiln.md", LONG)}).status_code == 201
        assert desk.get("/ready").json()["engines"]["files"]["state"] == "ok"
        command = [sys.executable, "-m", "backend.cli", "erase", "--tenant", "techpro"]
        assert subprocess.run(command, env=shop.env, cwd=ROOT, capture_output=True).returncode != 0 and _bucket()
        subprocess.run([*command, "--yes"], env=shop.env, cwd=ROOT, check=True, capture_output=True)
        assert not _bucket() and not list((Path(shop.env["DATA_DIR"]) / "vectors").glob("techpro/*"))
        with shop.client() as http:
            assert http.get("/api/products").status_code == 404
        assert desk.get("/api/staff/complaints").status_code == 401, "its tokens end with the shop"
