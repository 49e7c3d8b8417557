"""The client keeps its promises against a real HTTP server, on good days and bad ones."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from pydantic import BaseModel, ConfigDict
from structlog.testing import capture_logs

from backend.domain.base import utc_now
from backend.domain.usage import ModelCall, Spent
from backend.llm import accounts
from backend.llm.base import BudgetSpent, Function, FunctionCall, ModelUnavailable, Prompt, Step
from backend.llm.budget import Budget
from backend.llm.openai import OpenAIModel
from backend.llm.plans import Plans
from tests.llm.model_server import Late, ModelServer, Played, Raw, model_server

PROMPT = Prompt(instructions="Be brief.", messages=(("user", "hello"),))
FIND = Function(
    "find",
    "Search.",
    {
        "type": "object",
        "properties": {"wish": {"type": "string"}},
        "required": ["wish"],
        "additionalProperties": False,
    },
)


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with model_server() as running:
        yield running
        assert running.wrong == [], "what left, or what the script sent, is not what the API describes"


@pytest.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAIModel]:
    opened = OpenAIModel(api_key="test-key", base_url=server.url, models={"write": "gpt-4o-mini"}, timeout_seconds=2)
    yield opened
    await opened.close()


async def written(model: OpenAIModel) -> str:
    return "".join([piece async for piece in model.write(PROMPT)])


async def test_a_model_that_failed_once_is_known_good_by_its_next_answer(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.default = '{"name": "teal"}'
    server.script.append("malformed")
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    assert model.failed
    await model.parse(PROMPT, Colour)
    assert not model.failed


async def test_a_type_is_filled_by_strict_structured_output(server: ModelServer, model: OpenAIModel) -> None:
    server.default = '{"name": "teal"}'
    assert (await model.parse(PROMPT, Colour)).name == "teal"
    sent = server.requests[0]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["schema"]["additionalProperties"] is False
    assert sent["messages"][0] == {"role": "system", "content": "Be brief."}


@pytest.mark.parametrize("cuts", [0, 1, 5])
async def test_text_arrives_in_pieces_wherever_they_break(server: ModelServer, model: OpenAIModel, cuts: int) -> None:
    server.default = "Zwölf Stunden — sagt das Handbuch\u2028[1]. बारह घंटे 👍"
    server.cuts = cuts
    pieces = [piece async for piece in model.write(PROMPT)]
    assert len(pieces) > 3 and "".join(pieces) == server.default


async def test_calls_one_after_another_share_a_connection(server: ModelServer, model: OpenAIModel) -> None:
    """A new one is a greeting of the network and one of the encryption, before every answer."""
    for _ in range(4):
        await written(model)
    assert len(server.requests) == 4 and len(server.ports) == 1


async def test_a_slow_stream_is_read_as_it_comes(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "drip"
    assert (await written(model)).startswith("The first words come slowly")


@pytest.mark.parametrize("failure", ["429", "429 bare", "429 later", "408", "409", "500"])
async def test_a_passing_failure_is_retried(server: ModelServer, model: OpenAIModel, failure: str) -> None:
    server.script.extend([failure, "fine"])
    assert await written(model) == "fine"
    assert len(server.requests) == 2


async def test_nobody_waits_ten_minutes_because_a_server_asks_for_it(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "429 much later"
    with pytest.raises(ModelUnavailable):
        await written(model)
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", ["500", "hang", "malformed", "refuse", "length", '{"nam', '{"name": 5}', "[]"])
async def test_what_cannot_be_used_is_one_kind_of_error(server: ModelServer, model: OpenAIModel, failure: str) -> None:
    server.default = failure
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    assert model.failed, "whoever asks whether it is ready hears of it"


_SAID = '"message": {"role": "assistant", "content": "{\\"name\\": \\"Ada\\"}"}, "delta": {"content": "Hello."}'
_ANSWERED = f'"choices": [{{{_SAID}, "finish_reason": "stop"}}]'


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "null",
        "[1]",
        "7",
        '{"choices": 7}',
        '{"choices": [7]}',
        '{"choices": [{"message": [], "delta": 7}]}',
        '{"choices": [{"message": {"content": {"a": 1}}, "delta": {"content": 7}, "finish_reason": "stop"}]}',
        '{"choices": [{"message": {"content": "{\\"name\\": NaN}"}, "delta": {"content": [NaN]}}]}',
    ],
)
async def test_an_answer_of_any_other_form_is_that_kind_of_error_too(
    server: ModelServer, model: OpenAIModel, body: str
) -> None:
    server.script.extend([Raw(body)] * 3)
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    with pytest.raises(ModelUnavailable):
        _ = [piece async for piece in model.write(PROMPT)]
    if "content" in body and "NaN" not in body:
        with pytest.raises(ModelUnavailable):
            await model.step(PROMPT, ())


@pytest.mark.parametrize("told", ["1e999", "NaN", "-5", str(10**30), '"many"', "[]", "null", "true"])
async def test_a_bill_that_cannot_be_is_not_booked(server: ModelServer, model: OpenAIModel, told: str) -> None:
    usage = f'"usage": {{"prompt_tokens": {told}, "completion_tokens": {told}}}'
    server.script.extend([Raw(f"{{{_ANSWERED}, {usage}}}")] * 2)
    with accounts.opened("shop", "s", 20) as account:
        assert (await model.parse(PROMPT, Colour)).name == "Ada"
        assert [piece async for piece in model.write(PROMPT)] == ["Hello."]
    assert all(0 <= call.prompt_tokens <= 100 and 0 < call.completion_tokens <= 100 for call in account.calls[1:])


async def test_a_turn_does_not_wait_for_what_comes_after_its_end(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "429 soon"
    begun = time.monotonic()
    with accounts.opened("shop", "s1", 1), pytest.raises(ModelUnavailable):
        await written(model)
    assert len(server.requests) == 1 and time.monotonic() - begun < 1


async def test_a_connection_that_is_cut_at_once_is_tried_again(server: ModelServer) -> None:
    """The first connection is closed without a word, the next reaches the server."""
    cut = 0

    async def through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal cut
        cut += 1
        if cut == 1:
            writer.close()
            return
        to_server = await asyncio.open_connection("127.0.0.1", int(server.url.split(":")[2].split("/")[0]))
        await asyncio.gather(_pumped(reader, to_server[1]), _pumped(to_server[0], writer))

    async with await asyncio.start_server(through, "127.0.0.1", 0) as between:
        port = between.sockets[0].getsockname()[1]
        model = OpenAIModel(
            api_key="k", base_url=f"http://127.0.0.1:{port}/v1", models={"write": "m"}, timeout_seconds=3
        )
        assert await written(model) == "hello" and cut == 2
        await model.close()


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()


@pytest.mark.parametrize("failure", ["stuck", "endless"])
async def test_a_stream_without_an_end_is_left_at_the_deadline(
    server: ModelServer, model: OpenAIModel, failure: str
) -> None:
    server.default = failure
    begun = time.monotonic()
    with accounts.opened("shop", "s1", 0.4), pytest.raises(ModelUnavailable):
        await written(model)
    assert time.monotonic() - begun < 1.8, "the client's own limit, for the next piece, is two seconds"


@pytest.mark.parametrize("failure", ["reset", "half", "length", "refuse", "garbled", "told", [("find", '{"wish": 1}')]])
async def test_a_text_that_does_not_come_to_its_end_says_so(
    server: ModelServer, model: OpenAIModel, failure: Played
) -> None:
    server.default = failure
    with pytest.raises(ModelUnavailable):
        await written(model)


async def test_a_model_that_keeps_failing_is_left_alone(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "malformed"
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await model.parse(PROMPT, Colour)
    asked = len(server.requests)
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    assert len(server.requests) == asked, "the breaker must not let the call out"


async def test_a_parameter_that_is_refused_is_dropped_once_and_remembered(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.takes_no = {"temperature", "max_completion_tokens", "response_format"}
    server.default = '```json\n{"name": "teal"}\n```'
    assert (await model.parse(PROMPT, Colour)).name == "teal"
    asked = len(server.requests)
    assert (await model.parse(PROMPT, Colour)).name == "teal"
    assert len(server.requests) == asked + 1
    last = server.requests[-1]
    assert last["max_tokens"] and not server.takes_no & set(last)
    assert '"name"' in last["messages"][0]["content"], "without structured output the form is told in words"


async def test_a_model_that_thinks_gets_room_to_think(server: ModelServer, model: OpenAIModel) -> None:
    server.takes_no = {"temperature", "max_tokens"}
    await written(model)
    plain, thinking = server.requests
    assert thinking["max_completion_tokens"] > 3 * plain["max_completion_tokens"]
    assert thinking["reasoning_effort"] == "low" and "reasoning_effort" not in plain
    server.takes_no.add("reasoning_effort")  # and one that only has no temperature does without
    await written(model)
    assert "reasoning_effort" not in server.requests[-1]


@pytest.mark.parametrize("path", ["/v1", "/v1/", "", "/"])
async def test_an_address_is_taken_with_and_without_its_version(server: ModelServer, path: str) -> None:
    model = OpenAIModel(
        api_key="k", base_url=server.url.removesuffix("/v1") + path, models={"write": "m"}, timeout_seconds=2
    )
    assert await written(model) == "hello"
    await model.close()


async def test_a_step_calls_a_function_and_hears_its_result(server: ModelServer, model: OpenAIModel) -> None:
    server.script.append([("find", '{"wish": "a keyboard"}')])
    first = await model.step(PROMPT, [FIND])
    assert first == Step(calls=(FunctionCall("call-0", "find", '{"wish": "a keyboard"}'),))
    server.script.append("done")
    heard = Prompt(PROMPT.instructions, PROMPT.messages, steps=((first, ("three keyboards",)),))
    assert await model.step(heard, [FIND]) == Step(text="done")
    assert [m["role"] for m in server.requests[-1]["messages"]] == ["system", "user", "assistant", "tool"]
    assert server.requests[-1]["tools"][0]["function"]["strict"] is True


async def test_the_account_of_a_turn_lists_its_calls(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "A reply of some length."
    with accounts.opened("shop", "s1", 20) as account:
        await written(model)
        server.script.append("refuse")
        with pytest.raises(ModelUnavailable):
            await model.parse(PROMPT, Colour)
    assert [(c.purpose, c.outcome) for c in account.calls] == [("write", "ok"), ("understand", "unusable")]
    first = account.calls[0]
    assert (first.prompt_tokens, first.completion_tokens, first.estimated) == (3, 5, False)
    assert first.microdollars == round(3 * 0.15 + 5 * 0.60)


async def test_a_server_that_does_not_count_is_counted_for(server: ModelServer, model: OpenAIModel) -> None:
    server.takes_no = {"stream_options"}
    server.default = "A reply of some eight or nine words only."
    with accounts.opened("shop", "s1", 20) as account:
        await written(model)
    assert account.calls[0].estimated and 6 <= account.calls[0].completion_tokens <= 14


async def test_a_turn_ends_by_its_deadline(server: ModelServer, model: OpenAIModel) -> None:
    server.default = "hang"
    begun = time.monotonic()
    with accounts.opened("shop", "s1", 0.3), pytest.raises(ModelUnavailable):
        await written(model)
    assert time.monotonic() - begun < 1.5, "the client's own limit is two seconds"


async def test_a_budget_holds_before_the_call_is_made(server: ModelServer) -> None:
    async def spending(tenant: str) -> tuple[Spent, Spent]:
        return (Spent(tokens=300_000) if tenant == "big" else Spent()), Spent()

    budget = Budget(Plans("standard", {"big": "small", "small": "small"}), spending)
    model = OpenAIModel(
        api_key="k", base_url=server.url, models={"write": "gpt-4o-mini"}, timeout_seconds=2, budget=budget
    )
    with accounts.opened("big", "s1", 20), pytest.raises(BudgetSpent, match="day's token"):
        await written(model)
    session = Spent(tokens=30_000)
    with accounts.opened("small", "s1", 20, session), pytest.raises(BudgetSpent, match="conversation's token"):
        await written(model)
    assert server.requests == []
    with accounts.opened("small", "s2", 20):
        assert await written(model) == "hello"
    await model.close()


async def test_at_four_fifths_of_a_budget_the_operator_is_warned_once_a_day(server: ModelServer) -> None:
    plan = Plans("small").of("shop")
    assert plan.day_tokens
    spent = Spent(tokens=round(plan.day_tokens * 0.85))

    async def recorded(tenant: str) -> tuple[Spent, Spent]:
        return spent, spent

    budget = Budget(Plans("small"), recorded)
    with accounts.opened("shop", "s", 20) as account, capture_logs() as logs:
        for _ in range(3):
            await budget.check(account)
            budget.add("shop", ModelCall(purpose="write", model="m", at=utc_now(), seconds=0.1, prompt_tokens=5))
            budget._known["shop"].at = 0.0  # the records are read again, which lag behind
    assert [line["budget"] for line in logs if line["event"] == "budget_nearly_spent"] == ["day's token"]


async def test_a_second_call_is_made_beside_a_slow_one_where_that_is_wanted(server: ModelServer) -> None:
    model = OpenAIModel(api_key="k", base_url=server.url, models={"write": "m"}, timeout_seconds=5, hedge_seconds=0.1)
    server.script.extend(["hang", '{"name": "teal"}'])
    assert (await asyncio.wait_for(model.parse(PROMPT, Colour), 4)).name == "teal"
    assert len(server.requests) == 2
    await model.close()


async def test_of_two_calls_the_first_that_answers_counts_though_the_other_fails(server: ModelServer) -> None:
    model = OpenAIModel(api_key="k", base_url=server.url, models={"write": "m"}, timeout_seconds=5, hedge_seconds=0.05)
    server.script.extend([Late(0.15, "malformed"), Late(0.4, '{"name": "teal"}')])
    assert (await model.parse(PROMPT, Colour)).name == "teal"
    server.script.extend([Late(0.15, "malformed"), Late(0.2, "malformed")])
    with pytest.raises(ModelUnavailable):
        await model.parse(PROMPT, Colour)
    await model.close()


async def test_all_processes_learn_of_a_failing_model_over_redis(server: ModelServer, redis_url: str) -> None:
    from backend.llm.breaker import Breakers

    server.default = "malformed"

    def opened() -> OpenAIModel:
        return OpenAIModel(
            api_key="k", base_url=server.url, models={"write": "m"}, timeout_seconds=2, breakers=Breakers(redis_url)
        )

    first, second = opened(), opened()
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await first.parse(PROMPT, Colour)
    asked = len(server.requests)
    with pytest.raises(ModelUnavailable, match="left alone"):
        await second.parse(PROMPT, Colour)
    assert len(server.requests) == asked
    await first.close()
    await second.close()
