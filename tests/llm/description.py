"""The published description of the chat completions API: what may leave, and what may come back."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "openai_api" / "openapi.json"

REQUEST = "CreateChatCompletionRequest"
RESPONSE = "CreateChatCompletionResponse"
CHUNK = "CreateChatCompletionStreamResponse"


def problems(schema: str, value: dict[str, Any]) -> list[str]:
    """What the description has against a body; for requests also every parameter that it does not know."""
    found = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in _validator(schema).iter_errors(value)]
    unknown = sorted(set(value) - _parameters()) if schema == REQUEST else []
    return found + [f"{name}: not a parameter" for name in unknown]


@cache
def _document() -> dict[str, Any]:
    return dict(_with_null(json.loads(_FILE.read_text(encoding="utf-8"))))


def _with_null(node: Any) -> Any:
    """The description still says `nullable`, which JSON Schema does not know."""
    if isinstance(node, list):
        return [_with_null(part) for part in node]
    if not isinstance(node, dict):
        return node
    made = {name: _with_null(part) for name, part in node.items()}
    return {"anyOf": [made, {"type": "null"}]} if made.pop("nullable", None) is True else made


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": _document()["components"]})


@cache
def _parameters() -> frozenset[str]:
    """Parameters of a request, through the schemas that it is put together from."""
    found: set[str] = set()
    waiting: list[dict[str, Any]] = [{"$ref": f"#/components/schemas/{REQUEST}"}]
    while waiting:
        schema = waiting.pop()
        if "$ref" in schema:
            waiting.append(_document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
        waiting.extend(schema.get("allOf", ()))
        found.update(schema.get("properties", ()))
    return frozenset(found)
