"""Customers, the ways in which they pay, and the codes that prove who they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam

from backend.domain.customers import Address, Customer, PaymentMethod
from backend.domain.errors import Conflict, NotFound
from backend.store.repository import Repository, of_shop
from backend.store.tables.customers import customers, identity_codes, payment_methods


def email_key(email: str) -> str:
    """The form in which e-mail addresses are compared: no outer blanks, no difference of case."""
    return email.strip().casefold()


def same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses of one key are one: "ſ" and "K" fold to letters of other people's addresses."""
    return _spelt(one) == _spelt(other)


def _spelt(email: str) -> str:
    return "".join(c if not c.isascii() and c.casefold().isascii() else c.casefold() for c in email.strip())


_BY_ID = of_shop(customers).where(customers.c.id == bindparam("id"))
_BY_EMAIL = of_shop(customers).where(customers.c.email_key == bindparam("email")).order_by(customers.c.id).limit(1)
_METHODS = (
    of_shop(payment_methods)
    .where(payment_methods.c.customer_id == bindparam("customer_id"))
    .order_by(payment_methods.c.id)
)


class Customers(Repository):
    """The people who buy in this shop."""

    async def get(self, customer_id: str) -> Customer | None:
        """The customer of that id with the payment methods, or None."""
        return await self._customer(await self._row(_BY_ID, id=customer_id))

    async def by_email(self, email: str) -> Customer | None:
        """The customer with that e-mail in any case; of several the one with the lowest id; or None."""
        found = await self._row(_BY_EMAIL, email=email_key(email))
        return await self._customer(found if found and same_mailbox(found.email, email) else None)

    async def known(self, customer_ids: Sequence[str]) -> frozenset[str]:
        """Which of these ids are customers of the shop."""
        chosen = self._select(customers, customers.c.id).where(customers.c.id.in_(customer_ids))
        return frozenset(row.id for row in await self._rows(chosen))

    async def payment_methods(self, customer_id: str) -> tuple[PaymentMethod, ...]:
        """The stored ways to pay, with the gift cards' balances of this moment."""
        rows = await self._rows(_METHODS, customer_id=customer_id)
        return tuple(PaymentMethod.model_validate(row._asdict()) for row in rows)

    async def update_address(self, customer_id: str, address: Address) -> None:
        """Replace the default address. Raises NotFound."""
        changed = self._update(customers).where(customers.c.id == customer_id).values(address=address.model_dump())
        if not await self._run(changed):
            raise NotFound("There is no such customer.")

    async def adjust_gift_card(self, method_id: str, delta_cents: int) -> int:
        """Add to (or take from) a gift card in one statement; returns the new balance in cents.

        Raises Conflict when it does not cover the amount, NotFound when it is no gift card of this shop.
        """
        card = payment_methods.c.id == method_id
        balance = payment_methods.c.balance_cents + delta_cents
        statement = self._update(payment_methods).where(card, balance >= 0).values(balance_cents=balance)
        row = await self._row(statement.returning(payment_methods.c.balance_cents))
        if row is not None:
            return int(row.balance_cents)
        if await self._scalar(self._select(payment_methods, payment_methods.c.balance_cents).where(card)) is None:
            raise NotFound("There is no such gift card.")
        raise Conflict("The gift card does not cover this amount.")

    async def password_hash(self, customer_id: str) -> str | None:
        """The stored hash, or None when no password was ever set."""
        return await self._text(self._select(customers, customers.c.password_hash).where(customers.c.id == customer_id))

    async def set_password_hash(self, customer_id: str, password_hash: str) -> None:
        """Store the hash of a password; never the password. Raises NotFound."""
        changed = self._update(customers).where(customers.c.id == customer_id).values(password_hash=password_hash)
        if not await self._run(changed):
            raise NotFound("There is no such customer.")

    async def upsert(self, listed: Sequence[Customer]) -> None:
        """Add or replace customers with their payment methods; passwords stay."""
        if not listed:
            return
        await self._put(customers, [_row_of(c) for c in listed])
        kept = [m.id for c in listed for m in c.payment_methods]
        gone = self._delete(payment_methods).where(payment_methods.c.customer_id.in_([c.id for c in listed]))
        await self._run(gone.where(payment_methods.c.id.not_in(kept)))
        await self._put(payment_methods, [m.model_dump() for c in listed for m in c.payment_methods])

    async def _customer(self, row: Row[Any] | None) -> Customer | None:
        if row is None:
            return None
        values = {name: row._mapping[name] for name in ("id", "name", "email", "phone", "address")}
        return Customer(**values, payment_methods=await self.payment_methods(row.id))


class IdentityCodes(Repository):
    """Mailed codes: at most one waits for each session and address."""

    async def put(self, session_id: str, email: str, code_hash: str, expires_at: datetime, *, tries: int = 3) -> None:
        """Keep the hash of a freshly mailed code; an older one stops counting."""
        code = {"session_id": session_id, "email_key": email_key(email), "code_hash": code_hash}
        await self._put(identity_codes, [{**code, "expires_at": expires_at, "tries_left": tries}])

    async def take_try(self, session_id: str, email: str, now: datetime) -> str | None:
        """Use up one try and return the hash to compare with; None when expired, used up or never sent."""
        statement = self._update(identity_codes).where(
            identity_codes.c.session_id == session_id,
            identity_codes.c.email_key == email_key(email),
            identity_codes.c.tries_left > 0,
            identity_codes.c.expires_at > now,
        )
        spent = statement.values(tries_left=identity_codes.c.tries_left - 1).returning(identity_codes.c.code_hash)
        return await self._text(spent)

    async def newest_address(self, session_id: str) -> str | None:
        """The address that this session asked the last code for."""
        statement = self._select(identity_codes, identity_codes.c.email_key)
        newest = statement.where(identity_codes.c.session_id == session_id).order_by(identity_codes.c.expires_at.desc())
        return await self._text(newest.limit(1))

    async def forget(self, session_id: str, email: str) -> None:
        """A code that opened the account opens nothing twice."""
        statement = self._delete(identity_codes).where(identity_codes.c.session_id == session_id)
        await self._run(statement.where(identity_codes.c.email_key == email_key(email)))


def _row_of(customer: Customer) -> dict[str, Any]:
    return {**customer.model_dump(exclude={"payment_methods"}), "email_key": email_key(customer.email)}
