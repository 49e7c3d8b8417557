"""What leaves for a language model names nobody: e-mail, phone, card, code and street are covered and put back here."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

from backend.domain.masking import Masks
from backend.domain.usage import Purpose
from backend.llm.base import Function, LanguageModel, Parsed, Prompt, Step

#: The longest place that stands for a word, so that a stream is never held back for more.
_LONGEST_PLACE = 16


class MaskedModel:
    """Any model, in front of which personal data are covered. Instructions are ours and hold none.

    Answers come back with the words in their places, so that nothing behind it knows the difference.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.name = model.name
        self._model = model

    @property
    def failed(self) -> bool:
        return self._model.failed

    async def parse(self, prompt: Prompt, into: type[Parsed], purpose: Purpose = "understand") -> Parsed:
        hidden, masks = _hidden(prompt)
        filled = await self._model.parse(hidden, into, purpose)
        return into.model_validate(_restored(filled.model_dump(mode="json"), masks)) if masks else filled

    async def write(self, prompt: Prompt, purpose: Purpose = "write") -> AsyncIterator[str]:
        hidden, masks = _hidden(prompt)
        held = ""
        async for piece in self._model.write(hidden, purpose):
            if not masks:
                yield piece
                continue
            held += piece
            cut = _safe_end(held)
            if cut:
                yield masks.restore(held[:cut])
                held = held[cut:]
        if held:
            yield masks.restore(held)

    async def step(self, prompt: Prompt, functions: Sequence[Function]) -> Step:
        hidden, masks = _hidden(prompt)
        taken = await self._model.step(hidden, functions)
        calls = tuple(replace(call, arguments=_in_json(call.arguments, masks)) for call in taken.calls)
        return Step(calls=calls, text=masks.restore(taken.text))

    def count(self, text: str) -> int:
        return self._model.count(text)

    async def close(self) -> None:
        await self._model.close()


def _hidden(prompt: Prompt) -> tuple[Prompt, Masks]:
    masks = Masks()
    messages = tuple((role, masks.hide(text)) for role, text in prompt.messages)
    steps = tuple((_hidden_step(step, masks), tuple(map(masks.hide, results))) for step, results in prompt.steps)
    return replace(prompt, messages=messages, steps=steps), masks


def _hidden_step(step: Step, masks: Masks) -> Step:
    calls = tuple(replace(call, arguments=masks.hide(call.arguments)) for call in step.calls)
    return Step(calls=calls, text=masks.hide(step.text))


def _in_json(arguments: str, masks: Masks) -> str:
    """Arguments with the words in their places, quoted as JSON needs it; as they are when they are no JSON."""
    try:
        return json.dumps(_restored(json.loads(arguments), masks)) if masks else arguments
    except (ValueError, RecursionError):
        return arguments


def _restored(value: Any, masks: Masks) -> Any:
    if isinstance(value, str):
        return masks.restore(value)
    if isinstance(value, dict):
        return {key: _restored(inner, masks) for key, inner in value.items()}
    return [_restored(inner, masks) for inner in value] if isinstance(value, list) else value


def _safe_end(text: str) -> int:
    """Up to where no place is cut in two."""
    opened = text.rfind("{")
    cut = opened >= 0 and "}" not in text[opened:] and len(text) - opened < _LONGEST_PLACE
    return opened if cut else len(text)
