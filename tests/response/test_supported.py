"""What of a model's sentences may leave, in the language of the shop and in another."""

import pytest

from backend.agents.response.supported import supported
from backend.prompts import prompt

BUILT = "The battery of the X1 lasts 12 h. It costs $1,299.00."
GROUND = {1: "Battery life: up to 12 h of browsing."}
TOLD = [line for line in prompt("reply").splitlines() if len(line) > 40]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The battery of the X1 lasts 12 h [1]."),
        ("es", "La batería del X1 dura 12 h [1]."),
        ("de", "Bis zu 12 h [1]."),
        ("fr", "Le X1 est en stock et coûte $1,299.00."),
    ],
)
def test_what_the_evidence_says_leaves(language: str, sentence: str) -> None:
    assert supported(sentence, BUILT, GROUND, language)


@pytest.mark.parametrize("sentence", ["La batería dura 20 h [1].", "Más en ejemplo.com.", "La batería dura 12 h [2]."])
def test_other_values_addresses_and_sources_do_not(sentence: str) -> None:
    assert not supported(sentence, BUILT, GROUND, "es")


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "hi"])
@pytest.mark.parametrize("line", TOLD)
def test_what_the_model_was_told_is_told_nobody(line: str, language: str) -> None:
    assert not supported(line, BUILT, GROUND, language)
