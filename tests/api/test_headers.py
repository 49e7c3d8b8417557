"""What every answer tells browsers: nothing runs, loads or frames but what was meant, and no other site reads along."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.api.people import OTHER_SHOP, open_other_shop
from tests.shop import Shop, running_shop

SITE, OTHERS = "https://shop.example", "https://evil.example"
ANNOUNCED = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-tenant"}


@pytest.fixture(scope="module")
def secure() -> Iterator[Shop]:
    """A shop reached by https, whose chat two sites may show."""
    with running_shop(PUBLIC_URL="https://desk.example", TENANT_HOSTS=f"other.example={OTHER_SHOP}") as running:
        open_other_shop(running)
        with running.client(headers={"Authorization": f"Bearer {running.token()}"}) as admin:
            body = {"allowed_domains": [SITE, "https://*.stores.example"]}
            admin.put("/api/staff/settings", json=body).raise_for_status()
        yield running


def test_a_site_may_call_as_soon_as_it_is_named(secure: Shop) -> None:
    """The first test: whoever reads the settings every two seconds has not read them again yet."""
    with secure.client(headers={"Origin": SITE}) as http:
        assert http.options("/api/chat", headers=ANNOUNCED).status_code == 204


PATHS = ["/health", "/api/shop", "/api/nothing", "/api/orders", "/docs", "/openapi.json", "/", "/no-such-page"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_strict(secure: Shop, path: str) -> None:
    with secure.client() as http:
        answer = http.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert re.search(r"frame-ancestors '(none|self)'", policy) and "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.sub(r"style-src[^;]*", "", policy)
    if path.startswith("/api/"):
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_the_browser_has_keeps_the_policy_it_came_with(secure: Shop) -> None:
    with secure.client() as http:
        etag = http.get("/staff/").headers["ETag"]
        kept = http.get("/staff/", headers={"If-None-Match": etag})
    assert kept.status_code == 304
    assert "Content-Security-Policy" not in kept.headers


@pytest.mark.parametrize("path", ["/chat", "//evil.example/%2e%2e", "/%2fevil.example/%2e%2e/chat"])
def test_a_page_is_never_looked_for_on_another_host_or_without_https(secure: Shop, path: str) -> None:
    with secure.client() as http:
        sent_on = http.get(httpx.URL(secure.url, raw_path=path.encode()), headers={"Host": "evil.example"})
    assert sent_on.status_code == 307 and re.match(r"/(?![/\\])", sent_on.headers["location"])


@pytest.mark.parametrize("host", ["other.example", "Other.Example:443", "other.example."])
def test_a_host_name_is_one_shop_however_it_is_written(secure: Shop, host: str) -> None:
    with secure.client(headers={"Host": host, "X-Tenant": "techpro"}) as http:
        assert http.get("/api/shop").json()["slug"] == OTHER_SHOP


def test_without_https_nothing_is_promised(shop: Shop) -> None:
    with shop.client() as http:
        assert "Strict-Transport-Security" not in http.get("/health").headers


def test_the_chat_alone_is_framed_and_by_the_shops_sites_alone(secure: Shop) -> None:
    with secure.client() as http:
        embed = http.get("/embed/?tenant=techpro")
        assert f"frame-ancestors 'self' {SITE} https://*.stores.example" in embed.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in embed.headers
        for page in ("/", "/chat/", "/staff/"):
            answer = http.get(page)
            assert "frame-ancestors 'self';" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_docs_serve_their_own_files(secure: Shop) -> None:
    with secure.client() as http:
        page = http.get("/docs")
        loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(loaded) == 4 and all(address.startswith("/docs/") for address in loaded)
        assert all(http.get(address).status_code == 200 for address in loaded)
        assert http.get("/docs/files/../../settings.py").status_code == 404
        assert http.get("/docs/files/__init__.py").status_code == 404
        assert http.get("/redoc").status_code == 404


@pytest.mark.parametrize("origin", [SITE, "https://milan.stores.example"])
def test_a_site_that_the_shop_named_may_call(secure: Shop, origin: str) -> None:
    with secure.client(headers={"Origin": origin}) as http:
        announced = http.options("/api/chat", headers=ANNOUNCED)
        assert announced.status_code == 204 and announced.headers["Access-Control-Allow-Origin"] == origin
        assert "x-tenant" in announced.headers["Access-Control-Allow-Headers"]
        answer = http.get("/api/shop")
        assert len(answer.json()["categories"]) == 3, "what it sells most kinds of, the largest first"
        assert answer.headers["Access-Control-Allow-Origin"] == origin and "Origin" in answer.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
        other = http.get("/api/shop", headers={"X-Tenant": "othershop"})
        assert other.status_code == 200 and "Access-Control-Allow-Origin" not in other.headers


STRANGERS = [OTHERS, "null", f"{SITE}.evil.example", "http://shop.example", "https://stores.example", f"{SITE}:8443"]


@pytest.mark.parametrize("origin", STRANGERS)
def test_any_other_site_reads_nothing(secure: Shop, origin: str) -> None:
    with secure.client(headers={"Origin": origin}) as http:
        answers = [http.options("/api/chat", headers=ANNOUNCED), http.get("/api/shop"), http.get("/api/orders")]
    assert not [a for a in answers if "Access-Control-Allow-Origin" in a.headers]


def test_no_cookie_is_ever_set_so_no_call_can_be_forged(secure: Shop) -> None:
    """CSRF needs something that a browser sends by itself; identity here is a header that only scripts of ours set."""
    with secure.client() as http:
        answers: list[httpx.Response] = [http.get(path) for path in (*PATHS, "/staff/", "/embed/", "/ready")]
        answers.append(http.post("/api/chat", json={"message": "hello"}))
        guest = {"order_id": "ORD-1001", "email": "john.smith@example.com"}
        answers.append(http.post("/api/auth/guest", json=guest))
        answers.append(http.post("/api/auth/login", json={"email": "a@b.example", "password": str(datetime.now(UTC))}))
        assert answers[-2].status_code == 200
        assert not [a.url for a in answers if "set-cookie" in a.headers]
        form = http.post(
            "/api/chat", content="message=hi", headers={"content-type": "application/x-www-form-urlencoded"}
        )
        plain = http.post("/api/chat", content='{"message":"hi"}', headers={"content-type": "text/plain"})
    assert form.status_code == 422 and plain.status_code == 422  # what a form of another site can send is no call
