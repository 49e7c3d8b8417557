"""Calls made up from the OpenAPI document: right ones, and ones wrong in every field; what comes back is held to it."""

import json
import re
import subprocess
import sys
from typing import Any

import httpx
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

#: What breaks readers of text: controls, marks that turn the direction, what no encoding has, quotes of every language.
NASTY = st.sampled_from(
    ["\x00", "\ud800", "\u202e", "\u200b\u200d", "😀" * 50, "'; DROP TABLE orders;--", "{{7*7}}", "<script>x</script>",
     "../../etc/passwd", "%00%ff", "null", "NaN", "1e999", "-0", "9" * 400, "ب" * 80, "a\r\nBcc: x@y.z", " ", ""]
)  # fmt: skip
KNOWN = st.sampled_from(["P-1001", "ORD-1001", "CMP-101", "techpro", "laptop", "john.smith@example.com", "0"])
TEXT = st.one_of(KNOWN, NASTY, st.text(max_size=40))
NUMBERS = st.one_of(st.integers(-3, 120), st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**30, 1.5, 1e300]))
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)


def values(schema: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values for a schema, nine in ten of the right type."""
    return st.integers(0, 9).flatmap(lambda n: ANYTHING if n == 0 else _fitting(schema, document))


def _fitting(schema: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return _fitting(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return st.one_of([_fitting(each, document) for each in schema[choice]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            needed, known = schema.get("required", []), schema.get("properties", {})
            fields = {name: values(each, document) for name, each in known.items()}
            optional = {name: each for name, each in fields.items() if name not in needed}
            required = {name: each for name, each in fields.items() if name in needed}
            return st.fixed_dictionaries(required, optional=optional)
        case "array":
            return st.lists(values(schema.get("items", {}), document), max_size=3)
        case "boolean":
            return st.booleans()
        case "integer" | "number":
            return NUMBERS
        case "null":
            return st.none()
        case "string":
            return TEXT
    return ANYTHING


def calls(method: str, path: str, operation: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """(method, path, query, body) for one operation."""
    parts = {p["name"]: values(p["schema"], document) for p in operation.get("parameters", []) if p["in"] == "path"}
    query = {p["name"]: values(p["schema"], document) for p in operation.get("parameters", []) if p["in"] == "query"}
    # a stream that is open for a quarter of an hour says nothing more than one that is open for a moment
    always = {name: st.just("0.02") for name in ("seconds",) if query.pop(name, None) is not None}
    content = operation.get("requestBody", {}).get("content", {})
    body = values(content["application/json"]["schema"], document) if "application/json" in content else st.none()
    return st.tuples(
        st.just(method),
        st.just(path),
        st.fixed_dictionaries(parts),
        st.fixed_dictionaries(always, optional=query),
        body,
    )


def send(http: httpx.Client, call: Any) -> httpx.Response:
    """Put the call on the wire, with what JSON and URLs can carry of it."""
    method, path, parts, query, body = call
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", _quoted(value) or "%20")
    url = path + "?" + "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
    if body is None:
        return http.request(method, url)
    return http.request(method, url, content=json.dumps(body), headers={"content-type": "application/json"})


def _quoted(value: Any) -> str:
    raw = str(value).encode("utf-8", "surrogatepass")
    return "".join(chr(b) if re.match(r"[\w.-]", chr(b), re.ASCII) else f"%{b:02X}" for b in raw)


def complaint_about(answer: httpx.Response, operation: dict[str, Any], document: dict[str, Any]) -> str | None:
    """What is wrong with an answer by the document, or None."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:300]}"
    responses = operation["responses"]
    stated = responses.get(str(answer.status_code)) or responses.get(f"{answer.status_code // 100}XX")
    if stated is None:
        return f"{answer.status_code} is not documented"
    kinds, kind = stated.get("content", {}), answer.headers.get("content-type", "").split(";")[0]
    if kinds and kind not in kinds:
        return f"{kind} is not documented for {answer.status_code}"
    schema = kinds.get(kind, {}).get("schema")
    if schema and kind.endswith("json"):
        validator = Draft202012Validator({**schema, "components": document["components"]})
        wrong = next(iter(validator.iter_errors(answer.json())), None)
        return f"{wrong.json_path}: {wrong.message[:300]}" if wrong else None
    return None


def long_run(url: str, token: str | None, examples: int = 300) -> tuple[int, str]:
    """Schemathesis over the whole document: its exit status and its last lines. For `make evaluate`."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--url", url, "--no-color"]
    command += ["--exclude-path", "/api/staff/events"]
    command += ["--checks", checks, "--max-examples", str(examples), "--continue-on-failure"]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout[-3000:]
