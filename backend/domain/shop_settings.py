"""How a shop presents itself: greeting, tone, suggested questions, and the sites that may show its chat."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from backend.domain.base import Value

#: Where these settings stand among those of the tenant.
SHOP_KEY = "shop"
#: A host with an optional port and leading wildcard, as browsers compare origins; http only for this machine.
_ORIGIN = re.compile(
    r"^(https://(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}|http://(localhost|127\.0\.0\.1))(:\d{1,5})?$"
)


def _origin(text: str) -> str:
    origin = text.strip().lower().rstrip("/")
    if "://" not in origin:
        origin = f"https://{origin}"
    if not _ORIGIN.match(origin):
        raise ValueError("is no address of a site: write https://shop.example, https://*.shop.example")
    return origin


Origin = Annotated[str, Field(max_length=260), AfterValidator(_origin)]
_Line = Annotated[str, Field(min_length=1, max_length=160)]

Tone = Literal["neutral", "friendly", "formal"]


class ShopSettings(Value):
    """Empty texts mean the house's own. No allowed domain: any site may show the chat, and no other site's script
    may call the API.
    """

    greeting: Annotated[str, Field(max_length=400)] = ""
    tone: Tone = "neutral"
    suggestions: Annotated[tuple[_Line, ...], Field(max_length=6)] = ()
    allowed_domains: Annotated[tuple[Origin, ...], Field(max_length=50)] = ()
