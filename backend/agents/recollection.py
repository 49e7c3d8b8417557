"""What a model is told of the conversation: recent messages whole, older ones summed up once, within a token budget.

Facts are not left to prose: products and orders in focus and the pending action stay typed in the session.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

import structlog

from backend.agents.conversations import Conversations
from backend.domain.conversation import Message, Role, SessionState
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.llm.tokens import estimate
from backend.prompts import fenced, prompt

log = structlog.get_logger()

#: What is spent on earlier messages in one prompt.
HISTORY_TOKENS = 600
#: One message counts with its beginning: pasted novels must not push everything else out.
_LONGEST_MESSAGE = 700
#: Messages that stay whole, and how many more there must be before they are summed up.
_RECENT, _WORTHWHILE = 8, 6
_KEPT = 2000
_SECONDS = 30.0
_SPEAKERS = {Role.SHOPPER: "shopper", Role.ASSISTANT: "shop", Role.STAFF: "shop (a person)"}


def spoken(state: SessionState, budget: int = HISTORY_TOKENS) -> str:
    """The memory of older messages, then the recent ones, oldest first, as many as the budget (tokens) holds."""
    lines: list[str] = []
    left = budget - estimate(state.summary)
    for message in reversed(state.history[-_RECENT - _WORTHWHILE :]):
        line = _line(message)
        left -= estimate(line)
        if left < 0:
            break
        lines.append(line)
    memory = [f"(earlier: {state.summary})"] if state.summary else []
    return "\n".join([*memory, *reversed(lines)])


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
        """Begin to sum up, when enough messages have become old."""
        old = _not_summed_up(state)
        if self._model is None or len(old) < _WORTHWHILE or state.conversation_id in self._working:
            return
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
        self._made[state.conversation_id] = (text, old[-1].id)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)


def _not_summed_up(state: SessionState) -> Sequence[Message]:
    """Messages older than the recent ones that the summary does not know yet."""
    older = state.history[:-_RECENT]
    known = next((n for n, m in enumerate(older) if m.id == state.summed_up_to), -1)
    return older[known + 1 :]
