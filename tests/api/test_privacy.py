"""A customer's rights over the API: what is kept can be had, and is gone when it has to be."""

import json
from pathlib import Path

from backend.domain.identity import StaffRole
from backend.tools.tokens import TokenKind
from tests.api.people import JOHN, bearer
from tests.api.talk import complaint_of, customer
from tests.shop import Shop, running_shop

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def test_a_copy_for_oneself_and_then_to_be_forgotten() -> None:
    with running_shop() as shop:
        john = customer(shop)
        admin = {"Authorization": f"Bearer {shop.token()}"}
        with shop.client(headers=john) as http:
            said = {"message": "My name is John Smith, where is my order ORD-1001?", "session_id": john["X-Session"]}
            http.post("/api/chat", json=said).raise_for_status()
            http.post(
                f"/api/complaints/{complaint_of(http)}/attachments", files={"file": ("a.png", PICTURE)}
            ).raise_for_status()
            copy = http.get("/api/account/export").json()
        records = copy["records"]
        customer_id = copy["customer_id"]
        assert records["customers"][0]["email"] == JOHN and len(records["messages"]) >= 2
        assert {"orders", "complaints", "attachments", "conversations", "mails", "audit"} <= set(records)
        assert "password_hash" not in json.dumps(copy)

        with shop.client(headers=admin) as http:
            by_admin = http.get(f"/api/staff/customers/{customer_id}/export").json()["records"]
            assert set(by_admin) >= set(records)
            done = http.post(f"/api/staff/customers/{customer_id}/erase").json()
            assert done["files"] == 1 and done["sessions"] >= 1 and done["rows"]["customers"] == 1
            file = http.get(f"/api/staff/customers/{customer_id}").json()
            left = json.dumps(http.get(f"/api/staff/customers/{customer_id}/export").json(), ensure_ascii=False)
            assert not [word for word in (JOHN, "John", "Smith", "flickers") if word in left]
            assert "ORD-1001" in json.dumps(file)
            audit = http.get("/api/staff/audit", params={"object": f"customer:{customer_id}"}).json()["results"]
            assert {"erase_customer", "export_customer"} <= {entry["action"] for entry in audit}
        files = Path(shop.env["DATA_DIR"]) / "files"
        assert not [path for path in files.rglob("*") if path.is_file()]
        with shop.client() as http:
            assert http.post("/api/auth/guest", json={"order_id": "ORD-1001", "email": JOHN}).status_code == 404
            assert http.get("/api/orders", headers={"X-Session": john["X-Session"]}).status_code == 401


def test_only_a_proved_customer_and_an_admin_may(shop: Shop) -> None:
    with shop.client() as http:
        assert http.get("/api/account/export").status_code == 401
        session = http.post("/api/auth/guest", json={"order_id": "ORD-1001", "email": JOHN}).json()["session_id"]
        assert http.get("/api/account/export", headers={"X-Session": session}).status_code == 401
        for role, status in ((StaffRole.SUPPORT, 403), (StaffRole.SUPERVISOR, 403), (StaffRole.ADMIN, 404)):
            staff = bearer(TokenKind.STAFF, "s", role=role)
            assert http.post("/api/staff/customers/nobody/erase", headers=staff).status_code == status
            assert http.get("/api/staff/customers/nobody/export", headers=staff).status_code == status
