"""Signed bearer tokens: who they are for, in which shop, until when."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import jwt
from jwt.types import Options
from pydantic import ValidationError

from backend.domain.base import Value
from backend.domain.errors import NotSignedIn
from backend.domain.identity import StaffRole

_ALGORITHM = "HS256"
_ISSUER = "support-desk"


class TokenKind(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    REFRESH_CUSTOMER = "refresh_customer"
    REFRESH_STAFF = "refresh_staff"


LIFETIMES = {
    TokenKind.CUSTOMER: timedelta(minutes=15),
    TokenKind.STAFF: timedelta(hours=1),
    TokenKind.REFRESH_CUSTOMER: timedelta(days=14),
    TokenKind.REFRESH_STAFF: timedelta(hours=12),
}

#: When it was issued nobody needs to know: another machine's clock may be ahead.
_CHECKED: Options = {"require": ["exp", "iss"], "verify_iat": False}


class Bearer(Value):
    """What a valid token says. `subject` is a customer id or a staff id."""

    kind: TokenKind
    tenant: str
    subject: str
    role: StaffRole | None = None


class Tokens:
    """Issues and reads tokens with the operator's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def issue(self, bearer: Bearer, now: datetime) -> str:
        """The token as text, valid for its kind's lifetime from `now` (UTC)."""
        claims = {
            "iss": _ISSUER,
            "iat": now,
            "exp": now + LIFETIMES[bearer.kind],
            "jti": secrets.token_urlsafe(8),
            **bearer.model_dump(mode="json", exclude_none=True),
        }
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)

    def read(self, token: str) -> Bearer:
        """What the token says. Raises NotSignedIn for one that is forged, expired or of another make."""
        try:
            claims = jwt.decode(token, self._secret, algorithms=[_ALGORITHM], issuer=_ISSUER, options=_CHECKED)
            return Bearer.model_validate({k: v for k, v in claims.items() if k in Bearer.model_fields})
        except (jwt.InvalidTokenError, ValidationError) as error:
            raise NotSignedIn("The token is not valid or has expired. Sign in again.") from error
