"""OpenAI's chat completions format: what comes in, what goes out, and how errors look in it."""

from collections.abc import Callable, Coroutine
from hashlib import blake2b
from typing import Annotated, Any, Literal

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from backend.api.problems import PROBLEMS, wrong_in
from backend.api.schemas import SessionId
from backend.domain.errors import EngineUnavailable, NotSignedIn, ShopError, TooManyAttempts
from backend.llm.tokens import beginning, estimate

MODEL = "support-desk"
_MOST_MESSAGES = 1_000
#: How the API's documentation names the kinds of errors, by status.
_KINDS = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 429: "rate_limit_exceeded"}
_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type"],
            "properties": {
                "message": {"type": "string", "description": "what is wrong and the way out"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"], "description": "the field that is wrong"},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}
#: What operations may answer instead, for the OpenAPI document. Limits of an address refuse before the route is known.
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {**known, "content": {"application/json": {"schema": _SCHEMA}, **known["content"]}}
    for status, known in PROBLEMS.items()
}
_SESSION_ID = TypeAdapter[str](SessionId)


def _text_of(content: Any) -> Any:
    """Parts of text as one text. Raises ValueError for pictures, sound and files, which nobody here looks at."""
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    told = {"text": "text", "refusal": "refusal"}
    if not all(isinstance(p, dict) and isinstance(p.get(told.get(str(p.get("type")), "")), str) for p in content):
        raise ValueError("only parts of the type text are understood here")
    return "\n".join(part[told[part["type"]]] for part in content)


def _session_of(user: Any) -> Any:
    """A name of any form as the name of a session."""
    try:
        return _SESSION_ID.validate_python(user)
    except ValidationError:
        named = isinstance(user, str) and user
        return f"user-{blake2b(user.encode('utf-8', 'replace'), digest_size=16).hexdigest()}" if named else user


class CompletionMessage(BaseModel):
    """Text only. What the client tells a model about itself (`system`, `developer`) or has from tools of its own
    changes nothing here.
    """

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=20_000), BeforeValidator(_text_of)] = ""


class StreamOptions(BaseModel):
    include_usage: bool = False


class TextFormat(BaseModel):
    type: Literal["text"]


def _text_alone(asked: Any) -> Any:
    """The format as it came. Raises ValueError for JSON: what a shopper reads has no form of a client's own."""
    if isinstance(asked, dict) and asked.get("type") in ("json_object", "json_schema"):
        raise ValueError(
            f"{asked['type']} is not written here, only text: leave response_format out, or call POST /api/chat, whose "
            "reply is a JSON object with the response, sources and cards in fields"
        )
    return asked


class CompletionRequest(BaseModel):
    """What of the format has a meaning here; sampling parameters and functions are accepted and have none. Tokens are
    counted by estimate.

    `user` names the session to go on with; without it the messages themselves are the history.
    """

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[CompletionMessage], Field(min_length=1, max_length=_MOST_MESSAGES)]
    model: Annotated[str, Field(max_length=100)] = MODEL
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    user: Annotated[SessionId | None, BeforeValidator(_session_of)] = None
    n: Annotated[int | None, Field(ge=1, le=1)] = None
    max_tokens: Annotated[int | None, Field(ge=1)] = None
    max_completion_tokens: Annotated[int | None, Field(ge=1)] = None
    stop: Annotated[str, Field(max_length=200)] | Annotated[list[str], Field(max_length=4)] | None = None
    response_format: Annotated[TextFormat | None, BeforeValidator(_text_alone)] = None

    @property
    def stops(self) -> tuple[str, ...]:
        """The texts before which the answer ends."""
        return tuple(filter(None, [self.stop] if isinstance(self.stop, str) else self.stop or ()))


class Until:
    """Text up to the first of some endings or as many tokens, handed on as early as it is certain."""

    def __init__(self, body: CompletionRequest) -> None:
        self._stops = body.stops
        self._left = min(filter(None, (body.max_tokens, body.max_completion_tokens)), default=None)
        self._held = ""
        self._over = False
        #: why it ends, as the format names it
        self.reason = "stop"

    def take(self, piece: str) -> str:
        """What can be told of the text so far and was not."""
        if self._over:
            return ""
        self._held += piece
        ends = [place for stop in self._stops if (place := self._held.find(stop)) >= 0]
        if ends:
            self._over = True
            return self._within(self._held[: min(ends)])
        sure = len(self._held) - max((len(stop) for stop in self._stops), default=1) + 1
        said, self._held = self._held[: max(0, sure)], self._held[max(0, sure) :]
        return self._within(said)

    def rest(self) -> str:
        """What was held back, when no ending came."""
        return "" if self._over else self._within(self._held)

    def _within(self, said: str) -> str:
        if self._left is None:
            return said
        told = beginning(said, self._left)
        self._left -= estimate(told)
        if told != said:
            self._over, self.reason = True, "length"
        return told


def usage_of(messages: list[CompletionMessage], said: str) -> dict[str, int]:
    """The counts that the format requires, by estimate."""
    prompt, completion = sum(estimate(message.content) for message in messages), estimate(said)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def error_of(error: ShopError) -> dict[str, Any]:
    """An error as the format words it."""
    status = _status(error)
    kind = _KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"message": error.detail, "type": kind, "param": error.field, "code": _CODES.get(status, error.code)}


def _status(error: ShopError) -> int:
    return 400 if error.status == 422 else error.status


class CompletionsRoute(APIRoute):
    """A route whose errors leave in OpenAI's format, those of its dependencies too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answering(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError as wrong:
                return _refused(_first(wrong, request))
            except ShopError as error:
                return _refused(error)

        return answering


def _first(wrong: RequestValidationError, request: Request) -> ShopError:
    told = next((wrong_in(error, request) for error in wrong.errors()), {"field": "body", "message": "is not valid"})
    found = ShopError(f"{told['field']}: {told['message']}", field=told["field"])
    found.code = "invalid_value"
    return found


def _refused(error: ShopError) -> JSONResponse:
    headers = {}
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.seconds)
    if isinstance(error, EngineUnavailable):
        headers["Retry-After"] = "2"
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": error_of(error)}, _status(error), headers)
