"""The trace of a turn: what was done, how long it took and how it ended."""

import asyncio

import pytest

from backend.domain.errors import EngineUnavailable, NotEligible
from backend.domain.policy import Verdict
from backend.domain.rules.verdicts import insist
from backend.domain.trace import current, note, step, traced

NO = Verdict(allowed=False, rule="window", reason="Too late.")


def test_outside_of_a_turn_nothing_is_kept() -> None:
    with step("tool", "look_up_order"):
        note("rule", "window")
    assert current() is None


async def test_steps_of_several_tasks_meet_in_one_trace() -> None:
    async def search(name: str) -> None:
        with step("search", name) as taken:
            await asyncio.sleep(0.01)
            taken.detail["passages"] = []

    with traced() as trace:
        await asyncio.gather(search("one"), search("two"))
    assert {s.name for s in trace.steps} == {"one", "two"} and all(s.ms >= 9 for s in trace.steps)


def test_a_refusal_names_its_rule_and_a_failure_its_kind() -> None:
    with traced() as trace:
        for name, work in (("refused", lambda: insist(NO)), ("away", _away), ("broken", lambda: {}["x"])):
            with pytest.raises((NotEligible, EngineUnavailable, KeyError)), step("tool", name):
                work()
    rows = {s.name: s.shown() for s in trace.steps}
    assert rows["window"] == rows["window"] | {"outcome": "refused", "detail": {"reason": "Too late."}}
    assert rows["refused"]["outcome"] == "refused" and rows["refused"]["detail"] == {"rule": "window"}
    assert rows["away"]["outcome"] == "engine_unavailable" and rows["broken"]["outcome"] == "KeyError"
    assert [s.name for s in trace.steps if s.failed] == ["away", "broken"]


def test_a_turn_that_does_everything_is_shown_by_its_beginning() -> None:
    with traced() as trace:
        for n in range(500):
            note("rule", str(n))
    assert 10 < len(trace.steps) < 100 and trace.steps[0].name == "0"


def _away() -> None:
    raise EngineUnavailable("gone")
