"""Orders, deliveries and refunds over HTTP, by the same tools and rules as in the chat."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, status
from pydantic import BaseModel, Field

from backend.api.callers import Acting, Wired
from backend.api.schemas import Body, PendingActionView
from backend.domain.cards import DeliveryInfo, OrderCard
from backend.domain.orders import Refund
from backend.domain.policy import Verdict
from backend.tools.base import Outcome
from backend.tools.cards import delivery_info, order_card
from backend.tools.orders import NoArgs, OrderArgs
from backend.tools.refunds import RefundArgs

router = APIRouter(prefix="/api", tags=["orders"])


class OrderList(BaseModel):
    results: tuple[OrderCard, ...]


class DeliveryList(BaseModel):
    order_id: str
    status: str
    deliveries: tuple[DeliveryInfo, ...]


class RefundsView(BaseModel):
    """What became of an order's refunds, and what the rules would still allow."""

    order_id: str
    refunds: tuple[Refund, ...]
    eligibility: Verdict
    lines: dict[str, Verdict]
    asks_opened: bool


class ReturnLine(Body):
    """A line that comes back; without a quantity all that is left of it."""

    line_id: Annotated[str, Field(max_length=100)]
    quantity: Annotated[int | None, Field(ge=1, le=1_000_000)] = None


class RefundRequest(Body):
    """A return for a refund. Without lines: all that is left of the order; without a method: the original one.

    `line_ids` is a short way to say `lines` without quantities.
    """

    lines: Annotated[list[ReturnLine] | None, Field(max_length=100)] = None
    line_ids: Annotated[list[str] | None, Field(max_length=100)] = None
    method_id: Annotated[str | None, Field(max_length=100)] = None
    reason: Annotated[str | None, Field(max_length=200)] = None
    opened: bool | None = None
    defective: bool = False


class ActionRequest(Body):
    """Any write by its tool's name and arguments; see GET /api/actions."""

    tool: Annotated[str, Field(max_length=60)]
    arguments: dict[str, Any] = Field(default_factory=dict)


class ToolView(BaseModel):
    """What a tool takes, as JSON schema, and how much proof it needs."""

    name: str
    summary: str
    level: str
    schema_: dict[str, Any] = Field(serialization_alias="schema")


class ToolList(BaseModel):
    results: list[ToolView]


@router.get("/orders", response_model=OrderList)
async def list_orders(container: Wired, context: Acting) -> OrderList:
    """The orders that this identity may read, newest first."""
    found = await container.toolbox.list_orders.run(context, NoArgs())
    return OrderList(results=tuple(order_card(order) for order in found))


@router.get("/orders/{order_id}", response_model=OrderCard)
async def order(order_id: str, container: Wired, context: Acting) -> OrderCard:
    """One order. An unknown one and someone else's get the same 404."""
    return order_card(await container.toolbox.look_up_order.run(context, OrderArgs(order_id=order_id)))


@router.get("/delivery/{order_id}", response_model=DeliveryList)
async def delivery(order_id: str, container: Wired, context: Acting) -> DeliveryList:
    """Where the parcels of an order are."""
    tracking = await container.toolbox.track_delivery.run(context, OrderArgs(order_id=order_id))
    return DeliveryList(
        order_id=tracking.order.id,
        status=tracking.order.status.value,
        deliveries=tuple(delivery_info(d) for d in tracking.deliveries),
    )


@router.get("/refunds/{order_id}", response_model=RefundsView)
async def refunds(order_id: str, container: Wired, context: Acting) -> RefundsView:
    """The refunds of an order and whether its lines can be returned."""
    view = await container.toolbox.refund_status.run(context, RefundArgs(order_id=order_id))
    return RefundsView(
        order_id=view.order.id,
        refunds=view.refunds,
        eligibility=view.verdict,
        lines=view.line_verdicts,
        asks_opened=view.asks_opened,
    )


@router.post("/refunds/{order_id}", response_model=PendingActionView, status_code=status.HTTP_202_ACCEPTED)
async def request_refund(order_id: str, body: RefundRequest, container: Wired, context: Acting) -> PendingActionView:
    """Propose a return. Nothing happens before POST /api/actions/{id}/confirm."""
    arguments = {"order_id": order_id, **body.model_dump(exclude_none=True)}
    return PendingActionView.of(await container.toolbox.desk.propose(context, "return_items", arguments))


@router.get("/actions", response_model=ToolList)
async def tools(container: Wired) -> ToolList:
    """Every tool with its arguments."""
    every = container.toolbox.every()
    return ToolList(
        results=[
            ToolView(name=t.name, summary=t.summary, level=t.level.name.lower(), schema_=t.args.model_json_schema())
            for t in every
            if t.writes
        ]
    )


@router.post("/actions", response_model=PendingActionView, status_code=status.HTTP_202_ACCEPTED)
async def propose(body: ActionRequest, container: Wired, context: Acting) -> PendingActionView:
    """Propose any write (cancel, change, return, exchange, complaint); the answer is what has to be confirmed."""
    return PendingActionView.of(await container.toolbox.desk.propose(context, body.tool, body.arguments))


@router.post("/actions/{action_id}/confirm", response_model=Outcome)
async def confirm(
    action_id: str,
    container: Wired,
    context: Acting,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Outcome:
    """Carry out a pending action of this session, once; repeated, it answers with the same outcome."""
    return await container.toolbox.desk.confirm(context, action_id, idempotency_key)
