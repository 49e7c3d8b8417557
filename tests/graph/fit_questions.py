# ruff: noqa: E501  a phrasing a line reads as the table it is
"""Questions of fit drawn by a seed from the rows of a catalogue of parts, with the answer read from the raw rows."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.graph.reading import raw_rows

Row = dict[str, Any]
Answer = Literal["Yes", "No", "I can't tell"]

#: {a} goes into or onto {b}
_ASK = (
    "Does the {a} work with the {b}?", "Is the {a} compatible with the {b}?", "Will the {a} work in the {b}?", "Can I use the {a} with the {b}?",
    "Can I put the {a} in the {b}?", "will {a} fit in {b}", "would the {a} fit the {b}", "does {a} go with {b}?", "Are the {a} and the {b} compatible?",
    "I own the {b}. Would the {a} work with it?", "I've got a {b}, can I add the {a}?", "is {b} compatible with {a}", "{a} with {b} - ok?",
    "do the {a} and the {b} work together?", "Could you tell me if the {a} fits the {b}?", "does my {a} work with the {b}?", "can the {b} take the {a}?",
    "does the {b} support the {a}?", "I want to pair the {a} with the {b}, will that work?", "thinking about putting a {a} into a {b}. is that possible?",
)  # fmt: skip
_TURNS = (
    ("Tell me about the {a}", "Does it work with the {b}?"), ("Tell me about the {b}", "will the {a} fit?"), ("show me the {a}", "is it compatible with the {b}?"),
)  # fmt: skip


@dataclass(frozen=True)
class FitQuestion:
    """Turns of one shopper, how the last answer begins, and of which kind the pair is."""

    turns: tuple[str, ...]
    answer: Answer
    kind: str


class FitQuestions:
    """An endless source; the same seed asks the same."""

    def __init__(self, seed: int, catalogue: Path) -> None:
        self._random = random.Random(seed)
        rows: list[Row] = raw_rows(catalogue)
        names = Counter(row["name"].lower() for row in rows)
        self._by: dict[str, list[Row]] = {}
        for row in rows:
            if names[row["name"].lower()] == 1:
                self._by.setdefault(row["category"], []).append(row)

    def ask(self) -> FitQuestion:
        """The next question. Half of those that can be answered fit."""
        kind, (left, right, judge) = self._random.choice(sorted(_KINDS.items()))
        wanted = self._random.choice(("Yes", "No", "No", "Yes", "I can't tell"))
        for _ in range(400):
            a, b = self._random.choice(self._by[left]), self._random.choice(self._by[right])
            if judge(a["specs"], b["specs"]) == wanted:
                break
        found = judge(a["specs"], b["specs"])
        turns = self._random.choice(_TURNS) if self._random.random() < 0.15 else (self._random.choice(_ASK),)
        said = tuple(turn.format(a=a["name"], b=b["name"]) for turn in turns)
        return FitQuestion(said, found, kind) if found else self.ask()


def _told(holds: bool) -> Answer:
    return "Yes" if holds else "No"


def _cpu_board(cpu: Row, board: Row) -> Answer | None:
    return _told(cpu["socket"] == board["socket"]) if cpu.get("socket") and board.get("socket") else "I can't tell"


def _ram_board(ram: Row, board: Row) -> Answer | None:
    if ram["modules"]["quantity"] > board["memory"]["slots"] or "SO" in ram["form_factor"]:
        return None
    return _told(ram["ram_type"] == board["memory"]["ram_type"])


def _board_case(board: Row, case: Row) -> Answer | None:
    taken = case.get("supported_motherboard_form_factors")
    return _told(board["form_factor"] in taken) if taken else "I can't tell"


def _cooler_cpu(cooler: Row, cpu: Row) -> Answer | None:
    return _told(cpu["socket"] in cooler["cpu_sockets"]) if cooler.get("cpu_sockets") else "I can't tell"


def _card_case(card: Row, case: Row) -> Answer | None:
    length, room = card.get("length"), case.get("max_video_card_length")
    return _told(length <= room) if length and room else "I can't tell"


_KINDS: dict[str, tuple[str, str, Callable[[Row, Row], Answer | None]]] = {
    "cpu on board": ("CPU", "Motherboard", _cpu_board), "memory on board": ("RAM", "Motherboard", _ram_board),
    "board in case": ("Motherboard", "PCCase", _board_case), "cooler on cpu": ("CPUCooler", "CPU", _cooler_cpu),
    "card in case": ("GPU", "PCCase", _card_case),
}  # fmt: skip
