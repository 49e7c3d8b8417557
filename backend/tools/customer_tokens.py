"""Reads tokens by which a shop's own server says who its visitor is."""

from datetime import UTC, datetime, timedelta

import jwt

from backend.domain.errors import NotSignedIn
from backend.domain.identity import Identity, IdentityLevel
from backend.store.database import Database

#: longest life of a token, and how far two clocks may differ
LIFETIME = timedelta(minutes=10)
_SKEW = timedelta(seconds=15)


class CustomerTokens:
    """HS256, signed with the shop's secret; claims `email` and `exp`, at most ten minutes ahead."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, tenant: str, token: str, now: datetime) -> Identity:
        """The verified identity of the customer with that e-mail.

        Raises NotSignedIn for a token that is forged, expired or too long-lived, and for an unknown e-mail.
        """
        async with self._database.records(tenant) as records:
            shop = await records.tenants.get()
            email = _email(token, shop.secret if shop else None, now)
            customer = await records.customers.by_email(email)
        if customer is None:
            raise NotSignedIn("The customer token names nobody that this shop knows.")
        return Identity(level=IdentityLevel.VERIFIED, customer_id=customer.id)


def _email(token: str, secret: str | None, now: datetime) -> str:
    if not secret:
        raise NotSignedIn("This shop has no secret for customer tokens yet. Make one with `make secret`.")
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], leeway=_SKEW, options={"require": ["exp"]})
    except jwt.InvalidTokenError as error:
        raise NotSignedIn("The customer token is not valid or has expired.") from error
    expires = datetime.fromtimestamp(int(claims["exp"]), UTC)
    made = datetime.fromtimestamp(int(claims["iat"]), UTC) if "iat" in claims else now
    if expires - min(now, made) > LIFETIME + _SKEW:
        raise NotSignedIn("The customer token lives too long: at most ten minutes are allowed.")
    email = claims.get("email")
    if not isinstance(email, str) or not email.strip():
        raise NotSignedIn("The customer token has no claim `email`.")
    return email
