"""Who calls and for which shop: decided once per call, from the token, the host, the header, in that order."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from backend.container import Container
from backend.domain.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn
from backend.domain.identity import ANONYMOUS, Identity, IdentityLevel, StaffRole
from backend.tools.base import ToolContext
from backend.tools.tokens import Bearer, TokenKind


@dataclass(frozen=True, slots=True)
class Caller:
    """A call's shop and what its token proves; `bearer` None without a token."""

    tenant: str
    bearer: Bearer | None
    address: str

    @property
    def identity(self) -> Identity | None:
        """The customer of the token, or None."""
        if self.bearer is None or self.bearer.kind is not TokenKind.CUSTOMER:
            return None
        return Identity(level=IdentityLevel.VERIFIED, customer_id=self.bearer.subject)


def container_of(request: Request) -> Container:
    """The container of this process."""
    container: Container = request.app.state.container
    return container


Wired = Annotated[Container, Depends(container_of)]


async def caller_of(
    request: Request,
    container: Wired,
    authorization: Annotated[str | None, Header()] = None,
    x_tenant: Annotated[str | None, Header()] = None,
) -> Caller:
    """Raises NotSignedIn for a bad token and NotFound for an unknown shop."""
    bearer = _bearer(container, authorization)
    host = (request.headers.get("host") or "").split(":")[0].lower()
    address = request.client.host if request.client else "unknown"
    if bearer is not None:
        if x_tenant and x_tenant != bearer.tenant:
            raise NotAllowed("This token belongs to another shop than X-Tenant names.", field="X-Tenant")
        return Caller(bearer.tenant, bearer, address)
    tenant = container.tenants.by_host(host) or x_tenant or container.settings.default_tenant
    if not await container.tenants.knows(tenant):
        raise NotFound(f"There is no shop {tenant!r} here. Check X-Tenant, or run `make load`.", field="X-Tenant")
    return Caller(tenant, None, address)


Called = Annotated[Caller, Depends(caller_of)]


async def tool_context(
    container: Wired, caller: Called, x_session: Annotated[str | None, Header(max_length=200)] = None
) -> ToolContext:
    """For whom a tool works over REST: the customer of the token, or what the session of X-Session has proved."""
    identity, session_id, conversation_id = caller.identity, x_session or "", ""
    if x_session:
        state = await container.memory.load(caller.tenant, x_session)
        conversation_id = state.conversation_id if state else ""
        if identity is None and state is not None:
            identity = state.identity
    return ToolContext(
        tenant=caller.tenant,
        identity=identity or ANONYMOUS,
        session_id=session_id or (f"token:{identity.customer_id}" if identity else ""),
        now=container.clock(),
        conversation_id=conversation_id,
    )


Acting = Annotated[ToolContext, Depends(tool_context)]

_RANK = {StaffRole.SUPPORT: 1, StaffRole.SUPERVISOR: 2, StaffRole.ADMIN: 3}


class StaffOnly:
    """A dependency that lets staff of at least that role in."""

    def __init__(self, role: StaffRole = StaffRole.SUPPORT) -> None:
        self._role = role

    async def __call__(self, caller: Called) -> Caller:
        """Raises NotSignedIn without a token and NotAllowed below the role."""
        if caller.bearer is None:
            raise NotSignedIn("This needs a staff sign-in. Use `make token` for a script.")
        role = caller.bearer.role
        if caller.bearer.kind is not TokenKind.STAFF or role is None or _RANK[role] < _RANK[self._role]:
            raise NotAllowed(f"This needs the role {self._role.value}.")
        return caller


SupportCaller = Annotated[Caller, Depends(StaffOnly())]
AdminCaller = Annotated[Caller, Depends(StaffOnly(StaffRole.ADMIN))]


def _bearer(container: Container, authorization: str | None) -> Bearer | None:
    if not authorization:
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise InvalidInput("Authorization must read “Bearer <token>”.", field="Authorization")
    bearer = container.tokens.read(token)
    if bearer.kind not in (TokenKind.CUSTOMER, TokenKind.STAFF):
        raise NotSignedIn("A refresh token only serves POST /api/auth/refresh.")
    return bearer
