"""What the records hold about one person, table by table: read out for them, and taken out of the records for good."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Table, or_, tuple_

from backend.store.customers import email_key
from backend.store.repository import Repository
from backend.store.tables import metadata
from backend.store.tables.cases import complaints, handoffs
from backend.store.tables.conversations import conversations, messages
from backend.store.tables.customers import customers
from backend.store.tables.desk import audit
from backend.store.tables.desk_work import attachments
from backend.store.tables.orders import orders

#: What stands where a person's words were.
ERASED = "(erased)"
#: Proofs, which are nobody's to read.
_NEVER_SHOWN = frozenset({"tenant", "password_hash", "code_hash"})


class Person(NamedTuple):
    """Everything by which rows may name a customer."""

    customer_id: str
    email: str
    orders: tuple[str, ...]
    complaints: tuple[str, ...]
    conversations: tuple[str, ...]
    sessions: tuple[str, ...]

    @property
    def named(self) -> frozenset[str]:
        """The ids that payloads and results name."""
        return frozenset((self.customer_id, *self.orders, *self.complaints, *self.conversations))

    @property
    def objects(self) -> tuple[str, ...]:
        """How the audit names what is theirs."""
        kinds = {"order": self.orders, "complaint": self.complaints, "conversation": self.conversations}
        return (f"customer:{self.customer_id}", *(f"{kind}:{i}" for kind, ids in kinds.items() for i in ids))


_Change = Any | Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One table. `whose` finds the person's rows, by a condition or, where only JSON names them, by looking.

    Erasing deletes the rows, or puts something else into the columns of `emptied` (a callable gets the old value).
    Without `whose` no row is about a customer; `why` says what it holds instead.
    """

    why: str
    whose: Callable[[Person], ColumnElement[bool]] | None = None
    looked: Callable[[Mapping[str, Any], Person], bool] | None = None
    gone: bool = False
    emptied: Mapping[str, _Change] = field(default_factory=dict)


def _nobody(_: Any) -> str:
    return f"{uuid4().hex}@erased.invalid"


def _region(address: Mapping[str, Any]) -> dict[str, Any]:
    """Taxes need the country and the state a parcel went to."""
    kept = {"state": address.get("state", ""), "country": address.get("country", "")}
    return {"line1": ERASED, "line2": "", "city": ERASED, "zip": "", **kept}


def _done(result: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """That it was done stays, so that nothing is done twice; what was said does not."""
    if not result or "outcome" not in result:
        return dict(result) if result else None
    return {**result, "outcome": {"tool": result["outcome"].get("tool", ""), "text": ERASED}}


def _of_order(table: str) -> Callable[[Person], ColumnElement[bool]]:
    return lambda person: metadata.tables[table].c.order_id.in_(person.orders)


def _of_conversation(table: str) -> Callable[[Person], ColumnElement[bool]]:
    return lambda person: metadata.tables[table].c.conversation_id.in_(person.conversations)


def _is(table: str, column: str, value: Callable[[Person], str]) -> Callable[[Person], ColumnElement[bool]]:
    return lambda person: metadata.tables[table].c[column] == value(person)


def _texts(value: Any) -> frozenset[str]:
    """Every string in a JSON value."""
    if isinstance(value, Mapping):
        return frozenset().union(*map(_texts, value.values()))
    if isinstance(value, list | tuple):
        return frozenset().union(*map(_texts, value))
    return frozenset((value,)) if isinstance(value, str) else frozenset()


def _shop(why: str) -> Rule:
    return Rule(why)


#: Every table, by name: a table without a line here fails a test.
RULES: Mapping[str, Rule] = {
    "customers": Rule(
        "the person; the row stays for the orders that name it",
        _is("customers", "id", lambda p: p.customer_id),
        emptied={"name": ERASED, "email": _nobody, "email_key": _nobody, "phone": None, "address": None,
                 "password_hash": None},
    ),
    "payment_methods": Rule(
        "a way to pay; a gift card's balance is the shop's debt",
        _is("payment_methods", "customer_id", lambda p: p.customer_id),
        emptied={"brand": None, "last_four": None},
    ),
    "identity_codes": Rule(
        "proofs that wait", _is("identity_codes", "email_key", lambda p: email_key(p.email)), gone=True
    ),
    "orders": Rule("bookkeeping", _is("orders", "customer_id", lambda p: p.customer_id), emptied={"address": _region}),
    "order_lines": Rule("bookkeeping, nobody in it", _of_order("order_lines")),
    "payments": Rule("bookkeeping", _of_order("payments"), emptied={"method_label": ERASED}),
    "deliveries": Rule("where a parcel went", _of_order("deliveries"), emptied={"tracking_number": None, "events": []}),
    "returns": Rule("bookkeeping, nobody in it", _of_order("returns")),
    "exchanges": Rule("bookkeeping, nobody in it", _of_order("exchanges")),
    "refunds": Rule("bookkeeping", _of_order("refunds"), emptied={"method_label": ERASED}),
    "complaints": Rule(
        "the case stays for the numbers, its words do not",
        _is("complaints", "customer_id", lambda p: p.customer_id),
        emptied={"description": ERASED, "notes": [], "history": []},
    ),
    "attachments": Rule(
        "pictures and papers", lambda p: attachments.c.complaint_id.in_(p.complaints), gone=True
    ),
    "handoffs": Rule(
        "that a person was asked for",
        lambda p: or_(handoffs.c.customer_id == p.customer_id, handoffs.c.conversation_id.in_(p.conversations)),
        emptied={"reason": "", "session_id": ERASED},
    ),
    "enquiries": Rule(
        "a business contact",
        looked=lambda row, p: email_key((row["email"] or {}).get("value", "")) == email_key(p.email),
        emptied={"text": ERASED, "name": None, "email": None, "phone": None, "company": None, "draft_reply": ""},
    ),
    "conversations": Rule(
        "that it took place", lambda p: conversations.c.id.in_(p.conversations),
        emptied={"session_id": ERASED, "title": ""},
    ),
    "messages": Rule("what was said", _of_conversation("messages"), emptied={"text": ERASED, "meta": None}),
    "notes": Rule("what staff wrote about it", _of_conversation("notes"), gone=True),
    "feedback": Rule("thumbs", _of_conversation("feedback"), emptied={"comment": None}),
    "satisfaction": Rule("scores", _of_conversation("satisfaction"), emptied={"comment": None}),
    "model_calls": Rule("what calls cost, nothing that was said", _of_conversation("model_calls")),
    "corrections": Rule("messages kept as examples, found by the messages of the person", gone=True),
    "mails": Rule(
        "letters", looked=lambda row, p: email_key(row["to"]) == email_key(p.email), gone=True
    ),
    "events": Rule(
        "news on its way to webhooks", looked=lambda row, p: bool(_texts(row["payload"]) & p.named), gone=True
    ),
    "pending_actions": Rule(
        "questions that wait", _is("pending_actions", "customer_id", lambda p: p.customer_id), gone=True
    ),
    "actions": Rule(
        "what was done once", looked=lambda row, p: bool(_texts(row["result"]) & p.named), emptied={"result": _done}
    ),
    "audit": Rule(
        "who did what and when stays for ever, what it was about does not",
        lambda p: or_(
            audit.c.object.in_(p.objects),
            audit.c.actor.in_((f"customer:{p.customer_id}", *(f"session:{s}" for s in p.sessions))),
        ),
        emptied={"before": None, "after": None},
    ),
    "webhook_deliveries": _shop("goes with its event"),
    "unanswered": _shop("questions without who asked, masked before they are kept"),
    "loaded_rows": _shop("fingerprints; they keep a file that is loaded again from bringing the person back"),
    "counters": _shop("numbers"),
    "counted_days": _shop("sums"),
    "tenants": _shop("the shop"),
    "policies": _shop("rules of the shop"),
    "policy_versions": _shop("rules of the shop"),
    "products": _shop("the catalogue"),
    "variants": _shop("the catalogue"),
    "relations": _shop("the catalogue"),
    "fit_rules": _shop("the catalogue"),
    "documents": _shop("what the shop has written"),
    "document_versions": _shop("what the shop has written"),
    "deleted_documents": _shop("ids"),
    "canned_replies": _shop("what the shop has written"),
    "saved_views": _shop("staff"),
    "staff": _shop("staff, ended in the team's settings"),
    "login_links": _shop("staff"),
    "api_keys": _shop("integrations"),
    "webhooks": _shop("integrations"),
}  # fmt: skip


class Personal(Repository):
    """Finds, reads and erases one person's rows."""

    async def person(self, customer_id: str) -> Person | None:
        """By what rows may name that customer; None for an unknown one."""
        email = await self._text(self._select(customers, customers.c.email).where(customers.c.id == customer_id))
        if email is None:
            return None
        chats = self._select(conversations, conversations.c.id, conversations.c.session_id)
        found = await self._rows(chats.where(conversations.c.customer_id == customer_id))
        return Person(
            customer_id,
            email,
            await self._ids(orders, orders.c.customer_id == customer_id),
            await self._ids(complaints, complaints.c.customer_id == customer_id),
            tuple(row.id for row in found),
            tuple(row.session_id for row in found),
        )

    async def read(self, person: Person) -> dict[str, list[dict[str, Any]]]:
        """Every row about the person by table, without proofs."""
        found = {name: await self._about(metadata.tables[name], rule, person) for name, rule in RULES.items()}
        return {
            name: [{k: v for k, v in row.items() if k not in _NEVER_SHOWN} for row in rows]
            for name, rows in found.items()
            if rows
        }

    async def erase(self, person: Person) -> dict[str, int]:
        """Delete or empty every row about the person; how many of each table."""
        touched: dict[str, int] = {}
        found = {name: await self._about(metadata.tables[name], rule, person) for name, rule in RULES.items()}
        for name, rows in found.items():
            table, rule = metadata.tables[name], RULES[name]
            if rows and rule.gone:
                keys = [column for column in table.primary_key if column.name != "tenant"]
                named = tuple_(*keys).in_([tuple(row[k.name] for k in keys) for row in rows])
                await self._run(self._delete(table).where(named))
            elif rows and rule.emptied:
                for row in rows:
                    await self._run(self._update(table).where(*_same(table, row)).values(_emptied(rule, row)))
            if rows and (rule.gone or rule.emptied):
                touched[name] = len(rows)
        return touched

    async def _about(self, table: Table, rule: Rule, person: Person) -> list[dict[str, Any]]:
        if table.name == "corrections":
            said = self._select(messages, messages.c.id).where(messages.c.conversation_id.in_(person.conversations))
            return _dicts(await self._rows(self._select(table).where(table.c.message_id.in_(said))))
        if rule.whose is not None:
            return _dicts(await self._rows(self._select(table).where(rule.whose(person))))
        if rule.looked is None:
            return []
        kept: list[dict[str, Any]] = []
        async for part in self._slices(self._select(table), 500):
            kept += [row for row in _dicts(part) if rule.looked(row, person)]
        return kept

    async def _ids(self, table: Table, condition: ColumnElement[bool]) -> tuple[str, ...]:
        return tuple(row.id for row in await self._rows(self._select(table, table.c.id).where(condition)))


def _dicts(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in rows]


def _same(table: Table, row: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in table.primary_key if column.name != "tenant"]


def _emptied(rule: Rule, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: change(row[name]) if callable(change) else change for name, change in rule.emptied.items()}
