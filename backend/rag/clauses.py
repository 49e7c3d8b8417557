"""Clauses of terms and policies: their headings and numbers, and sentences that go on in lettered lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

#: "2.1 Tyres", "3 Claims"
NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.? +(?=[A-Z])")
_BRACKETED = re.compile(r"\((\d{1,2})\) +(?=\S)")
_LETTERED = re.compile(r"\(?[a-z]\)\s+")
#: "§ 3 Claims", and letters of it at most.
_NAMED = r"§+|(?i:article|art\.|section|clause|chapter)"
_HEADING = re.compile(rf"(?:{_NAMED}) ?\d{{1,3}}[.:)]? (?:[-–—] )?([A-Z][^.!?;]*)")
_HEADING_LETTERS = 80
_LETTERS = 26
#: Words of a sentence that can be read.
_READABLE = 70


def heading(line: str) -> str | None:
    """The title in "§ 3 Claims" or "Article 3 – Claims"; None where a line is no such heading."""
    found = _HEADING.fullmatch(line) if len(line) <= _HEADING_LETTERS else None
    return found[1] if found else None


def in_order(lines: Iterable[str]) -> bool:
    """Whether the numbers with a dot in them count on, as those of clauses do and those of measures do not."""
    found = [match["number"] for line in lines if (match := NUMBER.match(line))]
    clauses = [tuple(map(int, number.split("."))) for number in found if "." in number]
    alone = len(clauses) == 1 and str(clauses[0][0]) not in found
    return all(one < other for one, other in pairwise(clauses)) and not alone


def unnumbered(line: str, *, numbered: bool) -> str:
    """Without "(2)", and without "2.1" where the text is `numbered` so: what is quoted of it needs neither."""
    line = _BRACKETED.sub("", line, count=1) if _BRACKETED.match(line) else line
    found = NUMBER.match(line) if numbered else None
    return line[found.end() :] if found and "." in found["number"] else line


def whole(lines: Sequence[str]) -> Iterator[str]:
    """A sentence that goes on in lettered lines, "It does not cover" above "a) lamps;", as one, or one for each line
    where that grows too long to be read.
    """
    at = 0
    while at < len(lines):
        lead, items = lines[at], [*takewhile(_LETTERED.match, lines[at + 1 : at + 1 + _LETTERS])]
        at += 1 + len(items)
        if not items or lead.endswith((".", "!", "?")):
            yield from (lead, *items)
            continue
        parts = [_LETTERED.sub("", item) for item in items]
        joined = " ".join((lead, *parts))
        yield from [joined] if len(joined.split()) <= _READABLE else [f"{lead} {part.rstrip(' ;,')}" for part in parts]
