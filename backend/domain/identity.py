"""Who a session speaks for. Only the session carries it: no message, argument or model can name a customer."""

from enum import IntEnum, StrEnum

from backend.domain.base import Value


class IdentityLevel(IntEnum):
    """How much was proved. A higher level includes the lower ones."""

    ANONYMOUS = 0
    #: order number and e-mail matched: that order may be read, a complaint filed, a person asked for
    GUEST = 1
    #: a mailed code, a sign-in or the shop's signed token: everything of that customer
    VERIFIED = 2


class Identity(Value):
    """What a session proved. `order_ids` are the orders a guest opened."""

    level: IdentityLevel = IdentityLevel.ANONYMOUS
    customer_id: str | None = None
    order_ids: tuple[str, ...] = ()

    def may_read(self, customer_id: str, order_id: str) -> bool:
        """Whether this identity may see that customer's order."""
        if self.customer_id != customer_id:
            return False
        return self.level >= IdentityLevel.VERIFIED or order_id in self.order_ids


ANONYMOUS = Identity()


class StaffRole(StrEnum):
    SUPPORT = "support"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Staff(Value):
    """A person at the desk."""

    id: str
    name: str
    email: str
    role: StaffRole


class Member(Staff):
    """Somebody of the team. `joined` False: the invitation waits for its answer; not `active`: was let go."""

    active: bool = True
    joined: bool = False
