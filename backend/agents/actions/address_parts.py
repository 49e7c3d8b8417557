"""One part of an address put right: "the zip is 97702", "21 not 12", "not Dover but Denver"."""

import re
from collections.abc import Mapping

from backend.agents.actions.addresses import state_code

_BE = r"(?:is|was|(?:will|should|must) be|(?:has|needs|ought) to be|to)"
_IS = rf"(?:\s+(?:code|number|no|{_BE}|actually|really)\b)*\s*[:=]?\s*"
#: Before a name it must be said that it is one: "state it again" is none.
_IS_CALLED = rf"(?:\s+{_BE}\b(?:\s+(?:actually|really|called))?\s+|\s*[:=]\s*)"
_NAME = r"(?P<value>[A-Za-z][A-Za-z.'’ -]*?)(?=\s+(?:not|instead|rather|and|but)\b|\s*(?:[.,;!?]|$))"
#: Part of an address → how its new value is told.
_TOLD = {
    "zip": re.compile(rf"\b(?:zip|post(?:al)?\s?code|postcode){_IS}(?P<value>[A-Z]*\d[\w-]*(?: \d[A-Z]{{2}})?)", re.I),
    "line2": re.compile(
        rf"\b(?P<kind>apartment|apt\.?|unit|suite|floor)\b(?:\s+number)?{_IS}#?(?P<value>\d+\w*|[a-z](?!\w))", re.I
    ),
    "city": re.compile(rf"\b(?:city|town)\b{_IS_CALLED}{_NAME}", re.I),
    "state": re.compile(rf"\bstate\b{_IS_CALLED}{_NAME}", re.I),
    "number": re.compile(rf"\b(?:house|street|building)\s+number\b{_IS}#?(?P<value>\d+\w?)", re.I),
}
_LEADING_NUMBER = re.compile(r"^\S*\d\S*")
#: A word put right: the new one before "not", or after it.
_NOT_BUT = re.compile(
    r"(?P<new>[\w'-]+)\W{1,3}(?:and )?not (?:the )?(?P<old>[\w'-]+)"
    r"|\bnot (?:the )?(?P<old_>[\w'-]+)\W{1,3}(?:(?:but|rather|it'?s|its|it is|sorry)\W+)*(?P<new_>[\w'-]+)",
    re.IGNORECASE,
)


def put_right(text: str, address: Mapping[str, str]) -> dict[str, str] | None:
    """The address with the part changed that the text puts right; None where it puts nothing right."""
    told = dict(_told(text, address))
    if not told and (street := _other_number(text, address["line1"])):
        return {**address, "line1": street}
    return {**address, **told} if told else _exchanged(text, address)


def _told(text: str, address: Mapping[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part, pattern in _TOLD.items():
        match = pattern.search(text)
        if match is None:
            continue
        value = match["value"].strip()
        if part == "number":
            found.append(("line1", _LEADING_NUMBER.sub(value, address["line1"])))
        elif part == "line2":
            found.append((part, f"{match['kind'].rstrip('.').capitalize()} {value.upper()}"))
        elif part == "state":
            found.append((part, state_code(value)))
        else:
            found.append((part, value.upper() if part == "zip" else value.title() if value.islower() else value))
    return found


def _other_number(text: str, line: str) -> str | None:
    """The street with the number that the text says it with: "no, Elm Street 21"."""
    street = re.sub(r"\W*(?<!\w)\d+\s?[a-z]?(?!\w)\W*", " ", line, flags=re.IGNORECASE).strip()
    number = r"\d+(?:\s?[a-z](?!\w))?"
    found = re.search(rf"(?:{number} )?{re.escape(street)}(?: {number})?", text, re.IGNORECASE) if street else None
    said = re.search(number, found[0]) if found else None
    return re.sub(rf"(?<!\w){number}", said[0], line, count=1, flags=re.IGNORECASE) if said else None


def _exchanged(text: str, address: Mapping[str, str]) -> dict[str, str] | None:
    for found in _NOT_BUT.finditer(text):
        old, new = found["old"] or found["old_"], found["new"] or found["new_"]
        word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])", re.IGNORECASE)
        for part, value in address.items():
            if word.search(value):
                return {**address, part: word.sub(new, value)}
    return None
