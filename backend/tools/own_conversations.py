"""What shoppers have of their own conversations: the list, a transcript, and their opinion of answers."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.conversation import SessionState
from backend.domain.errors import InvalidInput, NotFound
from backend.domain.identity import Identity, IdentityLevel
from backend.domain.inbox import Feedback, Satisfaction, Thumb
from backend.domain.messages import Conversation, Role, StoredMessage
from backend.store.database import Database

_KEPT = 50


class OwnConversations:
    """Nobody names a conversation here that is not their session's or their account's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, tenant: str, identity: Identity, state: SessionState | None) -> tuple[Conversation, ...]:
        """The conversations of a verified customer, latest first; for others only the session's own."""
        async with self._database.records(tenant) as records:
            if identity.level >= IdentityLevel.VERIFIED:
                return await records.conversations.list(customer_id=identity.customer_id, limit=_KEPT)
            found = await records.conversations.get(state.conversation_id) if state else None
        return (found,) if found else ()

    async def read(
        self, tenant: str, identity: Identity, state: SessionState | None, conversation_id: str
    ) -> tuple[Conversation, tuple[StoredMessage, ...]]:
        """A conversation of one's own with what was said, oldest first. Raises NotFound."""
        async with self._database.records(tenant) as records:
            found = await records.conversations.get(conversation_id)
            verified = identity.level >= IdentityLevel.VERIFIED and identity.customer_id is not None
            mine = found is not None and verified and found.customer_id == identity.customer_id
            here = found is not None and state is not None and found.id == state.conversation_id
            if found is None or not (mine or here):
                raise NotFound("There is no such conversation of yours.")
            return found, standing(await records.conversations.messages(conversation_id))

    async def rate_answer(
        self,
        tenant: str,
        state: SessionState,
        message_id: str,
        score: Thumb,
        reasons: Sequence[str],
        comment: str | None,
        now: datetime,
    ) -> Feedback:
        """Keep a thumb on an answer of this session. Raises NotFound for any other message."""
        # a reply is named by the message it answers, or by its own id in the list of messages
        answer_id = message_id if message_id.endswith("-r") else f"{message_id}-r"
        async with self._database.records(tenant, write=True) as records:
            said = await records.conversations.find_message(state.conversation_id, (answer_id, message_id))
            if said is None or said.role is Role.SHOPPER:
                raise NotFound("There is no such answer in this conversation.", field="message_id")
            given = Feedback(
                message_id=said.id,
                conversation_id=state.conversation_id,
                score=score,
                reasons=tuple(dict.fromkeys(reasons)),
                comment=comment,
                at=now,
            )
            await records.opinions.put_feedback(given)
            payload = {"conversation": state.conversation_id, "message": said.id, "score": score.value}
            await records.events.add("feedback.given", {"object": f"conversation:{state.conversation_id}", **payload})
        return given

    async def rate(
        self, tenant: str, state: SessionState, score: int, comment: str | None, now: datetime
    ) -> Satisfaction:
        """Keep the score of this session's conversation. Raises InvalidInput when nothing was said in it yet."""
        given = Satisfaction(conversation_id=state.conversation_id, score=score, comment=comment, at=now)
        async with self._database.records(tenant, write=True) as records:
            if await records.conversations.get(state.conversation_id) is None:
                raise InvalidInput("Nothing was said in this conversation yet.", field="session_id")
            await records.opinions.put_satisfaction(given)
            payload = {"conversation": state.conversation_id, "score": score}
            await records.events.add(
                "satisfaction.given", {"object": f"conversation:{given.conversation_id}", **payload}
            )
        return given


def standing(said: Sequence[StoredMessage]) -> tuple[StoredMessage, ...]:
    """What the shopper said and read, without what was taken back."""
    return tuple(message for message in said if message.replaced_by is None)


def transcript(shop: str, said: Sequence[StoredMessage]) -> str:
    """The conversation as plain text, times in UTC."""
    lines = [f"Conversation with {shop}", ""]
    for message in said:
        if message.text:
            name = (message.meta or {}).get("staff_name") or shop
            who = (
                "You" if message.role is Role.SHOPPER else name if message.role is Role.STAFF else f"{shop} (assistant)"
            )
            lines += [f"[{message.at:%Y-%m-%d %H:%M} UTC] {who}:", message.text, ""]
    return "\n".join(lines)
