"""A person is asked for in four more languages, by a word or in a sentence; English is left to the classifier."""

import pytest

from backend.agents.understanding.person import asks_person


@pytest.mark.parametrize(
    ("text", "detected", "language"),
    [
        ("persona", "en", "es"),
        ("Quiero hablar con una persona, por favor", "es", "es"),
        ("Conseiller", "en", "fr"),
        ("je voudrais parler à un conseiller", "fr", "fr"),
        ("Mitarbeiter bitte!", "en", "de"),
        ("व्यक्ति", "hi", "hi"),
    ],
)
def test_words_for_a_person(text: str, detected: str, language: str) -> None:
    assert asks_person(text, detected, offered=False) == language


@pytest.mark.parametrize(
    "text",
    [
        "which laptop for one person?",
        "agent",
        "my persona 5 game does not start on the laptop",
        "",
        "dónde está mi pedido",
    ],
)
def test_other_texts_ask_for_nobody(text: str) -> None:
    assert asks_person(text, "en", offered=False) is None


@pytest.mark.parametrize(("text", "language"), [("Sí", "es"), ("oui, merci", "fr"), ("Ja, bitte", "de"), ("हाँ", "hi")])
def test_a_yes_counts_only_where_a_person_was_offered(text: str, language: str) -> None:
    assert asks_person(text, "en", offered=True) == language
    assert asks_person(text, "en", offered=False) is None
