"""What a shop looked like before a task, to compare with and to go back to."""

from backend.domain.base import Value
from backend.domain.catalogue import Product
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.store.database import Database
from backend.store.records import Records


class Snapshot(Value):
    """Customers with their orders, by id, and the products these hold."""

    customers: dict[str, Customer]
    orders: dict[str, Order]
    products: tuple[Product, ...]


async def take(database: Database, tenant: str, customer_ids: set[str], order_ids: set[str]) -> Snapshot:
    """The named customers, the named orders, and all orders of both kinds' customers. Unknown ids are left out."""
    async with database.records(tenant) as records:
        named = [order for order_id in sorted(order_ids) if (order := await records.orders.get(order_id))]
        everyone = sorted(customer_ids | {order.customer_id for order in named})
        customers = [found for customer_id in everyone if (found := await records.customers.get(customer_id))]
        orders = [order for who in customers for order in await records.orders.for_customer(who.id, limit=10_000)]
        products = sorted({line.product_id for order in orders for line in order.lines})
        return Snapshot(
            customers={customer.id: customer for customer in customers},
            orders={order.id: order for order in orders},
            products=await records.catalogue.get_many(products),
        )


async def restore(database: Database, tenant: str, before: Snapshot, after: Snapshot) -> None:
    """Put back whatever differs between the two."""
    async with database.records(tenant, write=True) as records:
        await _put_back(records, before, after)


async def _put_back(records: Records, before: Snapshot, after: Snapshot) -> None:
    await records.customers.upsert([c for c in before.customers.values() if after.customers.get(c.id) != c])
    await records.orders.upsert([o for o in before.orders.values() if after.orders.get(o.id) != o])
    if before.products != after.products:
        await records.catalogue.upsert_products(before.products)
