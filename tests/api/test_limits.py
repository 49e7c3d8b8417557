"""Nobody may call without end: limits by address, session, token, key, shop and tool, told in standard headers."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from backend.api.rates import of_caller
from backend.domain.identity import StaffRole
from backend.memory.limiter import Limiter
from backend.memory.rates import Rates, TooManyCalls, of_address
from backend.tools.tokens import TokenKind
from tests.api.people import JOHN, bearer
from tests.shop import Shop, running_shop

LIMITS = "address=25,crowd=900,key=30,token=8,session=5,tool=2"
#: More than any of these limits.
MOST = 300


@pytest.fixture(scope="module")
def narrow(redis_url: str) -> Iterator[Shop]:
    """A shop with few calls a minute, behind a load balancer on this machine."""
    with running_shop(RATE_LIMITS=LIMITS, TRUSTED_PROXIES="127.0.0.1", REDIS_URL=redis_url) as running:
        yield running


@pytest.fixture(scope="module")
def admin(narrow: Shop) -> dict[str, str]:
    """Signed in: the command takes seconds, which are nothing of a test's minute."""
    return {"Authorization": f"Bearer {narrow.token()}"}


@pytest.fixture(autouse=True)
def within_one_minute() -> None:
    """Windows follow the clock: a test that begins at a minute's end would count in two of them."""
    left = 60 - time.time() % 60
    if left < 12:
        time.sleep(left)


def until_refused(
    http: httpx.Client, method: str, path: str, most: int = 200, **more: object
) -> tuple[int, httpx.Response]:
    """How many calls were answered, and the refusal."""
    for n in range(most):
        answer = http.request(method, path, **more)  # type: ignore[arg-type]
        if answer.status_code == 429:
            return n, answer
    raise AssertionError(f"{MOST} calls, and none refused")


def from_address(narrow: Shop, address: str, **headers: str) -> httpx.Client:
    return narrow.client(headers={"X-Forwarded-For": address, **headers})


def test_an_address_is_limited_and_told_so_in_headers(narrow: Shop) -> None:
    with from_address(narrow, "8.8.4.1") as http:
        first = http.get("/api/shop")
        assert first.headers["RateLimit-Limit"] == "25" and first.headers["RateLimit-Policy"] == "25;w=60"
        assert 0 < int(first.headers["RateLimit-Reset"]) <= 60
        answered, refusal = until_refused(http, "GET", "/api/shop")
        assert answered == 24 and first.headers["RateLimit-Remaining"] == "24"
    problem = refusal.json()
    assert refusal.headers["content-type"] == "application/problem+json" and problem["code"] == "too_many_calls"
    assert 0 < int(refusal.headers["Retry-After"]) <= 60 and "Try again in" in problem["detail"]
    assert refusal.headers["RateLimit-Remaining"] == "0" and refusal.headers["X-Content-Type-Options"] == "nosniff"
    with from_address(narrow, "8.8.4.2") as http:
        assert http.get("/api/shop").status_code == 200
    with from_address(narrow, "8.8.4.1") as http:
        assert http.get("/health").status_code == 200  # probes are not counted


def test_what_a_client_writes_into_the_header_changes_no_address(narrow: Shop) -> None:
    """The proxy appends the address that it saw; what stands before it is anybody's word."""
    for n in range(24):
        with from_address(narrow, f"1.1.1.{n}, 8.8.4.3") as http:
            assert http.get("/api/shop").status_code == 200
    with from_address(narrow, "9.9.9.9, 8.8.4.3") as http:
        http.get("/api/shop")
        assert http.get("/api/shop").status_code == 429


def test_an_address_of_the_open_net_is_one_household_and_others_are_many() -> None:
    assert of_address("127.0.0.1").kind == of_address("10.1.2.3").kind == "crowd"
    assert of_address("8.8.8.8").kind == "address" and of_address("8.8.8.8", with_key=True).kind == "crowd"
    assert of_address("2001:4860:4860::1").whose == of_address("2001:4860:4860::2").whose


def test_a_conversation_is_limited_also_before_a_stream_begins(narrow: Shop) -> None:
    with from_address(narrow, "8.8.4.4") as http:
        body = {"message": "hello", "session_id": "one-that-runs-wild"}
        answered, refusal = until_refused(http, "POST", "/api/chat", json=body)
        assert answered == 5 and "this conversation" in refusal.json()["detail"]
        streamed = http.post("/api/chat/stream", json=body)
        assert streamed.status_code == 429 and streamed.headers["content-type"] == "application/problem+json"
        said = {"messages": [{"role": "user", "content": "hello"}], "user": "one-that-runs-wild"}
        assert http.post("/v1/chat/completions", json=said).status_code == 429
        assert http.post("/api/chat", json={"message": "hello", "session_id": "another"}).status_code == 200
        assert http.get("/api/orders", headers={"X-Session": "one-that-runs-wild"}).status_code == 429


def test_a_customer_and_a_member_of_staff_have_limits_of_their_own(narrow: Shop) -> None:
    with from_address(narrow, "8.8.4.5", **bearer(TokenKind.CUSTOMER, "C-1")) as http:
        assert until_refused(http, "GET", "/api/orders")[0] == 8
    with from_address(narrow, "10.0.0.1", **bearer(TokenKind.STAFF, "s-1", role=StaffRole.SUPPORT)) as http:
        assert until_refused(http, "GET", "/api/shop")[0] == 30
    with from_address(narrow, "10.0.0.1", **bearer(TokenKind.STAFF, "s-2", role=StaffRole.SUPPORT)) as http:
        assert http.get("/api/shop").status_code == 200


def test_a_kind_of_change_is_limited_by_customer(narrow: Shop) -> None:
    body = {"order_id": "ORD-1001", "description": "The hinge squeaks since yesterday."}
    with from_address(narrow, "8.8.4.6", **bearer(TokenKind.CUSTOMER, "CUST-001")) as http:
        customer = http.get("/api/orders")
        assert customer.status_code == 200
        answered, refusal = until_refused(http, "POST", "/api/complaints", json=body)
        assert "this kind of change" in refusal.json()["detail"], refusal.text
    assert answered == 2


def test_an_api_key_is_limited_by_itself(narrow: Shop, admin: dict[str, str]) -> None:
    with from_address(narrow, "10.0.0.2", **admin) as http:
        made = http.post("/api/staff/keys", json={"name": "crm", "scopes": ["chat"]}).json()["key"]
    with from_address(narrow, "8.8.4.7", **{"X-API-Key": made}) as http:
        assert until_refused(http, "GET", "/api/shop")[0] == 30  # more than the address alone could


async def test_one_shop_does_not_use_up_what_another_has() -> None:
    rates = Rates(Limiter(), "tenant=3")
    for _ in range(3):
        await rates.admit(*of_caller("one", None, None, None))
    with pytest.raises(TooManyCalls, match="this shop"):
        await rates.admit(*of_caller("one", None, None, None))
    assert (await rates.admit(*of_caller("other", None, None, None))) is not None


def test_off_leaves_log_in_limited(shop: Shop) -> None:
    """`shop` runs with RATE_LIMITS=off."""
    wrong = {"email": JOHN, "password": f"wrong since {datetime.now(UTC)}"}
    with shop.client() as http:
        assert all("RateLimit-Limit" not in http.get("/api/shop").headers for _ in range(40))
        statuses = [http.post("/api/auth/login", json=wrong).status_code for _ in range(12)]
        last = http.post("/api/auth/login", json=wrong)
    assert statuses[:9] == [401] * 9 and statuses[-1] == 429
    assert int(last.headers["Retry-After"]) == 900
