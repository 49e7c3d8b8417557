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


THREE = Comparison(
    products=tuple(Product(id=name, name=name, category="Kettles") for name in ("Ash", "Bay", "Cob")),
    rows=(
        ComparisonRow(name="power_w", label="Power", values=("780 W", "2,384 W", "1200 W"), differs=True),
        ComparisonRow(name="noise", label="Noise", values=("40 dB", None, "44 dB"), differs=True),
        ComparisonRow(name="price", label="Price", values=("$55.00", "$40.00", "$48.00"), differs=True, best=1),
    ),
)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("which has the most power?", "The Bay: its power is 2,384 W, against"),
        ("which needs less power?", "The Ash: its power is 780 W"),
        ("what is their power?", "Power: Ash: 780 W; Bay:"),
        ("which has the lowest noise?", "Noise: Ash: 40 dB; Bay: not stated"),
        ("which is the most expensive?", "The Ash: its price is $55.00"),
    ],
)
def test_the_question_says_which_end_of_a_row_it_means(question: str, begins: str) -> None:
    assert (chosen(question, THREE) or "").startswith(begins)


@pytest.mark.parametrize("question", ["Compare the Ember Kettle and the Tide Kettle", "what's the difference?", "hm"])
def test_a_comparison_gets_the_whole_table(question: str) -> None:
    assert chosen(question, TABLE) is None
