"""Canned replies: kept by staff, filled in from the case when they are used."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from backend.domain.base import Value
from backend.domain.errors import NotFound
from backend.domain.inbox import CannedReply
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.casework import name_of
from backend.tools.order_ids import resolve
from backend.tools.ownership import shop_policy

_VARIABLE = re.compile(r"\{\{\s*([a-z]+\.[a-z_]+)\s*\}\}")

#: Every variable and what stands for it.
VARIABLES: Mapping[str, str] = {
    "customer.first_name": "first name of the customer",
    "customer.name": "name of the customer",
    "customer.email": "e-mail address of the customer",
    "order.id": "number of the order at hand, else of the latest one",
    "order.status": "how that order stands",
    "complaint.id": "number of the complaint at hand, else of the latest one",
    "complaint.status": "how that complaint stands",
    "staff.name": "your own name",
    "shop.name": "name of the shop",
    "shop.email": "contact address of the shop",
}


class Rendered(Value):
    """A reply with its variables filled in; `missing` are those that nothing is known for, left as they stand."""

    text: str
    missing: tuple[str, ...] = ()


class Subject(Value):
    """What a canned reply is used for."""

    conversation_id: str | None = None
    customer_id: str | None = None
    order_id: str | None = None
    complaint_id: str | None = None


class CannedDesk:
    """Keeps the replies, and fills them in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, tenant: str) -> tuple[CannedReply, ...]:
        """Every reply, by shortcut."""
        async with self._database.records(tenant) as records:
            return await records.canned_replies.all()

    async def save(
        self,
        tenant: str,
        reply_id: str | None,
        shortcut: str,
        title: str,
        text: str,
        language: str | None,
        actor: str,
        now: datetime,
    ) -> CannedReply:
        """Keep a new reply, or replace the one of that id. Raises NotFound, Conflict for a shortcut that is taken."""
        async with self._database.records(tenant, write=True) as records:
            before = await records.canned_replies.get(reply_id) if reply_id else None
            if reply_id and before is None:
                raise NotFound("There is no such canned reply.")
            reply = CannedReply(
                id=reply_id or uuid4().hex,
                shortcut=shortcut,
                title=title,
                text=text,
                language=language,
                author=actor,
                updated_at=now,
            )
            await records.canned_replies.put(reply)
            was = before.model_dump(mode="json") if before else None
            await records.audit.add(
                actor, "save_canned_reply", f"canned:{reply.id}", was, reply.model_dump(mode="json")
            )
        return reply

    async def remove(self, tenant: str, reply_id: str, actor: str) -> None:
        """Forget a reply. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            await records.canned_replies.remove(reply_id)
            await records.audit.add(actor, "remove_canned_reply", f"canned:{reply_id}")

    async def render(self, tenant: str, text: str, subject: Subject, actor: str) -> Rendered:
        """The text with what is known of the subject filled in."""
        async with self._database.records(tenant) as records:
            known = await _values(records, subject, actor)
        missing = tuple(dict.fromkeys(name for name in _VARIABLE.findall(text) if not known.get(name)))
        filled = _VARIABLE.sub(lambda match: known.get(match[1]) or match[0], text)
        return Rendered(text=filled, missing=missing)

    async def render_kept(self, tenant: str, reply_id: str, subject: Subject, actor: str) -> Rendered:
        """A kept reply filled in. Raises NotFound."""
        async with self._database.records(tenant) as records:
            reply = await records.canned_replies.get(reply_id)
        if reply is None:
            raise NotFound("There is no such canned reply.")
        return await self.render(tenant, reply.text, subject, actor)


async def _values(records: Records, subject: Subject, actor: str) -> dict[str, str]:
    policy = await shop_policy(records)
    known = {"staff.name": await name_of(records, actor), "shop.name": policy.shop_name}
    known["shop.email"] = policy.contact_email
    conversation = await records.conversations.get(subject.conversation_id) if subject.conversation_id else None
    customer_id = subject.customer_id or (conversation.customer_id if conversation else None)
    customer = await records.customers.get(customer_id) if customer_id else None
    if customer is None:
        return known
    known |= {"customer.name": customer.name, "customer.email": customer.email}
    known["customer.first_name"] = (customer.name.split() or [""])[0]
    return known | await _order(records, customer.id, subject) | await _complaint(records, customer.id, subject)


async def _order(records: Records, customer_id: str, subject: Subject) -> dict[str, str]:
    own = await records.orders.ids_of(customer_id)
    order_id = resolve(subject.order_id, own) if subject.order_id else None
    latest = await records.orders.for_customer(customer_id, limit=1) if subject.order_id is None else ()
    order = await records.orders.get(order_id) if order_id else next(iter(latest), None)
    return {"order.id": order.id, "order.status": order.status.value.replace("_", " ")} if order else {}


async def _complaint(records: Records, customer_id: str, subject: Subject) -> dict[str, str]:
    mine = await records.complaints.for_customer(customer_id)
    found = next((c for c in mine if subject.complaint_id in (None, c.id)), None)
    return {"complaint.id": found.id, "complaint.status": found.status.value.replace("_", " ")} if found else {}
