"""The turn with LangGraph's supervisor: it delegates to a product agent, which looks up and answers."""

import sys
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.messages import AIMessageChunk  # type: ignore
from langchain_core.tools import tool  # type: ignore
from langchain_openai import ChatOpenAI  # type: ignore
from langgraph.prebuilt import create_react_agent  # type: ignore
from langgraph_supervisor import create_supervisor  # type: ignore

from backend.cli.bench.peers.driver import PASSAGE, Turn, run

_model = ChatOpenAI(model="bench", base_url=f"{sys.argv[1]}/v1", api_key="bench", max_retries=0, streaming=True)


@tool  # type: ignore[untyped-decorator]
def search_manual(query: str) -> str:
    """Find the passage of a manual that answers a question about a product."""
    return PASSAGE


_product = create_react_agent(
    _model,
    [search_manual],
    name="product_agent",
    prompt="You answer questions about products of an online shop from what search_manual finds. Cite it as [1].",
)
_graph = create_supervisor(
    [_product],
    model=_model,
    prompt="You lead the agents of an online shop's support. Delegate the shopper's message, then give the answer.",
).compile()


def conversation() -> Turn:
    """History is handed on as the graph keeps it."""
    history: list[Any] = []

    async def turn(message: str) -> AsyncIterator[str]:
        state = {"messages": [*history, {"role": "user", "content": message}]}
        async for inside, kind, piece in _graph.astream(state, stream_mode=["messages", "values"], subgraphs=True):
            if kind == "values":
                history[:] = history if inside else piece["messages"]
            elif isinstance(piece[0], AIMessageChunk) and isinstance(piece[0].content, str):
                yield piece[0].content

    return turn


if __name__ == "__main__":
    run(conversation)
