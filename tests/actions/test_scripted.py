"""Scripted customers end where the recording does, said one by one and together; the whole set is `make evaluate`."""

import pytest

from tests.actions.scripted import STORE, TASKS, read_rows, run

pytestmark = pytest.mark.skipif(not TASKS.exists(), reason="left out: ../shared/data is not there")


@pytest.mark.parametrize(("seed", "together"), [("11", False), ("12", True)])
async def test_a_handful_of_customers_get_what_they_want(seed: str, together: bool) -> None:
    rows = read_rows()[::4] if together else read_rows()[1::4]
    results = await run(rows, STORE, seed, together=together)
    assert {r.task: r.wrong for r in results if r.wrong} == {}
