"""What is asked, without the talk around it."""

import pytest

from backend.rag.question_core import core

QUESTION = "how do I fold the Marlo M7"
LEADS = (
    "",
    "Sorry to disturb, ",
    "Might you be able to explain ",
    "Just a small thing: ",
    "Hello there! ",
    "I have been wondering, ",
    "No idea who to ask, but ",
    "Good evening team, I'd love to learn ",
)
TAILS = ("", " :)", "...", " please", ", many thanks!", " if it isn't too much trouble", " today", " - cheers", "??")


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("tail", TAILS)
def test_lead_and_tail_go_and_the_question_stays(lead: str, tail: str) -> None:
    assert core(f"{lead}{QUESTION}{tail}").rstrip("?") == QUESTION


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Do you happen to know whether the M7 has a strap?", "does the M7 have a strap?"),
        ("Could you tell me the weight of the M7?", "what is the weight of the M7?"),
        ("can you tell me for how long the lamp glows", "for how long the lamp glows"),
        ("how do I fold my new M7 the right way?", "how do I fold my M7?"),
        ("how can I fold our aunt's M7 step by step", "how can I fold our M7"),
        ("does my little brother's M7 have a strap?", "does my M7 have a strap?"),
    ],
)
def test_what_is_asked_inside_a_sentence_is_asked_directly(said: str, asked: str) -> None:
    assert core(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "from what sum is delivery free",
        "my lamp won't glow, what do I do",
        "what can I do if it's stuck",
        "do you deliver today?",
        "is the new M7 safe to fold at home",
        "what do I get for my old lamp",
        "lamps lighter than 83 kg",
        "how do I clean my lamp's shade",
        "can I return it if I have opened it",
        "what if it does not fit",
        "and in winter?",
        "hello",
        "can you help me",
        "thanks",
    ],
)
def test_what_belongs_to_the_matter_stays(said: str) -> None:
    assert core(said) == said


@pytest.mark.parametrize("said", ["", "?", "...", "thanks! :)", "no thanks", "How do I? How do I?", "a" * 4000])
def test_the_core_of_a_core_is_itself(said: str) -> None:
    assert core(core(said)) == core(said)


def test_what_is_repeated_is_asked_once() -> None:
    assert core("How do I fold it? " * 50) == "How do I fold it?"
