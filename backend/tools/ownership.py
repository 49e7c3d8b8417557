"""Whose order it is: found only among the customer's own, so that unknown and foreign are one answer."""

from backend.domain.customers import Customer, PaymentKind, PaymentMethod
from backend.domain.errors import InvalidInput, NotFound
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.domain.rules.money import Share, original_methods, refund_to_sources
from backend.store.records import Records
from backend.tools.base import ToolContext
from backend.tools.order_ids import resolve


async def own_order(records: Records, context: ToolContext, written: str) -> Order:
    """The order of the session's customer that `written` means.

    Only the customer's own numbers are looked through: an unknown and a foreign order take the same queries
    and raise the same NotFound.
    """
    readable = await own_order_ids(records, context)
    order_id = resolve(written, readable)
    order = await records.orders.get(order_id) if order_id else None
    if order is None or not context.identity.may_read(order.customer_id, order.id):
        raise unknown_order(written)
    return order


async def own_order_ids(records: Records, context: ToolContext) -> tuple[str, ...]:
    """Numbers of the orders the session may read: all of the customer's, or those a guest opened."""
    order_ids = await records.orders.ids_of(context.customer_id)
    if context.identity.level >= IdentityLevel.VERIFIED:
        return order_ids
    return tuple(order_id for order_id in order_ids if order_id in context.identity.order_ids)


def unknown_order(written: str) -> NotFound:
    """The one answer for an order that does not exist or is someone else's."""
    return NotFound(
        f"I cannot find an order {written.strip()[:40]} of yours. Please check the number.", field="order_id"
    )


async def own_customer(records: Records, context: ToolContext) -> Customer:
    """The session's customer. Raises NotFound when the record is gone."""
    customer = await records.customers.get(context.customer_id)
    if customer is None:
        raise NotFound("I cannot find your customer record any more.")
    return customer


def chosen_method(order: Order, customer: Customer, method_id: str | None) -> PaymentMethod:
    """The stored method of that id; without one, the method that paid the order.

    Raises InvalidInput when it is not one of the customer's, or when the one that paid is no longer stored.
    """
    if method_id is None:
        paid = original_methods(order)
        method = customer.payment_method(paid[0]) if paid else None
    else:
        method = customer.payment_method(method_id)
    if method is None:
        raise InvalidInput("Please choose one of your stored payment methods.", field="method_id")
    return method


async def shop_policy(records: Records) -> ShopPolicy:
    """The rules of the shop; one that set none keeps the defaults."""
    return await records.policies.get() or ShopPolicy(shop_name=records.tenant)


def named_sources(order: Order, customer: Customer) -> tuple[Share, ...]:
    """Where the order's money goes back to, each method called as its owner knows it."""
    return tuple(
        share.model_copy(update={"method_label": _label(share, customer)}) for share in refund_to_sources(order)
    )


def _label(share: Share, customer: Customer) -> str:
    method = customer.payment_method(share.method_id)
    return method.label() if method else share.method_label or "original payment method"


def kind_of(customer: Customer, method_id: str) -> PaymentKind | None:
    """What kind of method it is, or None when it is no longer stored."""
    method = customer.payment_method(method_id)
    return method.kind if method else None
