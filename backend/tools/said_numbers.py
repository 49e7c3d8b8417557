"""Order numbers that were spoken: "order ten oh four" is written as "order 1004"."""

import re

_DIGITS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())} | {"oh": "0"}
_TEENS = {
    w: n
    for n, w in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000}
_TIMES = {"double": 2, "triple": 3}
_WORD = "|".join([*_DIGITS, *_TEENS, *_TENS, *_SCALES, *_TIMES])
#: After what calls it a number, for "two of them" is none.
_SAID = re.compile(
    rf"((?<!to )\b(?:orders?|ord|purchase)\b(?:\s+(?:number|num|no|nr|id|is|it'?s))*\W{{1,3}}|#\s*)((?:w\s+)?)"
    rf"((?:{_WORD})\b(?:[\s-]+(?:and\s+)?(?:{_WORD})\b)+|\d(?:\s+\d\b){{3,}})",
    re.IGNORECASE,
)
#: An order has at least so many digits.
_LEAST = 3


def in_digits(text: str) -> str:
    """The text with the order numbers that it spells out put in digits; all else stays."""

    def written(match: re.Match[str]) -> str:
        mark, letter, said = match.groups()
        number = re.sub(r"\s", "", said) if said[0].isdigit() else _number(re.findall(r"[a-z]+", said.lower()))
        return f"{mark}{letter.strip()}{number}" if len(number) >= _LEAST else match.group()

    return _SAID.sub(written, text)


def _number(words: list[str]) -> str:
    """A sum where it is counted in hundreds or thousands ("one thousand and two"), else group after group."""
    words = [word for word in words if word != "and"]
    return str(_sum(words)) if _SCALES.keys() & set(words) else _groups(words)


def _sum(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word == "thousand":
            total, part = total + (part or 1) * _SCALES[word], 0
        elif word == "hundred":
            part = (part or 1) * _SCALES[word]
        else:
            part += int(_DIGITS.get(word, _TEENS.get(word, _TENS.get(word, 0))))
    return total + part


def _groups(words: list[str]) -> str:
    """ "ten oh four" → 1004, "twenty three double one" → 2311."""
    found, times, ten = "", 1, False
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digit = _DIGITS.get(word)
        if digit is not None and ten and digit != "0":
            found = found[:-1] + digit
        else:
            found += (digit or str(_TEENS.get(word) or _TENS[word])) * times
        times, ten = 1, word in _TENS
    return found
