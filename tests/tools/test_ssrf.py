"""No address that a shop writes down leads into our own network: by number, by name, by redirect, or by a name that
changes its mind.
"""

import asyncio
import socket
from typing import Any

import httpx
import pytest

from backend.domain.base import utc_now
from backend.domain.desk import ShopEvent, Webhook, WebhookDelivery, WebhookState
from backend.tools.webhooks import Refused, WebhookWorker, receiver_address
from tests.tools.receiver import Receiver

INSIDE = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0.0.0.0/",
    "http://localhost/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[::1]/", "http://[::]/",
    "http://[fe80::1]/", "http://[fc00::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/",
    "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://224.0.0.1/",
    "http://user:pass@127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "https:///nowhere",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
async def test_an_address_inside_is_refused(url: str) -> None:
    with pytest.raises((Refused, OSError)):
        await receiver_address(httpx.URL(url), allow_private=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "[2001:4860:4860::8888]"])
async def test_an_address_outside_is_not(address: str) -> None:
    assert await receiver_address(httpx.URL(f"https://{address}/hook"), allow_private=False) == address.strip("[]")


class Names:
    """A resolver of our own: each name has a list of answers, one per question."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers

    async def getaddrinfo(self, host: str, port: int, **_: Any) -> list[Any]:
        kept = self._answers[host.split(".")[0]]
        found = kept.pop(0) if len(kept) > 1 else kept[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


async def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = Names(mixed=[["8.8.8.8", "10.0.0.1"]])
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answering.getaddrinfo)
    with pytest.raises(Refused):
        await receiver_address(httpx.URL("http://mixed.example/"), allow_private=False)


def _delivery(url: str) -> WebhookDelivery:
    now = utc_now()
    hook = Webhook(id="w", url=url, secret="s" * 20, kinds=("*",), active=True, created_at=now)
    event = ShopEvent(id="e", kind="order.changed", payload={}, created_at=now)
    return WebhookDelivery(id="d", event=event, webhook=hook, state=WebhookState.WAITING, due_at=now, tries=1)


async def test_a_name_that_turns_inwards_is_called_where_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the second answer is never asked for, the checked address itself is called."""
    answering = Names(turning=[["203.0.114.7"], ["127.0.0.1"]])
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answering.getaddrinfo)
    called: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(204)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        worker = WebhookWorker(None, http)  # type: ignore[arg-type]
        await worker._send(_delivery("https://turning.example:8443/hook"), utc_now())
    assert called[0].url.host == "203.0.114.7" and called[0].headers["Host"] == "turning.example:8443"
    assert called[0].extensions["sni_hostname"] == "turning.example"


async def test_a_redirect_is_not_followed() -> None:
    async with Receiver() as inside, Receiver(status=307) as first, httpx.AsyncClient() as http:
        first.location = inside.url
        worker = WebhookWorker(None, http, allow_private=True)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="307"):
            await worker._send(_delivery(first.url), utc_now())
        assert len(first.calls) == 1 and not inside.calls
