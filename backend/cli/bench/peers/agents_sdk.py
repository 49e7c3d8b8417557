"""The turn with the OpenAI Agents SDK: a triage agent hands over to a product agent, which looks up and answers."""

import sys
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, OpenAIChatCompletionsModel, Runner, function_tool, set_tracing_disabled  # type: ignore
from openai import AsyncOpenAI

from backend.cli.bench.peers.driver import PASSAGE, Turn, run

set_tracing_disabled(True)
_client = AsyncOpenAI(base_url=f"{sys.argv[1]}/v1", api_key="bench", max_retries=0)
_model = OpenAIChatCompletionsModel(model="bench", openai_client=_client)


@function_tool  # type: ignore[untyped-decorator]
def search_manual(query: str) -> str:
    """Find the passage of a manual that answers a question about a product."""
    return PASSAGE


_product = Agent(
    name="product_agent",
    instructions="You answer questions about products of an online shop from what search_manual finds. Cite it as [1].",
    tools=[search_manual],
    model=_model,
)
_triage = Agent(
    name="triage_agent",
    instructions="You are the first to read a shopper's message. Hand over to the agent that can answer it.",
    handoffs=[_product],
    model=_model,
)


def conversation() -> Turn:
    """History is handed on as the SDK keeps it."""
    history: list[Any] = []

    async def turn(message: str) -> AsyncIterator[str]:
        result = Runner.run_streamed(_triage, [*history, {"role": "user", "content": message}])
        async for event in result.stream_events():
            if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                yield event.data.delta
        history[:] = result.to_input_list()

    return turn


if __name__ == "__main__":
    run(conversation)
