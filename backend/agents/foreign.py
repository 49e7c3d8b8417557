"""Messages in a language that nobody here can read well: an honest sentence in it, and the offer of a person."""

from backend.agents.response.phrases import OTHER_LANGUAGES
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Draft, Evidence, Request, Turn, Understanding


def offered_person(turn: Turn, understanding: Understanding) -> Evidence | None:
    """The offer in the shopper's language; None where the message was understood, or is a yes or a no.

    Without a model the words are only guessed at, so nothing is looked up or proposed on their ground.
    """
    said = OTHER_LANGUAGES.get(understanding.language)
    settled = understanding.consent is not Consent.OTHER or any(r.act is Act.HANDOFF for r in understanding.requests)
    if said is None or settled or understanding.path == "gpt" or _gives_a_value(turn):
        return None
    request = Request(text=turn.text, standalone=turn.text, act=Act.HANDOFF, confidence=_GUESSED)
    waits = turn.state.pending is not None or turn.state.draft is not None
    draft = None if waits else Draft(request=request, asking="handoff", question=said)
    return Evidence(request=request, text=said, draft=draft, verbatim=True)


def _gives_a_value(turn: Turn) -> bool:
    """Whether an open question gets an address, a number or a code: these have no language."""
    return turn.state.draft is not None and any(letter.isdigit() for letter in turn.text)


#: How sure we are of what was meant: the language is known, the words are not.
_GUESSED = 0.5
