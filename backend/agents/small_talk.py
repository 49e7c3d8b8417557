"""Greetings, thanks, and what lies outside the shop unless its documents speak of it."""

import re

from backend.agents.base import Voice
from backend.agents.response import phrases
from backend.agents.understanding.consent import read_consent
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Evidence, Request, Turn
from backend.rag.agent import KnowledgeAgent

_SAID = {
    Act.GREETING: phrases.GREETING,
    Act.THANKS: phrases.THANKS,
    Act.GOODBYE: phrases.GOODBYE,
    Act.CAPABILITIES: phrases.CAPABILITIES,
    Act.OUT_OF_SCOPE: phrases.OUT_OF_SCOPE,
}

_OPENINGS = frozenset({Act.GREETING, Act.CAPABILITIES})
#: A yes or a no to which nothing was asked.
_UNASKED = {
    Consent.YES: "Nothing is waiting for your yes right now. What can I do for you?",
    Consent.NO: "All right. I'm here whenever you need me.",
}
#: Without one of these nobody has thanked for anything: "I guess", "no wait", a curse.
_THANKS = re.compile(
    r"\b(?:thank\w*|thanx|thx|tysm|ty|ta|tks|cheers|appreciat\w*|grateful|great|perfect\w*|awesome|amazing|excellent|cool"
    r"|nice\w*|good|well done|wonderful|fantastic|lovely|brilliant|super|helpful|helped|kind|bless|best|love\w*|solved"
    r"|sorted|works?|fixed|gracias|merci|danke|shukriya|dhanyavaad)\b|धन्यवाद|शुक्रिया",
    re.IGNORECASE,
)
_NOTHING_SAID = "I'm listening. What can I do for you?"


class SmallTalkAgent:
    """Answers in one friendly sentence or two; `voice` knows the greeting that the shop chose for itself.

    What lies outside of shops is asked of the documents before it is declined: a shop may have written about it.
    """

    def __init__(self, voice: Voice, knowledge: KnowledgeAgent) -> None:
        self._voice = voice
        self._knowledge = knowledge

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        if request.act is Act.OUT_OF_SCOPE:
            about = await self._knowledge.written_about(turn, request) or await self._knowledge.surely(turn, request)
            if about is not None:
                return about
        thanked = request.act is not Act.THANKS or _THANKS.search(turn.text)
        if (request.act in _OPENINGS or not thanked) and (consent := read_consent(turn.text)) is not Consent.OTHER:
            return Evidence(request=request, text=_UNASKED[consent], verbatim=True)
        if not thanked:
            return Evidence(request=request, text=_NOTHING_SAID, verbatim=True)
        own = (await self._voice(turn.tenant)).greeting if request.act is Act.GREETING else ""
        return Evidence(request=request, text=own or _SAID[request.act], verbatim=True)
