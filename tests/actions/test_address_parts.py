"""One part of an address put right, every other one kept."""

import pytest

from backend.agents.actions.address_parts import put_right

ADDRESS = {
    "line1": "12 Alder Court",
    "line2": "Apt 3",
    "city": "Bend",
    "state": "OR",
    "zip": "97701",
    "country": "USA",
}


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("yes please, but the zip is 97702", {"zip": "97702"}),
        ("the zip code should be 97702 not 97701", {"zip": "97702"}),
        ("yes, postcode: SW1A 2AA", {"zip": "SW1A 2AA"}),
        ("actually apartment 4b", {"line2": "Apartment 4B"}),
        ("make it apt number 12 and zip 97703", {"line2": "Apt 12", "zip": "97703"}),
        ("city is salem", {"city": "Salem"}),
        ("the city should be San Jose and please hurry", {"city": "San Jose"}),
        ("the state is Washington", {"state": "WA"}),
        ("house number is 21", {"line1": "21 Alder Court"}),
        ("21 not 12", {"line1": "21 Alder Court"}),
        ("no, 21 Alder Court", {"line1": "21 Alder Court"}),
        ("sorry, Alder Court 21b", {"line1": "21b Alder Court"}),
        ("not Bend but Salem", {"city": "Salem"}),
    ],
)
def test_the_part_that_is_told_changes(said: str, changed: dict[str, str]) -> None:
    assert put_right(said, ADDRESS) == {**ADDRESS, **changed}


@pytest.mark.parametrize("said", ["Can you hurry", "state it again please", "which city?", "yes", "it is a nice city"])
def test_nothing_told_changes_nothing(said: str) -> None:
    assert put_right(said, ADDRESS) is None
