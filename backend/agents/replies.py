"""Replies that need no evidence."""

from backend.domain.conversation import Intent, Reply, Turn


def superseded_reply(session_id: str, by: str) -> Reply:
    """To a message that a later one took along: `message_id` is the one that gets the answer."""
    return Reply(
        session_id=session_id,
        message_id=by,
        response="",
        intent=Intent.GENERAL,
        intents=(Intent.GENERAL,),
        confidence=1.0,
        superseded=True,
    )


def silent_reply(turn: Turn) -> Reply:
    """While a person has the conversation the assistant says nothing."""
    return Reply(
        session_id=turn.state.session_id,
        message_id=turn.message_id,
        response="",
        intent=Intent.GENERAL,
        intents=(Intent.GENERAL,),
        confidence=1.0,
        handoff=turn.state.handoff,
    )
