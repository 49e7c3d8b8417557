"""What a model is told of a conversation: recent messages whole, older ones summed up once, within a token budget.

Facts are not left to prose: products and orders in focus and the pending action stay typed in the session.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence

import structlog

from backend.agents.conversations import Conversations
from backend.domain.conversation import SessionState
from backend.domain.messages import Message, Role
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt

log = structlog.get_logger()

#: What is told word by word in one prompt; what does not fit is summed up, until so much stays whole.
HISTORY_TOKENS, _STAYS = 360, 150
#: What a reply is worded with: the evidence is its ground, earlier words only give it its tone.
BRIEF_TOKENS = 120
#: One message counts with its beginning: pasted novels must not push everything else out.
_LONGEST_MESSAGE = 480
#: The summary is asked to be shorter; a model that runs on is cut.
_LONGEST_SUMMARY = 600
_KEPT = 2000
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


def _was_told() -> bool:
    """Whether a model was told the conversation in this turn."""
    account = accounts.current()
    return account is not None and any(call.purpose in ("understand", "choose") for call in account.calls)


def _line(message: Message) -> str:
    return f"{_SPEAKERS[message.role]}: {message.text[:_LONGEST_MESSAGE]}"


class Recollection:
    """Sums up what falls out of the recent messages, behind the replies. Without a model nothing is summed up.

    A summary that was made in one process is not known to another: there the next one is made from what it has.
    """

    def __init__(self, model: LanguageModel | None, conversations: Conversations) -> None:
        self._model = model
        self._conversations = conversations
        self._made: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._working: dict[str, asyncio.Task[None]] = {}

    def recall(self, state: SessionState) -> SessionState:
        """The state with the newest summary that was made for its conversation."""
        made = self._made.pop(state.conversation_id, None)
        if made is None:
            return state
        text, upto = made
        return state.model_copy(update={"summary": text, "summed_up_to": upto})

    def consider(self, tenant: str, state: SessionState) -> None:
        """Begin to sum up, when there is more than a prompt tells word by word and the model has to hear it.

        A conversation that is understood without the model needs no memory in words.
        """
        if self._model is None or state.conversation_id in self._working or not (state.summary or _was_told()):
            return
        since, count = _not_summed_up(state), self._model.count
        if len(_newest(since, count, HISTORY_TOKENS)) == len(since):
            return
        old = since[: len(since) - len(_newest(since, count, _STAYS))]
        task = asyncio.create_task(self._sum_up(self._model, tenant, state, old))
        self._working[state.conversation_id] = task
        task.add_done_callback(lambda _: self._working.pop(state.conversation_id, None))

    async def close(self) -> None:
        """Stop what is under way: the next turn begins it again."""
        working = list(self._working.values())
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)

    async def _sum_up(self, model: LanguageModel, tenant: str, state: SessionState, old: Sequence[Message]) -> None:
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
                return
            finally:
                await self._conversations.book(tenant, state.conversation_id, account.calls)
        self._made[state.conversation_id] = (text[:_LONGEST_SUMMARY], old[-1].id)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
