"""Tokens are counted at once, exactly where a tokenizer comes, and by an estimate that learns where none does."""

import threading
import time

from backend.llm.tokens import Counter, estimate

TEXT = "How long does the battery of the UltraBook 13 last on one charge?"


def until_exact(counter: Counter, tokens: int) -> None:
    deadline = time.monotonic() + 5
    while counter.count(TEXT) != tokens and time.monotonic() < deadline:
        time.sleep(0.005)
    assert counter.count(TEXT) == tokens


def test_a_tokenizer_that_never_comes_holds_nobody_up() -> None:
    asked, never = threading.Event(), threading.Event()

    def load(model: str) -> object:
        asked.set()
        never.wait(30)  # a network that swallows what is sent into it
        raise OSError

    counter = Counter("m", load)  # type: ignore[arg-type]
    assert asked.wait(5) and counter.count(TEXT) == estimate(TEXT)
    never.set()


def test_a_tokenizer_counts_once_it_is_there_and_a_missing_one_is_done_without() -> None:
    until_exact(Counter("m", lambda model: lambda text: len(text)), len(TEXT))

    def missing(model: str) -> object:
        raise ModuleNotFoundError

    assert Counter("m", missing).count(TEXT) == estimate(TEXT)  # type: ignore[arg-type]


def test_the_estimate_comes_close_to_what_a_server_charges_and_no_nonsense_leads_it_astray() -> None:
    counter = Counter("a model that nobody has a table of")
    for _ in range(60):
        counter.learn(counter.count(TEXT), 22)
    assert abs(counter.count(TEXT) - 22) <= 1 < abs(estimate(TEXT) - 22)
    for _ in range(200):
        counter.learn(counter.count(TEXT), 1)
    assert counter.count(TEXT) >= estimate(TEXT) / 2
