"""Proving who one is: sign-in, refresh, one-time link, order number with e-mail, and the mailed code."""

import secrets
from typing import Annotated, Literal

from fastapi import APIRouter, status
from pydantic import BaseModel, EmailStr, Field

from backend.agents.remember import open_session, with_identity
from backend.api.callers import Called, Caller, Wired
from backend.api.schemas import Body, SessionId
from backend.container import Container
from backend.domain.conversation import SessionState
from backend.domain.identity import Identity
from backend.tools.base import ToolContext
from backend.tools.sign_in import TokenPair

router = APIRouter(prefix="/api/auth", tags=["auth"])


class Login(Body):
    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=200)]
    role: Literal["customer", "staff"] = "customer"


class Refresh(Body):
    refresh_token: Annotated[str, Field(max_length=2000)]


class Link(Body):
    token: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=200)]
    email: EmailStr | None = None
    name: Annotated[str | None, Field(max_length=120)] = None


class Guest(Body):
    order_id: Annotated[str, Field(min_length=1, max_length=60)]
    email: Annotated[str, Field(min_length=3, max_length=254)]
    session_id: SessionId | None = None


class CodeWanted(Body):
    """Without `email` the code goes to the customer whose order the session opened."""

    email: Annotated[str | None, Field(max_length=254)] = None
    session_id: SessionId | None = None


class CodeGiven(Body):
    code: Annotated[str, Field(min_length=4, max_length=12)]
    session_id: SessionId
    email: Annotated[str | None, Field(max_length=254)] = None


class NewPassword(Body):
    password: Annotated[str, Field(max_length=200)]


class TokensView(BaseModel):
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105  the scheme's name

    @classmethod
    def of(cls, pair: TokenPair) -> "TokensView":
        return cls(access_token=pair.access, refresh_token=pair.refresh)


class SessionView(BaseModel):
    """The session goes on under this id; an earlier one stays anonymous."""

    session_id: str
    level: str
    access_token: str | None = None
    refresh_token: str | None = None


class CodeSent(BaseModel):
    session_id: str
    detail: str = "If the address is known to us, a six-digit code is on its way. It is valid for ten minutes."


@router.post("/login", response_model=TokensView)
async def login(body: Login, container: Wired, caller: Called) -> TokensView:
    """Tokens for e-mail and password; the same answer for a wrong e-mail and a wrong password."""
    check = container.sign_in.staff if body.role == "staff" else container.sign_in.customer
    return TokensView.of(await check(caller.tenant, body.email, body.password, caller.address, container.clock()))


@router.post("/refresh", response_model=TokensView)
async def refresh(body: Refresh, container: Wired) -> TokensView:
    """New tokens for a refresh token."""
    return TokensView.of(await container.sign_in.refresh(body.refresh_token, container.clock()))


@router.post("/link", response_model=TokensView)
async def link(body: Link, container: Wired, caller: Called) -> TokensView:
    """Set the password of a member of staff by a one-time link."""
    now = container.clock()
    pair = await container.sign_in.use_link(caller.tenant, body.token, body.password, body.email, body.name, now)
    return TokensView.of(pair)


@router.post("/guest", response_model=SessionView)
async def guest(body: Guest, container: Wired, caller: Called) -> SessionView:
    """Open one order for reading by its number and e-mail."""
    state, context = await _session(container, caller, body.session_id)
    identity = await container.identification.as_guest(context, body.order_id, body.email)
    return await _gained(container, caller.tenant, state, identity)


@router.post("/code", response_model=CodeSent, status_code=status.HTTP_202_ACCEPTED)
async def send_code(body: CodeWanted, container: Wired, caller: Called) -> CodeSent:
    """Mail a six-digit code; the answer is the same whether or not the address is known."""
    state, context = await _session(container, caller, body.session_id)
    await container.identification.send_code(context, body.email)
    await container.memory.save(caller.tenant, state)
    return CodeSent(session_id=state.session_id)


@router.post("/code/verify", response_model=SessionView)
async def verify_code(body: CodeGiven, container: Wired, caller: Called) -> SessionView:
    """Open the customer's account with the code; the session gets a new id, and tokens come with it."""
    state, context = await _session(container, caller, body.session_id)
    identity = await container.identification.check_code(context, body.code, body.email)
    view = await _gained(container, caller.tenant, state, identity)
    pair = container.sign_in.for_customer(caller.tenant, identity.customer_id or "", container.clock())
    return view.model_copy(update={"access_token": pair.access, "refresh_token": pair.refresh})


@router.post("/password", status_code=status.HTTP_204_NO_CONTENT)
async def set_password(body: NewPassword, container: Wired, caller: Called) -> None:
    """Set one's own password, with the token that a code or a sign-in gave."""
    context = ToolContext(caller.tenant, caller.identity or Identity(), "", container.clock())
    await container.sign_in.set_customer_password(caller.tenant, context.customer_id, body.password)


async def _session(container: Container, caller: Caller, session_id: str | None) -> tuple[SessionState, ToolContext]:
    known = await container.memory.load(caller.tenant, session_id) if session_id else None
    state = open_session(known, session_id or secrets.token_urlsafe(18), None)
    context = ToolContext(caller.tenant, state.identity, state.session_id, container.clock(), state.conversation_id)
    return state, context


async def _gained(container: Container, tenant: str, state: SessionState, identity: Identity) -> SessionView:
    old, state = state, with_identity(state, identity)
    state = state.model_copy(update={"revision": state.revision + 1})
    await container.memory.save(tenant, state)
    if old.session_id != state.session_id and old.conversation_id == state.conversation_id:
        await container.toolbox.desk.move(tenant, old.session_id, state.session_id)
        await container.memory.forget(tenant, old.session_id)
    return SessionView(session_id=state.session_id, level=identity.level.name.lower())
