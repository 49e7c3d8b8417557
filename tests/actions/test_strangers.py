"""Strangers with tasks drawn from the store by seed end where the tools themselves end; the rest is `make evaluate`."""

import pytest

from tests.actions.invented import invent
from tests.actions.scripted import STORE, retail
from tests.actions.strange import can_say
from tests.actions.voices import EVERYBODY

pytestmark = pytest.mark.skipif(not STORE.exists(), reason="left out: ../shared/data is not there")
#: two tasks of each kind, each said in another manner
TASKS = 30


async def test_each_kind_of_task_in_some_manner() -> None:
    wrong: dict[str, tuple[str, ...]] = {}
    async with retail(STORE) as shop:
        for place, task in enumerate(invent(shop.store, "41", TASKS)):
            manner = EVERYBODY[(place * 7 + place // 15) % len(EVERYBODY)]
            if can_say(manner, task):
                result = await shop.visit(task, manner)
                wrong |= {result.task: (*result.wrong, *result.log)} if result.wrong else {}
    assert wrong == {}
