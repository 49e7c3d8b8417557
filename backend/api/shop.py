"""What anybody may know of the shop: its name, its money, how it greets, the reasons it takes, who is at the desk."""

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.callers import Called, Wired
from backend.domain.base import Moment
from backend.domain.rules.complaints import is_open, next_open
from backend.store.loading.offers import NO_CATEGORY
from backend.tools.ownership import shop_policy

_CATEGORIES = 3

router = APIRouter(prefix="/api", tags=["shop"])


class ShopView(BaseModel):
    """The shop as everybody may know it; `opens_at` only while nobody is at the desk."""

    slug: str
    name: str
    currency: str
    contact_email: str
    cancel_reasons: tuple[str, ...]
    return_reasons: tuple[str, ...]
    return_window_days: int | None
    greeting: str
    #: questions to begin with
    suggestions: tuple[str, ...]
    #: what it sells most kinds of, for questions where it has none of its own
    categories: tuple[str, ...]
    #: whether other languages than English are read well: a language model is at hand
    multilingual: bool
    #: false: codes and letters lie in the outbox of the desk
    sends_mail: bool
    desk_open: bool
    opens_at: Moment | None


@router.get("/shop", response_model=ShopView)
async def shop(container: Wired, caller: Called) -> ShopView:
    """The shop of this call."""
    async with container.database.records(caller.tenant) as records:
        policy = await shop_policy(records)
    chosen = await container.shop_desk.recent_settings(caller.tenant)
    given = policy.model_dump(include=set(ShopView.model_fields))
    given |= chosen.model_dump(include={"greeting", "suggestions"})
    now = container.clock()
    here = is_open(policy.business_hours, now)
    opens_at = None if here else next_open(policy.business_hours, now)
    given |= {"multilingual": container.model is not None, "sends_mail": bool(container.settings.smtp_url)}
    words = await container.catalogue.words(caller.tenant)
    kinds = [kind for kind in words.largest_categories(_CATEGORIES + 1) if kind != NO_CATEGORY]
    given |= {"categories": kinds[:_CATEGORIES]}
    given |= {"desk_open": here, "opens_at": opens_at}
    return ShopView(slug=caller.tenant, name=policy.shop_name, **given)
