"""Wishes that build on each other: a model calls one concern after the other, and may only propose.

A function takes one wish in words. Which records it means and who asks is read here, as in any message; a write ends
as a question to the shopper.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from backend.agents.base import Agent
from backend.agents.grounded import is_grounded
from backend.agents.reader import LocalReader
from backend.agents.recollection import spoken
from backend.agents.remember import remember
from backend.agents.replies import reached, without_model
from backend.domain.acts import Act
from backend.domain.conversation import Evidence, Request, Turn, Understanding
from backend.llm.base import Function, FunctionCall, LanguageModel, ModelUnavailable, Prompt, Step
from backend.prompts import fenced, prompt

log = structlog.get_logger()

MOST_STEPS = 6
_LONGEST_WISH = 300
#: function → what it is for, and the acts that it may carry
_FUNCTIONS: Mapping[str, tuple[str, tuple[Act, ...]]] = {
    "find_products": ("Search the catalogue or find alternatives.", (Act.PRODUCT_SEARCH, Act.SIMILAR)),
    "compare_products": ("Compare products, or see whether they work together.", (Act.COMPARE, Act.COMPATIBILITY)),
    "ask_documents": (
        "Ask manuals, product pages, policies and FAQs.",
        (Act.PRODUCT_QUESTION, Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION),
    ),
    "look_up": (
        "Look up the shopper's orders, deliveries, refunds or complaints.",
        (Act.ORDER_LOOKUP, Act.DELIVERY_TRACK, Act.REFUND_STATUS, Act.COMPLAINT_STATUS),
    ),
    "prepare": (
        "Prepare a change that the shopper will be asked to confirm.",
        (
            Act.ORDER_CANCEL,
            Act.ORDER_ADDRESS,
            Act.ORDER_PAYMENT,
            Act.ORDER_ITEMS,
            Act.RETURN,
            Act.EXCHANGE,
            Act.COMPLAINT_NEW,
        ),
    ),
}


class StepAgent:
    """Takes at most six steps. What was found before a failure counts; the rest is gathered as usual."""

    def __init__(self, model: LanguageModel, reader: LocalReader, agents: Mapping[Act, tuple[str, Agent]]) -> None:
        self._model = model
        self._reader = reader
        self._agents = agents

    def suits(self, understanding: Understanding) -> bool:
        """Whether the wishes build on each other and are ours to take step by step."""
        offered = {act for _, acts in _FUNCTIONS.values() for act in acts}
        return understanding.depends and all(r.act in offered for r in understanding.requests)

    async def gather(self, turn: Turn, asked: Understanding) -> tuple[Evidence, ...]:
        """Evidence of every step, in order; empty when the model took none."""
        wanted = {request.act for request in asked.requests}
        taken: list[tuple[Step, tuple[str, ...]]] = []
        found: list[Evidence] = []
        while len(found) < MOST_STEPS:
            waits = any(e.pending or e.draft for e in found)
            try:
                step = await self._model.step(
                    _prompt(turn, taken, self._model.count), _offered(wanted, writes=not waits)
                )
            except ModelUnavailable as error:
                log.warning("steps_without_model", reason=str(error))
                return tuple(_with_failure(found, error))
            if not step.calls:
                break
            results: list[str] = []
            for call in step.calls[: MOST_STEPS - len(found)]:
                evidence = await self._take(turn, call, wanted, found, writes=not waits)
                if evidence is None:
                    results.append("This function cannot be called like that.")
                    continue
                found.append(evidence)
                turn = remember(turn, (evidence,))
                waits = waits or bool(evidence.pending or evidence.draft)
                results.append(fenced("result", _told(evidence)))
            if len(results) < len(step.calls) or not any(r.startswith("<result>") for r in results):
                break
            taken.append((step, tuple(results)))
        return tuple(found)

    async def _take(
        self, turn: Turn, call: FunctionCall, wanted: set[Act], found: Sequence[Evidence], *, writes: bool
    ) -> Evidence | None:
        wish, act = _arguments(call)
        if act is None or not wish or not is_grounded(wish, turn, map(_told, found)):
            return None
        if call.name == "prepare" and (not writes or act not in wanted):
            return None
        entities = await self._reader.entities(turn, wish, act)
        request = Request(text=wish, standalone=wish, act=act, confidence=1.0, entities=entities)
        return await reached(request, self._agents[act][1].gather(turn, request))


def _prompt(turn: Turn, taken: Sequence[tuple[Step, tuple[str, ...]]], count: Callable[[str], int]) -> Prompt:
    told = prompt(
        "steps_turn",
        conversation=fenced("conversation", spoken(turn.state, count)),
        message=fenced("message", turn.text),
    )
    return Prompt(instructions=prompt("steps"), messages=(("user", told),), steps=tuple(taken))


def _offered(wanted: set[Act], *, writes: bool) -> list[Function]:
    """What may be called now: changes only of the kinds that the shopper asked for, one waiting at a time."""
    offered = []
    for name, (meaning, acts) in _FUNCTIONS.items():
        kinds = [act.value for act in acts if name != "prepare" or (writes and act in wanted)]
        if kinds:
            offered.append(Function(name, meaning, _schema(kinds)))
    return offered


def _schema(kinds: Sequence[str]) -> dict[str, Any]:
    wish = {"type": "string", "description": "One wish in plain English that can be understood by itself."}
    return {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": list(kinds)}, "wish": wish},
        "required": ["kind", "wish"],
        "additionalProperties": False,
    }


def _arguments(call: FunctionCall) -> tuple[str, Act | None]:
    """The wish and its act as the model wrote them; no act when they are not what was offered."""
    try:
        arguments = json.loads(call.arguments)
        act = Act(arguments["kind"])
        wish = str(arguments["wish"]).strip()[:_LONGEST_WISH]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", None
    return wish, act if act in _FUNCTIONS.get(call.name, ("", ()))[1] else None


def _told(evidence: Evidence) -> str:
    parts = (evidence.text or "Nothing was found.", evidence.question or "")
    return " ".join(part for part in parts if part)


def _with_failure(found: Sequence[Evidence], error: ModelUnavailable) -> list[Evidence]:
    """What there is, with the failure noted on the last."""
    failed = without_model("the steps taken so far", error)
    return [*found[:-1], *(e.model_copy(update={"degraded": (*e.degraded, failed)}) for e in found[-1:])]
