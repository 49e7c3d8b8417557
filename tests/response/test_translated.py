"""A translation may change words, never facts."""

import pytest

from backend.agents.response.translated import same_facts

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
