"""Where each kind of record goes, what identifies it, what keeps it out, and what is odd about it."""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.cases import Complaint
from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.store.records import Records

#: What a record claims for itself: kind of thing and id. Nothing else in the file may claim the same.
Claim = tuple[str, str]


Remarks = Callable[[Records, Sequence[Any]], Awaitable[dict[str, str]]]
#: A customer signs in by it and is written to: what no mail server could take identifies nobody.
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of record. `missing` returns, for the records that must stay out, the reason by id; `odd` what those
    that come in are remarked for.
    """

    name: str
    key: Callable[[Any], str]
    write: Callable[[Records, Sequence[Any]], Awaitable[None]]
    claims: Callable[[Any], Iterable[Claim]] = lambda _record: ()
    missing: Remarks | None = None
    odd: Remarks | None = None


async def _put_policy(records: Records, listed: Sequence[ShopPolicy]) -> None:
    await records.policies.put(listed[-1])


async def _unreachable(records: Records, listed: Sequence[Customer]) -> dict[str, str]:
    wrong = {c.id: c.email for c in listed if not _ADDRESS.fullmatch(c.email)}
    return {key: f"{email!r} is no e-mail address" for key, email in wrong.items()}


async def _unknown_items(records: Records, listed: Sequence[Order]) -> dict[str, str]:
    """An order stays what was bought though the shop may sell it no more."""
    named = list({line.product_id for order in listed for line in order.lines})
    sold = {v.id for variants in (await records.catalogue.live(named)).values() for v in variants}
    lost = {o.id: sorted({n.variant_id for n in o.lines if n.variant_id not in sold}) for o in listed}
    return {key: f"the catalogue has no item {', '.join(ids)}" for key, ids in lost.items() if ids}


async def _unknown_customers(records: Records, listed: Sequence[Order | Complaint]) -> dict[str, str]:
    known = await records.customers.known([r.customer_id for r in listed])
    return {r.id: f"there is no customer {r.customer_id}" for r in listed if r.customer_id not in known}


async def _unknown_products(records: Records, listed: Sequence[Relation]) -> dict[str, str]:
    known = await records.catalogue.known([i for r in listed for i in (r.source_id, r.target_id)])
    wanted = ((relation_key(r), i) for r in listed for i in (r.source_id, r.target_id))
    return {key: f"there is no product {i}" for key, i in wanted if i not in known}


def relation_key(relation: Relation) -> str:
    """A relation has no id of its own."""
    return f"{relation.kind}/{relation.source_id}/{relation.target_id}"


SHELVES: dict[type, Shelf] = {
    ShopPolicy: Shelf("policy", lambda _: "policy", _put_policy),
    Customer: Shelf(
        "customers",
        lambda c: str(c.id),
        lambda records, listed: records.customers.upsert(listed),
        claims=lambda c: (("payment method", m.id) for m in c.payment_methods),
        missing=_unreachable,
    ),
    Product: Shelf(
        "products",
        lambda p: str(p.id),
        lambda records, listed: records.catalogue.upsert_products(listed),
        claims=lambda p: (("variant", v.id) for v in p.variants),
    ),
    Relation: Shelf(
        "relations",
        relation_key,
        lambda records, listed: records.catalogue.upsert_relations(listed),
        missing=_unknown_products,
    ),
    FitRule: Shelf(
        "fit rules", lambda r: str(r.name), lambda records, listed: records.catalogue.upsert_fit_rules(listed)
    ),
    Order: Shelf(
        "orders",
        lambda o: str(o.id),
        lambda records, listed: records.orders.upsert(listed),
        claims=lambda o: (("delivery", d.id) for d in o.deliveries),
        missing=_unknown_customers,
        odd=_unknown_items,
    ),
    Complaint: Shelf(
        "complaints",
        lambda c: str(c.id),
        lambda records, listed: records.complaints.upsert(listed),
        missing=_unknown_customers,
    ),
}
