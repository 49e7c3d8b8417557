"""Files on complaints over HTTP: for their owner, and for the desk."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Response, UploadFile, status
from pydantic import BaseModel

from backend.api.callers import Acting, SupportCaller, Wired
from backend.domain.base import Moment
from backend.domain.inbox import Attachment
from backend.tools.attachments import ENDINGS, MOST_BYTES

router = APIRouter(prefix="/api", tags=["complaints"])

#: A browser must neither guess what it is nor run what is in it.
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in ENDINGS}, "description": "the file"},
}


class AttachmentView(BaseModel):
    """A file on a complaint; its bytes are at `url`."""

    id: str
    name: str
    media_type: str
    size: int
    created_at: Moment
    url: str

    @classmethod
    def of(cls, found: Attachment, folder: str) -> "AttachmentView":
        fields = found.model_dump(include=set(cls.model_fields))
        return cls(**fields, url=f"{folder}/{found.complaint_id}/attachments/{found.id}")


class AttachmentList(BaseModel):
    results: tuple[AttachmentView, ...]


@router.post(
    "/complaints/{complaint_id}/attachments", response_model=AttachmentView, status_code=status.HTTP_201_CREATED
)
async def attach(
    complaint_id: str, container: Wired, context: Acting, file: Annotated[UploadFile, File()]
) -> AttachmentView:
    """Add a picture (JPEG, PNG, WebP) or a PDF of up to 5 MB to one's own complaint; it takes five of them."""
    content = await file.read(MOST_BYTES + 1)
    kept = await container.attachments.add(context, complaint_id, file.filename or "", content)
    return AttachmentView.of(kept, "/api/complaints")


@router.get("/complaints/{complaint_id}/attachments", response_model=AttachmentList)
async def own(complaint_id: str, container: Wired, context: Acting) -> AttachmentList:
    """The files of one's own complaint."""
    found = await container.attachments.own(context, complaint_id)
    return AttachmentList(results=tuple(AttachmentView.of(a, "/api/complaints") for a in found))


@router.get("/complaints/{complaint_id}/attachments/{attachment_id}", response_class=Response, responses=_FILE)
async def own_file(complaint_id: str, attachment_id: str, container: Wired, context: Acting) -> Response:
    """A file of one's own complaint, to be saved."""
    return _download(*await container.attachments.own_content(context, complaint_id, attachment_id))


@router.get("/staff/complaints/{complaint_id}/attachments", response_model=AttachmentList)
async def of_complaint(complaint_id: str, container: Wired, caller: SupportCaller) -> AttachmentList:
    """The files of a complaint."""
    found = await container.attachments.of(caller.tenant, complaint_id)
    return AttachmentList(results=tuple(AttachmentView.of(a, "/api/staff/complaints") for a in found))


@router.get("/staff/complaints/{complaint_id}/attachments/{attachment_id}", response_class=Response, responses=_FILE)
async def file_of_complaint(complaint_id: str, attachment_id: str, container: Wired, caller: SupportCaller) -> Response:
    """A file of a complaint, to be saved; that it was looked at is noted."""
    found, content = await container.attachments.content(caller.tenant, complaint_id, attachment_id)
    await caller.viewed(container, f"attachment:{attachment_id}")
    return _download(found, content)


def _download(found: Attachment, content: bytes) -> Response:
    name = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return Response(content, media_type=found.media_type, headers={**_SAFE, "Content-Disposition": name})
