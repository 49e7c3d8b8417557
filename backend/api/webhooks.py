"""Webhooks over HTTP: subscribed by an admin, with the log of what was sent and the dead letters."""

from typing import Annotated

from fastapi import APIRouter, Query, status
from pydantic import BaseModel, Field

from backend.api.callers import AdminCaller, Wired
from backend.api.schemas import Body
from backend.domain.base import Moment
from backend.domain.desk import Webhook, WebhookDelivery, WebhookFormat, WebhookState

router = APIRouter(prefix="/api/staff/webhooks", tags=["staff"])


class NewWebhook(Body):
    """Where to, of what (`order.*`, `refund.created`; none means all), and how: `events` or `slack`."""

    url: Annotated[str, Field(min_length=8, max_length=2000)]
    kinds: Annotated[list[str], Field(max_length=50, default_factory=list)]
    format: WebhookFormat = WebhookFormat.EVENTS
    secret: Annotated[str | None, Field(min_length=16, max_length=200)] = None


class WebhookView(BaseModel):
    """A subscription without its secret."""

    id: str
    url: str
    kinds: tuple[str, ...]
    format: WebhookFormat
    active: bool
    created_at: Moment

    @classmethod
    def of(cls, hook: Webhook) -> "WebhookView":
        return cls.model_validate(hook.model_dump(exclude={"secret"}))


class WebhookShown(WebhookView):
    """The only time that the secret is shown: it signs what is sent."""

    secret: str


class WebhookList(BaseModel):
    results: tuple[WebhookView, ...]


class DeliveryView(BaseModel):
    """One event on its way to one subscription."""

    id: str
    webhook_id: str
    url: str
    event_id: str
    kind: str
    state: WebhookState
    tries: int
    due_at: Moment
    delivered_at: Moment | None
    error: str | None

    @classmethod
    def of(cls, delivery: WebhookDelivery) -> "DeliveryView":
        own = delivery.model_dump(exclude={"event", "webhook"})
        event, hook = delivery.event, delivery.webhook
        return cls(**own, webhook_id=hook.id, url=hook.url, event_id=event.id, kind=event.kind)


class DeliveryLog(BaseModel):
    results: tuple[DeliveryView, ...]


@router.post("", response_model=WebhookShown, status_code=status.HTTP_201_CREATED)
async def subscribe(body: NewWebhook, container: Wired, caller: AdminCaller) -> WebhookShown:
    """Subscribe an address. Every call carries `X-Webhook-Signature: t=<unix seconds>,v1=<HMAC-SHA256 of t.body>`."""
    hook = await container.subscriptions.add(
        caller.tenant, body.url, body.kinds, body.format, body.secret, caller.actor
    )
    return WebhookShown(**WebhookView.of(hook).model_dump(), secret=hook.secret)


@router.get("", response_model=WebhookList)
async def listed(container: Wired, caller: AdminCaller) -> WebhookList:
    """Every subscription, oldest first."""
    hooks = await container.subscriptions.list(caller.tenant)
    return WebhookList(results=tuple(WebhookView.of(hook) for hook in hooks))


@router.delete("/{webhook_id}", status_code=status.HTTP_204_NO_CONTENT)
async def unsubscribe(webhook_id: str, container: Wired, caller: AdminCaller) -> None:
    """End a subscription; what still waits for it is dropped."""
    await container.subscriptions.remove(caller.tenant, webhook_id, caller.actor)


@router.get("/deliveries", response_model=DeliveryLog)
async def deliveries(
    container: Wired,
    caller: AdminCaller,
    state: WebhookState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> DeliveryLog:
    """What was sent and what waits, newest first; `state=dead` lists the dead letters."""
    found = await container.subscriptions.deliveries(caller.tenant, state, limit)
    return DeliveryLog(results=tuple(DeliveryView.of(delivery) for delivery in found))


@router.post("/deliveries/{delivery_id}/replay", status_code=status.HTTP_202_ACCEPTED)
async def replay(delivery_id: str, container: Wired, caller: AdminCaller) -> dict[str, str]:
    """Send a delivery again, as if for the first time."""
    await container.subscriptions.replay(caller.tenant, delivery_id, container.clock(), caller.actor)
    return {"state": WebhookState.WAITING.value}
