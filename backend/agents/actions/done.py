"""What was done in a conversation, asked afterwards: "what did you just do?", "is it done?", "did that work?"."""

from backend.agents.actions.wishes import RECORD_ACTS
from backend.agents.understanding.aftermath import asks_what_was_done
from backend.domain.acts import Act
from backend.domain.conversation import Evidence, Request, SessionState, Turn

_NOT_YET = "Nothing is done yet."


def what_was_done(turn: Turn) -> Evidence | None:
    """What the last action came to, or that nothing was done yet; None where a message does not ask for that, or
    nothing of the kind was spoken of.
    """
    state = turn.state
    if not asks_what_was_done(turn.text):
        return None
    request = Request(text=turn.text, standalone=turn.text, act=_matter(state), confidence=1.0)
    if state.pending is not None:
        question = f"{_NOT_YET} {state.pending.summary}\n\nShall I go ahead? Please answer yes or no."
        return Evidence(request=request, question=question, pending=state.pending, verbatim=True)
    if state.draft is not None and state.draft.asking != "handoff":
        question = f"{_NOT_YET} {state.draft.question}"
        return Evidence(request=request, question=question, draft=state.draft, verbatim=True)
    if state.done:
        return Evidence(request=request, text=f"This was done last: {state.done}", verbatim=True)
    if request.act not in RECORD_ACTS or state.focus.act is None:
        return None
    return Evidence(request=request, text="I have not changed anything so far.", verbatim=True)


def _matter(state: SessionState) -> Act:
    if state.draft is not None:
        return state.draft.request.act
    return state.focus.act or Act.ORDER_LOOKUP
