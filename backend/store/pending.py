"""Writes that wait for the shopper's consent, kept where every process finds them."""

from datetime import datetime

from backend.domain.conversation import PendingAction
from backend.store.repository import Repository
from backend.store.tables.pending import pending_actions


class PendingActions(Repository):
    """The open questions of sessions. A confirmed one stays until swept, so that a retry finds it."""

    async def add(self, session_id: str, action: PendingAction) -> None:
        """Keep a question for the session that was asked."""
        row = {"id": action.id, "session_id": session_id, "customer_id": action.customer_id}
        stored = {**row, "action": action.model_dump(mode="json"), "expires_at": action.expires_at}
        await self._add(pending_actions, [stored])

    async def get(self, session_id: str, action_id: str) -> PendingAction | None:
        """The question of that id that this session was asked, or None."""
        chosen = self._select(pending_actions, pending_actions.c.action)
        found = await self._scalar(
            chosen.where(pending_actions.c.id == action_id, pending_actions.c.session_id == session_id)
        )
        return PendingAction.model_validate(found) if found is not None else None

    async def drop(self, session_id: str, action_id: str) -> None:
        """Forget a question, so that nobody can answer it any more."""
        one = self._delete(pending_actions).where(pending_actions.c.id == action_id)
        await self._run(one.where(pending_actions.c.session_id == session_id))

    async def move(self, session_id: str, new_session_id: str) -> None:
        """Give a session's questions to the id it goes on with."""
        mine = self._update(pending_actions).where(pending_actions.c.session_id == session_id)
        await self._run(mine.values(session_id=new_session_id))

    async def sweep(self, before: datetime) -> int:
        """Forget questions that expired before that moment; returns how many."""
        return await self._run(self._delete(pending_actions).where(pending_actions.c.expires_at < before))
