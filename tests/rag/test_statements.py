"""What a passage states, and in which words it is said."""

import pytest

from backend.rag.statements import said, statements

TABLE = """Lights of the lamp:
| Light | Meaning | To do |
| --- | --- | --- |
| red | too hot | wait |
| blue | asleep | |"""


def test_rows_are_said_with_the_names_of_their_columns() -> None:
    lines = list(statements(TABLE))
    assert [said(line, TABLE) for line in lines] == [
        "Lights of the lamp:",
        "Light red, meaning: too hot, to do: wait",
        "Light blue, meaning: asleep",
    ]


def test_a_table_without_names_is_said_as_pairs() -> None:
    text = "| | |\n| --- | --- |\n| Weight | 1.2 kg |\n| Cable | 2 m |"
    assert [said(line, text) for line in statements(text)] == ["Weight: 1.2 kg", "Cable: 2 m"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Yes, it does. Question: does it float? I want to swim.", ["Yes, it does."]),
        ("It folds flat Question: will it fit my bag.", ["It folds flat"]),
        ("Question: is it loud? Answer: hardly.", ["Answer: hardly."]),
        ("Is it heavy? Not at all.", ["Not at all."]),
    ],
)
def test_what_others_asked_is_no_statement(text: str, stated: list[str]) -> None:
    assert list(statements(text)) == stated


def test_fields_of_a_machine_are_said_without_their_marks() -> None:
    assert said('frame_colour: [ { value:"dark red" } ]', "") == "frame colour: dark red"
    assert said("Answer: hardly.", "") == "hardly."


def test_a_row_that_was_read_already_is_said_the_same_way() -> None:
    assert said("Light: red; Meaning: too hot; USB port: off", "") == "Light red, meaning: too hot, USB port: off"
    assert said("Weight: 2 kg", "") == "Weight: 2 kg"
