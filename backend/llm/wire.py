"""The chat completions format: bodies that leave, answers and streams that come back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from backend.domain.usage import Purpose
from backend.llm.base import Function, FunctionCall, ModelUnavailable, Prompt, Step

#: Longest answer by purpose, in tokens: room for what is asked, an end for what runs on.
_LONGEST: dict[Purpose, int] = {"understand": 1_000, "write": 900, "choose": 600, "summarise": 300}
#: No model takes or gives more at once.
_MOST_TOKENS = 20_000_000
#: Models that refuse a temperature think before they answer, and what they think counts as answer.
_ROOM_TO_THINK = 4_000
#: How freely a purpose may word.
_TEMPERATURE: dict[Purpose, float] = {"understand": 0.0, "write": 0.3, "choose": 0.0, "summarise": 0.0}
#: Parameters that a server may do without; one that it refuses is dropped once and not sent again.
DROPPABLE = (
    "temperature",
    "reasoning_effort",
    "max_completion_tokens",
    "max_tokens",
    "stream_options",
    "prompt_cache_key",
    "response_format",
    "parallel_tool_calls",
)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the server tells them."""

    prompt: int
    cached: int
    completion: int


def body(model: str, prompt: Prompt, purpose: Purpose, refused: frozenset[str]) -> dict[str, Any]:
    """What every call sends, without the parameters that the model has refused."""
    thinks = "temperature" in refused
    most = _LONGEST[purpose] + (_ROOM_TO_THINK if thinks else 0)
    wanted: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": prompt.instructions}, *_said(prompt)],
        "temperature": _TEMPERATURE[purpose],
        "max_completion_tokens": most,
        "prompt_cache_key": f"{purpose}{prompt.variant and '-' + prompt.variant}",
    }
    if "max_completion_tokens" in refused:  # its older name
        wanted["max_tokens"] = most
    if thinks:
        wanted["reasoning_effort"] = "low"
    return without(wanted, refused)


def streamed(sent: Mapping[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    """The same as a stream that ends with its usage."""
    return without({**sent, "stream": True, "stream_options": {"include_usage": True}}, refused)


def typed(sent: Mapping[str, Any], into: type[BaseModel], refused: frozenset[str]) -> dict[str, Any]:
    """The same, answered in the type's JSON schema; told in words where the server has no structured output."""
    if "response_format" not in refused:
        schema = {"name": into.__name__.strip("_"), "strict": True, "schema": _schema(into)}
        return {**sent, "response_format": {"type": "json_schema", "json_schema": schema}}
    form = f"\n\nAnswer with one JSON object of this schema and nothing else:\n{json.dumps(_schema(into))}"
    first = {**sent["messages"][0], "content": sent["messages"][0]["content"] + form}
    return {**sent, "messages": [first, *sent["messages"][1:]]}


def with_functions(sent: Mapping[str, Any], functions: Sequence[Function], refused: frozenset[str]) -> dict[str, Any]:
    """The same with functions on offer, called one at a time."""
    tools = [
        {
            "type": "function",
            "function": {"name": f.name, "description": f.description, "parameters": f.parameters, "strict": True},
        }
        for f in functions
    ]
    return without({**sent, "tools": tools, "parallel_tool_calls": False}, refused)


def without(sent: Mapping[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    """Without what the model has refused."""
    return {name: value for name, value in sent.items() if name not in refused}


def message_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The message of an answer. Raises ModelUnavailable when there is none, it refused, or was cut off."""
    choices = answer.get("choices") or [{}]
    message = choices[0].get("message") or {}
    if message.get("refusal"):
        raise ModelUnavailable("the model refused")
    if choices[0].get("finish_reason") in ("length", "content_filter"):
        raise ModelUnavailable(f"the answer was cut off: {choices[0]['finish_reason']}")
    return dict(message)


def step_of(message: Mapping[str, Any]) -> Step:
    """What the message asks to be called, or says."""
    calls = tuple(
        FunctionCall(str(c.get("id", "")), str(c["function"].get("name", "")), str(c["function"].get("arguments", "")))
        for c in message.get("tool_calls") or ()
        if isinstance(c.get("function"), Mapping)
    )
    return Step(calls=calls, text=text_of(message.get("content") or ""))


def json_in(text: str) -> str:
    """The JSON object in an answer, out of the fence or the words that some models put around it."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def usage_of(answer: Mapping[str, Any]) -> Usage | None:
    """The tokens that the server counted, when it tells."""
    told = answer.get("usage")
    if not isinstance(told, Mapping):
        return None
    details = told.get("prompt_tokens_details") or {}
    prompt, completion = _tokens(told.get("prompt_tokens")), _tokens(told.get("completion_tokens"))
    return Usage(prompt, min(prompt, _tokens(details.get("cached_tokens"))), completion)


def _tokens(told: Any) -> int:
    """A number of tokens that can be one; it is paid for and added up."""
    return told if type(told) is int and 0 < told <= _MOST_TOKENS else 0


def text_of(content: Any) -> str:
    """A piece of text. Raises TypeError when it is none."""
    if not isinstance(content, str):
        raise TypeError(f"the text is a {type(content).__name__}")
    return content


@dataclass(slots=True)
class Told:
    """What a stream of server-sent events has told so far. It is cut at line feeds alone: JSON may hold other signs
    that count as line ends elsewhere.
    """

    usage: Usage | None = None
    finish: str | None = None
    #: [DONE] was read
    ended: bool = False
    _held: bytes = b""

    def more(self, piece: bytes) -> str:
        """The text in the next bytes, which may break anywhere. Raises ModelUnavailable when it breaks or refuses, and
        what reading something else than the API's form comes to.
        """
        *lines, self._held = (self._held + piece).split(b"\n")
        text = ""
        for line in lines:
            if self.ended or not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                self.ended = True
            else:
                text += self._read(json.loads(data))
        return text

    def _read(self, event: dict[str, Any]) -> str:
        if "error" in event:
            raise ModelUnavailable(f"the stream broke: {event['error']}")
        self.usage = usage_of(event) or self.usage
        text = ""
        for choice in event.get("choices") or ():
            delta, self.finish = choice.get("delta") or {}, choice.get("finish_reason") or self.finish
            if delta.get("refusal"):
                raise ModelUnavailable("the model refused")
            text += text_of(delta.get("content") or "")
        return text


def _said(prompt: Prompt) -> Iterator[dict[str, Any]]:
    for role, text in prompt.messages:
        yield {"role": role, "content": text}
    for step, results in prompt.steps:
        calls = [
            {"id": c.id, "type": "function", "function": {"name": c.name, "arguments": c.arguments}} for c in step.calls
        ]
        yield {"role": "assistant", "content": step.text or None, "tool_calls": calls}
        for call, result in zip(step.calls, results, strict=True):
            yield {"role": "tool", "tool_call_id": call.id, "content": result}


@cache
def _schema(into: type[BaseModel]) -> dict[str, Any]:
    return into.model_json_schema()
