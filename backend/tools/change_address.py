"""Sends a pending order somewhere else, or changes the customer's default address."""

from dataclasses import dataclass

from pydantic import Field

from backend.domain.customers import Address, Customer
from backend.domain.identity import IdentityLevel
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.domain.rules.changes import may_change_address
from backend.domain.rules.verdicts import insist
from backend.store.records import Records
from backend.tools.base import AlreadyDone, Args, Effect, Letter, Outcome, Proposal, ToolContext, WriteTool
from backend.tools.cards import order_card
from backend.tools.letters import letter
from backend.tools.ownership import own_customer, own_order, shop_policy


class PostalAddress(Args):
    """An address as a shopper gives it."""

    line1: str = Field(min_length=3, max_length=120, description="street and number")
    line2: str = Field("", max_length=120, description="apartment, suite, floor")
    city: str = Field(min_length=1, max_length=80)
    state: str = Field("", max_length=40)
    zip: str = Field(min_length=3, max_length=12)
    country: str = Field("USA", min_length=2, max_length=60)

    def to_address(self) -> Address:
        """The same as a record."""
        return Address(**self.model_dump())


class ChangeAddressArgs(Args):
    order_id: str = Field(description="order number, in any writing")
    address: PostalAddress


class DefaultAddressArgs(Args):
    address: PostalAddress


@dataclass(frozen=True, slots=True)
class AddressPlan:
    """Where the parcel goes now and where it shall go. `order` None: the default address."""

    customer: Customer
    policy: ShopPolicy
    address: PostalAddress
    order: Order | None = None


class ChangeAddress(WriteTool[ChangeAddressArgs, AddressPlan]):
    """The shipping address of one pending order."""

    name = "change_address"
    summary = "Send a pending order to another address."
    level = IdentityLevel.VERIFIED
    args = ChangeAddressArgs

    async def check(self, records: Records, context: ToolContext, args: ChangeAddressArgs) -> AddressPlan:
        order = await own_order(records, context, args.order_id)
        insist(may_change_address(order))
        if order.address == args.address.to_address():
            raise AlreadyDone(_order_goes(order, order.address))
        policy = await shop_policy(records)
        return AddressPlan(await own_customer(records, context), policy, args.address, order)

    def settled(self, plan: AddressPlan) -> ChangeAddressArgs:
        return ChangeAddressArgs(order_id=_order(plan).id, address=plan.address)

    def propose(self, plan: AddressPlan) -> Proposal:
        order, to = _order(plan), plan.address.to_address().one_line()
        return Proposal(
            title=f"Change the address of order {order.id}",
            summary=f"I will send order {order.id} to {to}.",
            lines=(("Order", order.id), ("From", order.address.one_line()), ("To", to)),
            order_id=order.id,
            confirm_label="Change the address",
        )

    async def execute(self, records: Records, context: ToolContext, plan: AddressPlan) -> Effect:
        order, address = _order(plan), plan.address.to_address()
        await records.orders.set_address(order.id, address)
        outcome = _order_goes(order, address)
        return Effect(
            outcome=outcome,
            object=f"order:{order.id}",
            events=("order.address_changed",),
            before={"address": order.address.model_dump()},
            after={"address": address.model_dump()},
            mail=Letter(
                subject=f"New address for order {order.id}", text=letter(plan.customer, plan.policy, outcome.facts)
            ),
        )


class ChangeDefaultAddress(WriteTool[DefaultAddressArgs, AddressPlan]):
    """The address that later orders start from; orders already placed keep theirs."""

    name = "change_default_address"
    summary = "Change the address kept in the customer's account."
    level = IdentityLevel.VERIFIED
    args = DefaultAddressArgs

    async def check(self, records: Records, context: ToolContext, args: DefaultAddressArgs) -> AddressPlan:
        customer = await own_customer(records, context)
        if customer.address is not None and customer.address == args.address.to_address():
            raise AlreadyDone(_default_is(customer, customer.address))
        return AddressPlan(customer, await shop_policy(records), args.address)

    def settled(self, plan: AddressPlan) -> DefaultAddressArgs:
        return DefaultAddressArgs(address=plan.address)

    def propose(self, plan: AddressPlan) -> Proposal:
        to, now = plan.address.to_address().one_line(), plan.customer.address
        before = (("From", now.one_line()),) if now else ()
        return Proposal(
            title="Change your default address",
            summary=f"I will change your default address to {to}. Orders already placed keep their address.",
            lines=(*before, ("To", to)),
            confirm_label="Change the address",
        )

    async def execute(self, records: Records, context: ToolContext, plan: AddressPlan) -> Effect:
        address, before = plan.address.to_address(), plan.customer.address
        await records.customers.update_address(plan.customer.id, address)
        outcome = _default_is(plan.customer, address)
        return Effect(
            outcome=outcome,
            object=f"customer:{plan.customer.id}",
            events=("customer.address_changed",),
            before={"address": before.model_dump() if before else None},
            after={"address": address.model_dump()},
            mail=Letter(subject="Your default address changed", text=letter(plan.customer, plan.policy, outcome.facts)),
        )


def _order_goes(order: Order, address: Address) -> Outcome:
    fact = f"Order {order.id} now goes to {address.one_line()}."
    ids, card = {"order": order.id}, order_card(order)
    return Outcome(tool=ChangeAddress.name, text=fact, facts=(fact,), order_id=order.id, ids=ids, card=card)


def _default_is(customer: Customer, address: Address) -> Outcome:
    fact = f"Your default address is now {address.one_line()}."
    return Outcome(tool=ChangeDefaultAddress.name, text=fact, facts=(fact,), ids={"customer": customer.id})


def _order(plan: AddressPlan) -> Order:
    assert plan.order is not None
    return plan.order
