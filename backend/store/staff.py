"""The people at the desk, their one-time log-in links, and the keys of integrations."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from backend.domain.base import utc_now
from backend.domain.desk import ApiKey
from backend.domain.errors import NotFound
from backend.domain.identity import Member, Staff
from backend.store.customers import email_key, same_mailbox
from backend.store.repository import Repository
from backend.store.tables.desk import api_keys, login_links, staff

_COLUMNS = [staff.c[name] for name in Staff.model_fields]
_MEMBER = [*_COLUMNS, staff.c.active, staff.c.password_hash.is_not(None).label("joined")]


class StaffMembers(Repository):
    """Accounts of the desk. Only hashes of passwords and links are kept."""

    async def add(self, member: Staff, password_hash: str | None = None) -> None:
        """Add an account; its e-mail must be new in this shop."""
        row = {**member.model_dump(), "email_key": email_key(member.email)}
        await self._add(staff, [{**row, "password_hash": password_hash, "active": True}])

    async def get(self, staff_id: str) -> Staff | None:
        """The active account of that id, or None."""
        row = await self._row(self._select(staff, *_COLUMNS).where(staff.c.id == staff_id, staff.c.active))
        return Staff.model_validate(row._asdict()) if row else None

    async def by_email(self, email: str) -> Staff | None:
        """The active account with that e-mail in any case, or None."""
        mine = self._select(staff, *_COLUMNS).where(staff.c.email_key == email_key(email), staff.c.active)
        row = await self._row(mine)
        return Staff.model_validate(row._asdict()) if row and same_mailbox(row.email, email) else None

    async def list(self) -> tuple[Staff, ...]:
        """Every active account, by name."""
        rows = await self._rows(self._select(staff, *_COLUMNS).where(staff.c.active).order_by(staff.c.name, staff.c.id))
        return tuple(Staff.model_validate(row._asdict()) for row in rows)

    async def everybody(self) -> tuple[Member, ...]:
        """Every account, those that were ended included, by name."""
        rows = await self._rows(self._select(staff, *_MEMBER).order_by(staff.c.name, staff.c.id))
        return tuple(Member.model_validate(row._asdict()) for row in rows)

    async def whoever(self, staff_id: str) -> Member | None:
        """The account of that id, ended or not, or None."""
        row = await self._row(self._select(staff, *_MEMBER).where(staff.c.id == staff_id))
        return Member.model_validate(row._asdict()) if row else None

    async def update(self, member: Staff, *, active: bool = True) -> None:
        """Replace name, e-mail and role, or end the account. Raises NotFound."""
        values = {**member.model_dump(exclude={"id"}), "email_key": email_key(member.email), "active": active}
        if not await self._run(self._update(staff).where(staff.c.id == member.id).values(values)):
            raise NotFound("There is no such account.")

    async def password_hash(self, staff_id: str) -> str | None:
        """The stored hash, or None when no password was ever set."""
        return await self._text(self._select(staff, staff.c.password_hash).where(staff.c.id == staff_id))

    async def set_password_hash(self, staff_id: str, password_hash: str) -> None:
        """Store the hash of a password. Raises NotFound."""
        if not await self._run(self._update(staff).where(staff.c.id == staff_id).values(password_hash=password_hash)):
            raise NotFound("There is no such account.")

    async def add_login_link(self, token_hash: str, staff_id: str, expires_at: datetime) -> None:
        """Keep the hash of a one-time link."""
        await self._add(login_links, [{"token_hash": token_hash, "staff_id": staff_id, "expires_at": expires_at}])

    async def use_login_link(self, token_hash: str, now: datetime) -> Staff | None:
        """Use the link up and return whose it was; None when unknown, expired or used before."""
        unused = self._update(login_links).where(
            login_links.c.token_hash == token_hash, login_links.c.used_at.is_(None), login_links.c.expires_at > now
        )
        staff_id = await self._scalar(unused.values(used_at=now).returning(login_links.c.staff_id))
        return await self.get(staff_id) if staff_id else None


class ApiKeys(Repository):
    """Keys of integrations, found by their hash."""

    async def add(self, name: str, key_hash: str, hint: str, scopes: Sequence[str] = ()) -> ApiKey:
        """Keep a new key's hash; the key itself was shown once and is gone."""
        key = ApiKey(id=uuid4().hex, name=name, hint=hint, scopes=tuple(scopes), created_at=utc_now())
        await self._add(api_keys, [{**key.model_dump(), "key_hash": key_hash}])
        return key

    async def by_hash(self, key_hash: str) -> ApiKey | None:
        """The key that still counts, or None."""
        mine = self._select(api_keys, *_KEY_COLUMNS).where(
            api_keys.c.key_hash == key_hash, api_keys.c.revoked_at.is_(None)
        )
        row = await self._row(mine)
        return ApiKey.model_validate(row._asdict()) if row else None

    async def list(self) -> tuple[ApiKey, ...]:
        """Every key, revoked ones included, newest first."""
        newest = self._select(api_keys, *_KEY_COLUMNS).order_by(api_keys.c.created_at.desc(), api_keys.c.id)
        return tuple(ApiKey.model_validate(row._asdict()) for row in await self._rows(newest))

    async def revoke(self, key_id: str) -> None:
        """End a key for good. Raises NotFound."""
        ended = self._update(api_keys).where(api_keys.c.id == key_id).values(revoked_at=utc_now())
        if not await self._run(ended):
            raise NotFound("There is no such key.")


_KEY_COLUMNS = [api_keys.c[name] for name in ApiKey.model_fields]
