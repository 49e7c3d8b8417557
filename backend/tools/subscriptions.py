"""Who hears of what happens in the shop: webhooks, their deliveries, and dead letters sent again."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

import httpx

from backend.domain.desk import Webhook, WebhookDelivery, WebhookFormat, WebhookState
from backend.domain.errors import InvalidInput, NotFound
from backend.store.database import Database
from backend.tools.webhooks import Refused, receiver_address

#: what events are about; a subscription names one of these families, or one kind of it
FAMILIES = ("order", "refund", "return", "exchange", "customer", "complaint", "handoff", "enquiry")
_KIND = re.compile(rf"\*|({'|'.join(FAMILIES)})\.(\*|[a-z_]+)")


class Subscriptions:
    """The webhooks of a shop, as its admin sees them."""

    def __init__(self, database: Database, *, allow_private: bool) -> None:
        self._database = database
        self._allow_private = allow_private

    async def add(
        self, tenant: str, url: str, kinds: Sequence[str], format: WebhookFormat, secret: str | None, actor: str
    ) -> Webhook:
        """Subscribe an address; without a secret one is made. Raises InvalidInput for an address not to be called."""
        await self._insist(url)
        for kind in kinds:
            if not _KIND.fullmatch(kind):
                raise InvalidInput(f"kinds: {kind[:60]} is none; write e.g. order.* or refund.created.", field="kinds")
        async with self._database.records(tenant, write=True) as records:
            hook = await records.webhooks.add(url, secret or secrets.token_urlsafe(32), tuple(kinds), format)
            await records.audit.add(
                actor, "add_webhook", f"webhook:{hook.id}", None, {"url": url, "kinds": list(kinds)}
            )
        return hook

    async def list(self, tenant: str) -> tuple[Webhook, ...]:
        """Every subscription, oldest first."""
        async with self._database.records(tenant) as records:
            return await records.webhooks.list()

    async def remove(self, tenant: str, webhook_id: str, actor: str) -> None:
        """End a subscription; what waits for it is dropped. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            if not await records.webhooks.remove(webhook_id):
                raise NotFound("There is no such webhook.")
            await records.audit.add(actor, "remove_webhook", f"webhook:{webhook_id}")

    async def deliveries(self, tenant: str, state: WebhookState | None, limit: int) -> tuple[WebhookDelivery, ...]:
        """The delivery log, newest first."""
        async with self._database.records(tenant) as records:
            return await records.events.deliveries(state=state, limit=limit)

    async def replay(self, tenant: str, delivery_id: str, now: datetime, actor: str) -> None:
        """Send a delivery again from the start. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            await records.events.replay(delivery_id, now)
            await records.audit.add(actor, "replay_webhook", f"webhook_delivery:{delivery_id}")

    async def _insist(self, url: str) -> None:
        """A name that cannot be looked up now may be one tomorrow; it is checked again before every call."""
        try:
            await receiver_address(httpx.URL(url), allow_private=self._allow_private)
        except (Refused, httpx.InvalidURL) as refused:
            raise InvalidInput(f"url: {refused}.", field="url") from refused
        except (OSError, UnicodeError):
            return
