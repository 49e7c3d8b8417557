"""The reply built from the evidence in plain English, without a language model."""

from collections.abc import Sequence

from backend.agents.base import Listener
from backend.agents.response.citations import joined
from backend.agents.response.markup import inert
from backend.agents.response.phrases import HANDED_OVER, apology, lost, nothing_understood
from backend.agents.response.suggesting import suggestions_for
from backend.domain.acts import Act, Intent
from backend.domain.conversation import Consent, Evidence, Mood, Reply, Turn, Understanding


class LocalWriter:
    """Says each piece of evidence in the order asked, its sources renumbered through the whole reply."""

    async def write(
        self, turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], listener: Listener
    ) -> Reply:
        reply = assemble(turn, understanding, evidence)
        for paragraph in reply.response.splitlines(keepends=True):
            await listener.text(paragraph)
        return reply


def assemble(turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], text: str | None = None) -> Reply:
    """The reply with all that it shows. `text`, already cited and checked, replaces the built words."""
    spoken = [_in_their_language(e, understanding) or _spoken(e, turn) for e in evidence]
    built, sources = joined([(s, e.sources) for s, e in zip(spoken, evidence, strict=True)])
    sorry = understanding.mood is not Mood.CALM or _complains(understanding, evidence)
    response = text if text is not None else _framed(built, understanding, turn, sorry=sorry)
    intents = _intents(understanding, evidence)
    pending = next((e.pending for e in reversed(evidence) if e.pending), None)
    return Reply(
        session_id=turn.state.session_id,
        message_id=turn.message_id,
        response=inert(response),
        intent=intents[0],
        intents=intents,
        confidence=_confidence(understanding),
        sources=sources,
        cards=tuple(card for e in evidence for card in e.cards),
        pending_action=pending,
        suggestions=suggestions_for(evidence, turn),
        degraded=tuple(dict.fromkeys((*understanding.degraded, *(d for e in evidence for d in e.degraded)))),
        handoff=next((e.handoff for e in reversed(evidence) if e.handoff), None),
    )


def _intents(understanding: Understanding, evidence: Sequence[Evidence]) -> tuple[Intent, ...]:
    """What the reply is about: an answer to an open question belongs to the wish that asked it."""
    offers = [e for e in evidence if e.draft and e.draft.asking == "handoff"]
    silent = [e for e in evidence if e.closes and not (e.text or e.question or e.cards)]
    served = [e.request.intent for e in evidence if e not in offers and e not in silent]
    return tuple(dict.fromkeys(served)) or understanding.intents or (Intent.GENERAL,)


def _confidence(understanding: Understanding) -> float:
    """The least of all wishes; a plain yes or no is read by rule."""
    if understanding.consent is not Consent.OTHER:
        return 1.0
    return min((r.confidence for r in understanding.requests), default=0.0)


def _in_their_language(evidence: Evidence, understanding: Understanding) -> str:
    """The few sentences that need no model to be said in another language."""
    return HANDED_OVER.get(understanding.language, "") if evidence.handoff is not None else ""


def _spoken(evidence: Evidence, turn: Turn) -> str:
    unknown = not evidence.found and not evidence.question
    parts = [evidence.text or (lost(evidence.request, turn) if unknown else ""), evidence.question or ""]
    return "\n\n".join(part for part in parts if part)


def _complains(understanding: Understanding, evidence: Sequence[Evidence]) -> bool:
    """A complaint was read and is what the reply is about: "I guess" to a cancellation is none."""
    read = any(r.act is Act.COMPLAINT_NEW for r in understanding.requests)
    return read and any(e.request.act is Act.COMPLAINT_NEW for e in evidence)


def _framed(built: str, understanding: Understanding, turn: Turn, *, sorry: bool) -> str:
    if not built:
        return nothing_understood(understanding.language)
    if sorry and turn.state.draft is None and not built.lower().startswith(("i'm sorry", "i am sorry", "sorry")):
        return f"{apology(understanding.mood)} {built}"
    return built
