"""A translation may change words, never facts."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.agents.response.translated import Translator, same_facts
from backend.llm.base import Prompt
from backend.prompts import prompt

SAID = "Cancel ORD-1003: 2 × X1 Laptop, $1,299.00 back to your card ending in 4242. Shall I?"
KEPT = "¿Cancelo ORD-1003: 2 × X1 Laptop, $1,299.00 de vuelta a su tarjeta terminada en 4242?"


def test_words_may_change_and_facts_stay() -> None:
    assert same_facts(SAID, KEPT, ("X1 Laptop",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ORD-1003", "ORD-1004"),
        ("$1,299.00", "$12.99"),
        ("$1,299.00", "dinero"),
        ("2 ×", "3 ×"),
        ("X1 Laptop", "X1 portátil"),
        ("¿Cancelo", "¿Cancelo por 5"),
        ("¿Cancelo", "[mire](aquí) ¿Cancelo"),
        ("¿Cancelo", "https://evil.example ¿Cancelo"),
        ("tarjeta", "tarjeta " * 60),
    ],
)
def test_a_changed_fact_is_seen(old: str, new: str) -> None:
    assert not same_facts(SAID, KEPT.replace(old, new), ("X1 Laptop",))


class Speaker:
    """A model that always says the same."""

    def __init__(self, said: str) -> None:
        self.said = said

    async def write(self, prompt: Prompt, purpose: Any = "write") -> AsyncIterator[str]:
        yield self.said


async def into_spanish(said: str) -> str | None:
    return await Translator(Speaker(said)).into(SAID, "es", ("X1 Laptop",))  # type: ignore[arg-type]


async def test_a_translation_holds_nothing_that_the_original_does_not() -> None:
    assert await into_spanish(KEPT) == KEPT
    line = next(line for line in prompt("translate", language="Spanish").splitlines() if line.startswith("- Say"))
    assert await into_spanish(f"{KEPT}\n{line}") is None
