"""What the pages have to know of the shop: its name, its money, and the reasons it takes."""

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.callers import Called, Wired
from backend.tools.ownership import shop_policy

router = APIRouter(prefix="/api", tags=["shop"])


class ShopView(BaseModel):
    """The shop as everybody may know it."""

    slug: str
    name: str
    currency: str
    contact_email: str
    cancel_reasons: tuple[str, ...]
    return_reasons: tuple[str, ...]
    return_window_days: int | None


@router.get("/shop", response_model=ShopView)
async def shop(container: Wired, caller: Called) -> ShopView:
    """The shop of this call."""
    async with container.database.records(caller.tenant) as records:
        policy = await shop_policy(records)
    given = policy.model_dump(include=set(ShopView.model_fields))
    return ShopView(slug=caller.tenant, name=policy.shop_name, **given)
