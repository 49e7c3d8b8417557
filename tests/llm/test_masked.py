"""No e-mail, phone, code, card or street reaches a model, and its answers are whole all the same."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from backend.domain.masking import Masks, masked, masked_value
from backend.llm.base import Function, FunctionCall, Parsed, Prompt, Step
from backend.llm.masked import MaskedModel

PERSONAL = [
    "ines.vidal+shop@ghent.example", "o'neil@mail.co.uk", "+32 470 12 34 56", "(555) 201-4477", "555.201.4477",
    "1-555-201-4477", "0471 23 45 67", "4111 1111 1111 1111", "4111111111111111", "3782 822463 10005", "5552014477",
    "12 Harbour Street", "7 Quay Lane, apt 4b", "221B Baker St", "Lindenstraße 14", "12, rue de la Paix",
    "9 old mill road",
]  # fmt: skip
PLAIN = [
    "Where is ORD-1001?", "#W2378156", "laptops under $1500 or 1,299.00", "a 2 TB hard drive and a 512 GB USB drive",
    "3 items are on the way", "X1 with 16 GB, 14.0 inch, 2026-11-21 06:05", "RTX 4090 or 7800X3D", "ISO 27001",
    "REF-101 of 2 November 2026", "4 x 1,000 mAh", "2 days by the way", "1299.00 2499.00 3999.00", "SKU 78-1234-00",
]  # fmt: skip


@pytest.mark.parametrize("word", PERSONAL)
def test_personal_data_are_covered(word: str) -> None:
    for text in (word, f"please use {word}.", f"shopper: it is {word}, thanks"):
        assert word not in masked(text), masked(text)
        assert not any(part in masked(text) for part in (word[:9], word[-9:])), masked(text)
        masks = Masks()
        assert masks.restore(masks.hide(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_nobodys_is_left(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", ["482913", "shopper: 482913", "my code is 482913", "Code: 482913", "the PIN you sent, 4829", "482 913"]
)
def test_codes_are_covered(text: str) -> None:
    assert not any(digits in masked(text) for digits in ("482913", "4829", "482 913")), masked(text)


def test_tokens_are_covered_also_deep_inside() -> None:
    said = {"headers": [{"Authorization": "Bearer abcdef0123456789abcdef"}], "key": "sk-live-0123456789abcdef"}
    shown = str(masked_value(said))
    assert "abcdef0123" not in shown and "sk-live" not in shown


class Echo:
    """A model that says back what it was told, in pieces of three characters, and remembers it."""

    name = "echo"

    def __init__(self) -> None:
        self.told = ""

    async def parse(self, prompt: Prompt, into: type[Parsed], purpose: Any = "understand") -> Parsed:
        self.told = prompt.messages[0][1]
        return into.model_validate({"text": self.told, "parts": [self.told]})

    async def write(self, prompt: Prompt, purpose: Any = "write") -> AsyncIterator[str]:
        self.told = prompt.messages[0][1]
        for start in range(0, len(self.told), 3):
            yield self.told[start : start + 3]

    async def step(self, prompt: Prompt, functions: Sequence[Function]) -> Step:
        self.told = str(prompt)
        return Step(calls=(FunctionCall("1", "f", '{"wish": "' + prompt.messages[0][1] + '"}'),), text="")

    def count(self, text: str) -> int:
        return len(text)

    async def close(self) -> None: ...


class Said(BaseModel):
    text: str
    parts: list[str]


TEXT = "send it to ines@ghent.example or 12 Harbour Street {x} and call +32 470 12 34 56 about ORD-1001"
ASKED = Prompt(instructions="", messages=(("user", TEXT),))


async def test_a_model_never_sees_it_and_its_answer_is_whole() -> None:
    echo = Echo()
    model = MaskedModel(echo)
    parsed = await model.parse(ASKED, Said)
    assert parsed == Said(text=TEXT, parts=[TEXT])
    assert "ines" not in echo.told and "470" not in echo.told and "Harbour" not in echo.told and "ORD-1001" in echo.told
    assert "".join([piece async for piece in model.write(ASKED)]) == TEXT and "ines" not in echo.told
    step = await model.step(ASKED, [])
    assert "ines@ghent.example" in step.calls[0].arguments and "ines" not in echo.told
    taken = replace(ASKED, steps=((step, ("mailed to ines@ghent.example",)),))
    await model.step(taken, [])
    assert "mailed to" in echo.told and "ines" not in echo.told, "what a function answered is covered too"


async def test_a_stream_is_held_back_for_no_more_than_a_place() -> None:
    brace = Prompt(instructions="", messages=(("user", "call +32 470 12 34 56 { and then on and on and on"),))
    pieces = [piece async for piece in MaskedModel(Echo()).write(brace)]
    assert len(pieces) > 5 and "".join(pieces) == brace.messages[0][1]
