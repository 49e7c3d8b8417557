"""A token holds only as it was signed: whatever is written around it, and whatever clock another machine has."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from backend.domain.errors import NotSignedIn
from backend.domain.identity import Staff, StaffRole
from backend.memory.limiter import Limiter
from backend.store.database import Database
from backend.tools.sign_in import SignIn
from backend.tools.tokens import Bearer, TokenKind, Tokens
from tests.tools.shop import TENANT

SECRET = "a-secret-that-only-this-test-knows-0123456789-0123456789-0123456789"
TOKENS = Tokens(SECRET)
ADMIN = Bearer(kind=TokenKind.STAFF, tenant="lanterns", subject="ida", role=StaffRole.ADMIN)
GOOD = TOKENS.issue(ADMIN, datetime.now(UTC))
CLAIMS: dict[str, Any] = jwt.decode(GOOD, options={"verify_signature": False})


def _part(said: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def _unsigned(header: dict[str, Any], claims: Any = CLAIMS, signature: str = "") -> str:
    return f"{_part(header)}.{_part(claims)}.{signature}"


FORGED = {
    "no algorithm": _unsigned({"alg": "none", "typ": "JWT"}),
    "no algorithm, written oddly": _unsigned({"alg": "nOnE"}),
    "a key named by path": _unsigned({"alg": "HS256", "kid": "/dev/null"}, signature="AAAA"),
    "a key named by address": jwt.encode(CLAIMS, "x" * 64, "HS256", {"jku": "http://127.0.0.1/"}),
    "another algorithm with our key": jwt.encode(CLAIMS, SECRET, "HS512"),
    "a part that must be understood and is not": jwt.encode(CLAIMS, SECRET, "HS256", {"crit": ["x"], "x": 1}),
    "another shop under the old signature": f"{_unsigned({'alg': 'HS256'}, {**CLAIMS, 'tenant': 'b'})}{GOOD[-43:]}",
    "over": jwt.encode({**CLAIMS, "exp": 1}, SECRET, "HS256"),
    "without an end": jwt.encode({k: v for k, v in CLAIMS.items() if k != "exp"}, SECRET, "HS256"),
    "of another issuer": jwt.encode({**CLAIMS, "iss": "elsewhere"}, SECRET, "HS256"),
    "a list": _unsigned({"alg": "HS256"}, [1], "AAAA"),
    "cut": GOOD[:-1],
    "twice": f"{GOOD}.{GOOD}",
    "nothing": "..",
    "letters of no alphabet of ours": "é.é.é",
    "brackets": base64.urlsafe_b64encode(b"[" * 20_000).decode() + ".a.b",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_opens_nothing(forged: str) -> None:
    with pytest.raises(NotSignedIn):
        TOKENS.read(forged)


def test_a_token_of_a_machine_whose_clock_is_ahead_is_good() -> None:
    assert TOKENS.read(GOOD) == TOKENS.read(TOKENS.issue(ADMIN, datetime.now(UTC) + timedelta(minutes=5))) == ADMIN


async def test_the_first_admin_is_who_was_invited_and_nobody_once_somebody_came(database: Database) -> None:
    sign_in, now = SignIn(database, TOKENS, Limiter()), datetime.now(UTC)
    async with database.records(TENANT, write=True) as records:
        await records.staff.add(Staff(id="ida", name="Ida", email="ida@lanterns.example", role=StaffRole.ADMIN))
    link = await sign_in.first_admin_link(TENANT, now)
    assert link is not None
    tokens = await sign_in.use_link(TENANT, link, "a password of some length", None, None, now)
    assert TOKENS.read(tokens.access).subject == "ida"
    assert await sign_in.first_admin_link(TENANT, now) is None
