"""A scripted customer: says its wishes one by one or together, gives what it is asked for, and agrees."""

import random
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx

from backend.tools.replay.tasks import Call
from tests.actions.phrasing import Store, Voice, address, items, listed, method, reason, say, variant

Reply = dict[str, Any]

_YES = ("yes", "Yes, please", "yes please go ahead", "ok", "Sure", "That's correct", "go ahead", "yep, do it")
#: A conversation longer than this is lost.
_MOST_MESSAGES = 40


class Customer:
    """Talks until every wish was agreed to, or the shop is at its wit's end. `log` is the conversation."""

    def __init__(
        self, client: httpx.AsyncClient, code: Callable[[str], Awaitable[str]], store: Store, email: str, seed: str
    ) -> None:
        self._client = client
        self._code = code
        self._email = email
        self._voice = Voice(random.Random(seed), store)
        self._session: str | None = None
        self._wishes: list[Call] = []
        self._agreed = 0
        self._asked: list[str] = []
        self.log: list[str] = []

    async def wants(self, wishes: Sequence[Call], *, together: bool = False, insists: bool = True) -> None:
        """All wishes, one message each or in one message. Who insists says once more what came to nothing."""
        left = list(wishes)
        while left and len(self.log) < _MOST_MESSAGES:
            now, left = (left, []) if together else (left[:1], left[1:])
            self._wishes = list(now)
            await self._pursue(" ".join(say(wish, self._voice) for wish in now), len(now), insists=insists)

    async def says(self, message: str, wishes: Sequence[Call]) -> None:
        """Someone else's words; after them only what is asked for, as the wishes have it."""
        self._wishes = list(wishes)
        await self._converse(await self._say(message))

    async def _pursue(self, message: str, agreements: int, *, insists: bool) -> None:
        before = self._agreed
        await self._converse(await self._say(message))
        missing = self._wishes[self._agreed - before :] if insists and self._agreed - before < agreements else []
        for wish in missing:  # said once more in other words, then left
            self._wishes = [wish]
            await self._converse(await self._say(say(wish, self._voice)))

    async def _converse(self, reply: Reply) -> None:
        self._asked = []
        while len(self.log) < _MOST_MESSAGES:
            if reply["pending_action"]:
                self._agreed += 1
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
        if self._voice.choice.random() < 0.3:
            return await self._send({"decision": {"action_id": pending["id"], "accept": True}})
        return await self._say(self._voice.choice.choice(_YES))

    async def _answer(self, reply: Reply) -> str | None:
        """What the reply's question asks for; None when it asks nothing that the customer can tell."""
        question = _question(reply["response"])
        wish = self._current()
        for kind, asks in _ASKS.items():
            if asks.search(question) and self._asked.count(kind) < 2:
                self._asked.append(kind)
                return await self._give(kind, wish)
        return None

    def _current(self) -> Call | None:
        """The wish that is being talked about: the first one that was not agreed to."""
        done = self._agreed if len(self._wishes) > 1 else 0
        return self._wishes[min(done, len(self._wishes) - 1)] if self._wishes else None

    async def _give(self, kind: str, wish: Call | None) -> str:
        said = wish.arguments if wish else {}
        number = str(said.get("order_id", ""))
        if kind == "code":
            return self._voice.pick("{}", "the code is {}", "It's {}").format(await self._code(self._email))
        if kind == "number_and_email":
            return f"{number} {self._email}".strip()
        if kind == "email":
            return self._voice.pick(self._email, f"my email is {self._email}")
        if kind == "order":
            return number or "I don't know"
        if kind == "reason":
            return f"Because {reason(said, self._voice)}" if "reason" in said else "I changed my mind"
        if kind == "version":
            return await self._version(wish)
        if kind == "item":
            return listed(items(said.get("item_ids", []), said, self._voice)) or "all of them"
        if kind == "method":
            return method(said["payment_method_id"], said, self._voice) if "payment_method_id" in said else "the same"
        if kind == "address":
            return address(said) if "address1" in said else "the same"
        return "no"

    async def _version(self, wish: Call | None) -> str:
        if wish is None or "new_item_ids" not in wish.arguments:
            return "the cheapest one"
        said, store = wish.arguments, self._voice.store
        asked_for = self.log[-1].lower()
        rows = store.orders[said["order_id"]]["items"]
        for old, new in zip(said["item_ids"], said["new_item_ids"], strict=True):
            name = next(r for r in rows if r["item_id"] == old)["name"]
            if name.lower() in asked_for:
                return variant(old, new, said, self._voice)
        return variant(said["item_ids"][0], said["new_item_ids"][0], said, self._voice)

    async def _say(self, message: str) -> Reply:
        return await self._send({"message": message})

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


def _question(response: str) -> str:
    """The sentences of a reply that ask; the whole of it when none ends in a question mark."""
    asked = [s for s in re.split(r"(?<=[.?!])\s+", response) if s.endswith("?") or s.lower().startswith("please")]
    return " ".join(asked)


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
