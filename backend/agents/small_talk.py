"""Greetings, thanks and what lies outside the shop: evidence that needs no look-up."""

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
    """Answers in one friendly sentence or two; the shop's name stands in its greeting when known."""

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        return Evidence(request=request, text=_SAID[request.act], verbatim=True)
