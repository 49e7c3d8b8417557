"""One question asked of several products is answered from one row of their table."""

import pytest

from backend.domain.catalogue import Comparison, ComparisonRow, Product
from backend.graph.choosing import chosen

TABLE = Comparison(
    products=(
        Product(id="1", name="Ember Kettle", category="Kettles"),
        Product(id="2", name="Tide Kettle", category="Kettles"),
    ),
    rows=(
        ComparisonRow(name="price", label="Price", values=("$40.00", "$55.00"), differs=True, best=0),
        ComparisonRow(name="weight_kg", label="Weight", values=("1.1 kg", "0.9 kg"), differs=True, best=1),
        ComparisonRow(name="coverage_m2", label="Coverage", values=("10 m²", "30 m²"), differs=True, best=1),
        ComparisonRow(name="ports", label="Ports", values=("HDMI, USB-C", "USB-C"), differs=True),
    ),
)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Which is cheaper: the Ember Kettle or the Tide Kettle?", "The Ember Kettle: its price is $40.00"),
        ("which is more expensive?", "The Tide Kettle: its price is $55.00"),
        ("which one is lighter?", "The Tide Kettle: its weight is 0.9 kg"),
        ("which covers more?", "The Tide Kettle: its coverage is 30 m²"),
        ("do both have HDMI?", "Ports: Ember Kettle: HDMI, USB-C; Tide Kettle: USB-C"),
    ],
)
def test_a_single_question_gets_a_single_answer(question: str, begins: str) -> None:
    answer = chosen(question, TABLE)
    assert answer is not None and answer.startswith(begins)


@pytest.mark.parametrize("question", ["Compare the Ember Kettle and the Tide Kettle", "what's the difference?", "hm"])
def test_a_comparison_gets_the_whole_table(question: str) -> None:
    assert chosen(question, TABLE) is None
