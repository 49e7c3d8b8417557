"""A shop's rules and settings over HTTP, the team, and a playground to try them before they count."""

from typing import Annotated, Any

from fastapi import APIRouter, status
from pydantic import BaseModel, EmailStr, Field

from backend.agents.base import Call
from backend.api.callers import AdminCaller, SupervisorCaller, SupportCaller, Wired
from backend.api.schemas import Body, ChatReply, MessageText
from backend.api.staff import turns_of
from backend.domain.base import Moment
from backend.domain.casefile import TurnTrace
from backend.domain.conversation import SessionState
from backend.domain.identity import Identity, IdentityLevel, Member, StaffRole
from backend.domain.policy import PolicyVersion, ShopPolicy
from backend.domain.shop_settings import ShopSettings
from backend.tools.shop_desk import policy_of
from backend.tools.team import Invitation

router = APIRouter(prefix="/api", tags=["desk"])


class PolicyView(BaseModel):
    """The rules in force. `version` 0: never changed at the desk."""

    version: int
    policy: ShopPolicy
    author: str | None = None
    at: Moment | None = None

    @classmethod
    def of(cls, found: PolicyVersion | ShopPolicy) -> "PolicyView":
        if isinstance(found, ShopPolicy):
            return cls(version=0, policy=found)
        return cls(version=found.version, policy=found.policy, author=found.author, at=found.at)


class PolicyBody(Body):
    """All the rules, as GET shows them; `version` is the one they were changed from."""

    policy: dict[str, Any]
    version: int | None = None


class PolicyHistory(BaseModel):
    results: tuple[PolicyView, ...]


class SettingsBody(ShopSettings, Body):
    """What is not given goes back to the house's own."""


class TeamList(BaseModel):
    results: tuple[Member, ...]


class InvitationBody(Body):
    email: EmailStr
    name: Annotated[str, Field(min_length=1, max_length=120)]
    role: StaffRole = StaffRole.SUPPORT


class MemberPatch(Body):
    """What is given is changed; `active` false ends the account at once."""

    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    role: StaffRole | None = None
    active: bool | None = None


class PlaygroundBody(Body):
    """A message to try. `history` is what was said before, shopper and shop in turn, oldest first; `customer_id`
    lets a customer ask. `policy` and `settings` are drafts: without them what is in force counts.
    """

    message: MessageText
    history: Annotated[list[Annotated[str, Field(max_length=4000)]], Field(max_length=40)] = Field(default_factory=list)
    customer_id: Annotated[str | None, Field(max_length=128)] = None
    policy: dict[str, Any] | None = None
    settings: ShopSettings | None = None


class Tried(BaseModel):
    """What the shopper would read, and how it would come about. Nothing was stored, sent or done."""

    reply: ChatReply
    trace: TurnTrace
    found: bool


@router.get("/staff/settings", response_model=ShopSettings)
async def settings(container: Wired, caller: SupportCaller) -> ShopSettings:
    """Greeting, tone, suggested questions, and the sites that may show the chat."""
    return await container.shop_desk.settings(caller.tenant)


@router.put("/staff/settings", response_model=ShopSettings)
async def set_settings(body: SettingsBody, container: Wired, caller: AdminCaller) -> ShopSettings:
    """Replace the settings."""
    kept = await container.shop_desk.set_settings(caller.tenant, ShopSettings(**body.model_dump()), caller.actor)
    container.tenants.forget()
    return kept


@router.get("/staff/settings/policy", response_model=PolicyView)
async def policy(container: Wired, caller: SupportCaller) -> PolicyView:
    """The rules in force: windows, fees, reasons, business hours, due times."""
    return PolicyView.of(await container.shop_desk.policy(caller.tenant))


@router.put("/staff/settings/policy", response_model=PolicyView)
async def set_policy(body: PolicyBody, container: Wired, caller: AdminCaller) -> PolicyView:
    """Put rules into force from now on; the tools, the chat and the pages read these and no others."""
    wanted = policy_of(body.policy)
    kept = await container.shop_desk.set_policy(
        caller.tenant, wanted, caller.actor, container.clock(), base_version=body.version
    )
    return PolicyView.of(kept)


@router.get("/staff/settings/policy/versions", response_model=PolicyHistory)
async def policy_versions(container: Wired, caller: SupportCaller) -> PolicyHistory:
    """Every set of rules that was in force, newest first."""
    found = await container.shop_desk.policy_versions(caller.tenant)
    return PolicyHistory(results=tuple(PolicyView.of(kept) for kept in found))


@router.post("/staff/settings/policy/versions/{version}/restore", response_model=PolicyView)
async def restore_policy(version: int, container: Wired, caller: AdminCaller) -> PolicyView:
    """Put an earlier version into force again, as a new one."""
    kept = await container.shop_desk.restore_policy(caller.tenant, version, caller.actor, container.clock())
    return PolicyView.of(kept)


@router.get("/staff/team", response_model=TeamList)
async def team(container: Wired, caller: SupportCaller) -> TeamList:
    """Everybody at the desk, those who were let go included."""
    return TeamList(results=await container.team.list(caller.tenant))


@router.post("/staff/team", response_model=Invitation, status_code=status.HTTP_201_CREATED)
async def invite(body: InvitationBody, container: Wired, caller: AdminCaller) -> Invitation:
    """Invite somebody: the one-time link is mailed, and its token shown this once."""
    return await container.team.invite(caller.tenant, body.email, body.name, body.role, caller.actor, container.clock())


@router.post("/staff/team/{staff_id}/link", response_model=Invitation, status_code=status.HTTP_201_CREATED)
async def link_again(staff_id: str, container: Wired, caller: AdminCaller) -> Invitation:
    """A new one-time link, e.g. for a forgotten password."""
    return await container.team.link_again(caller.tenant, staff_id, caller.actor, container.clock())


@router.patch("/staff/team/{staff_id}", response_model=Member)
async def change_member(staff_id: str, body: MemberPatch, container: Wired, caller: AdminCaller) -> Member:
    """Change name or role, or end the account; somebody always stays admin."""
    return await container.team.change(caller.tenant, staff_id, caller.actor, **body.model_dump())


@router.post("/staff/playground", response_model=Tried)
async def playground(body: PlaygroundBody, container: Wired, caller: SupervisorCaller) -> Tried:
    """What the shopper would be answered, under drafts of rules and settings too."""
    identity = Identity()
    if body.customer_id:
        identity = Identity(level=IdentityLevel.VERIFIED, customer_id=body.customer_id)
        await caller.viewed(container, f"customer:{body.customer_id}")
    state = SessionState(session_id="playground", identity=identity, history=turns_of(body.history, container.clock()))
    wanted = policy_of(body.policy) if body.policy is not None else None
    tried = await container.rehearsals.answer(
        Call(tenant=caller.tenant, text=body.message), state, wanted, body.settings
    )
    return Tried(reply=ChatReply.of(tried.reply), trace=tried.trace, found=tried.found)
