"""Who calls and for which shop: decided once per call, from the token, the host, the header, in that order."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from backend.api.rates import admit, of_caller
from backend.api.scopes import require_scope
from backend.container import Container
from backend.domain.desk import ApiKey
from backend.domain.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn
from backend.domain.identity import ANONYMOUS, Identity, IdentityLevel, StaffRole
from backend.tools.api_keys import is_key
from backend.tools.base import ToolContext
from backend.tools.tokens import Bearer, TokenKind

_LONGEST_SESSION = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """A call's shop and what it proves: `bearer` None without a token, `key` None without an API key.

    `customer` is who the shop's own server says the visitor is.
    """

    tenant: str
    bearer: Bearer | None
    address: str
    key: ApiKey | None = None
    customer: Identity | None = None

    @property
    def actor(self) -> str:
        """Who acts at the desk, as the audit names it."""
        if self.bearer is not None:
            return f"staff:{self.bearer.subject}"
        return f"key:{self.key.id}" if self.key else "anonymous"

    @property
    def staff_id(self) -> str:
        """The bare id of the member of staff; a key's own for a key."""
        return self.actor.removeprefix("staff:")

    @property
    def is_admin(self) -> bool:
        """Whether a member of staff with every right calls."""
        staff = self.bearer is not None and self.bearer.kind is TokenKind.STAFF
        return staff and self.bearer is not None and self.bearer.role is StaffRole.ADMIN

    async def viewed(self, container: Container, what: str, **shown: Any) -> None:
        """Note that personal data were looked at: who, what ("conversation:…"), when, and whose where it is many."""
        async with container.database.records(self.tenant, write=True) as records:
            await records.audit.add(self.actor, "view", what, None, shown or None)

    @property
    def identity(self) -> Identity | None:
        """The customer of the token, or None."""
        if self.customer is not None:
            return self.customer
        if self.bearer is None or self.bearer.kind is not TokenKind.CUSTOMER:
            return None
        return Identity(level=IdentityLevel.VERIFIED, customer_id=self.bearer.subject)


async def container_of(request: Request) -> Container:
    """The container of this process. Not a plain function, which FastAPI would call in a thread."""
    container: Container = request.app.state.container
    return container


Wired = Annotated[Container, Depends(container_of)]


async def caller_of(
    request: Request,
    container: Wired,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
    x_tenant: Annotated[str | None, Header(include_in_schema=False)] = None,
    x_api_key: Annotated[str | None, Header(max_length=300, include_in_schema=False)] = None,
    x_customer_token: Annotated[str | None, Header(max_length=4000, include_in_schema=False)] = None,
) -> Caller:
    """Its headers are told once for all routes, in backend/api/docs.py.

    Raises NotSignedIn for a bad token or key, NotAllowed beyond a key's scopes, NotFound for an unknown shop,
    TooManyCalls beyond what is welcome.
    """
    token = _token(authorization)
    if token is not None and x_api_key is None and is_key(token):
        token, x_api_key = None, token
    bearer = _bearer(container, token) if token is not None else None
    tenant, key = await container.api_keys.read(x_api_key) if x_api_key else (None, None)
    if key is not None:
        require_scope(key, request.method, request.url.path)
    tenant = await _tenant(request, container, bearer, tenant, x_tenant)
    request.state.tenant = tenant
    session_id = request.headers.get("x-session", "")[:_LONGEST_SESSION]
    await admit(request, container.rates, *of_caller(tenant, bearer, key, session_id))
    customer = None
    if x_customer_token:
        customer = await container.customer_tokens.read(tenant, x_customer_token, container.clock())
        if bearer is not None and bearer.kind is TokenKind.CUSTOMER and bearer.subject != customer.customer_id:
            raise NotAllowed("The two tokens of this call name two customers.", field="X-Customer-Token")
    address = request.client.host if request.client else "unknown"
    return Caller(tenant, bearer, address, key, customer)


async def _tenant(
    request: Request, container: Container, bearer: Bearer | None, of_key: str | None, x_tenant: str | None
) -> str:
    """The shop of the token or key, else of the host name, else of the header, else the default one.

    What comes first counts alone: no header moves a token, a key or a host to another shop.
    """
    if bearer is not None:
        if of_key not in (None, bearer.tenant):
            raise NotAllowed("Token and API key belong to two shops.", field="X-API-Key")
        if not await container.tenants.knows(bearer.tenant):
            raise NotSignedIn("The shop of this token is not here any more.")
        return bearer.tenant
    if of_key is not None:
        return of_key
    host = request.headers.get("host", "")
    tenant = container.tenants.by_host(host) or x_tenant or container.settings.default_tenant
    if not await container.tenants.knows(tenant):
        raise NotFound(f"There is no shop {tenant!r} here. Check X-Tenant, or run `make load`.", field="X-Tenant")
    return tenant


Called = Annotated[Caller, Depends(caller_of)]


async def tool_context(
    container: Wired,
    caller: Called,
    x_session: Annotated[
        str | None, Header(max_length=200, description="the session_id of a chat: what was proved there counts here")
    ] = None,
) -> ToolContext:
    """For whom a tool works over REST: the customer of the token, or what the session of X-Session has proved."""
    identity, session_id, conversation_id = caller.identity, x_session or "", ""
    if x_session:
        state = await container.memory.load(caller.tenant, x_session)
        if state is not None and (identity is None or identity.customer_id == state.identity.customer_id):
            identity, conversation_id = identity or state.identity, state.conversation_id
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

    async def __call__(self, container: Wired, caller: Called) -> Caller:
        """Raises NotSignedIn without a token or for an ended account, and NotAllowed below the role.

        A key's scopes were checked before.
        """
        if caller.bearer is None and caller.key is not None and self._role is StaffRole.SUPPORT:
            return caller
        if caller.bearer is None:
            raise NotSignedIn("This needs a staff sign-in. Use `make token` for a script.")
        role = caller.bearer.role
        if caller.bearer.kind is not TokenKind.STAFF or role is None or _RANK[role] < _RANK[self._role]:
            raise NotAllowed(f"This needs the role {self._role.value}.")
        await container.team.require(caller.bearer)
        return caller


SupportCaller = Annotated[Caller, Depends(StaffOnly())]
SupervisorCaller = Annotated[Caller, Depends(StaffOnly(StaffRole.SUPERVISOR))]
AdminCaller = Annotated[Caller, Depends(StaffOnly(StaffRole.ADMIN))]


def _token(authorization: str | None) -> str | None:
    if not authorization:
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise InvalidInput("Authorization must read “Bearer <token>”.", field="Authorization")
    return token.strip()


def _bearer(container: Container, token: str) -> Bearer:
    bearer = container.tokens.read(token)
    if bearer.kind not in (TokenKind.CUSTOMER, TokenKind.STAFF):
        raise NotSignedIn("A refresh token only serves POST /api/auth/refresh.")
    return bearer
