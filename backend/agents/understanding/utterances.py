"""The training utterances: files of lines with {slots} and (choices), unfolded the same way every time."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.domain.acts import INTENT_OF_ACT, Act
from backend.domain.errors import InvalidInput

#: The file of all intents in the languages beside English.
OTHER_LANGUAGES = "other_languages.txt"
#: how often a line with slots is filled
FILLS = 8
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_SPACE = re.compile(r"\s+")
_STRAY = re.compile(r"\s+([,.?!])")
#: how often an utterance gets a copy with a slip of the fingers, typed in a hurry, or with a curse
SLIPS = 0.25
HURRIES = 0.15
CURSES = 0.06
_CURSES = ("damn", "bloody", "fucking", "goddamn", "freaking")
_ARTICLE = re.compile(r"\b(the|my|your|a|an|to)\b")

Slots = dict[str, list[str]]


@dataclass(frozen=True)
class Utterance:
    """One thing said. `line` names the line it was unfolded from: its siblings are no independent witness."""

    text: str
    act: Act
    line: str


def read_utterances(folder: Path) -> list[Utterance]:
    """All utterances of a folder of <intent>.txt files with `## act` headings and of its slots.toml.

    Raises InvalidInput for an unknown act, a heading in the wrong file, an unknown slot.
    """
    slots: Slots = tomllib.loads((folder / "slots.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, Act], Utterance] = {}
    for path in sorted(folder.glob("*.txt")):
        for act, line in _lines(path):
            for text in unfold(line, slots):
                found.setdefault((text, act), Utterance(text, act, f"{act}: {line}"))
    return list(found.values())


def _lines(path: Path) -> Iterator[tuple[Act, str]]:
    act: Act | None = None
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("## "):
            act = _act_of(line[3:], path)
        elif line and not line.startswith("# "):
            if act is None:
                raise InvalidInput(f"{path.name} begins without a ## heading")
            yield act, line


def _act_of(name: str, path: Path) -> Act:
    if name not in set(Act):
        raise InvalidInput(f"{path.name} has a heading that is no act: {name}")
    act = Act(name)
    if path.name != OTHER_LANGUAGES and INTENT_OF_ACT[act] != path.stem and act is not Act.ORDER_ADDRESS:
        raise InvalidInput(f"{path.name} has utterances of another intent: {name}")
    return act


def unfold(line: str, slots: Slots) -> list[str]:
    """The line itself, or up to FILLS distinct fillings of it; the same for the same line and slots."""
    if not _SLOT.search(line) and not _CHOICE.search(line):
        return [line]
    decks = _Decks(random.Random(line))  # noqa: S311  repeatable, not secret
    return list(dict.fromkeys(_fill(line, slots, decks) for _ in range(FILLS)))


class _Decks:
    """Draws without putting back: in few fillings each choice of a line is seen, none twice before all were."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._left: dict[str, list[str]] = {}

    def draw(self, name: str, choices: list[str]) -> str:
        left = self._left.get(name)
        if not left:
            left = self._left[name] = self._dice.sample(choices, len(choices))
        return left.pop()


def _fill(line: str, slots: Slots, decks: _Decks) -> str:
    text = line
    while True:
        filled = _CHOICE.sub(lambda m: decks.draw(m[0], m[1].split("|")), text)
        filled = _SLOT.sub(lambda m: decks.draw(m[1], _slot(m[1], slots)), filled)
        if filled == text:
            return _STRAY.sub(r"\1", _SPACE.sub(" ", text)).strip()
        text = filled


def _slot(name: str, slots: Slots) -> list[str]:
    if name not in slots:
        raise InvalidInput(f"slots.toml has no slot {name}")
    return slots[name]


def roughened(utterances: list[Utterance]) -> list[Utterance]:
    """The utterances and, for some of them, a copy with slips, letters left out or a curse, as people write."""
    dice = random.Random(4)  # noqa: S311  repeatable, not secret
    copies: list[Utterance] = []
    for said in utterances:
        if dice.random() < SLIPS:
            copies.append(Utterance(_slip(said.text, dice), said.act, said.line))
        if dice.random() < HURRIES:
            copies.append(Utterance(_hurried(said.text, dice), said.act, said.line))
        if dice.random() < CURSES and said.act is not Act.OUT_OF_SCOPE:
            copies.append(Utterance(_curse(said.text, dice), said.act, said.line))
    return utterances + copies


def mended(utterances: Sequence[Utterance], mend: Callable[[str], str]) -> list[Utterance]:
    """The utterances as `mend` leaves them, each once: a classifier is asked about mended messages only."""
    found: dict[tuple[str, Act], Utterance] = {}
    for said in utterances:
        text = mend(said.text)
        found.setdefault((text, said.act), Utterance(text, said.act, said.line))
    return list(found.values())


def _hurried(text: str, dice: random.Random) -> str:
    """Every third longer word without one of its letters, or with two of them swapped."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and dice.random() < 1 / 3:
            cut = dice.randrange(1, len(word) - 1)
            rest = word[cut + 1 :]
            words[at] = word[:cut] + rest if dice.random() < 2 / 3 else word[:cut] + rest[:1] + word[cut] + rest[1:]
    return " ".join(words)


def _curse(text: str, dice: random.Random) -> str:
    return _ARTICLE.sub(lambda m: f"{m[1]} {dice.choice(_CURSES)}" if m[1] != "to" else m[1], text, count=1)


def _slip(text: str, dice: random.Random) -> str:
    """One or two neighbouring-finger errors: a letter lost, doubled, swapped, replaced, or a space lost."""
    letters = list(text)
    for _ in range(1 + (len(letters) > 25)):
        if len(letters) < 4:
            break
        at = dice.randrange(1, len(letters) - 1)
        match dice.randrange(5):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, letters[at])
            case 2:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            case 3 if letters[at].isalpha():
                letters[at] = dice.choice("etaoinsrhld")
            case _ if " " in letters:
                letters.remove(" ")
    return "".join(letters)
