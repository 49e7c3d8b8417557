"""Greetings, thanks and what lies outside the shop: evidence that needs no look-up."""

from backend.agents.base import Voice
from backend.agents.response import phrases
from backend.domain.conversation import Act, Evidence, Request, Turn

_SAID = {
    Act.GREETING: phrases.GREETING,
    Act.THANKS: phrases.THANKS,
    Act.GOODBYE: phrases.GOODBYE,
    Act.CAPABILITIES: phrases.CAPABILITIES,
    Act.OUT_OF_SCOPE: phrases.OUT_OF_SCOPE,
}


class SmallTalkAgent:
    """Answers in one friendly sentence or two; `voice` knows the greeting that the shop chose for itself."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        own = (await self._voice(turn.tenant)).greeting if request.act is Act.GREETING else ""
        return Evidence(request=request, text=own or _SAID[request.act], verbatim=True)
