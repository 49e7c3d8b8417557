"""Personal data in a text: found by form, and covered, for good or so that it can be put back."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

_STREETS = (
    "street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|sq|terrace|parkway|pkwy|"
    "highway|hwy|close|crescent|quay|row"
)
#: Words before "drive" or "way" that make it no street: "2 TB hard drive", "3 items on the way".
_NO_STREET = (
    r"(?:(?:gb|tb|mb|inch|hard|state|flash|usb|pen|external|optical|disk|on|the|in|of|to|my|a|an|and|by|no|this|that|"
    r"half|long|every|first|same|other|own|days?|hours?|items?|x)\b)"
)
#: Kind → signs, form. The first group is what is covered; texts are short and every repetition is bounded. A form is
#: looked for where one of its signs stands, in small letters: few texts hold any.
_FORMS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("token", ("eyj", "sk-"), re.compile(r"\b(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?|sk-[\w-]{12,})")),
    ("token", ("bearer",), re.compile(r"\bbearer\s{1,3}([\w.~+/=-]{16,})", re.IGNORECASE)),
    ("email", ("@",), re.compile(r"([\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")),
    ("card", (), re.compile(r"(?<![\w#.-])(\d{4}([ -]?)\d{4}\2\d{4}\2\d{1,7}|\d{4}[ -]?\d{6}[ -]?\d{5})(?![\w-])")),
    ("phone", ("+",), re.compile(r"(?<![\w#.])(\+\d{1,3}(?:[ ./()-]{0,2}\d){6,12})(?!\w)")),
    ("phone", (), re.compile(r"(?<![\w#.-])((?:1[ .-])?\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4})(?![\w-])")),
    ("phone", (), re.compile(r"(?<![\w#.-])(0\d{1,4}[ /-]\d{2,4}(?:[ -]?\d{2,4}){1,3})(?![\w-])")),
    ("phone", (), re.compile(r"(?<![\w#.,-])(\d{10,11})(?![\w.,-]\d|\w)")),
    (
        "code",
        ("code", "pin", "otp"),
        re.compile(r"\b(?:code|pin|otp|passcode)\b\W{0,3}(?:\w{1,12}\W{1,2}){0,3}?(\d{4,8})\b", re.IGNORECASE),
    ),
    ("code", (), re.compile(r"(?:^|: )\s{0,4}(\d{3}[ -]?\d{3})[.!]?\s{0,4}$", re.MULTILINE)),
    ("code", ("code",), re.compile(r"\b(\d{6})\b(?=\W{1,3}(?:is|was)\b.{0,20}\bcode\b)", re.IGNORECASE)),
    (
        "address",
        (),
        re.compile(
            rf"(?<![\w.,$€£-])(\d{{1,5}}[a-z]?,?\s(?:(?!{_NO_STREET})[^\W\d_][\w'.-]{{0,30}}\s){{1,4}}?(?:{_STREETS})\b\.?"
            r"(?:,?\s(?:apt|apartment|suite|unit|flat|floor)\.?\s[\w-]{1,8})?)",
            re.IGNORECASE,
        ),
    ),
    (
        "address",
        ("straße", "strasse", "str.", "gasse", "weg", "platz", "allee"),
        re.compile(r"\b([A-ZÄÖÜ][\w-]{1,30}(?:straße|strasse|str\.|gasse|weg|platz|allee)\s\d{1,4}[a-z]?)\b"),
    ),
    (
        "address",
        ("rue", "quai", "calle", "via"),
        re.compile(r"(?<![\w.,$€£-])(\d{1,4},?\s(?:rue|quai|calle|via)\s(?:\w{1,4}\s){0,3}\w{2,30})\b", re.IGNORECASE),
    ),
)
_PLACE = re.compile(r"\{[a-z]{4,7}-\d{1,3}\}")


def masked(text: str) -> str:
    """The text with personal data covered for good: "[email]" stands for any e-mail address."""
    return _covered(text, lambda kind, _: f"[{kind}]")


def masked_value(value: Any) -> Any:
    """The same for every text in nested mappings and lists."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {key: masked_value(inner) for key, inner in value.items()}
    return [masked_value(inner) for inner in value] if isinstance(value, list | tuple) else value


class Masks:
    """Covers personal data in texts that belong together, the same words always alike, and puts them back."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._words: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """The text with places such as {email-1} where personal data stood."""
        return _covered(text, self._place)

    def restore(self, text: str) -> str:
        """The text with every known place filled again; others stay."""
        return _PLACE.sub(lambda found: self._words.get(found.group(), found.group()), text)

    def __bool__(self) -> bool:
        return bool(self._places)

    def _place(self, kind: str, word: str) -> str:
        if word not in self._places:
            place = f"{{{kind}-{len(self._places) + 1}}}"
            self._places[word], self._words[place] = place, word
        return self._places[word]


def _covered(text: str, by: Callable[[str, str], str]) -> str:
    """The text with all of every kind put otherwise, by kind and word."""
    small = text.lower()
    for kind, signs, form in _FORMS:
        if not signs or any(sign in small for sign in signs):
            text = _each(form, text, partial(by, kind))
    return text


def _each(form: re.Pattern[str], text: str, by: Callable[[str], str]) -> str:
    """The text with the first group of every match put otherwise."""

    def covered(found: re.Match[str]) -> str:
        start, end = found.start(1) - found.start(), found.end(1) - found.start()
        return f"{found.group()[:start]}{by(found.group(1))}{found.group()[end:]}"

    return form.sub(covered, text)
