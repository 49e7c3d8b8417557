"""Fixtures that all rooms share: real servers, left out by name where a machine lacks them."""

import contextlib
from collections.abc import Iterator

import pytest

from tests import servers
from tests.left_out import left_out
from tests.shop import Shop, running_shop


@contextlib.contextmanager
def _server(start: "contextlib.AbstractContextManager[str]") -> Iterator[str]:
    stack = contextlib.ExitStack()
    try:
        address = stack.enter_context(start)
    except servers.Missing as missing:
        left_out(f"{missing} is not installed")
    with stack:
        yield address


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """URL of a real Redis server."""
    with _server(servers.redis_server()) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of a real PostgreSQL server."""
    with _server(servers.postgres_server()) as address:
        yield address


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """The whole product with nothing set: embedded engines, no key."""
    with running_shop() as running:
        yield running
