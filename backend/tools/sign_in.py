"""Sign-in of shoppers and staff: the same answer for a wrong e-mail and a wrong password, and few tries."""

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta

from pwdlib import PasswordHash

from backend.domain.errors import InvalidInput, NotSignedIn, TooManyAttempts
from backend.domain.identity import Staff, StaffRole
from backend.memory.limiter import Limiter
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.tokens import Bearer, TokenKind, Tokens

_TRIES, _TRY_SECONDS = 10, 900
_SHORTEST_PASSWORD = 10
LINK_LIFETIME = timedelta(hours=24)


class TokenPair:
    """An access token, and the refresh token that gets the next one."""

    def __init__(self, access: str, refresh: str) -> None:
        self.access = access
        self.refresh = refresh


class SignIn:
    """Checks passwords and hands out tokens."""

    def __init__(self, database: Database, tokens: Tokens, limiter: Limiter) -> None:
        self._database = database
        self._tokens = tokens
        self._limiter = limiter
        self._hasher = PasswordHash.recommended()
        # a hash takes a tenth of a second and 64 MB: in a thread, and one at a time
        self._hashing = asyncio.Lock()
        #: compared with when nobody has that e-mail, so that it takes as long; made by the first such attempt
        self._nobody = ""

    async def customer(self, tenant: str, email: str, password: str, address: str, now: datetime) -> TokenPair:
        """Tokens of the customer. Raises NotSignedIn alike for a wrong e-mail and a wrong password."""
        await self._throttle(tenant, email, address)
        async with self._database.records(tenant) as records:
            found = await records.customers.by_email(email)
            kept = await records.customers.password_hash(found.id) if found else None
        if not await self._matches(password, kept) or found is None:
            raise _refused()
        return self._pair(Bearer(kind=TokenKind.CUSTOMER, tenant=tenant, subject=found.id), now)

    async def staff(self, tenant: str, email: str, password: str, address: str, now: datetime) -> TokenPair:
        """Tokens of the member of staff. Raises NotSignedIn as for customers."""
        await self._throttle(tenant, email, address)
        async with self._database.records(tenant) as records:
            found = await records.staff.by_email(email)
            kept = await records.staff.password_hash(found.id) if found else None
        if not await self._matches(password, kept) or found is None:
            raise _refused()
        return self._staff_pair(tenant, found, now)

    async def set_customer_password(self, tenant: str, customer_id: str, password: str) -> None:
        """Keep a new password, hashed. Raises InvalidInput when it is short."""
        _long_enough(password)
        kept = await self._hashed(password)
        async with self._database.records(tenant, write=True) as records:
            await records.customers.set_password_hash(customer_id, kept)

    async def refresh(self, token: str, now: datetime) -> TokenPair:
        """New tokens for a refresh token. Raises NotSignedIn when it is no longer good for one."""
        bearer = self._tokens.read(token)
        if bearer.kind is TokenKind.REFRESH_CUSTOMER:
            return self._pair(bearer.model_copy(update={"kind": TokenKind.CUSTOMER}), now)
        if bearer.kind is TokenKind.REFRESH_STAFF:
            async with self._database.records(bearer.tenant) as records:
                found = await records.staff.get(bearer.subject)
            if found is not None:
                return self._staff_pair(bearer.tenant, found, now)
        raise NotSignedIn("This is not a refresh token. Sign in again.")

    def for_customer(self, tenant: str, customer_id: str, now: datetime) -> TokenPair:
        """Tokens after a mailed code was right."""
        return self._pair(Bearer(kind=TokenKind.CUSTOMER, tenant=tenant, subject=customer_id), now)

    def script_token(self, tenant: str, role: StaffRole, now: datetime) -> str:
        """A short-lived staff token for scripts on this machine, which hold the secret anyway."""
        subject = f"script-{role.value}"
        return self._tokens.issue(Bearer(kind=TokenKind.STAFF, tenant=tenant, subject=subject, role=role), now)

    async def first_admin_link(self, tenant: str, now: datetime) -> str | None:
        """A one-time token for the first admin; None once there is staff with a password."""
        async with self._database.records(tenant, write=True) as records:
            members = await records.staff.list()
            if any([await records.staff.password_hash(member.id) for member in members]):
                return None
            admin = next((member for member in members if member.role is StaffRole.ADMIN), None)
            if admin is None:
                admin = Staff(id="admin", name="Admin", email="admin@localhost", role=StaffRole.ADMIN)
                await records.staff.add(admin)
            return await self.link_for(records, admin.id, now)

    async def link_for(self, records: Records, staff_id: str, now: datetime) -> str:
        """A one-time token with which that member of staff sets a password, good for a day."""
        token = secrets.token_urlsafe(24)
        await records.staff.add_login_link(_hash(token), staff_id, now + LINK_LIFETIME)
        return token

    async def use_link(
        self, tenant: str, token: str, password: str, email: str | None, name: str | None, now: datetime
    ) -> TokenPair:
        """Set the password by a one-time link. Raises NotSignedIn when it was used or has expired."""
        _long_enough(password)
        async with self._database.records(tenant, write=True) as records:
            member = await records.staff.use_login_link(_hash(token), now)
            if member is None:
                raise NotSignedIn(
                    "This link was used already or has expired. An admin sends a new one: Settings, Team."
                )
            member = member.model_copy(update={"email": email or member.email, "name": name or member.name})
            await records.staff.update(member)
            await records.staff.set_password_hash(member.id, await self._hashed(password))
        return self._staff_pair(tenant, member, now)

    async def _matches(self, password: str, kept: str | None) -> bool:
        if kept is None and not self._nobody:
            self._nobody = await self._hashed(secrets.token_urlsafe(16))
        async with self._hashing:
            right = await asyncio.to_thread(self._hasher.verify, password, kept or self._nobody)
        return right and kept is not None

    async def _hashed(self, password: str) -> str:
        async with self._hashing:
            return await asyncio.to_thread(self._hasher.hash, password)

    def _pair(self, bearer: Bearer, now: datetime) -> TokenPair:
        refresh = bearer.model_copy(update={"kind": TokenKind.REFRESH_CUSTOMER})
        return TokenPair(self._tokens.issue(bearer, now), self._tokens.issue(refresh, now))

    def _staff_pair(self, tenant: str, member: Staff, now: datetime) -> TokenPair:
        bearer = Bearer(kind=TokenKind.STAFF, tenant=tenant, subject=member.id, role=member.role)
        refresh = bearer.model_copy(update={"kind": TokenKind.REFRESH_STAFF})
        return TokenPair(self._tokens.issue(bearer, now), self._tokens.issue(refresh, now))

    async def _throttle(self, tenant: str, email: str, address: str) -> None:
        for key in (f"sign-in:{tenant}:{email.lower()}", f"sign-in:{tenant}:{address}"):
            if not await self._limiter.hit(key, _TRIES, _TRY_SECONDS):
                raise TooManyAttempts(
                    "Too many attempts. Please wait a quarter of an hour and try again.", seconds=_TRY_SECONDS
                )


def _refused() -> NotSignedIn:
    return NotSignedIn("This e-mail and password do not go together.")


def _long_enough(password: str) -> None:
    if len(password) < _SHORTEST_PASSWORD:
        raise InvalidInput(f"A password needs at least {_SHORTEST_PASSWORD} characters.", field="password")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
