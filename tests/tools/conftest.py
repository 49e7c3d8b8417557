"""The small shop on both engines."""

from collections.abc import AsyncIterator

import pytest

from backend.store.database import Database
from backend.tools.toolbox import Toolbox, build_toolbox
from tests.store.conftest import database_url
from tests.tools import shop

__all__ = ["database_url"]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Records of the small shop."""
    opened = await Database.open(database_url)
    await shop.fill(opened)
    yield opened
    await opened.close()


@pytest.fixture
def tools(database: Database) -> Toolbox:
    return build_toolbox(database)
