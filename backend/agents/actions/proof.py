"""Asks who is asking, and checks it: order number and e-mail, then where needed the mailed code."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace

from backend.agents.actions.case import Case, Missing
from backend.domain.acts import Act
from backend.domain.cards import FormCard, FormField
from backend.domain.errors import InvalidInput, NotFound
from backend.domain.identity import Identity, IdentityLevel
from backend.tools.identity import CODE_TRIES, Identification
from backend.tools.order_ids import same_order

_NUMBER = FormField(name="order_id", label="Order number", placeholder="ORD-1001")
_EMAIL = FormField(name="email", label="E-mail address of the order", input="email", placeholder="you@example.com")
_WHY = {
    Act.COMPLAINT_NEW: "I'm sorry to hear that, and I'll take care of it.",
    Act.COMPLAINT_STATUS: "I can look that up.",
    Act.ACCOUNT_ADDRESS: "I can change that for you, once I know who you are.",
}
_CODE = FormField(name="code", label="Six-digit code", input="code", placeholder="123456")


class Proof:
    """Raises a session's identity to the level that a wish needs."""

    def __init__(self, identification: Identification, mail_hint: str = "") -> None:
        self._identification = identification
        self._mail_hint = mail_hint

    async def reach(
        self, case: Case, level: IdentityLevel, before_code: Callable[[Case], Awaitable[None]] | None = None
    ) -> Identity | None:
        """The identity gained, None when what is known already suffices. The case's context goes on with it.

        Raises Missing for what has to be asked next. `before_code` may raise what makes a mailed code needless.
        """
        before = case.context.identity
        if not self._suffices(case, before, level):
            if level is IdentityLevel.GUEST and not case.slots.get("code_sent"):
                await self._as_guest(case)
            else:
                await self._by_code(case, before_code)
        gained = case.context.identity
        return gained if gained != before else None

    def _suffices(self, case: Case, identity: Identity, level: IdentityLevel) -> bool:
        if identity.level >= IdentityLevel.VERIFIED:
            return True
        if identity.level < level:
            return False
        wanted = case.slots.get("order_id")
        return wanted is None or any(same_order(wanted, known) for known in identity.order_ids)

    async def _as_guest(self, case: Case) -> None:
        order_id, email = case.slots.get("order_id"), case.slots.get("email")
        if order_id and (email or case.context.identity.customer_id):
            await self._open_order(case, order_id, email)
        elif order_id:
            raise _email_of(order_id)
        elif email:
            await self._by_code(case)
        else:
            raise _number_and_email(case.act)

    async def _open_order(self, case: Case, order_id: str, email: str | None) -> None:
        """With the e-mail address given for it, else as the customer whose order was opened before."""
        tried = [order_id, email]
        try:
            if case.slots.get("not_found") == tried:  # neither was given anew
                raise NotFound("tried before")
            identity = await self._identification.as_guest(case.context, order_id, email)
        except NotFound:
            if email is None:
                raise _email_of(order_id) from None
            case.slots["not_found"] = tried
            raise Missing(
                "email",
                f"I can't find an order {order_id} with that e-mail address. Please check both and try again.",
                FormCard(id="identify", title="Find your order", fields=(_NUMBER, _EMAIL)),
            ) from None
        _go_on(case, identity)

    async def _by_code(self, case: Case, before_code: Callable[[Case], Awaitable[None]] | None = None) -> None:
        code, address = case.slots.get("code"), case.slots.get("email")
        if case.slots.get("code_sent"):
            if not code:
                raise Missing(
                    "code", "What is the six-digit code from the mail? If none came, say “new code”.", _form()
                )
            await self._check_code(case, code)
            return
        order_id = case.slots.get("order_id")
        if case.context.identity.customer_id is None and not address:
            if order_id:
                question = (
                    f"Before I change anything about order {order_id} I need to know it is yours. "
                    "Which e-mail address was it placed with?"
                )
                raise Missing("email", question, FormCard(id="email", title="Your e-mail address", fields=(_EMAIL,)))
            raise _number_and_email(case.act)
        if case.context.identity.customer_id is None and order_id:
            await self._open_order(case, order_id, address or "")
        if before_code is not None:
            await before_code(case)
        to = None if case.context.identity.customer_id else address
        await self._identification.send_code(case.context, to)
        case.slots["code_sent"] = True
        raise _code(address, self._mail_hint)

    async def _check_code(self, case: Case, code: str) -> None:
        case.slots.pop("code", None)
        try:
            address = None if case.context.identity.customer_id else case.slots.get("email")
            identity = await self._identification.check_code(case.context, code, address)
        except InvalidInput:
            tries = case.slots["wrong_codes"] = case.slots.get("wrong_codes", 0) + 1
            left = CODE_TRIES - tries
            if left > 0:
                more = f"You have {left} more {'tries' if left > 1 else 'try'}; if none came, say “new code”."
                raise Missing("code", f"That code is not right. Please check it. {more}", _form()) from None
            again = "That code is no longer valid. Shall I send you a new code? Please say “new code”."
            raise Missing("code", again, _form()) from None
        _go_on(case, identity)


def _go_on(case: Case, identity: Identity) -> None:
    """The session goes on under a new id: an identity is never carried by a guessable one."""
    case.context = replace(case.context, identity=identity, session_id=secrets.token_urlsafe(24))


def _email_of(order_id: str) -> Missing:
    question = f"Before I look into order {order_id}: which e-mail address was it placed with?"
    again = f"I still need the e-mail address that order {order_id} was placed with."
    form = FormCard(id="email", title="Your e-mail address", fields=(_EMAIL,))
    return Missing("email", question, form, again=again)


def _number_and_email(act: Act) -> Missing:
    opening = _WHY.get(act, "I can help with that.")
    return Missing(
        "identity",
        f"{opening} Please give me your order number and the e-mail address it was placed with.",
        FormCard(id="identify", title="Find your order", fields=(_NUMBER, _EMAIL)),
        again="I still need your order number and the e-mail address it was placed with.",
    )


def _code(address: str | None, hint: str) -> Missing:
    where = f"to {address}" if address else "to the e-mail address of your order"
    return Missing(
        "code",
        f"This needs one more check. If the address is known to us, I have just sent a six-digit code {where}; "
        f"it is valid for ten minutes. What is the code?{hint}",
        _form(),
    )


def _form() -> FormCard:
    return FormCard(id="code", title="Enter the code", fields=(_CODE,), submit_label="Check")
