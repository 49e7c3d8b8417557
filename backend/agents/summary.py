"""A conversation in a few lines for whoever takes it over: by a model, else put together from what was understood."""

from collections.abc import Sequence
from itertools import groupby

import structlog

from backend.agents.conversations import Conversations
from backend.agents.response.supported import recounted
from backend.domain.base import Value
from backend.domain.casefile import CaseFile, CaseMessage
from backend.domain.messages import Role
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt

log = structlog.get_logger()

_SECONDS = 20.0
_LONGEST_MESSAGE = 600
_MOST_MESSAGES = 60
_MOST_LINES = 6
#: Said, but about nothing.
_IDLE = frozenset({"greeting", "thanks", "goodbye", "capabilities", "identify"})
_SPEAKERS = {Role.SHOPPER: "shopper", Role.ASSISTANT: "shop", Role.STAFF: "shop (a person)"}


class Summary(Value):
    """`by` says who wrote it: "model" or "local"; `lines` are short sentences, the open matter last."""

    lines: tuple[str, ...]
    by: str


class CaseSummary:
    """Sums a case up. Without a model, or while it is away, the lines are built from what is on record."""

    def __init__(self, model: LanguageModel | None, conversations: Conversations) -> None:
        self._model = model
        self._conversations = conversations

    async def of(self, tenant: str, case: CaseFile) -> Summary:
        """The summary of a case; an empty one for a conversation in which nothing was said."""
        case = case.model_copy(update={"messages": tuple(m for m in case.messages if not m.replaced)})
        said = [message for message in case.messages if message.text]
        if self._model is not None and said:
            conversation = "\n".join(
                f"{_SPEAKERS[m.role]}: {m.text[:_LONGEST_MESSAGE]}" for m in said[-_MOST_MESSAGES:]
            )
            turn = prompt(
                "summarise_turn", memory=fenced("memory", ""), conversation=fenced("conversation", conversation)
            )
            asked = Prompt(instructions=prompt("summarise"), messages=(("user", turn),))
            text = await self._written(self._model, tenant, case, asked)
            kept = (recounted(line, f"{_who(case)}\n{conversation}") for line in text.splitlines())
            if lines := tuple(filter(None, kept)):
                return Summary(lines=lines, by="model")
        return Summary(lines=_lines(case), by="local")

    async def _written(self, model: LanguageModel, tenant: str, case: CaseFile, asked: Prompt) -> str:
        """The model's words, or nothing while it is away; what the call cost is booked on the conversation."""
        with accounts.opened(tenant, case.conversation.session_id, _SECONDS) as account:
            try:
                return "".join([piece async for piece in model.write(asked, "summarise")]).strip()
            except ModelUnavailable as error:
                log.info("case_summary_without_model", reason=str(error))
                return ""
            finally:
                if account.calls:
                    await self._conversations.book(tenant, case.conversation.id, account.calls)


def _lines(case: CaseFile) -> tuple[str, ...]:
    asked = _asked(case.messages)
    lines = [f"{_who(case)} wrote {_count(case)}."] if case.messages else []
    lines += [f"Asked: {text}" for text in asked[-_MOST_LINES:]]
    lines += _refusals(case.messages)
    if case.handoff is not None:
        reason = f" ({case.handoff.reason})" if case.handoff.reason else ""
        lines.append(f"A person is {'in the conversation' if case.handoff.staff_name else 'waited for'}{reason}.")
    unanswered = [m for m in case.messages if m.trace and m.trace.found and not all(m.trace.found)]
    if unanswered:
        lines.append(f"Not answered from what is on record: {len(unanswered)} of the answers.")
    last = next((m for m in reversed(case.messages) if m.role is Role.SHOPPER and m.text), None)
    if last is not None:
        lines.append(f"Last words: “{_short(last.text)}”")
    return tuple(lines)


def _who(case: CaseFile) -> str:
    return case.file.customer.name if case.file else "Somebody who did not say who they are"


def _count(case: CaseFile) -> str:
    n = sum(m.role is Role.SHOPPER for m in case.messages)
    more = " at least" if case.earlier else ""
    return f"{n}{more} {'message' if n == 1 else 'messages'} since {case.conversation.started_at:%d %B %H:%M} UTC"


def _asked(messages: Sequence[CaseMessage]) -> list[str]:
    """What was asked, each wish once, as it was understood."""
    wishes = [
        _short(request.standalone or request.text)
        for message in messages
        for request in (message.trace.requests if message.trace else ())
        if request.act not in _IDLE
    ]
    if not wishes:
        wishes = [_short(m.text) for m in messages if m.role is Role.SHOPPER and m.text]
    return [wish for wish, _ in groupby(wishes)]


def _refusals(messages: Sequence[CaseMessage]) -> list[str]:
    """What the shop's rules did not allow."""
    refused = {
        step.name: str(step.detail.get("reason", ""))
        for message in messages
        for step in (message.trace.steps if message.trace else ())
        if step.kind == "rule" and step.outcome == "refused"
    }
    return [f"Refused by the rule {name}: {_short(reason)}" for name, reason in refused.items()]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else f"{words[:157]}…"
