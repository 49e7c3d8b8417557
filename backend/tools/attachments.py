"""Files on complaints: told by their content, few and small, seen by their owner and the desk."""

import hashlib
import re
from contextlib import suppress
from uuid import uuid4

from backend.domain.cases import ComplaintStatus
from backend.domain.errors import EngineUnavailable, InvalidInput, NotEligible, NotFound
from backend.domain.inbox import Attachment
from backend.store.database import Database
from backend.store.files import Files
from backend.tools.base import ToolContext
from backend.tools.complaints import ComplaintArgs, ComplaintStatusTool

MOST_BYTES = 5_000_000
MOST_FILES = 5

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
_UNSAFE = re.compile(r"[^\w .()-]+")


def kind_of(content: bytes) -> str | None:
    """The media type by the file's own first bytes, whatever its name says; None for what is not taken.

    Signatures as in the formats' specifications (ITU T.81, RFC 2083, the RIFF container of WebP, ISO 32000).
    """
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if content.startswith(b"%PDF-") else None


class AttachmentDesk:
    """Takes and hands out files. Whose complaint it is, is asked as for the complaint itself."""

    def __init__(self, database: Database, files: Files, complaints: ComplaintStatusTool) -> None:
        self._database = database
        self._files = files
        self._complaints = complaints

    async def add(self, context: ToolContext, complaint_id: str, name: str, content: bytes) -> Attachment:
        """Keep a file of the complaint's owner.

        Raises NotFound (unknown or someone else's), InvalidInput for what is too large or no picture or PDF,
        NotEligible when there are five already or the complaint is closed.
        """
        own = await self._complaints.run(context, ComplaintArgs(complaint_id=complaint_id))
        media_type = _accepted(content)
        if own.status is ComplaintStatus.CLOSED:
            raise NotEligible("This complaint is closed. Please file a new one.", rule="complaint_closed")
        attachment = Attachment(
            id=uuid4().hex,
            complaint_id=own.id,
            name=_safe_name(name, media_type),
            media_type=media_type,
            size=len(content),
            content_hash=hashlib.sha256(content).hexdigest(),
            author=context.actor,
            created_at=context.now,
        )
        await self._files.put(context.tenant, attachment.id, content)
        try:
            kept = await self._note(context, attachment)
        except BaseException:
            with suppress(EngineUnavailable):
                await self._files.delete(context.tenant, attachment.id)
            raise
        if kept.id != attachment.id:
            await self._files.delete(context.tenant, attachment.id)
        return kept

    async def own(self, context: ToolContext, complaint_id: str) -> tuple[Attachment, ...]:
        """The files of one's own complaint. Raises NotFound."""
        found = await self._complaints.run(context, ComplaintArgs(complaint_id=complaint_id))
        return await self.of(context.tenant, found.id)

    async def of(self, tenant: str, complaint_id: str) -> tuple[Attachment, ...]:
        """The files of a complaint, for the desk. Raises NotFound."""
        async with self._database.records(tenant) as records:
            if await records.complaints.get(complaint_id) is None:
                raise NotFound("There is no such complaint.")
            return await records.attachments.of([complaint_id])

    async def content(self, tenant: str, complaint_id: str, attachment_id: str) -> tuple[Attachment, bytes]:
        """A file of that complaint with its bytes; whoever asks has shown that they may. Raises NotFound."""
        async with self._database.records(tenant) as records:
            found = await records.attachments.get(attachment_id)
        kept = await self._files.get(tenant, found.id) if found and found.complaint_id == complaint_id else None
        if found is None or kept is None:
            raise NotFound("There is no such file.")
        return found, kept

    async def own_content(
        self, context: ToolContext, complaint_id: str, attachment_id: str
    ) -> tuple[Attachment, bytes]:
        """A file of one's own complaint. Raises NotFound."""
        found = await self._complaints.run(context, ComplaintArgs(complaint_id=complaint_id))
        return await self.content(context.tenant, found.id, attachment_id)

    async def _note(self, context: ToolContext, attachment: Attachment) -> Attachment:
        """In one transaction, so that several at once do not pass the limit together."""
        async with self._database.records(context.tenant, write=True) as records:
            await records.complaints.touch(attachment.complaint_id, attachment.created_at)
            there = await records.attachments.of([attachment.complaint_id])
            same = next((a for a in there if a.content_hash == attachment.content_hash), None)
            if same is not None:
                return same
            if len(there) >= MOST_FILES:
                raise NotEligible(f"A complaint takes up to {MOST_FILES} files.", rule="most_attachments")
            await records.attachments.add(attachment)
            what = f"complaint:{attachment.complaint_id}"
            await records.audit.add(context.actor, "attach", what, None, {"attachment": attachment.id})
            payload = {"object": what, "complaint": attachment.complaint_id, "attachment": attachment.id}
            await records.events.add("complaint.updated", payload)
        return attachment


def _accepted(content: bytes) -> str:
    if not content:
        raise InvalidInput("The file is empty.", field="file")
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"A file may have up to {MOST_BYTES // 1_000_000} MB.", field="file")
    media_type = kind_of(content)
    if media_type is None:
        raise InvalidInput("Please send a JPEG, PNG or WebP picture or a PDF.", field="file")
    return media_type


def _safe_name(name: str, media_type: str) -> str:
    """The name without folders and odd signs, ending as its content says."""
    stem = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" ._")
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    return f"{(stem or 'file')[:80]}.{ENDINGS[media_type]}"
