"""The client keeps its promises against a real HTTP server, on good days and bad ones."""

from collections.abc import AsyncIterator

import pytest
from pydantic import BaseModel

from backend.llm.base import ModelUnavailable, Prompt
from backend.llm.openai import OpenAIModel
from tests.llm.model_server import ModelServer, model_server

PROMPT = Prompt(instructions="Be brief.", messages=(("user", "hello"),))


class Colour(BaseModel):
    name: str


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with model_server() as running:
        yield running


@pytest.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAIModel]:
    opened = OpenAIModel(api_key="test-key", base_url=server.url, models={"write": "m"}, timeout_seconds=2)
    yield opened
    await opened.close()


async def written(model: OpenAIModel) -> str:
    return "".join([piece async for piece in model.write(PROMPT)])


async def test_a_type_is_filled_by_strict_structured_output(server: ModelServer, model: OpenAIModel) -> None:
    server.default = '{"name": "teal"}'
    assert (await model.parse(PROMPT, Colour)).name == "teal"
    sent = server.requests[0]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["messages"][0] == {"role": "system", "content": "Be brief."}


async def test_text_arrives_in_pieces(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "Twelve hours, says the manual [1]."
    pieces = [piece async for piece in model.write(PROMPT)]
    assert len(pieces) > 3 and "".join(pieces) == server.default


@pytest.mark.parametrize("failure", ["429", "500"])
async def test_a_passing_failure_is_retried(server: ModelServer, model: OpenAIModel, failure: str) -> None:
    server.script.extend([failure, "fine"])
    assert await written(model) == "fine"
    assert len(server.requests) == 2


@pytest.mark.parametrize("failure", ["500", "hang", "malformed", "refuse", '{"nam'])
async def test_what_cannot_be_used_is_one_kind_of_error(server: ModelServer, model: OpenAIModel, failure: str) -> None:
    server.default = failure
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)


async def test_a_model_that_keeps_failing_is_left_alone(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "malformed"
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await model.parse(PROMPT, Colour)
    asked = len(server.requests)
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    assert len(server.requests) == asked, "the breaker must not let the call out"
