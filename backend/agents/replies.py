"""Replies that need no evidence, and what they say when an engine is away."""

from collections.abc import Awaitable, Iterable

from backend.domain.acts import Intent
from backend.domain.conversation import Degraded, Evidence, Reply, Request, Turn
from backend.domain.errors import EngineUnavailable
from backend.domain.trace import step
from backend.llm.base import BudgetSpent, ModelUnavailable

#: How much of a wish the trace repeats.
_SHOWN_CHARACTERS = 160
RECORDS_AWAY = Degraded(engine="records", used="the catalogue and the manuals as last read")


def without_model(used: str, failure: ModelUnavailable) -> Degraded:
    """That the model did not take part and what was used instead; a spent budget is named, an error's text never is."""
    limited = isinstance(failure, BudgetSpent)
    return Degraded(engine="llm", used=f"{used} ({failure})" if limited else used, limited=limited)


async def reached(request: Request, gathering: Awaitable[Evidence]) -> Evidence:
    """The evidence, or that the records cannot be reached: the other wishes of the message are still answered."""
    try:
        return await gathering
    except EngineUnavailable as away:
        text = f"{away.detail} Please try again in a moment."
        return Evidence(request=request, text=text, verbatim=True, degraded=(RECORDS_AWAY,))


async def watched(request: Request, gathering: Awaitable[Evidence]) -> Evidence:
    """The evidence, with how long it took to gather written into the turn's trace."""
    with step("agent", request.act.value, asked=request.standalone[:_SHOWN_CHARACTERS]) as taken:
        evidence = await gathering
        taken.detail["found"] = evidence.found
        return evidence


def with_degraded(reply: Reply, more: Iterable[Degraded]) -> Reply:
    """The reply with each engine that failed named once."""
    named = {d.engine: d for d in (*more, *reply.degraded)}
    return reply.model_copy(update={"degraded": tuple(named.values())}) if named else reply


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
