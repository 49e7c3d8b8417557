"""Delivers events to the shop's webhooks: signed, retried with growing pauses, never to private addresses unasked."""

import asyncio
import hashlib
import hmac
import ipaddress
import json
import random
import socket
from datetime import datetime, timedelta
from typing import Any

import httpx

from backend.domain.base import utc_now
from backend.domain.desk import ShopEvent, WebhookDelivery, WebhookFormat
from backend.store.database import Database

#: Pauses between tries; after the last one the delivery is a dead letter, kept and replayable.
BACKOFF = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1_800, 7_200, 21_600, 86_400))
_BATCH = 20
_TIMEOUT_SECONDS = 10.0
SIGNATURE = "X-Webhook-Signature"
#: IPv6 addresses that a gateway turns into the IPv4 address of their last 32 bits (RFC 6052, RFC 8215).
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class Refused(Exception):
    """The receiver's address may not be called, or its answer is no success."""


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """ "t=<unix seconds>,v1=<hex>": HMAC-SHA256 over "<t>.<body>", so that an old call cannot be played again."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def is_genuine(secret: str, header: str, body: bytes, now: datetime, *, tolerance_seconds: int = 300) -> bool:
    """Whether a signature header fits body and secret and is fresh: for our receivers and inbound calls."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    if not parts.get("t", "").isdigit() or abs(now.timestamp() - int(parts["t"])) > tolerance_seconds:
        return False
    return hmac.compare_digest(header, signature(secret, int(parts["t"]), body))


class WebhookWorker:
    """Takes due deliveries and sends them; any number of workers share the work."""

    def __init__(self, database: Database, http: httpx.AsyncClient, *, allow_private: bool = False) -> None:
        self._database = database
        self._http = http
        self._allow_private = allow_private

    async def deliver_due(self, tenant: str, now: datetime | None = None) -> int:
        """Send what is due in one shop; returns how many were tried."""
        moment = now or utc_now()
        async with self._database.records(tenant, write=True) as records:
            due = await records.events.claim_due(_BATCH, moment)
        errors = await asyncio.gather(*(self._try(delivery, moment) for delivery in due))
        async with self._database.records(tenant, write=True) as records:
            for delivery, error in zip(due, errors, strict=True):
                if error is None:
                    await records.events.mark_delivered(delivery.id, moment)
                else:
                    await records.events.mark_failed(delivery.id, error, _next_try(delivery.tries, moment))
        return len(due)

    async def _try(self, delivery: WebhookDelivery, now: datetime) -> str | None:
        """None when the receiver took it, else why not."""
        try:
            await self._send(delivery, now)
        except (httpx.HTTPError, Refused, OSError, ValueError) as failed:
            return f"{type(failed).__name__}: {failed}"[:500]
        return None

    async def _send(self, delivery: WebhookDelivery, now: datetime) -> None:
        url = httpx.URL(delivery.webhook.url)
        address = await receiver_address(url, allow_private=self._allow_private)
        body = _body(delivery)
        headers = {
            "Host": url.netloc.decode(),
            "Content-Type": "application/json",
            "X-Webhook-Id": delivery.event.id,
            "X-Webhook-Event": delivery.event.kind,
            SIGNATURE: signature(delivery.webhook.secret, int(now.timestamp()), body),
        }
        # the checked address is the one that is called: a name that resolves anew could point elsewhere
        answer = await self._http.post(
            url.copy_with(host=address),
            content=body,
            headers=headers,
            extensions={"sni_hostname": url.host},
            timeout=_TIMEOUT_SECONDS,
            follow_redirects=False,
        )
        if not answer.is_success:
            raise Refused(f"the receiver answered {answer.status_code}")


async def receiver_address(url: httpx.URL, *, allow_private: bool) -> str:
    """The address behind the name. Raises Refused unless every address of it is public, OSError for no address."""
    if url.scheme not in ("https", "http") or not url.host:
        raise Refused(f"{url.scheme or 'this'} is no scheme for a webhook")
    port = url.port or (443 if url.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(_is_public(address) for address in addresses):
        raise Refused(f"{url.host} is not a public address")
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if ip.version == 6 and any(ip in network for network in _NAT64):
        inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def _next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after that many tries; None when it is enough."""
    if tries > len(BACKOFF):
        return None
    # a spread keeps receivers from being hit by all their failed deliveries at once
    return now + BACKOFF[max(0, tries - 1)] * random.uniform(0.9, 1.1)  # noqa: S311  no secret


def _body(delivery: WebhookDelivery) -> bytes:
    event = delivery.event
    content: dict[str, Any]
    if delivery.webhook.format is WebhookFormat.SLACK:
        content = {"text": _sentence(event)}
    else:
        content = {
            "id": event.id,
            "kind": event.kind,
            "created_at": event.created_at.isoformat(),
            "data": event.payload,
        }
    return json.dumps(content, default=str, ensure_ascii=False).encode()


def _sentence(event: ShopEvent) -> str:
    """The event as one line of a channel: "*Order cancelled* order ORD-1001, refund REF-102"."""
    what = event.kind.replace(".", " ").replace("_", " ").capitalize()
    nouns = ("order", "refund", "return", "exchange", "complaint", "handoff", "enquiry")
    ids = ", ".join(f"{noun} {event.payload[noun]}" for noun in nouns if isinstance(event.payload.get(noun), str))
    notes = ", ".join(f"{k} {event.payload[k]}" for k in ("priority", "score") if k in event.payload)
    return " ".join(part for part in (f"*{what}*", ids, f"({notes})" if notes else "") if part)
