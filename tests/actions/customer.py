"""A scripted customer: says its wishes one by one or together, gives what it is asked for, and agrees."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import httpx

from backend.tools.replay.calls import translate
from backend.tools.replay.tasks import Call

Reply = dict[str, Any]

#: A conversation longer than this is lost.
_MOST_MESSAGES = 60


class Speech(Protocol):
    """A customer's way of putting things."""

    def wishes(self, calls: Sequence[Call], *, first: bool) -> str:
        """One message that says all of them; `first` is true for what opens a conversation."""

    def give(self, kind: str, wish: Call | None, asked: str, times: int) -> str:
        """The answer to a question about `kind`, asked for the nth time. "{code}" and "{email}" are put in later."""

    def yes(self) -> str | None:
        """Agreement in words; None presses the button."""

    def names_goods(self, wish: Call, response: str) -> bool:
        """Whether a reply speaks of a thing that the wish is about."""


class Customer:
    """Talks until every wish was agreed to, or the shop is at its wit's end. `log` is the conversation."""

    def __init__(
        self, client: httpx.AsyncClient, code: Callable[[str], Awaitable[str]], email: str, speech: Speech
    ) -> None:
        self._client = client
        self._code = code
        self._email = email
        self._speech = speech
        self._session: str | None = None
        self._open: list[Call] = []
        self._asked: list[str] = []
        self.log: list[str] = []

    async def wants(self, wishes: Sequence[Call], *, together: bool = False, insists: bool = True) -> None:
        """All wishes, one message each or in one message. Who insists says once more what came to nothing."""
        left = list(wishes)
        while left and len(self.log) < _MOST_MESSAGES:
            now, left = (left, []) if together else (left[:1], left[1:])
            self._open = list(now)
            await self._converse(await self._say(self._speech.wishes(now, first=not self.log)))
            for wish in self._open[:] if insists else ():  # said once more in other words, then left
                self._open = [wish]
                await self._converse(await self._say(self._speech.wishes([wish], first=False)))

    async def says(self, message: str, wishes: Sequence[Call]) -> None:
        """Someone else's words; after them only what is asked for, as the wishes have it."""
        self._open = list(wishes)
        await self._converse(await self._say(message))

    async def _converse(self, reply: Reply) -> None:
        self._asked = []
        while len(self.log) < _MOST_MESSAGES:
            if reply["pending_action"]:
                self._asked = []
                reply = await self._agree(reply)
                continue
            answer = await self._answer(reply)
            if answer is None:
                return
            reply = await self._say(answer)

    async def _agree(self, reply: Reply) -> Reply:
        pending = reply["pending_action"]
        self.log.append(f"   [{pending['tool']} {pending['arguments']}]")
        served = next((wish for wish in self._open if _is(wish, pending)), None)
        if served is not None:
            self._open.remove(served)
        said = self._speech.yes()
        if said is None:
            return await self._send({"decision": {"action_id": pending["id"], "accept": True}})
        return await self._say(said)

    async def _answer(self, reply: Reply) -> str | None:
        """What the reply's question asks for; None when it asks nothing that the customer can tell."""
        question = _question(reply["response"])
        for kind, asks in _ASKS.items():
            if asks.search(question) and self._asked.count(kind) < _MOST_TIMES.get(kind, 2):
                self._asked.append(kind)
                times = self._asked.count(kind)
                said = self._speech.give(kind, self._current(reply["response"]), reply["response"], times)
                code = await self._code(self._email) if "{code}" in said else ""
                return said.replace("{email}", self._email).replace("{code}", code)
        return None

    def _current(self, response: str) -> Call | None:
        """The wish that is being talked about: the open one whose order or goods the reply names, else the first."""
        numbered = [wish for wish in self._open if str(wish.arguments.get("order_id", "-")) in response]
        named = [wish for wish in self._open if self._speech.names_goods(wish, response)]
        return next(iter((*numbered, *named, *self._open)), None)

    async def _say(self, message: str) -> Reply:
        return await self._send({"message": message.replace("{email}", self._email)})

    async def _send(self, body: dict[str, Any]) -> Reply:
        if self._session:
            body["session_id"] = self._session
        response = await self._client.post("/api/chat", json=body)
        self.log.append(f">> {body.get('message') or body.get('decision')}")
        if response.status_code != 200:
            self.log.append(f"<< {response.status_code} {response.text}")
            return {"pending_action": None, "response": ""}
        reply: Reply = response.json()
        self._session = reply["session_id"]
        self.log.append(f"<< {reply['response']}")
        return reply


def _is(wish: Call, pending: dict[str, Any]) -> bool:
    """Whether an action is of the wish's kind and about its order."""
    tool = translate(wish.name, wish.arguments, None)[0]
    order = str(wish.arguments.get("order_id", ""))
    return bool(tool == pending["tool"]) and pending["arguments"].get("order_id", order) == order


def _question(response: str) -> str:
    """The sentences of a reply that ask; the whole of it when none ends in a question mark."""
    asked = [s for s in re.split(r"(?<=[.?!])\s+", response) if s.endswith("?") or s.lower().startswith("please")]
    return " ".join(asked)


#: How often one thing is answered before the customer gives up: options and addresses may be told in parts.
_MOST_TIMES = {"version": 6, "address": 4}
_ASKS = {
    "code": re.compile(r"\bcode\b", re.I),
    "number_and_email": re.compile(r"order number and the e-?mail", re.I),
    "email": re.compile(r"e-?mail", re.I),
    "version": re.compile(r"which (version|option|variant)|would you like instead", re.I),
    "order": re.compile(r"which order|order number", re.I),
    "item": re.compile(r"which items?", re.I),
    "reason": re.compile(r"\bwhy\b|reason", re.I),
    "method": re.compile(r"payment method|refund go", re.I),
    "address": re.compile(r"\baddress\b", re.I),
    "opened": re.compile(r"opened", re.I),
}
