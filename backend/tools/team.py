"""The people at the desk: invited by a one-time link, given a role, let go at once."""

import re
import time
from datetime import datetime
from uuid import uuid4

from backend.domain.base import Value
from backend.domain.errors import Conflict, NotFound, NotSignedIn
from backend.domain.identity import Member, Staff, StaffRole
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.sign_in import SignIn
from backend.tools.tokens import Bearer

_FRESH_SECONDS = 2.0
_SLUG = re.compile(r"[^a-z0-9]+")


class Invitation(Value):
    """The only time that the link's token is shown; it was mailed too, and is good for a day."""

    member: Member
    token: str


class Team:
    """Who may work at the desk. `actor` is who changes it, as the audit names it."""

    def __init__(self, database: Database, sign_in: SignIn, address: str) -> None:
        self._database = database
        self._sign_in = sign_in
        self._address = address
        self._known: dict[tuple[str, str], tuple[float, Member | None]] = {}

    async def list(self, tenant: str) -> tuple[Member, ...]:
        """Everybody, those who were let go included, by name."""
        async with self._database.records(tenant) as records:
            return await records.staff.everybody()

    async def invite(
        self, tenant: str, email: str, name: str, role: StaffRole, actor: str, now: datetime
    ) -> Invitation:
        """Make an account and mail its one-time link. Raises Conflict for an address that has one."""
        async with self._database.records(tenant, write=True) as records:
            everybody = await records.staff.everybody()
            if any(m.email.strip().casefold() == email.strip().casefold() for m in everybody):
                raise Conflict("This address has an account already.", field="email")
            stem = _SLUG.sub("-", name.casefold()).strip("-") or "staff"
            member = Staff(id=f"{stem[:30]}-{uuid4().hex[:6]}", name=name, email=email, role=role)
            await records.staff.add(member)
            what = f"staff:{member.id}"
            await records.audit.add(actor, "invite", what, None, {"email": email, "role": role.value})
            return await self._linked(records, Member(**member.model_dump()), now)

    async def link_again(self, tenant: str, staff_id: str, actor: str, now: datetime) -> Invitation:
        """A new one-time link, e.g. for a forgotten password. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            member = await _member(records, staff_id)
            if not member.active:
                raise Conflict("This account was ended. Take the person in again first.")
            await records.audit.add(actor, "invite", f"staff:{staff_id}", None, {"email": member.email})
            return await self._linked(records, member, now)

    async def change(
        self,
        tenant: str,
        staff_id: str,
        actor: str,
        *,
        name: str | None = None,
        role: StaffRole | None = None,
        active: bool | None = None,
    ) -> Member:
        """Change what is given. Raises NotFound, Conflict when no admin would be left."""
        async with self._database.records(tenant, write=True) as records:
            await records.tenants.lock()
            before = await _member(records, staff_id)
            wanted = {"name": name, "role": role, "active": active}
            after = before.model_copy(update={k: v for k, v in wanted.items() if v is not None})
            if _is_admin(before) and not _is_admin(after):
                others = [m for m in await records.staff.everybody() if m.id != staff_id and _is_admin(m)]
                if not others:
                    raise Conflict("Somebody has to stay admin. Make another one first.")
            staff = Staff(**after.model_dump(include=set(Staff.model_fields)))
            await records.staff.update(staff, active=after.active)
            fields = ("name", "role", "active")
            was, is_now = ({f: getattr(m, f) for f in fields} for m in (before, after))
            await records.audit.add(actor, "change_staff", f"staff:{staff_id}", was, is_now)
        self._known.pop((tenant, staff_id), None)
        return after

    async def require(self, bearer: Bearer) -> None:
        """Raises NotSignedIn when the account behind a token was ended or has another role by now.

        Accounts are looked at every two seconds at most. Tokens of scripts have no account and end by themselves.
        """
        key = (bearer.tenant, bearer.subject)
        at, member = self._known.get(key, (float("-inf"), None))
        if time.monotonic() - at > _FRESH_SECONDS:
            async with self._database.records(bearer.tenant) as records:
                member = await records.staff.whoever(bearer.subject)
            self._known[key] = (time.monotonic(), member)
        if member is not None and (not member.active or member.role is not bearer.role):
            raise NotSignedIn("Your account has changed. Sign in again.")

    async def _linked(self, records: Records, member: Member, now: datetime) -> Invitation:
        token = await self._sign_in.link_for(records, member.id, now)
        address = f"{self._address}/staff/?token={token}&tenant={records.tenant}"
        text = f"Hello {member.name},\n\nthis link opens your account at the support desk for a day:\n{address}\n"
        await records.mails.add(member.email, "Your account at the support desk", text)
        return Invitation(member=member, token=token)


def _is_admin(member: Member) -> bool:
    return member.active and member.role is StaffRole.ADMIN


async def _member(records: Records, staff_id: str) -> Member:
    found = await records.staff.whoever(staff_id)
    if found is None:
        raise NotFound("There is no such member of the team.")
    return found
