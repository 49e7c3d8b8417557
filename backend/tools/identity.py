"""Proves who a session speaks for: order number and e-mail open one order, a mailed code opens the account."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Protocol

from backend.domain.customers import Customer
from backend.domain.errors import InvalidInput, NotFound, TooManyAttempts
from backend.domain.identity import Identity, IdentityLevel
from backend.store.customers import email_key
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.base import IdentityNeeded, ToolContext
from backend.tools.order_ids import canonical, resolve

CODE_VALID = timedelta(minutes=10)
CODE_TRIES = 3

_HOUR = 3600
#: failed tries an hour per session, and per order number whoever asks; what succeeds is not counted
_GUEST_TRIES = 10
#: mails an hour per session and per address: 3 tries each leave a guesser 30 of a million
_CODES_OF_SESSION = 5
_CODES_TO_ADDRESS = 10
#: every answer takes at least this long, so that a hit and a miss cannot be told apart by the clock
_FLOOR_SECONDS = 0.05


class Limiter(Protocol):
    """Counts attempts."""

    async def hit(self, key: str, limit: int, seconds: int) -> bool:
        """Count one; False when there were too many."""
        ...

    async def has_room(self, key: str, limit: int, seconds: int) -> bool:
        """Whether a hit would be allowed; nothing is counted."""
        ...


class Identification:
    """The two proofs that work without a password. Neither ever says which part was wrong."""

    def __init__(self, database: Database, limiter: Limiter, secret: str) -> None:
        self._database = database
        self._limiter = limiter
        self._secret = secret.encode()

    async def as_guest(self, context: ToolContext, order_id: str, email: str | None = None) -> Identity:
        """The identity that may read this order. Raises NotFound (unknown, foreign, other e-mail: all alike)
        or TooManyAttempts.

        Without `email` it is held against the customer whose order the session opened, who has said it then.
        """
        keys = [f"guest:{context.tenant}:{key}" for key in (f"s:{context.session_id}", f"o:{canonical(order_id)}")]
        for key in keys:
            if not await self._limiter.has_room(key, _GUEST_TRIES, _HOUR):
                raise TooManyAttempts("Too many attempts. Please try again in an hour.", seconds=_HOUR)
        async with _same_time(), self._database.records(context.tenant) as records:
            customer = await _addressed(records, context, email)
            order_ids = await records.orders.ids_of(customer.id if customer else "")
            found = resolve(order_id, order_ids)
        if customer is None or found is None:
            for key in keys:
                await self._limiter.hit(key, _GUEST_TRIES, _HOUR)
            raise NotFound("I cannot find an order with that number and e-mail address. Please check both.")
        return _with_order(context.identity, customer.id, found)

    async def send_code(self, context: ToolContext, email: str | None = None) -> None:
        """Mail a code, if the address is a customer's; the caller learns nothing either way.

        Without `email` it goes to the customer the session already named by an order. Raises TooManyAttempts,
        IdentityNeeded when there is neither.
        """
        allowed = await self._limiter.hit(f"code:{context.tenant}:s:{context.session_id}", _CODES_OF_SESSION, _HOUR)
        async with _same_time(), self._database.records(context.tenant, write=True) as records:
            customer = await _addressed(records, context, email)
            address = customer.email if customer else email or ""
            key = f"code:{context.tenant}:a:{email_key(address)}"
            allowed = allowed and await self._limiter.hit(key, _CODES_TO_ADDRESS, _HOUR)
            if allowed:
                await self._keep_and_mail(records, context, address, known=customer is not None)
        if not allowed:
            raise TooManyAttempts("Too many codes were asked for. Please try again in an hour.", seconds=_HOUR)

    async def check_code(self, context: ToolContext, code: str, email: str | None = None) -> Identity:
        """The verified identity of the code's customer: of `email`, else of who the session spoke of last.

        Raises InvalidInput for a wrong, expired or used-up code.
        """
        async with _same_time(), self._database.records(context.tenant, write=True) as records:
            if email is None and context.identity.customer_id is None:
                email = await records.identity_codes.newest_address(context.session_id) or ""
            customer = await _addressed(records, context, email)
            address = customer.email if customer else email or ""
            kept = await records.identity_codes.take_try(context.session_id, address, context.now)
            given = self._hash(context, address, "".join(filter(str.isdigit, code)))
            right = kept is not None and hmac.compare_digest(kept, given) and customer is not None
            if right:
                await records.identity_codes.forget(context.session_id, address)
        # raised only now: the used-up try must be committed
        if not right or customer is None:
            raise InvalidInput("That code is not right or no longer valid. I can send you a new one.", field="code")
        return Identity(level=IdentityLevel.VERIFIED, customer_id=customer.id)

    async def _keep_and_mail(self, records: Records, context: ToolContext, address: str, *, known: bool) -> None:
        code = f"{secrets.randbelow(1_000_000):06d}"
        hashed = self._hash(context, address, code)
        until = context.now + CODE_VALID
        await records.identity_codes.put(context.session_id, address, hashed, until, tries=CODE_TRIES)
        if known:
            text = f"Your code is {code}. It is valid for 10 minutes. If you did not ask for it, ignore this mail."
            await records.mails.add(address, "Your code", text)

    def _hash(self, context: ToolContext, address: str, code: str) -> str:
        """Keyed, because a million codes are soon tried; bound to session and address."""
        said = "\n".join((context.tenant, context.session_id, email_key(address), code))
        return hmac.new(self._secret, said.encode(), hashlib.sha256).hexdigest()


async def _addressed(records: Records, context: ToolContext, email: str | None) -> Customer | None:
    """The customer of that address; without one, the customer whose order the session opened."""
    if email is not None:
        return await records.customers.by_email(email)
    if context.identity.customer_id is None:
        raise IdentityNeeded(IdentityLevel.GUEST)
    return await records.customers.get(context.identity.customer_id)


def _with_order(identity: Identity, customer_id: str, order_id: str) -> Identity:
    """A guest may open several orders of one customer; what was verified for that customer stays."""
    if identity.customer_id != customer_id:
        return Identity(level=IdentityLevel.GUEST, customer_id=customer_id, order_ids=(order_id,))
    opened = tuple(dict.fromkeys((*identity.order_ids, order_id)))
    return identity.model_copy(update={"order_ids": opened})


@asynccontextmanager
async def _same_time() -> AsyncIterator[None]:
    """Fill up to the floor, so that more queries for a hit do not show."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, _FLOOR_SECONDS - (loop.time() - started)))
