"""A full disk, and an index that is gone: what can be answered is, the rest says so, and nothing is restarted."""

import resource
import shutil
import time
from pathlib import Path

import httpx

from tests.shop import Shop, running_shop

RETURNS = "How long do I have to return something?"
#: Fewer bytes than any file has that the product writes.
FULL = (1024, resource.RLIM_INFINITY)
ROOM = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def test_a_full_disk_takes_writes_away_and_nothing_else() -> None:
    with running_shop() as shop, shop.client() as http:
        asked = {"text": "Do you sell laptops in bulk?", "reply_to": "buyer@lanterns.example"}
        staff = {"Authorization": f"Bearer {shop.token()}"}
        resource.prlimit(shop.process.pid, resource.RLIMIT_FSIZE, FULL)
        refused = http.post("/api/enquiries", json=asked, headers={"Idempotency-Key": "one"})
        assert refused.status_code == 503 and int(refused.headers["Retry-After"]) > 0
        for said in (RETURNS, "Show me laptops under $1500"):
            answer = http.post("/api/chat", json={"message": said})
            assert answer.status_code == 200 and (answer.json()["sources"] or answer.json()["cards"])
            assert [d["engine"] for d in answer.json()["degraded"]] == ["records"], "it is not kept, and says so"
        assert _records(http) == "degraded", "it answers, and keeps nothing"
        order = http.post("/api/chat", json={"message": "Where is ORD-1002? I am sarah.johnson@example.com"})
        assert order.status_code in (200, 503)
        paper = {"file": ("care.txt", b"Wipe the glass with a dry cloth.", "text/plain")}
        assert http.post("/api/knowledge", headers=staff, files=paper).status_code == 503
        resource.prlimit(shop.process.pid, resource.RLIMIT_FSIZE, ROOM)
        kept = http.post("/api/enquiries", json=asked, headers={"Idempotency-Key": "one"})
        assert kept.status_code == 201
        assert http.post("/api/knowledge", headers=staff, files=paper).status_code == 201
        assert _records(http) == "ok"
        _answers_without_its_index(shop)


def _records(http: httpx.Client) -> str:
    ready = http.get("/ready")
    assert ready.status_code == 200, "what can be read is answered"
    return str(ready.json()["engines"]["records"]["state"])


def _answers_without_its_index(shop: Shop) -> None:
    shutil.rmtree(Path(shop.env["VECTOR_DIR"]) / "techpro")
    with shop.client() as http:
        for _ in range(3):
            answer = http.post("/api/chat", json={"message": RETURNS}).json()
            assert answer["sources"], "what was read from the index goes on serving while it is built anew"
            time.sleep(1.2)
