"""What was done: audit rows, and the results of actions that must happen once."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, or_, true

from backend.domain.base import utc_now
from backend.domain.desk import AuditEntry
from backend.store.repository import Repository
from backend.store.tables.desk import audit
from backend.store.tables.shop import actions


class Audit(Repository):
    """Who did what; rows are added and never changed."""

    async def add(
        self,
        actor: str,
        action: str,
        object: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Record an action on an object ("order:ORD-1001") with what it was and what it is."""
        entry = AuditEntry(
            id=uuid4().hex, at=utc_now(), actor=actor, action=action, object=object, before=before, after=after
        )
        await self._add(audit, [entry.model_dump()])

    async def list(
        self,
        *,
        object: str | None = None,
        actor: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: str | None = None,
        limit: int = 200,
    ) -> tuple[AuditEntry, ...]:
        """The latest entries within the given bounds, newest first; `before` is the last one of the page before."""
        equal = {"object": object, "actor": actor, "action": action}
        chosen = self._select(audit).where(
            *(audit.c[name] == value for name, value in equal.items() if value is not None),
            true() if since is None else audit.c.at >= since,
            true() if until is None else audit.c.at < until,
        )
        last = await self._row(self._select(audit).where(audit.c.id == before)) if before else None
        if last is not None:
            chosen = chosen.where(or_(audit.c.at < last.at, and_(audit.c.at == last.at, audit.c.id > last.id)))
        rows = await self._rows(chosen.order_by(audit.c.at.desc(), audit.c.id).limit(limit))
        return tuple(AuditEntry.model_validate(row._asdict()) for row in rows)


class Actions(Repository):
    """The idempotency ledger."""

    async def get(self, key: str) -> Any | None:
        """The result recorded under that key, or None when the action has not happened."""
        return await self._scalar(self._select(actions, actions.c.result).where(actions.c.key == key))

    async def claim(self, key: str) -> bool:
        """Reserve the key for this transaction; False when the action has happened already.

        The first statement of a write. On PostgreSQL it waits for another transaction that holds the key,
        on SQLite writes queue anyway; whoever gets False reads the result with `get`.
        """
        return bool(await self._run(self._insert(actions, _row(key, None)).on_conflict_do_nothing()))

    async def put(self, key: str, result: Any) -> bool:
        """Record the result; False, changing nothing, when the key already holds one."""
        insert = self._insert(actions, _row(key, result))
        kept = insert.on_conflict_do_update(
            index_elements=["tenant", "key"], set_={"result": insert.excluded.result}, where=actions.c.result.is_(None)
        )
        return bool(await self._run(kept))


def _row(key: str, result: Any) -> dict[str, Any]:
    return {"key": key, "result": result, "created_at": utc_now()}
