"""What a model is told of a conversation: recent messages whole, older ones summed up once, within a token budget.

Facts are not left to prose: products and orders in focus and the pending action stay typed in the session.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from backend.agents.conversations import Conversations
from backend.agents.response.supported import recounted
from backend.domain.conversation import SessionState, Summary
from backend.domain.messages import Message, Role
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.memory.base import MemoryUnavailable, SessionMemory
from backend.prompts import fenced, prompt

log = structlog.get_logger()

#: What is told word by word in one prompt; what does not fit is summed up, until so much stays whole.
HISTORY_TOKENS, _STAYS = 360, 150
#: What is summed up at once; what is older and no model ever heard is left to the typed facts.
_SUMMED_AT_ONCE = 600
#: What a reply is worded with: the evidence is its ground, earlier words only give it its tone.
BRIEF_TOKENS = 120
#: One message counts with its beginning: pasted novels must not push everything else out.
_LONGEST_MESSAGE = 480
#: The summary is asked to be shorter; a model that runs on is cut.
_LONGEST_SUMMARY = 600
_SECONDS = 30.0
_SPEAKERS = {Role.SHOPPER: "shopper", Role.ASSISTANT: "shop", Role.STAFF: "shop (a person)"}

#: Tokens of a text.
Count = Callable[[str], int]


def spoken(state: SessionState, count: Count) -> str:
    """The memory of older messages, then those since, oldest first: as many of the newest as the budget holds."""
    since = _not_summed_up(state)
    lines = [_line(message) for message in _newest(since, count, HISTORY_TOKENS)]
    return "\n".join([f"(earlier: {state.summary})", *lines] if state.summary else lines)


def last_words(state: SessionState, count: Count) -> str:
    """The last of what was said, for a prompt that needs no more than the thread."""
    return "\n".join(_line(message) for message in _newest(state.history, count, BRIEF_TOKENS))


def _newest(messages: Sequence[Message], count: Count, budget: int) -> Sequence[Message]:
    """The newest messages that the budget (tokens) holds, oldest first."""
    fitting = 0
    for message in reversed(messages):
        budget -= count(_line(message))
        if budget < 0:
            break
        fitting += 1
    return messages[len(messages) - fitting :]


def _not_summed_up(state: SessionState) -> Sequence[Message]:
    """The messages that the summary does not know yet."""
    known = next((n for n, m in enumerate(state.history) if m.id == state.summed_up_to), -1)
    return state.history[known + 1 :]


def told(state: SessionState) -> SessionState:
    """The state with how far a model has been told the conversation, when it was in this turn."""
    account = accounts.current()
    if account is None or not any(call.purpose in ("understand", "choose") for call in account.calls):
        return state
    return state.model_copy(update={"told_up_to": state.history[-1].id})


def _line(message: Message) -> str:
    return f"{_SPEAKERS[message.role]}: {message.text[:_LONGEST_MESSAGE]}"


class Recollection:
    """Sums up what falls out of the recent messages, behind the replies, once for all processes: the summary is kept
    with the session. Without a model nothing is summed up.
    """

    def __init__(self, model: LanguageModel | None, conversations: Conversations, memory: SessionMemory) -> None:
        self._model = model
        self._conversations = conversations
        self._memory = memory
        self._working: set[asyncio.Task[None]] = set()

    def consider(self, tenant: str, state: SessionState, before: str) -> None:
        """Begin to sum up, when there is more than a prompt tells word by word and the model goes on hearing it.

        `before` is how far it was told when this turn began. A conversation that is understood without the model,
        but for a message now and then, needs no memory in words.
        """
        if self._model is None or state.told_up_to == before:
            return
        since, count = _not_summed_up(state), self._model.count
        recent = _newest(since, count, HISTORY_TOKENS)
        if len(recent) == len(since) or before not in {message.id for message in recent}:
            return
        old = _newest(since[: len(since) - len(_newest(since, count, _STAYS))], count, _SUMMED_AT_ONCE)
        task = asyncio.create_task(self._sum_up(self._model, tenant, state, old))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def close(self) -> None:
        """Stop what is under way: a later turn begins it again."""
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def _sum_up(self, model: LanguageModel, tenant: str, state: SessionState, old: Sequence[Message]) -> None:
        made = None
        try:
            ticket = await self._memory.begin_summary(tenant, state.session_id, _SECONDS)
            if ticket is None:
                return
            try:
                made = await self._made(model, tenant, state, old)
            finally:
                await self._memory.keep_summary(tenant, state.session_id, ticket, made)
        except MemoryUnavailable as away:
            log.info("not_summed_up", reason=str(away))

    async def _made(
        self, model: LanguageModel, tenant: str, state: SessionState, old: Sequence[Message]
    ) -> Summary | None:
        said = "\n".join(_line(message) for message in old)
        turn = prompt(
            "summarise_turn", memory=fenced("memory", state.summary), conversation=fenced("conversation", said)
        )
        asked = Prompt(instructions=prompt("summarise"), messages=(("user", turn),))
        with accounts.opened(tenant, state.session_id, _SECONDS) as account:
            try:
                text = "".join([piece async for piece in model.write(asked, "summarise")]).strip()
            except ModelUnavailable as error:
                log.info("not_summed_up", reason=str(error))
                return None
            finally:
                await self._conversations.book(tenant, state.conversation_id, account.calls)
        kept = recounted(text[:_LONGEST_SUMMARY], f"{state.summary}\n{said}")
        return Summary(conversation_id=state.conversation_id, text=kept, upto=old[-1].id)
