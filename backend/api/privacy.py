"""A customer's rights over HTTP: a copy of what is kept, for them and for the desk, and to be forgotten."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.callers import Acting, AdminCaller, Wired
from backend.domain.base import Moment
from backend.domain.identity import IdentityLevel
from backend.tools.base import IdentityNeeded
from backend.tools.privacy import Erasure

router = APIRouter(prefix="/api", tags=["privacy"])


class ExportView(BaseModel):
    """Every record about one customer, by table; proofs such as password hashes are left out."""

    customer_id: str
    shop: str
    exported_at: Moment
    records: Mapping[str, list[dict[str, Any]]]


@router.get("/staff/customers/{customer_id}/export", response_model=ExportView)
async def export(customer_id: str, container: Wired, caller: AdminCaller) -> ExportView:
    """A copy of everything about a customer, for whoever asked the shop for it; that it was made is noted."""
    return ExportView(**await container.privacy.export(caller.tenant, customer_id, caller.actor, container.clock()))


@router.post("/staff/customers/{customer_id}/erase", response_model=Erasure)
async def erase(customer_id: str, container: Wired, caller: AdminCaller) -> Erasure:
    """Forget a customer for good: name, addresses, words, files. Orders, payments and refunds stay without them."""
    return await container.privacy.erase(caller.tenant, customer_id, caller.actor)


@router.get("/account/export", response_model=ExportView)
async def own_export(container: Wired, context: Acting) -> ExportView:
    """A copy of everything about oneself, after signing in or with a mailed code."""
    if context.identity.level < IdentityLevel.VERIFIED:
        raise IdentityNeeded(IdentityLevel.VERIFIED)
    found = await container.privacy.export(context.tenant, context.customer_id, context.actor, context.now)
    return ExportView(**found)
