"""The work at the desk: notes, saved views, canned replies, what shoppers thought of answers, and files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_

from backend.domain.errors import Conflict, NotFound
from backend.domain.inbox import Attachment, CannedReply, DeskNote, Feedback, Satisfaction, SavedView
from backend.domain.policy import PolicyVersion, ShopPolicy
from backend.store.repository import Repository
from backend.store.tables.desk_work import (
    attachments,
    canned_replies,
    feedback,
    notes,
    policy_versions,
    satisfaction,
    saved_views,
)


class Notes(Repository):
    """What staff say among themselves about a conversation."""

    async def add(self, note: DeskNote) -> None:
        """Append a note."""
        await self._add(notes, [note.model_dump()])

    async def of(self, conversation_id: str) -> tuple[DeskNote, ...]:
        """The notes of a conversation, oldest first."""
        chosen = self._select(notes).where(notes.c.conversation_id == conversation_id)
        rows = await self._rows(chosen.order_by(notes.c.at, notes.c.id))
        return tuple(DeskNote.model_validate(row._asdict()) for row in rows)


class SavedViews(Repository):
    """Named questions to the inbox."""

    async def put(self, view: SavedView) -> None:
        """Keep the view, or replace the one of that id."""
        await self._put(
            saved_views, [view.model_dump(exclude={"query"}) | {"query": view.query.model_dump(mode="json")}]
        )

    async def get(self, view_id: str) -> SavedView | None:
        """The view of that id, or None."""
        row = await self._row(self._select(saved_views).where(saved_views.c.id == view_id))
        return SavedView.model_validate(row._asdict()) if row else None

    async def seen_by(self, owner: str) -> tuple[SavedView, ...]:
        """One's own views and the shared ones, by name."""
        mine = self._select(saved_views).where(or_(saved_views.c.owner == owner, saved_views.c.shared))
        rows = await self._rows(mine.order_by(saved_views.c.name, saved_views.c.id))
        return tuple(SavedView.model_validate(row._asdict()) for row in rows)

    async def remove(self, view_id: str) -> None:
        """Forget a view. Raises NotFound."""
        if not await self._run(self._delete(saved_views).where(saved_views.c.id == view_id)):
            raise NotFound("There is no such view.")


class CannedReplies(Repository):
    """Replies kept ready, found by their shortcut."""

    async def put(self, reply: CannedReply) -> None:
        """Keep the reply, or replace the one of that id. Raises Conflict when another has its shortcut."""
        taken = self._select(canned_replies, canned_replies.c.id).where(
            canned_replies.c.shortcut == reply.shortcut, canned_replies.c.id != reply.id
        )
        if await self._scalar(taken) is not None:
            raise Conflict(f"There is a reply “{reply.shortcut}” already.")
        await self._put(canned_replies, [reply.model_dump()])

    async def get(self, reply_id: str) -> CannedReply | None:
        """The reply of that id, or None."""
        row = await self._row(self._select(canned_replies).where(canned_replies.c.id == reply_id))
        return CannedReply.model_validate(row._asdict()) if row else None

    async def all(self) -> tuple[CannedReply, ...]:
        """Every reply, by shortcut."""
        rows = await self._rows(self._select(canned_replies).order_by(canned_replies.c.shortcut))
        return tuple(CannedReply.model_validate(row._asdict()) for row in rows)

    async def remove(self, reply_id: str) -> None:
        """Forget a reply. Raises NotFound."""
        if not await self._run(self._delete(canned_replies).where(canned_replies.c.id == reply_id)):
            raise NotFound("There is no such canned reply.")


class Opinions(Repository):
    """What shoppers thought of answers and of conversations; whoever says it again has changed their mind."""

    async def put_feedback(self, said: Feedback) -> None:
        """Keep the thumb on an answer."""
        await self._put(feedback, [said.model_dump()])

    async def feedback_in(self, conversation_id: str) -> tuple[Feedback, ...]:
        """The thumbs of a conversation."""
        rows = await self._rows(self._select(feedback).where(feedback.c.conversation_id == conversation_id))
        return tuple(Feedback.model_validate(row._asdict()) for row in rows)

    async def put_satisfaction(self, said: Satisfaction) -> None:
        """Keep the score of a conversation."""
        await self._put(satisfaction, [said.model_dump()])

    async def satisfaction_in(self, conversation_id: str) -> Satisfaction | None:
        """The score of a conversation, or None."""
        row = await self._row(self._select(satisfaction).where(satisfaction.c.conversation_id == conversation_id))
        return Satisfaction.model_validate(row._asdict()) if row else None


class Attachments(Repository):
    """Files on complaints; here stands what they are, their bytes lie elsewhere."""

    async def add(self, attachment: Attachment) -> None:
        """Note a file that lies there already."""
        await self._add(attachments, [attachment.model_dump()])

    async def get(self, attachment_id: str) -> Attachment | None:
        """The attachment of that id, or None."""
        row = await self._row(self._select(attachments).where(attachments.c.id == attachment_id))
        return Attachment.model_validate(row._asdict()) if row else None

    async def of(self, complaint_ids: Sequence[str]) -> tuple[Attachment, ...]:
        """The files of these complaints, oldest first."""
        chosen = self._select(attachments).where(attachments.c.complaint_id.in_(complaint_ids))
        rows = await self._rows(chosen.order_by(attachments.c.created_at, attachments.c.id))
        return tuple(Attachment.model_validate(row._asdict()) for row in rows)


class PolicyVersions(Repository):
    """Every set of rules that was ever in force."""

    async def add(self, policy: ShopPolicy, author: str, at: datetime) -> PolicyVersion:
        """Keep the rules as the next version."""
        newest = self._select(policy_versions, policy_versions.c.version).order_by(policy_versions.c.version.desc())
        version = int(await self._scalar(newest.limit(1)) or 0) + 1
        kept = PolicyVersion(version=version, policy=policy, author=author, at=at)
        await self._add(policy_versions, [kept.model_dump(exclude={"policy"}) | {"policy": policy.model_dump()}])
        return kept

    async def list(self, *, limit: int = 50) -> tuple[PolicyVersion, ...]:
        """The latest versions, newest first."""
        newest = self._select(policy_versions).order_by(policy_versions.c.version.desc()).limit(limit)
        return tuple(PolicyVersion.model_validate(row._asdict()) for row in await self._rows(newest))
