"""Anger and abuse are noticed by whole words, and not where they only seem to be."""

import pytest

from backend.agents.understanding.mood import read_mood
from backend.domain.conversation import Mood

SAID = {
    Mood.CALM: "where is my order|I'm not angry, just curious|do you have angry birds plush|trash cans under 30|"
    "fine, thanks|the screen is broken|a retardant spray|I want to complain|can I return it if not satisfied|"
    "damn good headphones|is the skirt short? ASAP|"
    "Scunthorpe delivery|OK!!|what a classic shirt",
    Mood.UPSET: "this is ridiculous|I am so frustrated!!!|where the hell is my package|"
    "WHERE IS MY ORDER I PAID ALREADY!!|I am not happy|I've had enough|still no fucking parcel|uuugh|"
    "very disappointed with you|you lost a customer|ridiculous!!|I will call my lawyer",
    Mood.ABUSIVE: "you idiots|Fuck you|fuuuck you|stupid bot|you're useless|go to hell|you bunch of thieves|shut up|"
    "I will find you",
}


@pytest.mark.parametrize(("mood", "said"), [(mood, text) for mood, block in SAID.items() for text in block.split("|")])
def test_mood(mood: Mood, said: str) -> None:
    assert read_mood(said) is mood
