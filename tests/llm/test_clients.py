"""A crowd of calls is spread over clients of few connections, which go when it has gone."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

from backend.llm.clients import EACH, Clients


@dataclass(eq=False)
class _Client:
    size: int
    closed: bool = False

    async def close(self) -> None:
        self.closed = True


async def test_a_crowd_is_spread_and_its_clients_end_with_it() -> None:
    made: list[_Client] = []

    def build(size: int) -> _Client:
        made.append(_Client(size))
        return made[-1]

    clients = Clients(build, 2 * EACH + 10)
    async with AsyncExitStack() as calls:
        lent = [await calls.enter_async_context(clients.lent()) for _ in range(2 * EACH + 10)]
        assert [client.size for client in made] == [EACH, EACH, 10]
        assert [lent.count(client) for client in made] == [EACH, EACH, 10]
        async with clients.lent() as waits:  # one too many waits in the shortest line
            assert waits is made[2]
        assert not any(client.closed for client in made)
    assert [client.closed for client in made] == [False, True, True]
    async with clients.lent() as again:
        assert again is made[0]
    await clients.close()
    assert made[0].closed
    assert len(made) == 3


async def test_a_few_calls_have_one_client_of_their_number() -> None:
    clients = Clients(_Client, 3)
    async with clients.lent() as one, clients.lent() as other:
        assert one is other
        assert one.size == 3
