"""Every [n] of a reply resolves, and nothing is listed that was not used."""

from backend.agents.response.citations import joined
from backend.domain.knowledge import Source


def _source(name: str) -> Source:
    return Source(id=name, title=name, section="", url=f"/{name}", excerpt=name, score=1.0)


A, B, C = map(_source, "abc")


def test_numbers_are_given_in_order_of_use_and_a_passage_once() -> None:
    text, sources = joined([("Two [2], one [1], two again [2].", (A, B)), ("One more [1].", (B,))])
    assert text == "Two [1], one [2], two again [1].\n\nOne more [1]."
    assert [source.id for source in sources] == ["b", "a"]


def test_a_number_without_a_passage_goes_and_an_unused_passage_is_not_listed() -> None:
    text, sources = joined([("Said [1], made up [4][0].", (A, C))])
    assert (text, sources) == ("Said [1], made up .", (A,))
