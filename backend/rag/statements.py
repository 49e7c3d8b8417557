"""What a passage states, sentence by sentence, and how a sentence is said: rows of tables and fields as plain words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from backend.rag.splitting import sentences

#: Where somebody else's question begins that stands in a text, and where its answer does.
_ASKED = re.compile(r"^(?:question|q)\s*:", re.IGNORECASE)
_REPLIED = re.compile(r"^(?:answer|a)\s*:\s*", re.IGNORECASE)
_ROW, _RULE = re.compile(r"^\|.*\|\.?$"), re.compile(r"^\|?[\s:|-]+\|?$")
#: A row as documents are read: "Light: red; Meaning: too hot".
_NAMED_ROW = re.compile(r"^[^:;|.]{1,40}: [^;]+(?:; [^:;|.]{1,40}: [^;]+)+$")
#: A field as a machine writes it: "colour: { value:"red" }".
_FIELD = re.compile(r"^\w+:\s*[\[{].*[\]}]\W*$")
#: What is said of a code, to its end: "E4: Laser is covered. Wipe it."
_CODED = re.compile(r"^[A-Z]{0,3}-?\d{1,4}: .{1,240}$", re.MULTILINE)
_MARKS = re.compile(r"[\[\]{}\"]|\bvalue\s*:")


def statements(text: str) -> Iterator[str]:
    """The sentences and lines that state something: no questions, no heads or rules of tables."""
    lines = _lines(text)
    heads = {first for first, second in pairwise(lines) if _ROW.match(first) and _RULE.match(second)}
    asking = False
    for line in lines:
        asking = bool(_ASKED.match(line)) or (asking and not _REPLIED.match(line))
        if not asking and not line.endswith("?") and not _RULE.match(line) and line not in heads:
            yield line


def _lines(text: str) -> Sequence[str]:
    if not _CODED.search(text):
        return sentences(text)
    return [said for line in text.splitlines() for said in ([line] if _CODED.match(line) else sentences(line))]


def said(line: str, text: str) -> str:
    """A statement of `text` in plain words: a row of a table with the names of its columns, a field without marks."""
    if _ROW.match(line):
        return _told(_cells(line), _head(line, text))
    if _NAMED_ROW.match(line):
        named = [part.split(": ", 1) for part in line.rstrip(".").split("; ")]
        return _told([cell for _, cell in named], [name for name, _ in named])
    if _FIELD.match(line):
        return re.sub(r"\s+", " ", _MARKS.sub(" ", line)).replace("_", " ").replace(" ,", ",").strip(" ,")
    return _REPLIED.sub("", line)


def _told(cells: Sequence[str], head: Sequence[str]) -> str:
    first, *rest = cells
    names = [*head, *[""] * (len(rest) + 1)]
    told = [f"{_inside(name)}: {cell}" if name else cell for name, cell in zip(names[1:], rest, strict=False) if cell]
    subject = f"{names[0]} {first}".strip()
    return f"{subject}{',' if any(names[1:]) else ':'} {', '.join(told)}" if told else subject


def _inside(name: str) -> str:
    """As it is written inside a sentence: names like HDMI keep their capitals."""
    return name if name[1:] != name[1:].lower() else name.lower()


def _head(line: str, text: str) -> list[str]:
    """The names of the columns of the table that a row stands in."""
    lines = [other.strip() for other in text.splitlines()]
    before = lines[: lines.index(line)] if line in lines else []
    rules = [at for at, other in enumerate(before) if at and _RULE.match(other) and _ROW.match(before[at - 1])]
    return _cells(before[rules[-1] - 1]) if rules else []


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().rstrip(".").strip("|").split("|")]
