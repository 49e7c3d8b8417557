"""Who calls in the tests of access: each with the headers that prove it, or fail to."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from backend.domain.identity import StaffRole
from backend.tools.tokens import Bearer, TokenKind, Tokens
from tests.shop import ROOT, SECRET, Shop

JOHN, SARAH = "john.smith@example.com", "sarah.johnson@example.com"
OTHER_SHOP = "othershop"


@dataclass(frozen=True)
class Person:
    """A caller. `proof`: none, bad (no valid token), guest, customer or a staff role; `here`: of the shop at test."""

    name: str
    headers: dict[str, str]
    proof: str
    here: bool = True


def open_other_shop(shop: Shop) -> None:
    """A second shop with the very same numbers and addresses in it."""
    command = [sys.executable, "-m", "backend.cli", "load", "--store", str(ROOT / "seed_data/techpro")]
    subprocess.run([*command, "--tenant", OTHER_SHOP], env=shop.env, cwd=ROOT, check=True, capture_output=True)


def tokens() -> Tokens:
    """What signs with the server's own secret."""
    return Tokens(SECRET)


def bearer(kind: TokenKind, subject: str, *, tenant: str = "techpro", role: StaffRole | None = None) -> dict[str, str]:
    """The header of a valid token."""
    said = Bearer(kind=kind, tenant=tenant, subject=subject, role=role)
    return {"Authorization": f"Bearer {tokens().issue(said, datetime.now(UTC))}"}


def bad_tokens(subject: str) -> dict[str, str]:
    """Tokens that must open nothing, by what is wrong with them."""
    good = Bearer(kind=TokenKind.STAFF, tenant="techpro", subject=subject, role=StaffRole.ADMIN)
    customer = good.model_copy(update={"kind": TokenKind.CUSTOMER, "role": None})
    now = datetime.now(UTC)
    claims = {"iss": "support-desk", "exp": now + timedelta(hours=1), **customer.model_dump(mode="json")}
    swapped = tokens().issue(customer, now).split(".")
    swapped[1] = tokens().issue(good, now).split(".")[1]
    return {
        "forged": Tokens("another secret that nobody here ever used").issue(good, now),
        "expired": tokens().issue(customer, now - timedelta(days=1)),
        "unsigned": jwt.encode(claims, None, algorithm="none"),
        "with another's claims": ".".join(swapped),
        "without an end": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, SECRET, algorithm="HS256"),
        "of another issuer": jwt.encode({**claims, "iss": "someone"}, SECRET, algorithm="HS256"),
        "refresh of a customer": tokens().issue(customer.model_copy(update={"kind": TokenKind.REFRESH_CUSTOMER}), now),
        "refresh of staff": tokens().issue(good.model_copy(update={"kind": TokenKind.REFRESH_STAFF}), now),
        "empty": "e30.e30.",
    }
